"""What a build found, in numbers and names a person can use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.vocabulary import NKG, ORG, RDF, RDFS, SCHEMA, SEM
from kg.model import Reject

if TYPE_CHECKING:
    from rdflib import URIRef
    from rdflib.term import Node

    from kg.graph.sheet import Triple

_MAIN = 6


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts, is acted upon or speaks: its name and how often."""

    name: str
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of distinct nodes over all articles; `actors` are the busiest, the busiest first."""

    articles: int
    people: int
    organizations: int
    places: int
    roles: int
    events: int
    statements: int
    actors: tuple[Actor, ...]
    rejects: tuple[Reject, ...]


def summarise(
    triples: Mapping[URIRef, Sequence[Triple]], articles: int, rejects: Sequence[Reject]
) -> Summary:
    """Count what the triples of all articles say."""
    kinds: dict[Node, set[Node]] = defaultdict(set)
    labels: dict[Node, str] = {}
    taking_part: dict[Node, set[Node]] = defaultdict(set)
    speaking: dict[Node, set[Node]] = defaultdict(set)
    for rows in triples.values():
        for subject, predicate, value in rows:
            if predicate == RDF.type:
                kinds[value].add(subject)
            elif predicate == RDFS.label:
                labels.setdefault(subject, str(value))
            elif predicate == NKG.speaker:
                speaking[value].add(subject)
            elif predicate in (NKG.agent, NKG.patient):
                taking_part[value].add(subject)
    named = kinds[SCHEMA.Person] | kinds[SCHEMA.Organization] | kinds[SCHEMA.Place]
    busy = Counter({thing: len(taking_part[thing]) + len(speaking[thing]) for thing in named})
    ranked = sorted((thing for thing in named if busy[thing]), key=lambda t: (-busy[t], str(t)))
    return Summary(
        articles,
        len(kinds[SCHEMA.Person]),
        len(kinds[SCHEMA.Organization]),
        len(kinds[SCHEMA.Place]),
        len(kinds[ORG.Membership]),
        len(kinds[SEM.Event]),
        len(kinds[NKG.Statement]),
        tuple(Actor(labels.get(t, str(t)), len(taking_part[t]), len(speaking[t])) for t in ranked[:_MAIN]),
        tuple(rejects),
    )
