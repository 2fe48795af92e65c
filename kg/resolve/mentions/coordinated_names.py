"""Finds the bodies that share one head: "the State and Justice Departments", "Harvard and Yale universities"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token
from kg.resolve.name_mention import Name
from kg.world import World

MEMBERS = 4  # of a list, at most
WORDS = 3  # of a member, at most


def shared_heads(parsed: Parsed, lexicon: Lexicon, world: World) -> list[Name]:
    """Return each member with the name it would have alone ("State": "State Department").

    Members are proper names before a plural word for bodies; adjectives of nationality are none ("the French and
    German armies"), nor is what follows "of" ("Department of Health and Human Services").
    """
    names = []
    for head in parsed.tokens:
        word = _singular(head, lexicon) if head.tag in ("NNS", "NNPS", "NNP") else ""
        if not word:
            continue
        members = list(_members(parsed, head.i))
        plain = [parsed.text(first, last) for first, last in members]
        lands = (world.gazetteer.adjectives, world.gazetteer.names)
        if len(members) < 2 or any(text in called for text in plain for called in lands):
            continue
        if members[-1][0] and parsed.tokens[members[-1][0] - 1].text == "of":
            continue
        for (first, last), text in zip(members, plain, strict=True):
            name = Name(first, last, f"{text} {word.capitalize()}", "institution")
            name.vote("Organization", 6.0)
            names.append(name)
    return names


def _singular(head: Token, lexicon: Lexicon) -> str:
    """Return the word for a body that a plural is of, or nothing; lemmas of capitalised plurals are themselves."""
    text = head.text.lower()
    if text in lexicon.tables.organization_words or text in lexicon.tables.organization_suffixes:
        return ""  # "United and Baltic Airlines" has one already
    ways = (text.removesuffix("s"), text.removesuffix("ies") + "y")
    return next((w for w in ways if w != text and w in lexicon.tables.organization_words), "")


def _members(parsed: Parsed, head: int) -> Iterator[tuple[int, int]]:
    """Yield the members before a head, the last first; none if what stands there is no list."""
    tokens, last = parsed.tokens, head
    block = parsed.blocks[tokens[head].block].first
    for number in range(MEMBERS):
        first = last
        while first > block and last - first < WORDS and _is_part(parsed, first - 1):
            first -= 1
        if first == last or (first > block and _is_part(parsed, first - 1)):
            return
        yield first, last
        link = tokens[first - 1].text if first > block else ""
        if link != ("and" if number == 0 else ","):
            return
        last = first - 1


def _is_part(parsed: Parsed, i: int) -> bool:
    token = parsed.tokens[i]
    return token.pos == "PROPN" and token.text[:1].isupper()
