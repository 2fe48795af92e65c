"""Lay out a column chart of how many events fell into each day, month or year, to be drawn as SVG."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from kg.serve.web.words import spoken

WIDTH, HEIGHT, BOTTOM, LEFT = 720, 190, 24, 36
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WIDEST = 56.0
_MOST = 62
"""A chart has so many columns at most."""
_NEARLY_ALL = 0.6
"""Fewer than this share of the events, and the next coarser unit is taken."""


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

    The unit is the finest in which sixty columns hold nearly all events: a lone year long ago must not flatten
    the rest. What is dated more coarsely than the unit, or lies outside, is told as left out.
    """
    total = sum(counted.values())
    for unit, length in (("day", 10), ("month", 7), ("year", 4)):
        found: Counter[int] = Counter()
        for key, number in counted.items():
            if len(key) >= length and (place := _place(key[:length])) is not None:
                found[place] += number
        if not found:
            continue
        first, last = _window(found)
        shown = sum(number for place, number in found.items() if first <= place <= last)
        if unit == "year" or (first < last and shown >= _NEARLY_ALL * total):
            return _laid(unit, {_name(unit, place): found[place] for place in range(first, last + 1)}, total)
    return None


def _place(key: str) -> int | None:
    """Return the number of a day, a month or a year, counted from the same begin."""
    try:
        if len(key) == 10:
            return date.fromisoformat(key).toordinal()
        if len(key) == 7:
            return date.fromisoformat(f"{key}-01").year * 12 + int(key[5:]) - 1
        return int(key) if re.fullmatch(r"[0-9]{4}", key) else None
    except ValueError:
        return None


def _name(unit: str, place: int) -> str:
    if unit == "day":
        return date.fromordinal(place).isoformat()
    return f"{place // 12:04}-{place % 12 + 1:02}" if unit == "month" else f"{place:04}"


def _window(found: Counter[int]) -> tuple[int, int]:
    """Return the first and last place of those that lie near enough together and count most events."""
    order = sorted(found)
    best, most, inside, low = (order[0], order[0]), 0, 0, 0
    for high, place in enumerate(order):
        inside += found[place]
        while place - order[low] >= _MOST:
            inside -= found[order[low]]
            low += 1
        if inside > most:
            best, most = (order[low], order[high]), inside
    return best


def _laid(unit: str, found: dict[str, int], total: int) -> Chart:
    names = list(found)
    top = _round_up(max(found.values()))
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
    return Chart(unit, tuple(laid), ticks, total, total - sum(found.values()))


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
