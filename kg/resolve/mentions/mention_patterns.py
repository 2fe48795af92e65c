"""Finds the names that a text tells by its layout or by another name: datelines, credits, surnames, short forms."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.parsed import BlockKind, Parsed
from kg.resolve.mentions.span_repair import generation_end, is_list, parts
from kg.resolve.name_keys import initials
from kg.resolve.name_mention import Name
from kg.world import World

CREDIT_WORDS = frozenset({"Image", "Photo", "Photograph", "Picture", "File"})  # "Belle Image: A. Name"


def datelines(parsed: Parsed, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the towns that reports were filed from: "HARLAN FALLS, Ohio — …"."""
    for block in parsed.blocks:
        if block.kind is not BlockKind.DATELINE:
            continue
        last = block.first
        while last < block.last and (
            parsed.tokens[last].text[:1].isupper() or parsed.tokens[last].text in (".", "-", "/")
        ):
            last += 1
        words = {t.text.lower() for t in parsed.tokens[block.first : last]}
        if words and not words & lexicon.tables.organization_words.keys():  # "LEEDS CROWN COURT — …"
            first = block.first
            for end in [*(t.i for t in parsed.tokens[first:last] if t.text == "/"), last]:  # "PARIS/LYON — …"
                if first < end:
                    yield first, end
                first = end + 1


