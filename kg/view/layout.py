"""Place nodes on the plane: each component drawn for itself, its names kept apart, then all packed together."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view import packing, stress_layout
from kg.view.force_layout import EXACT, Floats, Ints, begin, forces

BROAD = (850.0, 640.0)  # the room that the page gives a picture on a laptop
UPRIGHT = (390.0, 590.0)  # and on a phone
_LOOKS = 3  # how often a drawing is fitted to the size that it's seen at
_FARTHEST = 2.2
_NAMED = 250  # beyond so many nodes not all are named, and one look with some room for names must do
# nodes give way sideways rather than up or down: names are wide, and so are screens
_READY = np.array([0.6, 1.0])
_MARGIN = np.array([-9.0, -9.0, 9.0, 9.0])  # kept free about the boxes of a drawing
_SLACK = 60.0  # pairs so far from touching are looked at again once a node has moved half of it
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


@dataclass(frozen=True, slots=True)
class Net:
    """What is to be drawn, by numbers: `source`, `target`, `weight` and `length` are as long as the edges.

    `length` is how long an edge should be from middle to middle. `box` has a row a node: half the width of the
    node and its name, the reach above its middle, the reach below.
    """

    source: Ints
    target: Ints
    weight: Floats
    length: Floats
    community: Ints
    size: Floats
    box: Floats


def place(net: Net, *screens: tuple[float, float]) -> list[Floats]:
    """Return for each screen (width and height) the nodes' positions as an (n, 2) array in whole units.

    The same input gives the same positions on every run.
    """
    parts = _parts(net)
    drawn = [_draw(net, part) for part in parts]
    return [_fit(net, parts, drawn, screen) for screen in screens]


def _fit(net: Net, parts: list[_Component], drawn: list[Floats], screen: tuple[float, float]) -> Floats:
    """Give the drawings of the components room for their names on this screen, and pack them."""
    n = len(net.size)
    position = np.zeros((n, 2))
    if screen[0] < screen[1]:
        drawn = [drawing[:, ::-1] * [1.0, -1.0] for drawing in drawn]
    # how much smaller than drawn the picture is seen, while its names keep their size
    far = 1.0 if n <= _NAMED else 1.3
    for _ in range(_LOOKS if n <= _NAMED else 1):
        shapes = []
        for part, drawing in zip(parts, drawn, strict=True):
            position[part.nodes] = _apart(net, part, drawing, far)
            shapes.append(_shape(position[part.nodes], net.box[part.nodes] * far, part))
        for part, move in zip(parts, packing.pack(shapes, screen[0] / screen[1]), strict=True):
            position[part.nodes] += move
        span = np.ptp(position, axis=0) if n else np.ones(2)
        far = float(np.clip((span / screen).max(), far, _FARTHEST))
    linked = np.zeros(n, dtype=bool)
    linked[net.source] = linked[net.target] = True
    _shelve(position, np.flatnonzero(~linked), linked)
    rounded: Floats = np.round(position) + 0.0  # no minus zero
    return rounded


@dataclass(frozen=True, slots=True)
class _Component:
    """A component: its nodes, its edges between them by their numbers within it, and which edges they are."""

    nodes: Ints
    a: Ints
    b: Ints
    edges: Ints


def _parts(net: Net) -> list[_Component]:
    """Return the components that have an edge, the largest first."""
    graph = nx.Graph()
    graph.add_edges_from(zip(net.source.tolist(), net.target.tolist(), strict=True))
    found = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p))
    home, number = np.zeros(len(net.size), dtype=np.int64), np.zeros(len(net.size), dtype=np.int64)
    for k, part in enumerate(found):
        home[part], number[part] = k, np.arange(len(part))
    order = np.argsort(home[net.source], kind="stable")
    ends = np.searchsorted(home[net.source][order], np.arange(len(found) + 1))
    return [
        _Component(np.array(part, dtype=np.int64), number[net.source[own]], number[net.target[own]], own)
        for k, part in enumerate(found)
        for own in [order[ends[k] : ends[k + 1]]]
    ]


def _draw(net: Net, part: _Component) -> Floats:
    """Draw one component around zero, its longer side flat."""
    k, a, b = len(part.nodes), part.a, part.b
    weight = net.weight[part.edges]
    moved = begin(net.community[part.nodes], a, b, weight)
    if stress_layout.suits(k, len(a)):
        length = net.length[part.edges]
        moved = forces(moved, a, b, weight, 120) if k > 2 else moved
        scale = float(length.mean()) / max(float(np.hypot(*(moved[a] - moved[b]).T).mean()), 1e-9)
        return _turn(stress_layout.relax(moved * scale, stress_layout.distances(k, a, b, length)), 1.0, 1.0)
    moved = forces(moved, a, b, weight, 300 if k <= EXACT else 120)
    return _unit(_open(_turn(moved, 1.12, 0.9)), k, net.size[part.nodes])


def _apart(net: Net, part: _Component, drawing: Floats, far: float) -> Floats:
    """Move nodes off one another, off names, and off lines that only pass them."""
    size, box = net.size[part.nodes], net.box[part.nodes] * far
    if len(size) > EXACT:
        return spread(drawing, size)
    for _ in range(24 if len(part.a) <= 600 else 0):
        drawing = separate(clear(drawing, size * min(far, 1.6), part.a, part.b), box, 12)
    return separate(drawing, box)


def _shape(position: Floats, box: Floats, part: _Component) -> Floats:
    """Return the boxes that a drawing covers: nodes with their names, and points along its edges."""
    x, y = position.T
    room = np.column_stack([x - box[:, 0], y - box[:, 1], x + box[:, 0], y + box[:, 2]])
    ends = position[part.a], position[part.b]
    along = [ends[0] * (1 - t) + ends[1] * t for t in (0.2, 0.4, 0.6, 0.8)] if len(part.a) < 4000 else []
    points = [np.tile(p, 2) for p in along]
    return np.concatenate([room + _MARGIN, *points])


def _turn(position: Floats, stretch: float, squeeze: float) -> Floats:
    """Turn the drawing so that its longer side lies flat, as screens do."""
    centred = position - position.mean(0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    long, short = vectors[:, 1], vectors[:, 0]
    for axis in (long, short):  # eigenvectors come with either sign
        if axis[np.argmax(np.abs(axis))] < 0:
            axis *= -1
    return np.column_stack([centred @ long * stretch, centred @ short * squeeze])


def _open(position: Floats) -> Floats:
    """Open the middle, which is the fullest, as a lens does, at the cost of the rim."""
    radius = np.maximum(np.hypot(position[:, 0], position[:, 1]), 1e-9)
    rim = float(np.percentile(radius, 90))
    opened: Floats = position * ((radius / max(rim, 1e-9)) ** -0.22)[:, None]
    return opened


def _unit(position: Floats, n: int, size: Floats) -> Floats:
    """Scale so that the area fits the number of nodes and the middle of the picture is at zero."""
    side = np.sqrt(n) * (62.0 + 2.0 * float(size.mean()))
    spreads = np.percentile(np.abs(position), 92, axis=0)
    spreads = np.maximum(spreads, 0.2 * spreads.max())  # a drawing may be a line
    scaled: Floats = position * (side / max(float(np.sqrt(spreads[0] * spreads[1])) * 1.7, 1e-9))
    return scaled


def separate(position: Floats, box: Floats, rounds: int = 90) -> Floats:
    """Push nodes apart until none lies on another or on another's name, along the way that is shorter."""
    n = len(position)
    position = position.copy()
    middle = (box[:, 2] - box[:, 1]) / 2  # the name hangs below
    half = np.column_stack([box[:, 0], (box[:, 1] + box[:, 2]) / 2])
    looked: Floats | None = None
    for _ in range(rounds if n > 1 else 0):
        centre = position + np.column_stack([np.zeros(n), middle])
        if looked is None or np.abs(position - looked).max() > _SLACK / 2 - 1:
            looked = position.copy()
            i, j = _within(centre, half + _SLACK / 2)
            need = half[i] + half[j]
        gap = centre[j] - centre[i]
        over = need - np.abs(gap)
        hit = np.flatnonzero((over > 0.5).all(axis=1))
        if not len(hit):
            break
        axis = np.argmin(over[hit] * _READY, axis=1)
        sign = np.where(gap[hit, axis] < 0, -1.0, 1.0)
        step = over[hit, axis] * 0.35 * sign
        np.add.at(position, (i[hit], axis), -step)
        np.add.at(position, (j[hit], axis), step)
    return position


