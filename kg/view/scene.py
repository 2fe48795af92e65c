"""Number, rank and place what a story holds, so that the page opens still."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from kg.view import layout
from kg.view.force_layout import Floats
from kg.view.layout import Net
from kg.view.multigraph import pairs, pull
from kg.view.ranking import communities, pagerank
from kg.view.records import FactRecord, Story

# Up to so many nodes, events and quotes are drawn as the actors are; beyond, they stand between their actors.
_FORCED = 1500
# Up to so many, a drawing of its own is made for upright screens; beyond, the page turns the broad one.
_UPRIGHT = {"actors": 1500, "full": 500}
_FACT = 8.0  # the size of events, quotes and articles
_LETTER = 0.5  # the width of a letter, in heights


@dataclass(frozen=True, slots=True)
class Spot:
    """Where and how large a node is drawn: `actors` among actors only, `full` among everything.

    Each holds x and y for a broad screen and, where it is another drawing, x and y for an upright one.
    """

    actors: tuple[int, ...]
    full: tuple[int, ...]
    size: float
    rank: float
    community: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A story with its nodes numbered: things first, then events and quotes, then articles."""

    story: Story
    number: dict[str, int]
    nodal: tuple[FactRecord, ...]
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
    told = np.array([1.0 + thing.mentions for thing in story.things])
    rank = pagerank(n, a, b, w, told)
    member = communities(n, a.tolist(), b.tolist(), w.tolist())
    size = _sizes(rank)
    words = _words(story, number)
    length = np.array([size[p] + size[q] + words[p, q] for p, q, _ in ties])
    net = Net(a, b, w, length, np.array(member, dtype=np.int64), size, _boxes(story, size))
    screens = (layout.BROAD, layout.UPRIGHT) if n <= _UPRIGHT["actors"] else (layout.BROAD,)
    actors = layout.place(net, *screens)
    full = _everything(story, nodal, number, actors[0], net)
    spots = tuple(
        Spot(
            actors=_numbers(actors, k) if k < n else _numbers(full, k),
            full=_numbers(full, k),
            size=round(float(size[k]) if k < n else _FACT, 1),
            rank=round(float(rank[k]) * 1e4, 2) if k < n else 0.0,
            community=member[k] if k < n else -1,
        )
        for k in range(total)
    )
    return Scene(story, number, nodal, spots)


def _numbers(drawings: list[Floats], k: int) -> tuple[int, ...]:
    return tuple(int(value) for drawing in drawings for value in drawing[k])


def _sizes(rank: Floats) -> Floats:
    """Let a node's area grow with its rank, from the least to the most important."""
    if not len(rank):
        return rank
    low, high = float(rank.min()), float(rank.max())
    sizes: Floats = 6.0 + 20.0 * np.sqrt((rank - low) / max(high - low, 1e-12))
    return sizes


def _boxes(story: Story, size: Floats) -> Floats:
    """Return the room that each node takes with its name under it, by the page's own rule for the type."""
    rows = []
    for thing, r in zip(story.things, size.tolist(), strict=True):
        height = 10.0 + r * 0.28
        rows.append(
            (max(r, min(len(thing.label), 30) * height * _LETTER / 2) + 4, r + 3, r + height * 1.3 + 3)
        )
    return np.array(rows).reshape(-1, 3)


def _words(story: Story, number: dict[str, int]) -> dict[tuple[int, int], float]:
    """Return how much room the words along each tie take: those said most often between the two."""
    counts: dict[tuple[int, int], Counter[str]] = {}
    for fact in story.facts:
        for one, other in pairs(fact):
            if one in number and other in number and one != other:
                key = (number[min(one, other)], number[max(one, other)])
                counts.setdefault(key, Counter())["" if fact.kind == "statement" else fact.words] += 1
    return {key: 36.0 + 6.5 * min(len(found.most_common(1)[0][0]), 18) for key, found in counts.items()}


def _everything(
    story: Story, nodal: tuple[FactRecord, ...], number: dict[str, int], actors: Floats, net: Net
) -> list[Floats]:
    """Place events, quotes and articles among the actors."""
    n, total = len(story.things), len(number)
    anchors = [[number[iri] for _, iri in fact.parts if number.get(iri, total) < n] for fact in nodal]
    if total <= _FORCED and nodal and n:
        screens = (layout.BROAD, layout.UPRIGHT) if total <= _UPRIGHT["full"] else (layout.BROAD,)
        placed = layout.place(_unfolded(story, nodal, number, anchors, net), *screens)
    else:
        placed = [np.concatenate([actors * 1.8, layout.around(anchors, actors * 1.8, 40.0)])]
    reports: dict[str, list[int]] = {article.iri: [] for article in story.articles}
    for fact in nodal:
        for piece in fact.evidence:
            reports[piece.article].append(number[fact.iri])
    own = [reports[a.iri] for a in story.articles]
    return [np.concatenate([drawing, layout.around(own, drawing, 90.0)]) for drawing in placed]


def _unfolded(
    story: Story, nodal: tuple[FactRecord, ...], number: dict[str, int], anchors: list[list[int]], net: Net
) -> Net:
    """Return the net of things, events and quotes; only roles and relations still tie two things at once."""
    n = len(story.things)
    edges = sorted({(k, number[f.iri]) for f, own in zip(nodal, anchors, strict=True) for k in own})
    folded = {
        tuple(sorted((number[p], number[q])))
        for fact in story.facts
        if fact.kind in {"role", "relation"}
        for p, q in pairs(fact)
        if p in number and q in number and p != q
    }
    edges += [(p, q) for p, q in sorted(folded) if q < n]
    a, b = (np.array([edge[k] for edge in edges], dtype=np.int64) for k in (0, 1))
    size = np.concatenate([net.size, np.full(len(nodal), _FACT)])
    trail = [min(len(f.words), 14) if f.kind == "event" else 16 for f in nodal]
    box = np.array([(max(7.0, c * 2.6) + 2, 9.0, 22.0) for c in trail]).reshape(-1, 3)
    community = np.concatenate(
        [net.community, [net.community[own[0]] if own else -1 for own in anchors]]
    ).astype(np.int64)
    length: Floats = size[a] + size[b] + np.where(b < n, 80.0, 26.0)
    return Net(a, b, np.ones(len(edges)), length, community, size, np.concatenate([net.box, box]))
