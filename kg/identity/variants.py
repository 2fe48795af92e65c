"""Find things whose names could be spellings, short forms or expansions of one another.

Only pairs that share a block are looked at: a surname with a given name or what it is short for, the first word of
a body, initials, an alias, a former name, the words in another order. Each pair comes with what the names alone say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.identity.names import Name, alike, distinctive, initials, parse
from kg.identity.sense import Sense
from kg.identity.tables import tables
from kg.model import Kind

LARGEST_BLOCK = 80
"""A block of more things says nothing: what everything shares is no reason to compare."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things (by number) that could be one. `prior` is what the names say, as log-odds.

    `partial` holds when `one` is a short form that others could have, too; `together` is what it costs that one
    article has both as two things.
    """

    one: int
    other: int
    prior: float
    reason: str
    partial: bool = False
    together: float = -2.5


def pairs(found: Sequence[Sense]) -> list[Pair]:
    """Return the pairs of things worth comparing, without doubles, sorted; the likeliest reason of each counts."""
    best: dict[tuple[int, int], Pair] = {}
    for kind, finders in _FINDERS.items():
        numbered = [(number, sense) for number, sense in enumerate(found) if sense.kind is kind]
        for finder in finders:
            for pair in finder(numbered):
                key = min(pair.one, pair.other), max(pair.one, pair.other)
                if pair.one == pair.other or _generations_apart(found[pair.one], found[pair.other]):
                    continue
                if key not in best or pair.prior > best[key].prior:
                    best[key] = pair
    return sorted(best.values(), key=lambda pair: (pair.one, pair.other))


def _generations_apart(one: Sense, other: Sense) -> bool:
    """Tell father and son apart: both have a generation behind their names, and not the same."""
    mine, theirs = _name(one).generation, _name(other).generation
    return bool(mine and theirs) and mine != theirs


Numbered = Sequence[tuple[int, Sense]]


def _name(sense: Sense) -> Name:
    """The name that the records of a sense share, or its first."""
    return min(sense.parsed, key=lambda name: (name.words, name.generation))


def _blocks(
    numbered: Numbered, keys: Callable[[Sense], Iterable[Hashable]]
) -> Iterator[list[tuple[int, Sense]]]:
    blocks: dict[Hashable, list[tuple[int, Sense]]] = defaultdict(list)
    for number, sense in numbered:
        for key in dict.fromkeys(keys(sense)):
            blocks[key].append((number, sense))
    return (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def _people(numbered: Numbered) -> Iterator[Pair]:
    """The same surname, and given names that are one, short for one another, or an initial."""

    def keys(sense: Sense) -> Iterator[Hashable]:
        words = _name(sense).words
        if len(words) > 1:
            given, surname = words[0], words[-1]
            yield surname, given
            for other in sorted(tables().nicknames.get(given, ())):
                yield surname, other
            yield surname, given[0], len(given) == 1

    def initial_keys(sense: Sense) -> Iterator[Hashable]:
        words = _name(sense).words
        if len(words) > 1:
            yield words[-1], words[0][0]

    for block in _blocks(numbered, keys):
        yield from _given(block)
    for block in _blocks(numbered, initial_keys):
        if any(len(_name(sense).words[0]) == 1 for _, sense in block):
            yield from _given(block)


def _given(block: list[tuple[int, Sense]]) -> Iterator[Pair]:
    for place, (a, one) in enumerate(block):
        for b, other in block[:place]:
            judged = _people_alike(_name(one), _name(other))
            if judged:
                yield Pair(a, b, judged[0], judged[1])


def _people_alike(one: Name, other: Name) -> tuple[float, str] | None:
    """What two people's names with one surname say; None if they can't be one person's."""
    (a, *mine), (b, *theirs) = one.words[:-1], other.words[:-1]
    if mine and theirs and (len(mine) != len(theirs) or not all(map(_agree, mine, theirs))):
        return None  # John F. and John Q.
    middle = 0.0 if bool(mine) == bool(theirs) else -0.3
    middle -= 1.5 if one.generation != other.generation else 0.0
    if a == b:
        return 2.6 + middle, "the same name but for a middle name"
    if len(a) == 1 or len(b) == 1:
        return (0.4 + middle, "an initial and a name") if a[0] == b[0] else None
    if b in tables().nicknames.get(a, ()):
        return 1.8 + middle, f"{min(a, b)} and {max(a, b)} are one name"
    return None


