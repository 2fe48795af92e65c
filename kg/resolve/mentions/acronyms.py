"""Finds the bodies and towns that a text spells out: acronyms with what they stand for, owned offices, hyphens."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.name_keys import initials

LONGEST = 20  # tokens of a name with hyphens


def hyphened(parsed: Parsed, first: int, lexicon: Lexicon) -> int:
    """Return the end of a name of several words with hyphens between them, which the recogniser takes apart, or 0:
    "Baie-Saint-Paul", "Port-au-Prince", but not "Moscow-Kiev".
    """
    tokens, last, small = parsed.tokens, first + 1, False
    within = lexicon.tables.constructions.within_towns
    while last + 1 < len(tokens) and tokens[last].text == "-":
        if last - first > LONGEST:
            return 0
        if tokens[last - 1].space or tokens[last].space or not tokens[last + 1].text.isalpha():
            break
        small |= tokens[last + 1].text.lower() in within or tokens[last - 1].text.lower() in within
        last += 2
    return last if small and tokens[last - 1].text[:1].isupper() else 0


def owned_names(parsed: Parsed, lexicon: Lexicon) -> dict[int, int]:
    """Return where names begin and end whose office is somebody's: "Drury County Sheriff's Office", "Game Workers'
    Union", but not "Norwind's Board".
    """
    tokens, tables, out = parsed.tokens, lexicon.tables, dict[int, int]()
    for mark in tokens[1:-1]:
        owner, noun = tokens[mark.i - 1], tokens[mark.i + 1]
        if mark.tag != "POS" or not (owner.text[:1].isupper() and noun.text[:1].isupper()):
            continue
        people = owner.tag in ("NNPS", "NNS") or tables.is_person_word(owner.lemma.lower())
        if not people or noun.lemma.lower() not in tables.organization_words:
            continue
        first, last = owner.i, noun.i + 1
        while first > 0 and tokens[first - 1].tag == "NNP" and tokens[first - 1].dep == "compound":
            first -= 1
        while last + 1 < len(tokens) and tokens[last].text == "of" and tokens[last + 1].tag == "NNP":
            last += 2
        seen = parsed.named_at(first)
        out[first] = max(last, seen.last) if seen is not None and seen.label == "ORG" else last
    return out


def expanded_names(parsed: Parsed, lexicon: Lexicon) -> dict[int, int]:
    """Return where names begin that an acronym in brackets follows, with the acronym's token: "Football Kenya
    Federation (FKF)".
    """
    tokens, out = parsed.tokens, dict[int, int]()
    joining = lexicon.tables.constructions.joining
    for i in range(2, len(tokens) - 1):
        letters = tokens[i].text
        if not _bracketed_acronym(parsed, i) or not 1 < len(letters) < 9:
            continue
        for first in range(i - 2, max(-1, i - 12), -1):
            word = tokens[first].text
            if not (word[:1].isupper() or word.lower() in joining):
                break
            if word[:1].isupper() and first < i - 2 and initials(parsed.text(first, i - 1)) == letters:
                out[first] = i
                break
    return out


def is_short_for(parsed: Parsed, i: int) -> bool:
    """Tell an acronym that "or" puts beside a name: "the Immigration and Borders Service, or SEF, …"."""
    tokens = parsed.tokens
    if not 2 < i < len(tokens) - 1 or not (tokens[i].text.isalpha() and tokens[i].text.isupper()):
        return False
    beside = tokens[i - 1].text == "or" and tokens[i - 2].text == "," and tokens[i + 1].text in (",", ".")
    return beside and len(tokens[i].text) > 2 and tokens[i - 3].tag == "NNP"


def closes_bracket(parsed: Parsed, i: int, lexicon: Lexicon) -> bool:
    """Tell an acronym in brackets behind a body that is spelt in another tongue: "the Federal Office for Information
    Security (BSI)".
    """
    tokens = parsed.tokens
    if not 2 < i < len(tokens) - 1 or not _bracketed_acronym(parsed, i) or not 2 < len(tokens[i].text) < 7:
        return False
    first, small = i - 2, lexicon.tables.constructions.joining
    while first > 0 and (tokens[first].text[:1].isupper() or tokens[first].text.lower() in small):
        first -= 1
    words = {t.text.lower() for t in tokens[first + 1 : i - 1] if t.text[:1].isupper()}
    return len(words) > 1 and bool(words & lexicon.tables.organization_words.keys())


def _bracketed_acronym(parsed: Parsed, i: int) -> bool:
    """Tell a word in capitals that stands alone in brackets; there are tokens on both sides of it."""
    letters = parsed.tokens[i].text
    alone = parsed.tokens[i - 1].text == "(" and parsed.tokens[i + 1].text == ")"
    return alone and letters.isalpha() and letters.isupper()


def spelled_out(parsed: Parsed, first: int) -> int:
    """Return the end of a bracket that opens before `first` and spells out the acronym before it, or 0:
    "NFU (National Farm Union)".
    """
    tokens = parsed.tokens
    if first < 2 or tokens[first - 1].text != "(" or not tokens[first - 2].text.isupper():
        return 0
    acronym = tokens[first - 2].text
    for last in range(first + 2, min(first + 9, len(tokens))):
        if tokens[last].text == ")":
            capitals = {t.text[0] for t in tokens[first:last] if t.text[:1].isupper()}
            words = all(t.text[:1].isupper() or t.pos in ("ADP", "CCONJ", "DET") for t in tokens[first:last])
            return last if words and len(acronym) > 1 and set(acronym) <= capitals else 0
    return 0
