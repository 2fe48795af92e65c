"""Ask the linker for each thing, and make one of what it holds for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kg.identity.dataset import Dataset
from kg.identity.evidence import Compared, Weighed, side
from kg.identity.kb.model import Linker, Query
from kg.identity.model import Key, Verdict
from kg.identity.naming import best_name
from kg.identity.profile import Profile

SURE = 0.8
"""So sure must both links be for two things to be made one by them."""


def linked(found: Dataset[Profile], linker: Callable[[], Linker]) -> Dataset[Profile | Compared]:
    """Return the things with their identities elsewhere, and what became one by that.

    `linker` gives the linker where it is needed. Things of one name that their articles told apart stay apart:
    then at most the better known is linked.
    """
    return found.grouped(partial(_by_link, linker), _joined)


def _by_link(
    linker: Callable[[], Linker], profile: Profile
) -> Iterator[tuple[tuple[str, str, Key | None], Profile]]:
    link = profile.link = linker()(query_of(profile))
    yield (link.iri if link else "", profile.kind.value, None if link else profile.id), profile


def _joined(_: tuple[str, str, Key | None], same: list[Profile]) -> Iterator[Profile | Compared]:
    first, *others = sorted(same, key=lambda s: (-len(s.records), s.first))
    for profile in others:
        assert first.link is not None
        assert profile.link is not None
        if profile.names.keys() & first.names.keys() or min(profile.link.score, first.link.score) < SURE:
            profile.link = None
            yield profile
        else:
            weighed = Weighed(3.0, (f"both are {first.link.iri} in the knowledge base",))
            yield Compared(side(first), side(profile), Verdict.SAME, weighed)
            first.absorb(profile)
    yield first


def query_of(profile: Profile) -> Query:
    """Return what the corpus says of a thing, as a linker is asked: the best name first, then the others."""
    names = sorted(profile.names, key=lambda name: (-profile.names[name], name))
    year = profile.begin[:4]
    return Query(
        kind=profile.kind,
        names=tuple(dict.fromkeys((best_name(profile), *names, *sorted(profile.aliases)))),
        neighbours=frozenset(profile.neighbours),
        nouns=frozenset(word for title in profile.titles for word in title.split())
        | frozenset(noun for record in profile.records for noun in record.nouns),
        fields=frozenset(profile.fields),
        nations=frozenset(profile.nations | profile.bodies.keys()),
        same_as=frozenset(profile.same_as),
        begin=int(year) if year.isdigit() else None,
        active=bool(profile.bodies.keys() - profile.past_bodies),
    )
