"""Turn a story into a networkx MultiDiGraph, and its events into weights between actors."""

from __future__ import annotations

from itertools import combinations, product
from typing import TypeAlias

import networkx as nx

from kg.view.records import FactRecord, Story

MultiDiGraph: TypeAlias = "nx.MultiDiGraph"

# What a fact of each kind adds to the pull between two actors.
_PULL = {"event": 1.0, "role": 1.0, "relation": 0.7, "statement": 0.3}
_HEARD = {"addressee", "about"}
_INTO_EVENT = {"agent", "speaker"}  # the edge runs from the actor to the event; all other parts are run to


def multigraph(story: Story) -> MultiDiGraph:
    """Build the graph of things, events, quotes and articles; keys and order follow from the story alone.

    Events and quotes are nodes of their own; roles and relations are edges. Every edge carries `part` (agent,
    patient, …, role, relation, said in, reported in), `fact` (its IRI), `label`, `cls`, `modality`, `stance`,
    `confidence` and `date`.
    """
    graph = nx.MultiDiGraph()
    for thing in story.things:
        graph.add_node(
            thing.iri,
            kind=thing.kind,
            label=thing.label,
            aliases=thing.aliases,
            classes=thing.classes,
            mentions=thing.mentions,
        )
    for fact in story.facts:
        if fact.kind in {"event", "statement"}:
            graph.add_node(
                fact.iri,
                kind=fact.kind,
                label=fact.label,
                cls=fact.cls,
                date=fact.date,
                modality=fact.modality,
                text=fact.text,
            )
    for article in story.articles:
        graph.add_node(
            article.iri,
            kind="article",
            label=article.headline,
            date=article.date,
            publisher=article.publisher,
        )
    for fact in story.facts:
        _add_fact(graph, fact)
    return graph


def _add_fact(graph: MultiDiGraph, fact: FactRecord) -> None:
    about = {
        "fact": fact.iri,
        "cls": fact.cls,
        "modality": fact.modality,
        "stance": fact.stance,
        "confidence": fact.confidence,
        "date": fact.date,
    }

    def edge(source: str, target: str, part: str, label: str) -> None:
        graph.add_edge(source, target, key=f"{part} {fact.iri}", part=part, label=label, **about)

    if fact.kind == "role":
        for member, organization in product(fact.who("member"), fact.who("organization")):
            edge(member, organization, "role", fact.words)
    elif fact.kind == "relation":
        for subject, object_ in product(fact.who("subject"), fact.who("object")):
            edge(subject, object_, "relation", fact.words)
    else:
        for part, iri in fact.parts:
            if part in _INTO_EVENT:
                edge(iri, fact.iri, part, part)
            else:
                edge(fact.iri, iri, part, part)
        if fact.according_to in graph:
            edge(fact.according_to, fact.iri, "said in", "reports")
        for article in sorted({e.article for e in fact.evidence}):
            edge(fact.iri, article, "reported in", "reported in")


def ties(fact: FactRecord) -> list[tuple[str, str, str]]:
    """Return the pairs of things that a fact links when it is folded into edges, each with the way it links them.

    Agents act on patients ("to"). In a mutual event or relation all are linked ("both"), each pair once. Who is
    alone with what they did is linked to the place ("place"); without one, agents who did it together are linked as
    such ("with"), for what they did, they did not do to one another. A quote is "of" whom it is about.
    """
    if fact.kind == "role":
        return [(m, o, "to") for m, o in product(fact.who("member"), fact.who("organization"))]
    if fact.kind == "relation":
        way = "both" if fact.mutual else "to"
        return [(s, o, way) for s, o in product(fact.who("subject"), fact.who("object"))]
    if fact.kind == "statement":
        heard = [(o, "of" if part == "about" else "to") for part, o in fact.parts if part in _HEARD]
        return [(s, o, way) for s, (o, way) in product(fact.who("speaker"), heard) if s != o]
    agents, patients = fact.who("agent"), fact.who("patient")
    sides = list(dict.fromkeys([*agents, *patients]))
    if fact.mutual and len(sides) > 1:
        return [(a, b, "both") for a, b in combinations(sides, 2)]
    if agents and patients and not fact.mutual:
        return [(a, p, "to") for a, p in product(agents, patients) if a != p]
    placed = [(one, place, "place") for one, place in product(sides, fact.who("place")) if one != place]
    return placed or [(a, b, "with") for a, b in combinations(dict.fromkeys(agents), 2)]


def pairs(fact: FactRecord) -> list[tuple[str, str]]:
    """Return the pairs of things that a fact links when it is folded into edges."""
    return [(a, b) for a, b, _ in ties(fact)]


def pull(story: Story) -> dict[tuple[str, str], float]:
    """Return how strongly each pair of things is tied, over all facts; a pair stands in sorted order."""
    weights: dict[tuple[str, str], float] = {}
    for fact in story.facts:
        for a, b in pairs(fact):
            if a != b:
                pair = (a, b) if a < b else (b, a)
                weights[pair] = weights.get(pair, 0.0) + _PULL[fact.kind]
    return weights
