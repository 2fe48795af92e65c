"""What names alone say of two things: the keys by which things meet in a block, and what becomes of each pair there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from kg.identity.model import Key
from kg.identity.names import FoldedName, alike, distinctive, initials, parse
from kg.identity.profile import Order
from kg.identity.tables import tables
from kg.model import Kind
from kg.scoring import weights

LARGEST_BLOCK = 80
"""A block of more things says nothing: what everything shares is no reason to compare."""


def weight_of(name: str) -> float:
    """Return a weight of the table of identity."""
    return weights("kg.identity")[name]


def of_letters(letters: str) -> str:
    """Return the feature that initials are weighed by, in the sections `spelling` and `short`."""
    return {2: "initials_two", 3: "initials_three"}.get(len(letters), "initials_more")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things (by `Profile.id`) that could be one. `prior` is what the names say, as log-odds.

    `partial` holds when `one` is a short form that others could have, too; `together` is what it costs that one
    article has both as two things.
    """

    one: Key
    other: Key
    prior: float
    reason: str
    partial: bool
    together: float


@dataclass(frozen=True, slots=True)
class View:
    """What the names of a thing are compared by: much less than the thing itself, as it goes into many blocks."""

    id: Key
    order: Order
    kind: Kind
    name: FoldedName
    aliases: frozenset[str]
    former: frozenset[str]
    located: frozenset[str]


Held = tuple[bool, View, str]
"""A thing in a block: whether the block's name is its own (or another's for it), the thing, that other name."""
Keys = Callable[[View], Iterable[tuple[Hashable, Held]]]
Judge = Callable[[object, list[Held]], Iterable[Pair]]


def generations_apart(one: View, other: View) -> bool:
    """Tell father and son apart: both have a generation behind their names, and not the same."""
    mine, theirs = one.name.generation, other.name.generation
    return bool(mine and theirs) and mine != theirs


def _couples(block: list[Held]) -> Iterator[tuple[View, View]]:
    """Yield all pairs of a block of things that are alike, the later first."""
    if not 1 < len(block) <= LARGEST_BLOCK:
        return
    views = sorted((one for _, one, _ in block), key=lambda one: one.order)
    for place, one in enumerate(views):
        for other in views[:place]:
            if not generations_apart(one, other):
                yield one, other


def _calling(block: list[Held]) -> Iterator[tuple[View, View, str]]:
    """Yield each thing with each other that has the block's name for its own, and how it calls that."""
    named = sorted((one for own, one, _ in block if own), key=lambda one: one.order)[:LARGEST_BLOCK]
    if not named:
        return
    for _, one, word in sorted(
        (held for held in block if not held[0]), key=lambda held: (held[1].order, held[2])
    ):
        for other in named:
            if one.id != other.id and not generations_apart(one, other):
                yield other, one, word


def _full_names(one: View) -> Iterator[tuple[Hashable, Held]]:
    """A person's surname with the given name or what it is short for, and with an initial."""
    words = one.name.words
    if len(words) > 1:
        given, surname = words[0], words[-1]
        for key in dict.fromkeys(
            [given, *sorted(tables().nicknames.get(given, ())), f"{given[0]} {len(given) == 1}"]
        ):
            yield (surname, key), (True, one, "")


def _initial_names(one: View) -> Iterator[tuple[Hashable, Held]]:
    words = one.name.words
    if len(words) > 1:
        yield (words[-1], words[0][0]), (True, one, "")


def _people(_: object, block: list[Held]) -> Iterator[Pair]:
    """The same surname, and given names that are one, short for one another, or an initial."""
    for one, other in _couples(block):
        judged = _people_alike(one.name, other.name)
        if judged:
            yield Pair(one.id, other.id, *judged, False, _together(one, other))


def _together(one: View, other: View, usual: str = "together.usual") -> float:
    """What it costs that one article has both: "A, Jr. sued his father, A" leaves no doubt."""
    return weight_of(usual if one.name.generation == other.name.generation else "together.generations")


