"""Let nodes pull and push as in ForceAtlas2, seeded: for drawings too large or too dense for stress.

networkx's own force layouts compare every node with every other in each round (53 s at 5,000 nodes). Here
far nodes act through the cells of a grid, near ones through a sample: a round costs n times the cells.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXACT = 700  # up to here every pair is compared
_ROWS = 32
_CELLS = 20  # a side of the grid beyond that
_SAMPLE = 6  # near nodes looked at in a round
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


def disc(n: int) -> Floats:
    """Return `n` points spread evenly on a disc of radius sqrt(n), the sunflower's way, without chance."""
    k = np.arange(n)
    radius, angle = np.sqrt(k + 0.5), k * _GOLDEN
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def begin(community: Ints, a: Ints, b: Ints, weight: Floats) -> Floats:
    """Start with each community on a disc of its own, the discs placed by the ties between communities."""
    groups, member = np.unique(community, return_inverse=True)
    k = len(groups)
    table = np.zeros((k, k))
    np.add.at(table, (member[a], member[b]), weight)
    table = np.triu(table + table.T, 1)
    i, j = np.nonzero(table)
    counts = np.bincount(member, minlength=k)
    centre = disc(k) * np.sqrt(counts.mean()) * 2.2
    if 1 < k <= EXACT and len(i):
        centre = forces(centre, i, j, table[i, j] / np.sqrt(counts[i] * counts[j]), 150)
        centre *= 2.0 * np.sqrt(len(community)) / max(float(np.abs(centre).max()), 1e-9)
    position = np.zeros((len(community), 2))
    for group in range(k):
        inside = np.flatnonzero(member == group)
        position[inside] = centre[group] + disc(len(inside)) * 0.6
    return position


def forces(start: Floats, a: Ints, b: Ints, weight: Floats, rounds: int) -> Floats:
    """Let linked nodes pull and all nodes push one another, with steps that shrink to nothing."""
    n = len(start)
    rng = np.random.default_rng(20_160_928)
    position = start.astype(np.float64, copy=True)
    degree = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
    mass = 1.0 + np.sqrt(degree)
    pull = np.log1p(weight)
    scale = np.sqrt(n) * 2.0
    for step in range(rounds):
        push = _push_all(position, mass) if n <= EXACT else _push_grid(position, mass, rng)
        gap = position[b] - position[a]
        length = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
        # between LinLog (constant pull: clear clusters) and ForceAtlas2 (it grows: even spacing)
        force = (
            gap
            * (pull * (0.35 + 2.2 / (1.0 + length)))[:, None]
            / np.sqrt(np.minimum(degree[a], degree[b]))[:, None]
        )
        total = push * 2.0 - position * (0.06 * mass)[:, None]
        for axis in (0, 1):
            total[:, axis] += np.bincount(a, force[:, axis], n) - np.bincount(b, force[:, axis], n)
        size = np.maximum(np.hypot(total[:, 0], total[:, 1]), 1e-9)
        limit = scale * 0.12 * (1.0 - step / rounds) ** 1.5 + 0.002 * scale
        position += total * (np.minimum(size / np.sqrt(mass), limit) / size)[:, None]
    return position


def _push_all(position: Floats, mass: Floats) -> Floats:
    """Push every node from every other, some rows of the table at a time: as many as stay in the processor's cache."""
    push = np.empty_like(position)
    x, y = np.ascontiguousarray(position.T)
    for begin in range(0, len(mass), _ROWS):
        rows = slice(begin, begin + _ROWS)
        dx, dy = x[rows, None] - x, y[rows, None] - y
        near = dx * dx
        near += dy * dy
        near += 0.05
        factor = np.divide(mass, near, out=near)
        push[rows, 0], push[rows, 1] = (dx * factor).sum(1), (dy * factor).sum(1)
    return push * mass[:, None]


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
