"""Place nodes on the plane: forces as in ForceAtlas2, seeded, from communities, without overlaps at the end.

networkx's own force layouts compare every node with every other in each round (53 s at 5,000 nodes). Here
far nodes act through the cells of a grid, near ones through a sample: a round costs n times the cells.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_EXACT = 700  # up to here every pair is compared
_CELLS = 20  # a side of the grid beyond that
_SAMPLE = 6  # near nodes looked at in a round
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


def place(
    n: int, source: Ints, target: Ints, weight: Floats, community: Ints, size: Floats, rounds: int = 0
) -> Floats:
    """Return the position of each of `n` nodes as an (n, 2) array, wider than high, rounded to whole units.

    `size` is a node's radius. The same input gives the same positions on every run.
    """
    if n == 0:
        return np.zeros((0, 2))
    linked = np.zeros(n, dtype=bool)
    linked[source] = linked[target] = True
    position = np.zeros((n, 2))
    inner = np.flatnonzero(linked)
    if len(inner):
        number = np.full(n, -1)
        number[inner] = np.arange(len(inner))
        a, b = number[source], number[target]
        start = _start(community[inner], a, b, weight)
        moved = forces(start, a, b, weight, rounds or (300 if len(inner) <= _EXACT else 120))
        moved = _widen(moved)
        position[inner] = spread(_unit(moved, len(inner), size[inner]), size[inner])
    _shelve(position, np.flatnonzero(~linked), linked)
    rounded: Floats = np.round(position) + 0.0  # no minus zero
    return rounded


def _disc(n: int) -> Floats:
    """Return `n` points spread evenly on a disc of radius sqrt(n), the sunflower's way, without chance."""
    k = np.arange(n)
    radius, angle = np.sqrt(k + 0.5), k * _GOLDEN
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _start(community: Ints, a: Ints, b: Ints, weight: Floats) -> Floats:
    """Start with each community on a disc of its own, the discs placed by the ties between communities."""
    groups, member = np.unique(community, return_inverse=True)
    k = len(groups)
    table = np.zeros((k, k))
    np.add.at(table, (member[a], member[b]), weight)
    table = np.triu(table + table.T, 1)
    i, j = np.nonzero(table)
    counts = np.bincount(member, minlength=k)
    centre = _disc(k) * np.sqrt(counts.mean()) * 2.2
    if 1 < k <= _EXACT and len(i):
        centre = forces(centre, i, j, table[i, j] / np.sqrt(counts[i] * counts[j]), 150)
        centre *= 2.0 * np.sqrt(len(community)) / max(float(np.abs(centre).max()), 1e-9)
    position = np.zeros((len(community), 2))
    for group in range(k):
        inside = np.flatnonzero(member == group)
        position[inside] = centre[group] + _disc(len(inside)) * 0.6
    return position


def forces(start: Floats, a: Ints, b: Ints, weight: Floats, rounds: int, strength: float = 1.0) -> Floats:
    """Let linked nodes pull and all nodes push one another, with steps that shrink to nothing."""
    n = len(start)
    rng = np.random.default_rng(20_160_928)
    position = start.astype(np.float64, copy=True)
    degree = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
    mass = 1.0 + np.sqrt(degree)
    pull = np.log1p(weight)
    scale = np.sqrt(n) * 2.0
    for step in range(rounds):
        push = _push_all(position, mass) if n <= _EXACT else _push_grid(position, mass, rng)
        gap = position[b] - position[a]
        length = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
        # between LinLog (constant pull: clear clusters) and ForceAtlas2 (it grows: even spacing)
        force = (
            gap
            * (pull * (0.35 + 2.2 / (1.0 + length)))[:, None]
            / np.sqrt(np.minimum(degree[a], degree[b]))[:, None]
        )
        total = push * 2.0 * strength - position * (0.06 * mass)[:, None]
        for axis in (0, 1):
            total[:, axis] += np.bincount(a, force[:, axis], n) - np.bincount(b, force[:, axis], n)
        size = np.maximum(np.hypot(total[:, 0], total[:, 1]), 1e-9)
        limit = scale * 0.12 * (1.0 - step / rounds) ** 1.5 + 0.002 * scale
        position += total * (np.minimum(size / np.sqrt(mass), limit) / size)[:, None]
    return position


