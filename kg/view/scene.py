"""Number, rank and place what a story holds, so that the page opens still."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.view import layout
from kg.view.multigraph import pull
from kg.view.ranking import Floats, communities, pagerank
from kg.view.records import Fact, Story

_FORCED = (
    1500  # up to so many nodes, events and quotes are placed by forces too; beyond, between their actors
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where and how large a node is drawn: `x`, `y` among actors only, `fx`, `fy` among everything."""

    x: int
    y: int
    fx: int
    fy: int
    size: float
    rank: float
    community: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A story with its nodes numbered: things first, then events and quotes, then articles."""

    story: Story
    number: dict[str, int]
    nodal: tuple[Fact, ...]
    spots: tuple[Spot, ...]


def stage(story: Story) -> Scene:
    """Compute ranks, sizes, communities and positions of all nodes."""
    nodal = tuple(f for f in story.facts if f.kind in {"event", "statement"})
    names = [*(t.iri for t in story.things), *(f.iri for f in nodal), *(a.iri for a in story.articles)]
    number = {iri: k for k, iri in enumerate(names)}
    n, total = len(story.things), len(names)
    ties = sorted(
        (number[a], number[b], w) for (a, b), w in pull(story).items() if a in number and b in number
    )
    a, b = (np.array([tie[k] for tie in ties], dtype=np.int64) for k in (0, 1))
    w = np.array([tie[2] for tie in ties], dtype=np.float64)
    rank = pagerank(n, a, b, w)
    member = communities(n, a.tolist(), b.tolist(), w.tolist())
    size = _sizes(rank, total - n)
    actors = layout.place(n, a, b, w, np.array(member, dtype=np.int64), size[:n])
    member += [-1] * (total - n)
    full = _everything(story, nodal, number, actors, size)
    ranks = np.concatenate([rank, np.zeros(total - n)])
    spots = tuple(
        Spot(
            x=int(full[k, 0] if k >= n else actors[k, 0]),
            y=int(full[k, 1] if k >= n else actors[k, 1]),
            fx=int(full[k, 0]),
            fy=int(full[k, 1]),
            size=round(float(size[k]), 1),
            rank=round(float(ranks[k]) * 1e4, 2),
            community=member[k],
        )
        for k in range(total)
    )
    return Scene(story, number, nodal, spots)


def _sizes(rank: Floats, others: int) -> Floats:
    """Let a node's area grow with its rank; events, quotes and articles are small and alike."""
    top = float(rank.max()) if len(rank) else 1.0
    return np.concatenate([6.0 + 24.0 * np.sqrt(rank / top) if len(rank) else rank, np.full(others, 7.0)])


def _everything(
    story: Story, nodal: tuple[Fact, ...], number: dict[str, int], actors: Floats, size: Floats
) -> Floats:
    """Place events, quotes and articles among the actors, who keep about where they stand."""
    n, total = len(story.things), len(size)
    anchors = [[number[iri] for _, iri in fact.parts if number.get(iri, total) < n] for fact in nodal]
    if total <= _FORCED and nodal and n:
        edges = [(number[f.iri], k) for f, own in zip(nodal, anchors, strict=True) for k in own]
        edges += [(number[p], number[q]) for p, q in sorted(pull(story)) if p in number and q in number]
        a, b = (np.array([e[k] for e in edges], dtype=np.int64) for k in (0, 1))
        scale = max(float(np.abs(actors).max()), 1.0) / np.sqrt(total)
        start = np.concatenate([actors, layout.around(anchors, actors, 12.0)]) / scale
        weight = np.concatenate([np.ones(len(edges))])
        moved = layout.forces(start, a, b, weight, 60 if total > 700 else 120) if len(edges) else start
        factor = np.sqrt(total / n) * 0.9
        span = np.abs(actors).mean(0) / np.maximum(np.abs(moved[:n]).mean(0), 1e-9)
        placed = layout.spread(moved * span * factor, size[: n + len(nodal)])
    else:
        placed = np.concatenate([actors * 1.6, layout.around(anchors, actors * 1.6, 16.0)])
    reports: dict[str, list[int]] = {article.iri: [] for article in story.articles}
    for fact in nodal:
        for piece in fact.evidence:
            reports[piece.article].append(number[fact.iri])
    result: Floats = np.concatenate(
        [placed, layout.around([reports[a.iri] for a in story.articles], placed, 90.0)]
    )
    return result
