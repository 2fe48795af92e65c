"""Joins what one name goes on with and the recogniser cut off: "Court of Appeals" + "for the Ninth Circuit"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.lexicon import Lexicon
from kg.lexicon.name_words import name_words
from kg.parsed import NamedSpan, Parsed
from kg.resolve.mentions.gazetteer_mentions import CALENDAR
from kg.world import World

PROPER = ("NNP", "NNPS")
ARABIC = frozenset({"al", "an", "ar", "as", "ash", "at", "az", "el", "ad"})
"""The Arabic article as it is written before a hyphen."""
JOINING = frozenset({"da", "das", "del", "do", "dos"})
"""Small words within Portuguese and Spanish names."""
ELIDED = re.compile(r"d['’][A-ZÀ-Ý]")
SITES = frozenset({"FAC", "LOC", "GPE"})


def join(parsed: Parsed, lexicon: Lexicon, world: World) -> list[NamedSpan]:
    """Return what the recogniser found, in order, each name as far as it goes; what lies within another is left out."""
    joiner = _Joiner(parsed, lexicon, world)
    added = [*joiner.sites(), *joiner.quarters()]
    inner = {i for new in added for i in range(new.first, new.last)}
    seen = [n for n in parsed.names if inner.isdisjoint(range(n.first, n.last))]
    out: list[NamedSpan] = []
    for found in sorted((*seen, *added), key=lambda n: n.first):
        if out and found.first < out[-1].last:
            continue
        out.append(joiner.whole(found))
    return out


class _Joiner:
    """Asks of each span by what rule its name goes on; a rule returns the whole of it, or the very same span."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon, world: World) -> None:
        self._parsed, self._tokens = parsed, parsed.tokens
        self._tables, self._sets, self._world = lexicon.tables, lexicon.tables.constructions, world
        self._rules: tuple[Callable[[NamedSpan], NamedSpan], ...] = (
            self._elided,
            self._couple,
            self._dashed,
            self._behind_preposition,
            self._campus,
            self._branch,
        )

    def whole(self, found: NamedSpan) -> NamedSpan:
        """Return the span of the whole name."""
        for rule in self._rules:
            found = rule(found)
        return found

    def _run(self, start: int, limit: int) -> int:
        """Return the end of the run of capitalised proper nouns from `start`, of so many words at most."""
        stop, last = start, min(len(self._tokens), start + limit)
        while stop < last and self._tokens[stop].tag in PROPER and self._tokens[stop].text[:1].isupper():
            stop += 1
        return stop

    def _is_beside(self, found: NamedSpan, i: int) -> bool:
        """Whether there is a token at `i`, in the sentence of the span."""
        return i < len(self._tokens) and self._tokens[i].sent == self._tokens[found.first].sent

    def _elided(self, found: NamedSpan) -> NamedSpan:
        """ "Valéry Giscard" + "d'Estaing", which the parser may take for a sentence, "Ilha" + "do Sul", "Ana Brook" +
        "Hall Jr.": a name goes on with "de" and its like, and with a surname that has a generation.
        """
        tokens, last = self._tokens, found.last
        if found.label not in ("PERSON", *SITES) or last >= len(tokens):
            return found
        word = tokens[last]
        if found.label == "PERSON" and ELIDED.match(word.text):
            return NamedSpan(found.first, last + 1, found.label)
        if not self._is_beside(found, last):
            return found
        other = self._parsed.named_at(last)
        if found.label == "PERSON" and other is not None and (other.first, other.label) == (last, "PERSON"):
            ends = tokens[other.last - 1].text.lower().rstrip(".") in name_words().cut_off
            return NamedSpan(found.first, other.last, "PERSON") if ends and other.last - last == 2 else found
        verb = word.text == "do" and (word.tag == "VB" or tokens[last - 1].dep == "nsubj")
        stop = self._run(last + 1, 3)
        if word.text not in JOINING or verb or stop == last + 1 or tokens[last + 1].text in CALENDAR:
            return found
        return NamedSpan(found.first, stop, found.label)

    def _couple(self, found: NamedSpan) -> NamedSpan:
        """ "Ann" + "and Carl Dorval Foundation": a couple's foundation has both given names."""
        given, i = self._world.given_names, found.last + 1
        if found.label != "PERSON" or found.last - found.first > 1 or not self._is_beside(found, i):
            return found
        if self._tokens[found.last].text not in ("and", "&") or self._tokens[found.first].text not in given:
            return found
        other = self._parsed.named_at(i)
        if other is None or other.first != i or self._tokens[i].text not in given:
            return found
        headed = self._tokens[other.last - 1].text.lower() in self._tables.organization_words
        return NamedSpan(found.first, other.last, "ORG") if headed else found

    def _dashed(self, found: NamedSpan) -> NamedSpan:
        """A tight dash joins what one word heads, of which no part is a place of its own: "Harwell" + "–Reading
        Institute", "Lund" + "–Ystad Expressway".
        """
        tokens, last = self._tokens, found.last
        sites = {*self._tables.place_words, *self._sets.sites_with_names}
        if found.label == "GPE" and tokens[last - 1].text.lower() in sites:
            marks = (t for t in tokens[found.first + 1 : last - 2] if t.text == "–")
            if any(not (t.space or tokens[t.i - 1].space) for t in marks):
                return NamedSpan(found.first, last, "FAC")
        if (found.label == "PERSON" and last - found.first > 1) or not self._is_beside(found, last + 1):
            return found
        if tokens[last].text != "–" or tokens[last].space or tokens[last - 1].space:
            return found
        stop = last
        while stop + 1 < len(tokens) and tokens[stop].text == "–" and not tokens[stop].space:
            end = self._run(stop + 1, 4)
            if end == stop + 1 or not self._is_beside(found, end - 1):
                break
            stop = end
        word = tokens[stop - 1].text.lower()
        if stop == last or tokens[stop - 2].text == "–":  # "the Oslo–Bergen talks"
            return found
        inner = self._parsed.named_at(stop - 1)
        if inner is not None and inner.label == "ORG":
            return NamedSpan(found.first, max(stop, inner.last), "ORG")
        return NamedSpan(found.first, stop, "ORG") if word in self._tables.organization_words else found

    def _behind_preposition(self, found: NamedSpan) -> NamedSpan:
        """ "Select Committee" + "on Trade", "Middle District" + "of Arken": what the head of such a name is of or for
        belongs to it.
        """
        tokens, last = self._tokens, found.last
        last -= last - found.first > 1 and tokens[last - 1].text in self._sets.heads_before
        if found.label not in ("ORG", *SITES) or not self._is_beside(found, last + 1):
            return found
        preposition = tokens[last]
        joining = self._sets.heads_before.get(preposition.text)
        head = next((t for t in tokens[found.first + 1 : last] if t.text in ("of", "for")), preposition).i - 1
        if joining is None or tokens[head].text.lower() not in joining or not tokens[head].text[:1].isupper():
            return found
        start = last + 1 + (tokens[last + 1].text.lower() == "the")
        stop = self._run(start, 5)
        if stop == start or not self._is_beside(found, stop - 1) or tokens[start].text in CALENDAR:
            return found
        inner = self._parsed.named_at(stop - 1)
        if inner is not None and inner.last > stop:  # "the D.C. Circuit", "Trade and Industry"
            stop = inner.last
        return NamedSpan(found.first, stop, found.label)

    def _campus(self, found: NamedSpan) -> NamedSpan:
        """ "University of Texas" + "at Austin", "University of California" + ", Davis": a university of a state has one
        in each of several towns.
        """
        tokens, last, names = self._tokens, found.last, self._world.gazetteer.names
        if found.label != "ORG" or last - found.first < 3 or not self._is_beside(found, last + 1):
            return found
        first = found.first + (tokens[found.first].text.lower() == "the")
        if self._parsed.text(first, first + 2) != "University of" or tokens[last].text not in (",", "at"):
            return found
        state = names.get(self._parsed.text(first + 2, last))
        if state is None or state.kind != "state":
            return found
        for stop in range(min(last + 4, len(tokens)), last + 1, -1):
            town = names.get(self._parsed.text(last + 1, stop))
            if town is not None and town.kind == "city" and self._is_beside(found, stop - 1):
                return NamedSpan(found.first, stop, "ORG")
        return found

    def _branch(self, found: NamedSpan) -> NamedSpan:
        """ "CNN" + "Philippines", "King's College" + "London": a body with the place of its branch, which is the noun
        of the phrase, and no modifier as in "the Reuters London bureau".
        """
        tokens, last = self._tokens, found.last
        if found.label != "ORG" or not self._is_beside(found, last):
            return found
        names = self._world.gazetteer.names
        for stop in range(min(last + 2, len(tokens)), last, -1):
            if self._parsed.text(last, stop) not in names or not self._is_beside(found, stop - 1):
                continue
            head = tokens[stop - 1]
            modifies = head.dep in ("compound", "nmod", "amod") and head.head >= stop
            if stop < len(tokens) and tokens[stop].tag in PROPER and tokens[stop].text[:1].isupper():
                return found  # "USA Today Washington Bureau Chief A"
            behind = tokens[stop].text if stop < len(tokens) else ""
            if tokens[last - 1].head == head.i and tokens[last - 1].dep == "compound" and not modifies:
                return (
                    found
                    if behind == "," and self._is_place(stop + 1)
                    else NamedSpan(found.first, stop, "ORG")
                )
        return found

    def _is_place(self, i: int) -> bool:
        return i < len(self._tokens) and self._tokens[i].text in self._world.gazetteer.names

    def sites(self) -> Iterator[NamedSpan]:
        """Yield what has its name before the word for it, which the recogniser cuts off: "the Reed Hallam airport",
        "the Lund-Ystad highway"; a known place is only where it stands ("the Oslo airport").
        """
        tokens = self._tokens
        for noun in tokens[1:]:
            if noun.tag != "NN" or not noun.text.islower() or noun.lemma not in self._sets.sites_with_names:
                continue
            first = noun.i
            while first > 0 and self._in_name(first - 1, noun.i):
                first -= 1
            before = tokens[first - 1] if first else noun
            told = before.text.lower() == "the" or before.tag in ("POS", "PRP$")
            if (
                first < noun.i
                and told
                and self._parsed.text(first, noun.i) not in self._world.gazetteer.names
            ):
                seen = self._parsed.named_at(first)
                if seen is None or (seen.label in ("PERSON", *SITES) and seen.first >= first - 1):
                    yield NamedSpan(first, noun.i + 1, "FAC")

    def _in_name(self, i: int, noun: int) -> bool:
        token = self._tokens[i]
        if token.tag == "HYPH":
            return not token.space
        return token.tag == "NNP" and token.text[:1].isupper() and token.left <= token.head <= noun

    def quarters(self) -> Iterator[NamedSpan]:
        """Yield parts of towns whose sort stands behind a hyphen: "Seongbuk-gu"."""
        for mark in self._tokens[1:-1]:
            name, sort = self._tokens[mark.i - 1], self._tokens[mark.i + 1]
            tight = mark.text == "-" and not (mark.space or name.space)
            if tight and sort.text in self._sets.parts_of_towns and name.tag in PROPER:
                yield NamedSpan(name.i, sort.i + 1, "GPE")
