"""Ask the linker for each thing, and make one of what it holds for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kg.identity.dataset import Bag
from kg.identity.evidence import Compared, Weighed, side
from kg.identity.kb.model import Linker, Query
from kg.identity.model import Key, Verdict
from kg.identity.naming import best_name
from kg.identity.profile import Sense

SURE = 0.8
"""So sure must both links be for two things to be made one by them."""


def linked(found: Bag[Sense], linker: Callable[[], Linker]) -> Bag[Sense | Compared]:
    """Return the things with their identities elsewhere, and what became one by that.

    `linker` gives the linker where it is needed. Things of one name that their articles told apart stay apart:
    then at most the better known is linked.
    """
    return found.grouped(partial(_by_link, linker), _joined)


def _by_link(
    linker: Callable[[], Linker], sense: Sense
) -> Iterator[tuple[tuple[str, str, Key | None], Sense]]:
    link = sense.link = linker()(query_of(sense))
    yield (link.iri if link else "", sense.kind.value, None if link else sense.id), sense


def _joined(_: tuple[str, str, Key | None], same: list[Sense]) -> Iterator[Sense | Compared]:
    first, *others = sorted(same, key=lambda s: (-len(s.records), s.first))
    for sense in others:
        assert first.link is not None
        assert sense.link is not None
        if sense.names.keys() & first.names.keys() or min(sense.link.score, first.link.score) < SURE:
            sense.link = None
            yield sense
        else:
            weighed = Weighed(3.0, (f"both are {first.link.iri} in the knowledge base",))
            yield Compared(side(first), side(sense), Verdict.SAME, weighed)
            first.absorb(sense)
    yield first


def query_of(sense: Sense) -> Query:
    """Return what the corpus says of a thing, as a linker is asked: the best name first, then the others."""
    names = sorted(sense.names, key=lambda name: (-sense.names[name], name))
    year = sense.begin[:4]
    return Query(
        kind=sense.kind,
        names=tuple(dict.fromkeys((best_name(sense), *names, *sorted(sense.aliases)))),
        neighbours=frozenset(sense.neighbours),
        nouns=frozenset(word for title in sense.titles for word in title.split())
        | frozenset(noun for record in sense.records for noun in record.nouns),
        fields=frozenset(sense.fields),
        nations=frozenset(sense.nations | sense.bodies.keys()),
        same_as=frozenset(sense.same_as),
        begin=int(year) if year.isdigit() else None,
        active=bool(sense.bodies.keys() - sense.past_bodies),
    )