def _agree(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _misspelt(numbered: Numbered) -> Iterator[Pair]:
    """Names with one letter or two that differ: transliterations and slips."""

    def keys(sense: Sense) -> Iterator[Hashable]:
        words = _name(sense).words
        if len(words) > 1 and len(words[-1]) > 4:
            yield words[0], words[-1][:3]
            yield words[-1], words[0][:2]

    for block in _blocks(numbered, keys):
        for place, (a, one) in enumerate(block):
            for b, other in block[:place]:
                mine, theirs = _name(one).words, _name(other).words
                if mine != theirs and len(mine) == len(theirs) and min(map(len, (mine[0], theirs[0]))) > 2:
                    if alike(" ".join(mine), " ".join(theirs)) >= 0.95:
                        yield Pair(a, b, -1.6, "spelt almost alike")


def _rewritten(numbered: Numbered) -> Iterator[Pair]:
    """The same words written together, apart or in another order."""

    def compact(sense: Sense) -> Iterator[Hashable]:
        if len(_name(sense).compact) > 3:
            yield _name(sense).compact

    def words(sense: Sense) -> Iterator[Hashable]:
        big = sorted(word for word in _name(sense).words if word not in _SMALL)
        if len(big) > 1:
            yield tuple(big)

    for finder, reason in (
        (compact, "written together or apart"),
        (words, "the same words in another order"),
    ):
        for block in _blocks(numbered, finder):
            for place, (a, _) in enumerate(block):
                for b, _ in block[:place]:
                    yield Pair(a, b, 2.8, reason, together=-0.5)


def _renamed(numbered: Numbered) -> Iterator[Pair]:
    """One goes by the other's name in some article, or did so formerly."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, sense in numbered:
        by_name[_name(sense).key].append(number)
    for number, sense in numbered:
        for former in sorted(sense.former):
            for other in by_name.get(former, ())[:LARGEST_BLOCK]:
                yield Pair(other, number, 3.0, "its former name", together=-1.0)
        for alias in sorted(sense.aliases):
            name = parse(alias, sense.kind)
            others = by_name.get(name.key, ())
            if sense.kind is Kind.PERSON and len(name.words) < 2:
                continue
            generic = not distinctive(name)
            for other in others[:LARGEST_BLOCK]:
                yield Pair(
                    other,
                    number,
                    0.5 if generic else 2.2,
                    f"called {alias} elsewhere",
                    True,
                    1.0 if generic else -1.0,
                )


def _initials(numbered: Numbered) -> Iterator[Pair]:
    """An acronym, and a name whose initials it is."""
    acronyms: dict[str, list[int]] = defaultdict(list)
    for number, sense in numbered:
        name = _name(sense)
        if name.acronym and len(name.words) == 1:
            acronyms[name.words[0]].append(number)
    for number, sense in numbered:
        for letters in sorted(initials(_name(sense).words)):
            for other in acronyms.get(letters, ())[:LARGEST_BLOCK]:
                if len(letters) > 1:
                    weight = {2: -1.2, 3: 0.0}.get(len(letters), 0.8)
                    yield Pair(other, number, weight, "initials", True, 1.8)


def _shortened(numbered: Numbered) -> Iterator[Pair]:
    """A name, and the same with more words behind: "Lockheed" and "Lockheed Martin"."""
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, sense in numbered:
        by_words[_name(sense).words].append(number)
    droppable = tables().droppable
    for number, sense in numbered:
        words = _name(sense).words
        for length in range(1, len(words)):
            short, rest = words[:length], words[length:]
            if short not in by_words or not distinctive(Name(short)):
                continue
            usual = set(rest) <= droppable
            weight = 0.4 if usual else -1.2 if len(rest) == 1 else -1.8
            if len(short[0]) < 4 and length == 1:
                weight -= 0.8
            # one article may have "China Eastern" and "China Eastern Airlines"; "Apple" and "Apple Records" are two
            loose = usual and (length > 1 or sense.kind is Kind.PLACE)
            for other in by_words[short][:LARGEST_BLOCK]:
                if usual or sense.kind is not Kind.PLACE:
                    yield Pair(
                        other, number, weight, "the name without its end", True, -0.5 if loose else -4.0
                    )


def _within_article(numbered: Numbered) -> Iterator[Pair]:
    """A name that many have ("Air Force"), and the one full name that the same article has for such a thing."""
    by_doc: dict[str, list[tuple[int, Sense]]] = defaultdict(list)
    for number, sense in numbered:
        if not distinctive(_name(sense)):
            for doc in sorted(sense.docs):
                by_doc[doc].append((number, sense))
    if not by_doc:
        return
    for number, sense in numbered:
        words = _name(sense).words
        for doc in sorted(sense.docs & by_doc.keys()):
            for other, short in by_doc[doc]:
                tail = _name(short).words
                if len(words) > len(tail) and words[-len(tail) :] == tail:
                    yield Pair(other, number, 1.2, "the article's own full name", True, 0.8)


def _places(numbered: Numbered) -> Iterator[Pair]:
    """The same place with and without the words of its sort: "Changi Airport", "Changi International Airport"."""

    def keys(sense: Sense) -> Iterator[Hashable]:
        words = _name(sense).words
        if len(words) > 1 and not sense.same_as:
            yield tuple(word for word in words if word not in ("international", "city", "of"))

    for block in _blocks(numbered, keys):
        for place, (a, _) in enumerate(block):
            for b, _ in block[:place]:
                yield Pair(a, b, 2.0, "the same place's name")


_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "de", "du", "la", "et"})
_FINDERS: dict[Kind, tuple[Callable[[Numbered], Iterator[Pair]], ...]] = {
    Kind.PERSON: (_people, _misspelt, _rewritten, _renamed),
    Kind.ORGANIZATION: (_rewritten, _renamed, _initials, _shortened, _within_article),
    Kind.PLACE: (_rewritten, _renamed, _places, _shortened),
}
