"""Words on pages to the reading order of their lines: columns, one after the other, within bands of a page.

Coordinates are points, y upwards from the bottom of a page, as PDF has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SAME_LINE = 0.4
_GUTTER = 0.75
"""How wide the gap between columns is at least, in heights of a line."""
_MIN_LINES = 4
_MIN_WORDS = 2.2
"""So many words a line has a column of running text at least; less is a table or a list's numbers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: where it begins and ends, its base line, and the height of its font."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: its words, and the edges of the column that it stands in."""

    words: tuple[Word, ...]
    left_edge: float
    right_edge: float
    page: int = 1

    @property
    def text(self) -> str:
        """The words with spaces between them; a soft hyphen stays only at the end, where it parts a word."""
        *words, last = (word.text for word in self.words)
        return (
            "".join(f"{word} " for word in words).replace("\u00ad", "")
            + last[:-1].replace("\u00ad", "")
            + last[-1]
        )

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the last word ends."""
        return self.words[-1].right

    @property
    def base(self) -> float:
        """Its base line."""
        return median(word.base for word in self.words)

    @property
    def size(self) -> float:
        """The height of its font."""
        return median(word.size for word in self.words)


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words that share a base line, from the top of the page down, each row from left to right.

    Example: two columns of ten aligned lines are ten rows.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.base, word.left)):
        if rows and abs(rows[-1][0].base - word.base) <= _SAME_LINE * max(rows[-1][0].size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def columns_of(words: Sequence[Word], page: int = 1) -> list[list[Line]]:
    """Return the columns of a page in reading order, each as its lines from top to bottom.

    What runs over several columns (a headline, a picture's caption) stands between what is above and below it.
    """
    rows = rows_of(words)
    found = _gutter(rows)
    if found is None:
        return [_lines(rows, page)] if rows else []
    first, last, place = found
    inside = [word for row in rows[first:last] for word in row]
    return [
        *columns_of([word for row in rows[:first] for word in row], page),
        *columns_of([word for word in inside if word.right <= place], page),
        *columns_of([word for word in inside if word.right > place], page),
        *columns_of([word for row in rows[last:] for word in row], page),
    ]


def _lines(rows: list[list[Word]], page: int) -> list[Line]:
    edge = Counter(round(row[0].left) for row in rows).most_common(1)[0][0]
    # a first line's indent is no edge, nor is a lone outdented mark
    left = min((row[0].left for row in rows if abs(row[0].left - edge) < 1.5), default=rows[0][0].left)
    right = max(row[-1].right for row in rows)
    return [Line(tuple(row), left, right, page) for row in rows]


def _gutter(rows: list[list[Word]]) -> tuple[int, int, float] | None:
    """Return the first and the last row (exclusive) of the longest stretch in columns, and where they part."""
    if len(rows) < _MIN_LINES:
        return None
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    height = median(word.size for row in rows for word in row)
    gaps = [_gaps(row, left, right, height * _GUTTER) for row in rows]
    best: tuple[int, int, int, float] | None = None
    for place in sorted({round((begin + end) / 2) for row in gaps for begin, end in row}):
        for first, last in _runs(gaps, place):
            stretch = rows[first:last]
            width = _common(gaps[first:last], place)
            if width < height * _GUTTER or not _both_sides(stretch, place, right - left):
                continue
            if best is None or last - first > best[1] - best[0]:
                best = (first, last, round(width), place)
    return None if best is None else (best[0], best[1], best[3])


def _gaps(row: list[Word], left: float, right: float, width: float) -> list[tuple[float, float]]:
    """Return the stretches of a row without words, those at its ends too, that are wide enough."""
    edges = [(left, row[0].left), *((a.right, b.left) for a, b in pairwise(row)), (row[-1].right, right)]
    return [(begin, end) for begin, end in edges if end - begin >= width]


def _runs(gaps: list[list[tuple[float, float]]], place: float) -> list[tuple[int, int]]:
    """Return the runs of rows that have a gap at `place`."""
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    for number, row in enumerate([*gaps, []]):
        if any(start < place < end for start, end in row):
            begin = number if begin is None else begin
        elif begin is not None:
            runs.append((begin, number))
            begin = None
    return [run for run in runs if run[1] - run[0] >= _MIN_LINES]


def _common(gaps: list[list[tuple[float, float]]], place: float) -> float:
    """Return how wide the gap is that all these rows share at `place`."""
    found = [next(gap for gap in row if gap[0] < place < gap[1]) for row in gaps]
    return min(end for _, end in found) - max(begin for begin, _ in found)


def _both_sides(rows: list[list[Word]], place: float, width: float) -> bool:
    """Tell whether running text stands on both sides of `place`, and not far from each other."""
    sides = (
        [side for row in rows if (side := [word for word in row if word.right <= place])],
        [side for row in rows if (side := [word for word in row if word.left >= place])],
    )
    for some in sides:
        if len(some) < _MIN_LINES or sum(map(len, some)) < _MIN_WORDS * len(some):
            return False
        if max(row[-1].right for row in some) - min(row[0].left for row in some) < width * 0.12:
            return False
    (left_top, left_end), (right_top, right_end) = ((side[0][0].base, side[-1][0].base) for side in sides)
    shared = min(left_top, right_top) - max(left_end, right_end)
    return shared >= 0.3 * min(left_top - left_end, right_top - right_end)
