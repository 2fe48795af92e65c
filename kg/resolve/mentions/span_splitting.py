"""Mends slips of the recogniser: spans in which no one name goes on are cut before names are looked for.

"Norwind swallows Halden" is two names and a verb, "Halden for" a name and a word too many, "Windsor, Ontario" two
places, "Barclays, HSBC" two banks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.parsed import NamedSpan, Parsed, Token
from kg.resolve.mentions.span_joining import JOINING, join
from kg.world import World

CUT = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
FINITE = frozenset({"VBZ", "VBD", "VBP"})


def recut(parsed: Parsed, lexicon: Lexicon, world: World) -> Parsed:
    """Return the article with such spans cut, or the very same article if there is none."""
    whole = join(parsed, lexicon, world)
    known = _NamesElsewhere(parsed, lexicon)
    names = tuple(
        piece
        for found in whole
        for part in known.apart(found)
        for piece in _pieces(parsed, part, lexicon, world)
    )
    return parsed if names == parsed.names else replace(parsed, names=names)


class _NamesElsewhere:
    """Parts what joins two names that the article has elsewhere: "told Norwind Koval was", "the Koval-Berg ticket"."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self._parsed, self._bodies = parsed, lexicon.tables.institutions
        persons = [n for n in parsed.names if n.label == "PERSON" and n.last - n.first > 1]
        self._surnames = {parsed.tokens[n.last - 1].text for n in persons}
        self._alone = {parsed.text(n.first, n.last) for n in parsed.names if n.label in CUT} | self._surnames

    def apart(self, found: NamedSpan) -> Iterator[NamedSpan]:
        """Yield the parts of a span, or the span itself."""
        tokens, first, last = self._parsed.tokens, found.first, found.last
        if found.label == "ORG" and last - first == 3 and self._is_pair(first):
            for i in (first, first + 2):
                yield NamedSpan(i, i + 1, "PERSON" if tokens[i].text in self._surnames else "ORG")
            return
        before, surname = (
            self._parsed.text(first, last - 1) if last - first > 1 else "",
            tokens[last - 1].text,
        )
        if found.label in ("ORG", "PERSON") and before in self._bodies and surname in self._surnames:
            yield NamedSpan(first, last - 1, "ORG")
            yield NamedSpan(last - 1, last, "PERSON")
            return
        yield found

    def _is_pair(self, first: int) -> bool:
        one, mark, other = self._parsed.tokens[first : first + 3]
        joined = mark.text in ("-", "–") and not (one.space or mark.space)
        return joined and one.text != other.text and {one.text, other.text} <= self._alone


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
    if token.tag in FINITE and token.text not in JOINING:
        return token.text.islower() and parsed.tokens[i + 1].text[:1].isupper()
    if token.text not in (",", "and", "in"):
        return False
    before, behind = parsed.text(found.first, i), parsed.text(i + 1, found.last)
    if token.text == "in":  # "Wexham High School" in Leeds, "Apple Stores" in the United States
        return behind.removeprefix("the ") in world.gazetteer.names
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
