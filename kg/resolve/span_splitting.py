"""Mends slips of the recogniser: spans in which no one name goes on are cut before names are looked for.

"Norwind swallows Halden" is two names and a verb, "Halden for" a name and a word too many, "Windsor, Ontario" two
places, "Barclays, HSBC" two banks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.parsed import NamedSpan, Parsed, Token
from kg.world import World

CUT = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
FINITE = frozenset({"VBZ", "VBD", "VBP"})


def recut(parsed: Parsed, lexicon: Lexicon, world: World) -> Parsed:
    """Return the article with such spans cut, or the very same article if there is none."""
    whole = _joined(parsed, lexicon)
    names = tuple(piece for found in whole for piece in _pieces(parsed, found, lexicon, world))
    return parsed if names == parsed.names else replace(parsed, names=names)


def _joined(parsed: Parsed, lexicon: Lexicon) -> list[NamedSpan]:
    """Let a person's name go on to what bears it: "John F. Kennedy" + "International Airport"."""
    tokens, tables = parsed.tokens, lexicon.tables
    out: list[NamedSpan] = []
    for found in parsed.names:
        if out and found.first < out[-1].last:
            continue  # within what was joined
        out.append(found)
        if found.label != "PERSON" or found.last - found.first < 2:
            continue
        stop, limit = found.last, min(len(tokens), found.last + 4)
        while stop < limit and tokens[stop].tag in ("NNP", "NNPS") and tokens[stop].text[:1].isupper():
            stop += 1
        if stop == found.last or tokens[stop - 1].sent != tokens[found.first].sent:
            continue
        word = tokens[stop - 1].text.lower()
        place, body = word in tables.place_words, word in tables.organization_words
        if (place or body) and not tables.is_person_word(word) and tokens[found.last - 1].head >= found.last:
            out[-1] = NamedSpan(found.first, stop, "FAC" if place else "ORG")
    return out


def _pieces(parsed: Parsed, found: NamedSpan, lexicon: Lexicon, world: World) -> Iterator[NamedSpan]:
    if found.label not in CUT or found.last - found.first < 2:
        yield found
        return
    town = _town_before(parsed, found, world)
    if town:
        yield NamedSpan(found.first, town, "GPE")
        yield NamedSpan(town, found.last, found.label)
        return
    tokens, begin = parsed.tokens, found.first
    for i in range(found.first + 1, found.last + 1):
        if i == found.last or (i + 1 < found.last and _parts(parsed, found, i, lexicon, world)):
            end = i
            while end - 1 > begin and _is_loose(tokens[end - 1]):
                end -= 1
            yield NamedSpan(begin, end, found.label)
            begin = i + 1


def _town_before(parsed: Parsed, found: NamedSpan, world: World) -> int:
    """Return where the person's name begins in "the mayor of" + "Leeds Tom Beck", or 0."""
    if found.label != "PERSON" or found.first == 0 or parsed.tokens[found.first - 1].text != "of":
        return 0
    for stop in range(found.last - 2, found.first, -1):
        place = parsed.text(found.first, stop)
        if place in world.gazetteer.names and place not in world.given_names:
            return stop if parsed.tokens[stop].text in world.given_names else 0
    return 0


def _is_loose(last: Token) -> bool:
    """Tell a preposition that ends no name; behind "of" the name may go on."""
    return last.text.islower() and last.tag in ("IN", "TO") and last.text != "of"


def _parts(parsed: Parsed, found: NamedSpan, i: int, lexicon: Lexicon, world: World) -> bool:
    token = parsed.tokens[i]
    if token.tag in FINITE:
        return token.text.islower() and parsed.tokens[i + 1].text[:1].isupper()
    if token.text not in (",", "and"):
        return False
    before, behind = parsed.text(found.first, i), parsed.text(i + 1, found.last)
    if found.label == "ORG":
        bodies, words = lexicon.tables.institutions, lexicon.tables.organization_words
        if before in bodies and behind in bodies:
            return True
        # "Allied Irish Banks and Bank of Ireland", but "First Bank and Trust"
        ends = parsed.tokens[i - 1].text.lower().removesuffix("s")
        opens = parsed.tokens[i + 1].text.lower()
        return ends in words and opens in words and behind.partition(" ")[2].startswith("of ")
    known, short = world.gazetteer.names, world.gazetteer.abbreviated
    return token.text == "," and before in known and (behind in known or behind in short)
