"""Ask the linker for each thing, and make one of what it holds for one."""

from __future__ import annotations

from collections.abc import Sequence

from kg.identity.evidence import Compared, Weighed, side
from kg.identity.kb.model import Linker, Query
from kg.identity.model import Verdict
from kg.identity.naming import best_name
from kg.identity.sense import Sense
from kg.model import Kind

SURE = 0.8
"""So sure must both links be for two things to be made one by them."""


def linked(senses: Sequence[Sense], linker: Linker) -> tuple[list[Sense], list[Compared]]:
    """Return the things with their identities elsewhere, and what became one by that.

    Things of one name that their articles told apart stay apart: then at most the better known is linked.
    """
    by_iri: dict[tuple[str, Kind], Sense] = {}
    left: list[Sense] = []
    compared: list[Compared] = []
    for sense in sorted(senses, key=lambda s: (-len(s.records), s.first)):
        link = linker(query_of(sense))
        first = by_iri.get((link.iri, sense.kind)) if link is not None else None
        if link is None or first is None or first.link is None:
            sense.link = link
            left.append(sense)
            if link is not None:
                by_iri[link.iri, sense.kind] = sense
        elif sense.names.keys() & first.names.keys() or min(link.score, first.link.score) < SURE:
            left.append(sense)
        else:
            weighed = Weighed(3.0, (f"both are {link.iri} in the knowledge base",))
            compared.append(Compared(side(first), side(sense), Verdict.SAME, weighed))
            first.absorb(sense)
    return left, compared


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
