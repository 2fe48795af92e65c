"""What a graph claims, read from its triples in the terms of the model: things, roles, quotations, events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluate.alike import norm
from kg.graph.vocabulary import GAF, NKG, ORG, RDF, RDFS, SCHEMA, SEM, SKOS
from kg.model import Span

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_TOP: Mapping[Node, str] = {
    SCHEMA.Person: "Person",
    SCHEMA.Organization: "Organization",
    SCHEMA.Place: "Place",
}
_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_PARTS = {"agent": NKG.agent, "patient": NKG.patient, "place": SEM.hasPlace}
_SPAN = re.compile(r"#char=(\d+),(\d+)$")
_LOCAL = re.compile(r"[#/]")


@dataclass(frozen=True, slots=True)
class MentionedNode:
    """A node of a top class that the text mentions: its classes, its names as they are compared, its spans."""

    node: str
    label: str
    kinds: frozenset[str]
    names: frozenset[str]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A membership; `organizations` are nodes."""

    node: str
    person: str
    title: str
    organizations: frozenset[str]
    former: bool
    spans: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class QuoteClaim:
    """A statement; `speakers` are nodes."""

    node: str
    text: str
    speakers: frozenset[str]
    spans: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class EventClaim:
    """An event: the local names of its classes in capitals, its spans, its parts as (part, node or date)."""

    node: str
    classes: frozenset[str]
    modalities: frozenset[str]
    spans: tuple[Span, ...]
    parts: frozenset[tuple[str, str]]
    confidence: float


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a graph claims, each kind in the order of its IRIs; `labels` names every node that has one."""

    things: tuple[MentionedNode, ...]
    roles: tuple[RoleClaim, ...]
    quotes: tuple[QuoteClaim, ...]
    events: tuple[EventClaim, ...]
    labels: dict[str, str]


def read_claims(graph: Graph) -> Claims:
    """Return what a graph in the model's vocabulary claims."""
    things = {node: thing for node in _things(graph) if (thing := _thing(graph, node)).spans}
    statements = _sorted(graph.subjects(RDF.type, NKG.Statement))
    events = [node for node in _sorted(graph.subjects(RDF.type, SEM.Event)) if node not in set(statements)]
    return Claims(
        tuple(things.values()),
        tuple(
            _role(graph, node, person, role)
            for node in _sorted(graph.subjects(ORG.member, None))
            for person in _sorted(graph.objects(node, ORG.member))
            for role in _sorted(graph.objects(node, ORG.role))
        ),
        tuple(_quote(graph, node, text) for node in statements for text in graph.objects(node, SCHEMA.text)),
        tuple(event for node in events if (event := _event(graph, node, set(things))).spans),
        {str(node): str(label) for node, label in sorted(graph.subject_objects(RDFS.label))},
    )


def spans(graph: Graph, node: Node) -> tuple[Span, ...]:
    """Return where the text speaks of a node, in order."""
    hits = (_SPAN.search(str(value)) for value in graph.objects(node, GAF.denotedBy))
    return tuple(sorted(Span(int(hit[1]), int(hit[2])) for hit in hits if hit))


def local(term: Node) -> str:
    """Return the last part of an IRI."""
    return _LOCAL.split(str(term))[-1]


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(set(nodes), key=str)


def _things(graph: Graph) -> list[Node]:
    return _sorted(node for top in _TOP for node in graph.subjects(RDF.type, top))


def _thing(graph: Graph, node: Node) -> MentionedNode:
    names = {norm(str(name)) for predicate in _NAMES for name in graph.objects(node, predicate)}
    return MentionedNode(
        str(node),
        _label(graph, node),
        frozenset(name for kind in graph.objects(node, RDF.type) if (name := _TOP.get(kind))),
        frozenset(names - {""}),
        spans(graph, node),
    )


def _role(graph: Graph, node: Node, person: Node, role: Node) -> RoleClaim:
    return RoleClaim(
        str(node),
        str(person),
        _label(graph, role),
        frozenset(str(body) for body in graph.objects(node, ORG.organization)),
        any(str(value).lower() == "true" for value in graph.objects(node, NKG.former)),
        spans(graph, node),
        _confidence(graph, node),
    )


def _quote(graph: Graph, node: Node, text: Node) -> QuoteClaim:
    return QuoteClaim(
        str(node),
        str(text),
        frozenset(str(speaker) for speaker in graph.objects(node, NKG.speaker)),
        spans(graph, node),
        _confidence(graph, node),
    )


def _event(graph: Graph, node: Node, things: set[Node]) -> EventClaim:
    parts = {
        (part, str(filler))
        for part, predicate in _PARTS.items()
        for filler in graph.objects(node, predicate)
        if filler in things
    }
    parts |= {("date", str(date)[:10]) for date in graph.objects(node, SEM.hasTimeStamp)}
    return EventClaim(
        str(node),
        frozenset(local(kind).upper() for kind in graph.objects(node, RDF.type)),
        frozenset(local(modality).lower() for modality in graph.objects(node, NKG.modality)),
        spans(graph, node),
        frozenset(parts),
        _confidence(graph, node),
    )


def _label(graph: Graph, node: Node) -> str:
    for predicate in _NAMES[:2]:
        for label in _sorted(graph.objects(node, predicate)):
            return str(label)
    return ""


def _confidence(graph: Graph, node: Node) -> float:
    return max((float(str(value)) for value in graph.objects(node, NKG.confidence)), default=1.0)