def agencies(parsed: Parsed, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the agency whose name stands in the brackets of a dateline: "OSLO, May 3 (Norwind Wire) -"."""
    for block in parsed.blocks:
        tokens = parsed.tokens[block.first : block.last]
        opened = next((t.i + 1 for t in tokens if t.text == "("), None)
        closed = next((t.i for t in tokens if t.text == ")"), None)
        if block.kind is not BlockKind.DATELINE or opened is None or closed is None or closed <= opened:
            continue
        known = parsed.text(opened, closed) in lexicon.tables.institutions
        if not known and all(t.text[:1].isupper() for t in parsed.tokens[opened:closed]):
            yield opened, closed


def nicknamed(parsed: Parsed, world: World) -> Iterator[tuple[int, int]]:
    """Yield the names of people with a nickname in marks: 'Ana "Nan" Koval'."""
    tokens = parsed.tokens
    for mark in tokens[1:-3]:
        nick, closing, last = tokens[mark.i + 1 : mark.i + 4]
        if mark.text != '"' or closing.text != '"' or not nick.text.istitle() or last.tag != "NNP":
            continue
        first = mark.i
        while first > 0 and tokens[first - 1].tag == "NNP" and tokens[first - 1].text not in (",", '"'):
            first -= 1
        given = next((i for i in range(first, mark.i) if tokens[i].text in world.given_names), None)
        if given is not None and last.block == mark.block and last.text.istitle():
            stop = last.i + 1
            while stop < len(tokens) and tokens[stop].tag == "NNP" and tokens[stop].sent == mark.sent:
                stop += 1  # 'Pat "Paz" Di Lucca'
            yield given, stop


def credited(parsed: Parsed, lexicon: Lexicon) -> Iterator[tuple[int, int, bool]]:
    """Yield the names of two or three words that close a caption ("Image: Ana Koval."), and whether each is an agency's
    ("Image: Norwind Photos").
    """
    tokens = parsed.tokens
    for mark in tokens[1:-2]:
        if mark.text != ":" or tokens[mark.i - 1].text not in CREDIT_WORDS:
            continue
        last = mark.i + 1
        while last < len(tokens) and tokens[last].text[:1].isupper() and tokens[last].block == mark.block:
            last += 1
        words = {t.text.lower() for t in tokens[mark.i + 1 : last]}
        ends = (
            last == len(tokens)
            or tokens[last].block != mark.block
            or tokens[last].text in (".", "/", ")", ",")
        )
        text = parsed.text(mark.i + 1, last)
        if (
            ends
            and last - mark.i in (3, 4)
            and text.replace(" ", "").isalpha()
            and text not in lexicon.tables.institutions
        ):
            if words.isdisjoint(lexicon.tables.organization_words) and not text.isupper():
                agency = not words.isdisjoint(lexicon.tables.constructions.picture_agencies)
                yield mark.i + 1, last, agency


def carriers(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Yield the airlines whose flights are named: "Norwind Air Flight 212"."""
    tokens = parsed.tokens
    for token in tokens[1:-1]:
        if token.text != "Flight" or tokens[token.i + 1].tag != "CD":
            continue
        first, begin = token.i, parsed.blocks[token.block].first
        while first > begin and tokens[first - 1].tag in ("NNP", "NNPS"):
            first -= 1
        if first < token.i:
            yield first, token.i


def told_names(parsed: Parsed, lexicon: Lexicon) -> dict[str, str]:
    """Return names of several words that the recogniser found somewhere in the article: they are names
    wherever they stand.
    """
    out: dict[str, str] = {}
    between = lexicon.tables.constructions.between_names
    for found in parsed.names:
        if found.label in ("PERSON", "ORG", "FAC", "GPE", "LOC") and found.last - found.first > 1:
            if any(
                parts(parsed, found, t.i)
                or t.text in between
                or (t.text == "and" and (found.label == "PERSON" or is_list(parsed, found.first)))
                for t in parsed.tokens[found.first : found.last]
            ):
                continue
            first = found.first + (parsed.tokens[found.first].text.lower() in ("the", "a"))
            text = parsed.text(first, found.last)
            if (
                " " in text
                and text[:1].isupper()
                and not text.endswith(("'s", "’s"))
                and parsed.tokens[found.last - 1].text[:1].isupper()
            ):
                out.setdefault(text, found.label)
                if found.label == "PERSON":  # "Elias Whitford" + ", Jr."
                    out.setdefault(parsed.text(first, generation_end(parsed, found.last)), found.label)
    return out


def surnames_again(
    parsed: Parsed, names: list[Name], taken: list[bool], world: World
) -> Iterator[tuple[int, int]]:
    """Yield lone capitalised nouns that were passed over but are the surname of a person named in full
    elsewhere ("Power", "Jobs"), and such words of any sort that are none in small letters.
    """
    persons = _in_full(names, "Person")
    surnames = {parsed.tokens[n.last - 1].text for n in persons}
    given = [parsed.tokens[n.first].text for n in persons]
    lone = {word for word in given if word in world.given_names and word not in surnames}
    several = {w for w in lone if len({n.text for n in persons if n.text.startswith(w + " ")}) > 1}
    for token in parsed.tokens:
        if token.text in lone - several and not taken[token.i]:
            yield token.i, token.i + 1
        if token.text not in surnames or taken[token.i]:
            continue
        if token.pos != "NOUN" or not parsed.dependents(token, "det", "amod", "nummod", "poss", "compound"):
            yield token.i, token.i + 1


def _in_full(names: list[Name], kind: str) -> list[Name]:
    """Return the names of several words for which most speaks that they are of a kind."""
    full = (n for n in names if n.last - n.first > 1)
    return [n for n in full if max(n.votes, key=lambda k: n.votes[k], default="") == kind]


def short_forms(
    parsed: Parsed, names: list[Name], taken: list[bool], lexicon: Lexicon, world: World
) -> Iterator[tuple[int, int]]:
    """Yield lone words that were passed over but are the initials or the last word of a body named in full
    ("CAF", "Mariners").
    """
    full = _in_full(names, "Organization")
    places = world.gazetteer
    common = lexicon.tables.organization_words
    words = {
        word
        for word in (parsed.tokens[n.last - 1].text for n in full)
        if len(word) > 3 and word[:1].isupper() and word.lower().rstrip("s") not in common
    }
    known = (places.names, places.peoples, world.given_names)
    words = {word for word in words if not any(word in table for table in known)}
    letters = {initials(n.text) for n in full}
    for token in parsed.tokens:
        if taken[token.i] or token.pos not in ("PROPN", "NOUN"):
            continue
        short = token.text.isupper() and len(token.text) > 2 and token.text in letters
        opening = parsed.sentences[token.sent].first == token.i
        last = token.text in words and (not opening or token.tag in ("NNP", "NNPS"))
        if short or (last and not parsed.dependents(token, "det", "amod", "nummod", "poss", "compound")):
            yield token.i, token.i + 1


def named_again(parsed: Parsed, names: list[Name], taken: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield words that were passed over but are a name of one word elsewhere, with its label: acronyms wherever they
    stand, others as first words of sentences.

    There the capital tells nothing and the tagger sees a noun: "Norwind plans cuts" over a report on Norwind. A word
    that the article also writes in lower case is no such name.
    """
    lower = {token.text for token in parsed.tokens if token.text.islower()}
    labels = {
        n.text: n.label
        for n in names
        if n.last - n.first == 1 and not n.demonym and len(n.text) > 2 and n.text.lower() not in lower
    }
    for token in parsed.tokens:
        if token.text not in labels or taken[token.i]:
            continue
        opening = parsed.sentences[token.sent].first == token.i
        acronym = token.text.isupper() and token.text.isalpha() and token.tag in ("NNP", "NNPS")
        if acronym or (opening and token.dep in ("nsubj", "nsubjpass", "poss", "ROOT")):
            yield token.i, token.i + 1, labels[token.text]