def _within(centre: Floats, half: Floats) -> tuple[Ints, Ints]:
    """Return the pairs whose boxes meet."""
    meet = np.ones((len(centre), len(centre)), dtype=bool)
    for axis in (0, 1):
        at, reach = centre[:, axis], half[:, axis]
        meet &= np.abs(at[:, None] - at) < reach[:, None] + reach
    i, j = np.nonzero(np.triu(meet, 1))
    return i, j


def clear(position: Floats, size: Floats, a: Ints, b: Ints) -> Floats:
    """Move nodes off the lines that only pass them by, and the lines a little the other way."""
    line = position[b] - position[a]
    square = np.maximum((line**2).sum(1), 1e-9)
    off = [position[:, None, axis] - position[a, axis] for axis in (0, 1)]
    along = np.clip((off[0] * line[:, 0] + off[1] * line[:, 1]) / square, 0.0, 1.0)
    gap = [off[axis] - along * line[:, axis] for axis in (0, 1)]
    far = np.hypot(*gap)
    need = size[:, None] + 12.0 - far
    need[a, np.arange(len(a))] = need[b, np.arange(len(b))] = 0.0
    need[(along <= 0.02) | (along >= 0.98)] = 0.0
    node, edge = np.nonzero(need > 0.5)
    side = np.column_stack([part[node, edge] for part in gap]) / np.maximum(far[node, edge], 1e-9)[:, None]
    flat = far[node, edge] < 1e-6
    side[flat] = np.column_stack([-line[edge, 1], line[edge, 0]])[flat] / np.sqrt(square[edge])[flat, None]
    step = side * np.minimum(need[node, edge], 30.0)[:, None]
    shift = np.zeros_like(position)
    np.add.at(shift, node, step * 0.5)
    for end in (a, b):
        np.add.at(shift, end[edge], -step * 0.2)
    return position + np.clip(shift, -30.0, 30.0)


