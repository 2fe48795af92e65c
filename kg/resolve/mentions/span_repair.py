"""Mends where the recogniser begins and ends a name, and parts what it ran together."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon.name_words import name_words
from kg.parsed import NamedSpan, Parsed, Token

BREAKS = frozenset({"(", ")", '"', ";", ":", "–", "—", "/", "[", "]", "|"})


def begin_of(parsed: Parsed, found: NamedSpan, seen: set[int]) -> int:
    """Return where a person's name begins: the recogniser may miss what it does not know ("Witold" of
    "President Witold Sarnecki"); titles are cut later.
    """
    first = found.first
    if found.label != "PERSON":
        return first
    while first > parsed.sentences[parsed.tokens[found.first].sent].first:
        token = parsed.tokens[first - 1]
        if token.tag != "NNP" or token.dep != "compound" or first - 1 in seen or not token.text.istitle():
            break
        if not found.first <= token.head < found.last:
            break
        first -= 1
    return first


def end_of(parsed: Parsed, found: NamedSpan) -> int:
    """Return where a name ends: before a sum, and behind the generation of a person."""
    last = _before_sum(parsed, found)
    return generation_end(parsed, last) if found.label == "PERSON" else last


def _before_sum(parsed: Parsed, found: NamedSpan) -> int:
    """Return where a name ends that the recogniser runs on with a sum: "fined *Norwind* 2 billion euros"."""
    for i in range(found.first + 1, found.last):
        behind = {t.text.lower() for t in parsed.tokens[i + 1 : found.last]}
        if parsed.tokens[i].tag == "CD" and behind & name_words().sums:
            return i
    return found.last


def is_stopped(token: Token) -> bool:
    """Tell whether a token is a generation that a full stop belongs to: "Jr" of "Elias Whitford, Jr."."""
    return token.text.istitle() and token.text.lower() in name_words().stopped


def generation_end(parsed: Parsed, last: int) -> int:
    """Return where a person's name ends that goes on with its generation: "Elias Whitford" + ", Jr."."""
    tokens = parsed.tokens
    i = last + (last < len(tokens) and tokens[last].text == ",")
    if last and is_stopped(tokens[last - 1]):
        i = last - 1  # its full stop may be lacking
    if i >= len(tokens) or tokens[i].text.lower().rstrip(".") not in name_words().cut_off:
        return last
    stop = i + 2
    if stop >= len(tokens) or tokens[i + 1].text != "." or tokens[i].space:
        return i + 1
    within = tokens[i + 1].sent == tokens[i].sent == tokens[stop].sent
    goes_on = tokens[stop].text.islower() and tokens[stop].block == tokens[i].block  # "Sr." ends no sentence
    return stop if within or goes_on else i + 1


def parts(parsed: Parsed, found: NamedSpan, i: int) -> bool:
    """Tell whether a token parts what the recogniser joined: a bracket, a dash. A hyphen with spaces is a dash
    ("based in New York - Norwind"), unless it may be that of one name ("Wal - Mart"); a tight dash before several words
    joins ("Lund–Ystad Expressway").
    """
    token = parsed.tokens[i]
    tight = token.text == "–" and i > found.first and not (token.space or parsed.tokens[i - 1].space)
    if tight and found.label in ("ORG", "FAC") and i + 2 < found.last:
        return any(t.text == "and" for t in parsed.tokens[found.first : found.last])
    if token.text != "-" or not token.space or i == found.first or not parsed.tokens[i - 1].space:
        return token.text in BREAKS
    return found.label == "GPE" or found.last - found.first > 3


def split(
    parsed: Parsed,
    first: int,
    last: int,
    label: str,
    between: frozenset[str] = frozenset(),
) -> Iterator[tuple[int, int]]:
    """Cut what the recogniser joined: at brackets, quotation marks, dashes and semicolons, persons at "and"; `between`
    are words that never stand in a name.
    """
    start, listed, whole = first, is_list(parsed, first), NamedSpan(first, last, label)
    for i in range(first, last):
        token = parsed.tokens[i]
        if (
            parts(parsed, whole, i)
            or token.text in between
            or (token.text in ("'s", "’s") and all(t.text.islower() for t in parsed.tokens[i + 1 : last]))
            or (
                token.text in ("and", ",", "to", "in", "at", "with")
                and (label == "PERSON" or listed)
                and not (token.text == "," and i > first and generation_end(parsed, i) > i)
            )
        ):
            if i > start:
                yield start, i
            start = i + 1
    if start < last:
        yield start, last


def is_list(parsed: Parsed, first: int) -> bool:
    """Tell whether a plural noun just before opens a list of names ("the schools Elmwood and Northgate")."""
    i = first - 1
    if i > 1 and parsed.tokens[i].text in ("including", "as"):  # "retailers, including", "retailers such as"
        i -= 1 + (parsed.tokens[i - 1].text in (",", "such"))
    before = parsed.tokens[i] if i >= 0 else None
    return before is not None and before.tag == "NNS" and before.text.islower()