def _push_all(position: Floats, mass: Floats) -> Floats:
    dx = position[:, 0][:, None] - position[:, 0][None, :]
    dy = position[:, 1][:, None] - position[:, 1][None, :]
    near = dx * dx + dy * dy + 0.05
    factor = mass[None, :] / near
    push: Floats = np.column_stack([(dx * factor).sum(1), (dy * factor).sum(1)]) * mass[:, None]
    return push


def _push_grid(position: Floats, mass: Floats, rng: np.random.Generator) -> Floats:
    """Push from the cells of a grid, and in a node's own cell from a sample of its neighbours."""
    n = len(position)
    low, high = position.min(0), position.max(0)
    # cells hold like numbers of nodes: slices by x, each sliced by y
    order = np.lexsort((position[:, 0],))
    column = np.empty(n, dtype=np.int64)
    column[order] = np.arange(n) * _CELLS // n
    order = np.lexsort((position[:, 1], column))
    cell = np.empty(n, dtype=np.int64)
    start_of_column = np.searchsorted(column[order], np.arange(_CELLS))
    count_of_column = np.bincount(column, minlength=_CELLS)
    rank = np.arange(n) - start_of_column[column[order]]
    cell[order] = column[order] * _CELLS + rank * _CELLS // np.maximum(count_of_column[column[order]], 1)
    weight = np.bincount(cell, mass, _CELLS * _CELLS)
    safe = np.maximum(weight, 1e-9)
    cx = np.bincount(cell, mass * position[:, 0], _CELLS * _CELLS) / safe
    cy = np.bincount(cell, mass * position[:, 1], _CELLS * _CELLS) / safe
    dx = (position[:, 0][:, None] - cx[None, :]).astype(np.float32)
    dy = (position[:, 1][:, None] - cy[None, :]).astype(np.float32)
    soft = float(max((high - low).max(), 1e-6)) / _CELLS * 0.2
    factor = weight[None, :].astype(np.float32) / (dx * dx + dy * dy + np.float32(soft * soft))
    factor[np.arange(n), cell] = 0.0
    push = np.column_stack([(dx * factor).sum(1), (dy * factor).sum(1)]).astype(np.float64)
    by_cell = np.argsort(cell, kind="stable")
    first = np.searchsorted(cell[by_cell], np.arange(_CELLS * _CELLS))
    count = np.bincount(cell, minlength=_CELLS * _CELLS)
    for _ in range(_SAMPLE):
        other = by_cell[first[cell] + (rng.random(n) * count[cell]).astype(np.int64)]
        gap = position - position[other]
        near = (gap**2).sum(1) + 0.05
        push += gap * (mass[other] * count[cell] / _SAMPLE / near)[:, None]
    return push * mass[:, None]


def _widen(position: Floats) -> Floats:
    """Turn the drawing so that its longer side lies flat, as screens do."""
    centred = position - position.mean(0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    long, short = vectors[:, 1], vectors[:, 0]
    for axis in (long, short):  # eigenvectors come with either sign
        if axis[np.argmax(np.abs(axis))] < 0:
            axis *= -1
    turned: Floats = np.column_stack([centred @ long * 1.12, centred @ short * 0.9])
    # the middle is the fullest: open it, as a lens does, at the cost of the rim
    radius = np.maximum(np.hypot(turned[:, 0], turned[:, 1]), 1e-9)
    rim = float(np.percentile(radius, 90))
    opened: Floats = turned * ((radius / max(rim, 1e-9)) ** -0.22)[:, None]
    return opened


def _unit(position: Floats, n: int, size: Floats) -> Floats:
    """Scale so that the area fits the number of nodes and the middle of the picture is at zero."""
    side = np.sqrt(n) * (62.0 + 2.0 * float(size.mean()))
    spreads = np.percentile(np.abs(position), 92, axis=0)
    spreads = np.maximum(spreads, 0.2 * spreads.max())  # a drawing may be a line
    scaled: Floats = position * (side / max(float(np.sqrt(spreads[0] * spreads[1])) * 1.7, 1e-9))
    return scaled


def spread(position: Floats, size: Floats, rounds: int = 60) -> Floats:
    """Push nodes that touch apart, with room for a line of label under each of the larger ones."""
    n = len(position)
    position = position.copy()
    room = size + 13.0
    for _ in range(rounds if n <= _EXACT else 12):
        order = np.argsort(position[:, 0], kind="stable")
        moved = False
        shift = np.zeros_like(position)
        for step in range(1, min(n, 60 if n <= _EXACT else 24)):
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
