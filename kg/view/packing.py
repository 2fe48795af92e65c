"""Set separate drawings side by side: the largest first, each further one where the picture grows least.

The shapes that are fitted are the cells of a grid that a drawing covers (Freivalds, Dogrusoz and Kikusts: Disconnected
Graph Layout and the Polyomino Packing Approach, 2002).
"""

from __future__ import annotations

import numpy as np

from kg.view.force_layout import Floats, Ints

_CELL = 36.0
_MOST = 80  # drawings fitted one by one; the many small ones after them stand in rows below


def pack(shapes: list[Floats], aspect: float) -> Floats:
    """Return how far each drawing is to be moved; a shape is an (n, 4) array of boxes: x0, y0, x1, y1.

    The drawings come largest first. `aspect` is width by height of the picture wanted.
    """
    moves = np.zeros((len(shapes), 2))
    cells = [_cells(shape) for shape in shapes]
    taken = _Taken()
    for k, own in enumerate(cells[:_MOST]):
        middle = (own.min(0) + own.max(0)) // 2
        spot = taken.best(own - middle, aspect)
        taken.add(own - middle + spot)
        moves[k] = (spot - middle) * _CELL
    _rows(shapes, moves, aspect)
    return moves


def _cells(shape: Floats) -> Ints:
    """Return the cells that the boxes cover, each once."""
    low, high = np.floor(shape[:, :2] / _CELL).astype(int), np.floor(shape[:, 2:] / _CELL).astype(int)
    found = {
        (x, y)
        for (x0, y0), (x1, y1) in zip(low.tolist(), high.tolist(), strict=True)
        for x in range(x0, x1 + 1)
        for y in range(y0, y1 + 1)
    }
    return np.array(sorted(found), dtype=np.int64)


class _Taken:
    """The cells in use, in a table that grows."""

    def __init__(self) -> None:
        self.half = 40
        self.table = np.zeros((2 * self.half, 2 * self.half), dtype=bool)

    def add(self, cells: Ints) -> None:
        self._reach(int(np.abs(cells).max()) + 2)
        self.table[cells[:, 0] + self.half, cells[:, 1] + self.half] = True

    def best(self, cells: Ints, aspect: float) -> Ints:
        """Return the move on free cells that lets the picture grow least, and of those the one nearest the middle."""
        if not self.table.any():
            return np.zeros(2, dtype=np.int64)
        used = np.argwhere(self.table) - self.half
        reach = int(np.abs(used).max()) + int(np.ptp(cells, axis=0).max()) + 2
        self._reach(reach + int(np.abs(cells).max()) + 2)
        side = np.arange(-reach, reach + 1)
        moves = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1).reshape(-1, 2)
        low = np.minimum(moves + cells.min(0), used.min(0))
        high = np.maximum(moves + cells.max(0), used.max(0))
        grown = np.maximum((high[:, 0] - low[:, 0]) / aspect, high[:, 1] - low[:, 1])
        far = np.hypot(moves[:, 0] / aspect, moves[:, 1])
        order = np.argsort(grown + far * 0.08, kind="stable")
        few = cells[:: max(len(cells) // 24, 1)]  # most moves already fail on some of the cells
        for part in np.array_split(moves[order], max(len(moves) // 1000, 1)):
            for some in (few, cells):
                at = part[:, None, :] + some[None, :, :] + self.half
                part = part[~self.table[at[..., 0], at[..., 1]].any(axis=1)]
            if len(part):
                spot: Ints = part[0]
                return spot
        return np.array([reach, 0], dtype=np.int64)  # out here all is free

    def _reach(self, wanted: int) -> None:
        if wanted >= self.half:
            wider = np.zeros((4 * wanted, 4 * wanted), dtype=bool)
            low = 2 * wanted - self.half
            wider[low : low + 2 * self.half, low : low + 2 * self.half] = self.table
            self.half, self.table = 2 * wanted, wider


def _rows(shapes: list[Floats], moves: Floats, aspect: float) -> None:
    """Stand the drawings beyond the first in rows under the picture."""
    first = [shape + np.tile(move, 2) for shape, move in zip(shapes[:_MOST], moves, strict=False)]
    if len(shapes) <= _MOST:
        return
    every = np.concatenate(first)
    left, right, y = float(every[:, 0].min()), float(every[:, 2].max()), float(every[:, 3].max()) + _CELL
    x, tall = left, 0.0
    for k in range(_MOST, len(shapes)):
        shape = shapes[k]
        (x0, y0), (x1, y1) = shape[:, :2].min(0), shape[:, 2:].max(0)
        if x > left and x + x1 - x0 > right:
            x, y, tall = left, y + tall + _CELL, 0.0
        moves[k] = x - x0, y - y0
        x += x1 - x0 + _CELL
        tall = max(tall, y1 - y0)
