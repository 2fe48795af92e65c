"""Draw a small connected graph by stress: distances on the plane follow the lengths along the edges.

Edges come out as long as their words need, which no force model gives. The method is localized stress
majorization (Gansner, Koren and North: Graph Drawing by Stress Majorization, 2004).
"""

from __future__ import annotations

import numpy as np

from kg.view.force_layout import Floats, Ints

MOST = 220  # nodes; beyond, the quadratic tables and the round shape tell against it
_DENSE = 5.0  # edges a node; a denser graph comes out as a ball in which no cluster is seen


def suits(n: int, edges: int) -> bool:
    """Say whether a component of this size is better drawn by stress than by forces."""
    return n <= MOST and edges <= _DENSE * n


def distances(n: int, a: Ints, b: Ints, length: Floats) -> Floats:
    """Return the length of the shortest way between any two nodes of a connected graph (Floyd and Warshall)."""
    table = np.full((n, n), np.inf)
    np.fill_diagonal(table, 0.0)
    np.minimum.at(table, (a, b), length)
    np.minimum.at(table, (b, a), length)
    for k in range(n):
        np.minimum(table, table[:, k, None] + table[None, k, :], out=table)
    return table


def relax(start: Floats, wanted: Floats, rounds: int = 200) -> Floats:
    """Move one node after another to where its distances to all others fit best, near ones counting most."""
    position = start.copy()
    n = len(position)
    share = np.zeros((n, n))
    np.divide(1.0, wanted**2, out=share, where=wanted > 0)
    total = np.maximum(share.sum(1), 1e-12)
    for _ in range(rounds):
        before = position.copy()
        for i in range(n):
            gap = position[i] - position
            apart = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-9)
            aim = position + gap * (wanted[i] / apart)[:, None]
            position[i] = (aim * share[i][:, None]).sum(0) / total[i]
        if np.abs(position - before).max() < 0.2:
            break
    return position