def spread(position: Floats, size: Floats, rounds: int = 12) -> Floats:
    """Push nodes that touch apart, looking only at those near by in one direction: for thousands of nodes."""
    n = len(position)
    position = position.copy()
    room = size + 13.0
    for _ in range(rounds):
        order = np.argsort(position[:, 0], kind="stable")
        moved = False
        shift = np.zeros_like(position)
        for step in range(1, min(n, 24)):
            i, j = order[:-step], order[step:]
            gap = position[j] - position[i]
            gap[:, 0] *= 0.75  # names are wide
            length = np.hypot(gap[:, 0], gap[:, 1])
            need = room[i] + room[j] - length
            touch = need > 0.5
            if not touch.any():
                continue
            moved = True
            i, j, gap, length, need = i[touch], j[touch], gap[touch], length[touch], need[touch]
            same = length < 1e-6
            gap[same], length[same] = [0.0, 1.0], 1.0
            step_by = gap / length[:, None] * (need * 0.3)[:, None]
            np.add.at(shift, i, -step_by)
            np.add.at(shift, j, step_by)
        position += shift
        if not moved:
            break
    return position


def _shelve(position: Floats, lone: Ints, linked: NDArray[np.bool_]) -> None:
    """Stand nodes without an edge in rows under the picture."""
    if not len(lone):
        return
    body = position[linked] if linked.any() else np.zeros((1, 2))
    width = max(float(np.ptp(body[:, 0])), 900.0)
    per_row = max(int(width // 120), 1)
    row, column = np.divmod(np.arange(len(lone)), per_row)
    in_row = min(per_row, len(lone))
    position[lone, 0] = body[:, 0].mean() + (column - (in_row - 1) / 2) * 120.0
    position[lone, 1] = body[:, 1].max() + 140.0 + row * 70.0


def around(anchors: list[list[int]], position: Floats, gap: float = 34.0) -> Floats:
    """Place each further node at the middle of its anchors, several at one spot in a sunflower."""
    result = np.zeros((len(anchors), 2))
    taken: dict[tuple[int, ...], int] = {}
    for k, own in enumerate(anchors):
        key = tuple(sorted(set(own)))
        count = taken.get(key, 0)
        taken[key] = count + 1
        middle = position[list(key)].mean(0) if key else np.zeros(2)
        first = 3 if len(key) <= 1 else 0
        radius, angle = gap * np.sqrt(count + first), (count + first) * _GOLDEN
        result[k] = middle + radius * np.array([np.cos(angle), np.sin(angle)])
    rounded: Floats = np.round(result) + 0.0
    return rounded
