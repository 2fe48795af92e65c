"""Find things whose names could be spellings, short forms or expansions of one another.

Only pairs that share a block are looked at: a surname with a given name or what it is short for, the first word of
a body, initials, an alias, a former name, the words in another order. Each pair comes with what the names alone say.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from functools import partial

from kg.identity.dataset import Dataset
from kg.identity.model import Key
from kg.identity.name_pairs import FINDERS, Held, Keys, Pair, View, generations_apart, weight_of
from kg.identity.names import FoldedName, distinctive
from kg.identity.profile import Profile
from kg.model import Kind


def view(profile: Profile) -> tuple[View]:
    """Return the view of a thing."""
    return (
        View(
            profile.id,
            profile.first,
            profile.kind,
            _name(profile),
            profile.aliases,
            profile.former,
            profile.same_as,
        ),
    )


def _name(profile: Profile) -> FoldedName:
    """Return the name that the records of a thing share, or the first."""
    return min(profile.parsed, key=lambda name: (name.words, name.generation))


def pairs(found: Dataset[Profile]) -> Dataset[Pair]:
    """Return the pairs of things worth comparing, without doubles; the likeliest reason of each counts."""
    rounds = [
        (partial(_keys_of, kind, keys), judge) for kind, finders in FINDERS.items() for keys, judge in finders
    ]
    made: Dataset[Pair] = found.flat(view).each_grouped(rounds)
    return made.also(_within_article(found)).grouped(_both, _likeliest)


def _keys_of(kind: Kind, keys: Keys, one: View) -> Iterable[tuple[Hashable, Held]]:
    return keys(one) if one.kind is kind else ()


def _both(pair: Pair) -> Iterator[tuple[tuple[Key, Key], Pair]]:
    yield (min(pair.one, pair.other), max(pair.one, pair.other)), pair


def _likeliest(_: object, same: list[Pair]) -> Iterator[Pair]:
    yield min(same, key=lambda pair: (-pair.prior, pair.partial, pair.reason, pair.one, pair.together))


def _within_article(found: Dataset[Profile]) -> Dataset[Pair]:
    """A name that many have ("Air Force"), and the one full name that the same article has for such a thing."""
    docs = frozenset(found.flat(_undistinctive_in).collect())
    return found.grouped(partial(_bodies_in, docs), _own_full_names)


def _undistinctive_in(profile: Profile) -> Iterable[str]:
    if profile.kind is not Kind.ORGANIZATION or distinctive(_name(profile)):
        return ()
    return profile.docs


def _bodies_in(docs: Collection[str], profile: Profile) -> Iterator[tuple[Hashable, Held]]:
    if profile.kind is Kind.ORGANIZATION:
        one = view(profile)[0]
        for doc in profile.docs:
            if doc in docs:
                yield doc, (not distinctive(one.name), one, "")


def _own_full_names(_: object, block: list[Held]) -> Iterator[Pair]:
    short = [one for own, one, _ in block if own]
    for _, one, _ in block:
        words = one.name.words
        for other in short:
            tail = other.name.words
            if len(words) > len(tail) and words[-len(tail) :] == tail and not generations_apart(one, other):
                prior, together = weight_of("spelling.own_full_name"), weight_of("together.own_full_name")
                yield Pair(other.id, one.id, prior, "the article's own full name", True, together)