def _people_by_initials(key: object, block: list[Held]) -> Iterable[Pair]:
    if any(len(one.name.words[0]) == 1 for _, one, _ in block):
        return _people(key, block)
    return ()


def _people_alike(one: FoldedName, other: FoldedName) -> tuple[float, str] | None:
    """What two people's names with one surname say; None if they can't be one person's."""
    (a, *mine), (b, *theirs) = one.words[:-1], other.words[:-1]
    if mine and theirs and (len(mine) != len(theirs) or not all(map(_agree, mine, theirs))):
        return None  # John F. and John Q.
    middle = 0.0 if bool(mine) == bool(theirs) else weight_of("spelling.middle_in_one")
    middle += weight_of("spelling.other_generation") if one.generation != other.generation else 0.0
    if a == b:
        return weight_of("spelling.same_given") + middle, "the same name but for a middle name"
    if len(a) == 1 or len(b) == 1:
        return (weight_of("spelling.initial") + middle, "an initial and a name") if a[0] == b[0] else None
    if b in tables().nicknames.get(a, ()):
        return weight_of("spelling.nickname") + middle, f"{min(a, b)} and {max(a, b)} are one name"
    return None


def _agree(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _half_names(one: View) -> Iterator[tuple[Hashable, Held]]:
    words = one.name.words
    if len(words) > 1 and len(words[-1]) > 4:
        for key in dict.fromkeys([(words[0], words[-1][:3]), (words[-1], words[0][:2])]):
            yield key, (True, one, "")


def _misspelt(_: object, block: list[Held]) -> Iterator[Pair]:
    """Names with one letter or two that differ: transliterations and slips."""
    for one, other in _couples(block):
        mine, theirs = one.name.words, other.name.words
        if mine != theirs and len(mine) == len(theirs) and min(map(len, (mine[0], theirs[0]))) > 2:
            if alike(" ".join(mine), " ".join(theirs)) >= weight_of("spelling.almost_least"):
                almost = weight_of("spelling.almost")
                yield Pair(one.id, other.id, almost, "spelt almost alike", False, weight_of("together.usual"))


def _compact(one: View) -> Iterator[tuple[Hashable, Held]]:
    if len(one.name.compact) > 3:
        yield one.name.compact, (True, one, "")


def _sorted_words(one: View) -> Iterator[tuple[Hashable, Held]]:
    big = sorted(word for word in one.name.words if word not in _SMALL)
    if len(big) > 1:
        yield tuple(big), (True, one, "")


def _rewritten(reason: str, _: object, block: list[Held]) -> Iterator[Pair]:
    """The same words written together, apart or in another order."""
    for one, other in _couples(block):
        together = _together(one, other, "together.rewritten")
        yield Pair(one.id, other.id, weight_of("spelling.rewritten"), reason, False, together)


def _former_names(one: View) -> Iterator[tuple[Hashable, Held]]:
    yield one.name.key, (True, one, "")
    for former in one.former:
        yield former, (False, one, former)


def _renamed(_: object, block: list[Held]) -> Iterator[Pair]:
    """What formerly went by the other's name."""
    for other, one, _name in _calling(block):
        together = weight_of("together.former")
        yield Pair(other.id, one.id, weight_of("spelling.former"), "its former name", False, together)


def _alias_names(one: View) -> Iterator[tuple[Hashable, Held]]:
    yield one.name.key, (True, one, "")
    for alias in one.aliases:
        name = parse(alias, one.kind)
        if one.kind is not Kind.PERSON or len(name.words) > 1:
            yield name.key, (False, one, alias)


def _called(_: object, block: list[Held]) -> Iterator[Pair]:
    """What goes by the other's name in some article."""
    for other, one, alias in _calling(block):
        sort = "alias" if distinctive(parse(alias, one.kind)) else "generic_alias"
        prior, together = weight_of(f"spelling.{sort}"), weight_of(f"together.{sort}")
        yield Pair(other.id, one.id, prior, f"called {alias} elsewhere", True, together)


def _initials_of(one: View) -> Iterator[tuple[Hashable, Held]]:
    if one.name.acronym and len(one.name.words) == 1:
        yield one.name.words[0], (True, one, "")
    for letters in initials(one.name.words):
        if len(letters) > 1:
            yield letters, (False, one, letters)


def _abbreviated(_: object, block: list[Held]) -> Iterator[Pair]:
    """An acronym, and a name whose initials it is."""
    for other, one, letters in _calling(block):
        prior = weight_of(f"spelling.{of_letters(letters)}")
        yield Pair(other.id, one.id, prior, "initials", True, weight_of("together.initials"))


def _beginnings(one: View) -> Iterator[tuple[Hashable, Held]]:
    words, generic = one.name.words, tables().generic
    yield words, (True, one, "")
    for length in range(1, len(words)):
        cut = words[length - 1] in generic and words[length] in ("of", "for")  # "US Department" of many
        if not cut and distinctive(FoldedName(words[:length])):
            yield words[:length], (False, one, "")


def _shortened(key: object, block: list[Held]) -> Iterator[Pair]:
    """A name, and the same with more words behind: "Lockheed" and "Lockheed Martin"."""
    droppable = tables().droppable
    for other, one, _ in _calling(block):
        length, kind = len(other.name.words), one.kind
        short, rest = one.name.words[:length], one.name.words[length:]
        usual = set(rest) <= droppable
        weight = weight_of(
            "spelling." + ("usual_end" if usual else "one_word_more" if len(rest) == 1 else "words_more")
        )
        if len(short[0]) < 4 and length == 1:
            weight += weight_of("spelling.short_begin")
        # one article may have "China Eastern" and "China Eastern Airlines"; "Apple" and "Apple Records" are two
        loose = usual and (length > 1 or kind is Kind.PLACE)
        if usual or kind is not Kind.PLACE:
            together = weight_of("together.loose_end" if loose else "together.other_end")
            yield Pair(other.id, one.id, weight, "the name without its end", True, together)


def _place_names(one: View) -> Iterator[tuple[Hashable, Held]]:
    if len(one.name.words) > 1 and not one.located:
        yield tuple(w for w in one.name.words if w not in ("international", "city", "of")), (True, one, "")


def _places(_: object, block: list[Held]) -> Iterator[Pair]:
    """The same place with and without the words of its sort: "Changi Airport", "Changi International Airport"."""
    for one, other in _couples(block):
        usual = weight_of("together.usual")
        yield Pair(one.id, other.id, weight_of("spelling.place"), "the same place's name", False, usual)


def _located(one: View) -> Iterator[tuple[Hashable, Held]]:
    for spot in sorted(one.located):
        yield spot, (True, one, "")


def _same_spot(_: object, block: list[Held]) -> Iterator[Pair]:
    """What the gazetteer knows as one place under two names: "Kiev" and "Kyiv"."""
    for one, other in _couples(block):
        prior, together = weight_of("spelling.same_spot"), weight_of("together.same_spot")
        yield Pair(one.id, other.id, prior, "the same place of the gazetteer", False, together)


_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "de", "du", "la", "et"})
_NAMED: tuple[tuple[Keys, Judge], ...] = (
    (_compact, partial(_rewritten, "written together or apart")),
    (_sorted_words, partial(_rewritten, "the same words in another order")),
    (_former_names, _renamed),
    (_alias_names, _called),
)
FINDERS: Mapping[Kind, tuple[tuple[Keys, Judge], ...]] = {
    Kind.PERSON: (
        (_full_names, _people),
        (_initial_names, _people_by_initials),
        (_half_names, _misspelt),
        *_NAMED,
    ),
    Kind.ORGANIZATION: (*_NAMED, (_initials_of, _abbreviated), (_beginnings, _shortened)),
    Kind.PLACE: (*_NAMED, (_place_names, _places), (_located, _same_spot), (_beginnings, _shortened)),
}
