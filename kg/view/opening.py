"""What a big page shows before its data are read: the actors and ties that it opens with, and how many there are.

The rule of choice is that of the page's own script (`project.js`), which draws the same once it has all: the most
important actors that are tied, then the strongest ties among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.view import styles
from kg.view.multigraph import ties
from kg.view.records import FactRecord, Story
from kg.view.scene import Scene

FIRST, FIRST_EDGES = 120, 260
"""How many actors and ties are shown at first: `KG.FIRST` and `KG.FIRST_EDGES` are read from here."""
_FOLDED = {"event", "role", "relation"}  # what the lines between actors stand for
_SIGNS = {"both": "=", "with": "+"}
_NODE = ("id", "iri", "kind", "label", "shape", "x", "y", "up", "size", "rank", "com", "m")
_FACT = ("k", "c", "w", "at", "s", "m", "f")


@dataclass(slots=True)
class _Edge:
    """Parallel facts between two actors, by their numbers: the facts' own, and the way that each links the two."""

    a: int
    b: int
    facts: list[tuple[int, str]]


def opening(scene: Scene, nodes: list[dict[str, Any]], facts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the nodes, facts and numbers of the first picture; `nodes` and `facts` are the page's rows for all.

    The rows keep their numbers, and hold only what is drawn. Each fact has in `p` the pairs that it ties.
    """
    edges = _folded(scene)
    tied = {end for edge in edges.values() for end in (edge.a, edge.b)}
    shown = _foremost(scene, edges, tied)
    inner = {key: e for key, e in edges.items() if e.a in shown and e.b in shown}
    drawn = _strongest(scene, inner)
    pairs: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for edge in drawn:
        for fact, way in edge.facts:
            pairs[fact].append((edge.a, edge.b, way))
    hedged = standing(scene.story)
    shown_nodes = sorted({end for e in drawn for end in (e.a, e.b)})
    aside = [k for k in range(len(scene.story.things)) if k not in tied]
    return {
        "nodes": [
            _kept(nodes[k], _NODE)
            | ({"hm": hedged[iri]} if (iri := scene.story.things[k].iri) in hedged else {})
            for k in shown_nodes
        ],
        "facts": [{"i": i, **_kept(facts[i], _FACT), "p": pairs[i]} for i in sorted(pairs)],
        "total": len(tied),
        "ties": len(inner),
        "aside": _kinds(scene, aside),
        "timed": len({_day(f) for f in scene.story.facts if f.kind == "event" and f.date}) > 1,
    }


def _kept(row: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys if key in row}


def _day(fact: FactRecord) -> str:
    return fact.date + "-01-01"[len(fact.date) - 4 :] if 4 <= len(fact.date) < 10 else fact.date


def _kinds(scene: Scene, numbers: list[int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for k in numbers:
        found[scene.story.things[k].kind] += 1
    return dict(sorted(found.items()))


def _folded(scene: Scene) -> dict[str, _Edge]:
    """Return the edges between actors: those of one direction and stance are one, under the page's own name for it."""
    edges: dict[str, _Edge] = {}
    for i, fact in enumerate(scene.story.facts):
        if fact.kind not in _FOLDED:
            continue
        for one, other, way in dict.fromkeys(ties(fact)):
            a, b = scene.number[one], scene.number[other]
            if a == b:
                continue
            sign = _SIGNS.get(way, "")
            if sign and a > b:
                a, b = b, a
            key = f"{a}:{b}:{sign}{'neutral' if way == 'with' else fact.stance}"
            edges.setdefault(key, _Edge(a, b, [])).facts.append((i, way))
    return edges


def _foremost(scene: Scene, edges: Mapping[str, _Edge], tied: set[int]) -> set[int]:
    """Return the most important of those tied, less those tied to none of the others."""
    if len(tied) <= FIRST:
        return tied
    top = set(sorted(tied, key=lambda k: (-scene.spots[k].rank, k))[:FIRST])
    return {end for e in edges.values() if e.a in top and e.b in top for end in (e.a, e.b)}


def _strongest(scene: Scene, edges: Mapping[str, _Edge]) -> list[_Edge]:
    """Return the edges with most facts, but at least one for every node."""
    if len(edges) <= FIRST_EDGES * 1.15:
        return list(edges.values())

    def worth(key: str) -> tuple[float, str]:
        edge = edges[key]
        return -(len(edge.facts) + min(scene.spots[edge.a].rank, scene.spots[edge.b].rank) / 1e3), key

    order = sorted(edges, key=worth)
    bare = {end for edge in edges.values() for end in (edge.a, edge.b)}
    own: set[str] = set()
    for key in order:
        ends = {edges[key].a, edges[key].b}
        if ends & bare:
            own.add(key)
            bare -= ends
    rest = (key for key in order if key not in own)
    for key in rest:
        if len(own) >= FIRST_EDGES:
            break
        own.add(key)
    return [edge for key, edge in edges.items() if key in own]


def standing(story: Story) -> dict[str, str]:
    """Return by the IRIs of such things the modality that is nearest to fact; `KG.standing` is the same rule.

    Who speaks is there; to be spoken of says nothing of it either way.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for fact in story.facts:
        parts = fact.who("speaker") if fact.kind == "statement" else [iri for _, iri in fact.parts]
        for iri in parts:
            told[iri].add(fact.modality)
    order = list(styles.load()["modalities"])
    return {iri: min(own, key=order.index) for iri, own in told.items() if "Asserted" not in own}
