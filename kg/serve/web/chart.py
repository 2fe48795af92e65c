"""Lay out a column chart of how many events fell into each day, month or year, to be drawn as SVG."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.serve.web.words import spoken

WIDTH, HEIGHT, BOTTOM, LEFT = 720, 190, 24, 36
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WIDEST = 56.0
_MOST = 62
"""More columns than this and the next coarser unit is taken."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, what it counts; `label` stands under it, if there's room."""

    x: float
    y: float
    width: float
    height: float
    name: str
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart of so many events a `unit`; `ticks` are pairs of a height and the number there."""

    unit: str
    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, int], ...]
    total: int
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def columns(counted: Counter[str]) -> Chart | None:
    """Return the chart of events by their dates (YYYY, YYYY-MM, YYYY-MM-DD), None where no date can be read.

    The unit is the finest that leaves the middle of the events, without the outermost twentieths, no more than
    some sixty columns; what is dated more coarsely than the unit, or lies outside, is told as left out.
    """
    total = sum(counted.values())
    dated = {key: n for key, n in counted.items() if re.fullmatch(r"\d{4}(-\d\d){0,2}", key[:10])}
    for unit, length in (("day", 10), ("month", 7), ("year", 4)):
        found: Counter[str] = Counter()
        for key, number in dated.items():
            if len(key) >= length:
                found[key[:length]] += number
        if not found or (unit != "year" and sum(found.values()) < 0.6 * total):
            continue
        low, high = _middle(found)
        names = list(_between(low, high))
        if 1 < len(names) <= _MOST or (unit == "year" and names):
            return _laid(unit, names[-_MOST:], found, total)
    return None


def _middle(found: Counter[str]) -> tuple[str, str]:
    """Return the first and last date that matter: a lone year long ago would flatten all others."""
    order = sorted(found)
    edge = sum(found.values()) // 20
    low = high = 0
    first, last = order[0], order[-1]
    for key in order:
        low += found[key]
        if low > edge:
            first = key
            break
    for key in reversed(order):
        high += found[key]
        if high > edge:
            last = key
            break
    return first, last


def _between(first: str, last: str) -> Iterator[str]:
    if len(first) == 4:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
    elif len(first) == 7:
        begin, end = (int(key[:4]) * 12 + int(key[5:]) - 1 for key in (first, last))
        yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1))
    else:
        try:
            day, end_day = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            return
        while day <= end_day:
            yield day.isoformat()
            day += timedelta(days=1)


def _laid(unit: str, names: list[str], found: Counter[str], total: int) -> Chart:
    top = _round_up(max(found[name] for name in names))
    room = HEIGHT - BOTTOM - 10
    step = (WIDTH - LEFT) / len(names)
    gap = max(min(step * 0.25, 4.0), step - _WIDEST)
    every = -(-len(names) // 6)
    laid = []
    for number, name in enumerate(names):
        height = room * found[name] / top
        laid.append(
            Column(
                x=round(LEFT + number * step + gap / 2, 2),
                y=round(HEIGHT - BOTTOM - height, 2),
                width=round(step - gap, 2),
                height=round(height, 2),
                name=spoken(name),
                number=found[name],
                label=_short(name) if number % every == 0 else "",
            )
        )
    ticks = tuple(
        (round(HEIGHT - BOTTOM - room * part, 2), round(top * part))
        for part in ((0.5, 1.0) if top > 1 else (1.0,))
    )
    shown = sum(found[name] for name in names)
    return Chart(unit, tuple(laid), ticks, total, total - shown)


def _short(name: str) -> str:
    if _DAY.fullmatch(name):
        day, month, _ = spoken(name).split()
        return f"{day} {month[:3]}"
    return spoken(name) if len(name) == 4 else f"{spoken(name)[:3]} {name[:4]}"


def _round_up(number: int) -> int:
    """Return the next number that an axis reads well with: 2, 4, 10, 20, 40 … and even."""
    size = 1
    while True:
        for factor in (1, 2, 4, 6):
            if size * factor >= number and (size * factor) % 2 == 0:
                return size * factor
        if number <= 1:
            return 1
        size *= 10
