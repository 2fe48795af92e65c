"""Decides for all records of a file whether "03/04/2020" is the fourth of March or the third of April.

One date tells nothing, but "25/12/2020" in the same column does. What nothing decides is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import Reject
from kg.read.options import ReadOptions
from kg.read.record import Record, clean_name

AHEAD = 500
"""So many records are held back until one of them decides."""
HELD = 20_000_000
"""Code points of text that are held back at most."""
_NUMBERS = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[\sT,].*)?", re.DOTALL)


@dataclass(slots=True)
class _Order:
    """What the dates of one file have shown: `first` is what stands first, "day" or "month", None while that is open;
    `by` the date that shows it, `mixed` one that shows the contrary, `read` how many were read by it.
    """

    first: str | None = None
    by: str = ""
    mixed: str | None = None
    read: int = 0
    held: list[Record | Reject] = field(default_factory=list)
    size: int = 0


def ordered(items: Iterable[Record | Reject], name: str, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the items with dates of numbers alone as ISO dates, in one order of day and month for all of the file.

    The order is that of the first date that can be read in one way only. Where both orders stand in a file, dates
    that can be read in both ways are left out from there on; where none decides, the month is first, the day where
    dots part the numbers. `options.warn` hears of both.
    """
    order = _Order()
    for item in items:
        parts = _parts(item)
        if parts is not None:
            _learn(order, parts, item, name, options)
        if order.first is None and (order.held or (parts is not None and _open(parts))):
            order.held.append(item)
            order.size += len(item.text) if isinstance(item, Record) else 0
            if len(order.held) < AHEAD and order.size < HELD:
                continue
            _suppose(order, name, options)
        if order.held:
            held, order.held = order.held, []
            if held[-1] is not item:
                held.append(item)
            yield from (_dated(one, order) for one in held)
        else:
            yield _dated(item, order)
    if order.held:
        _suppose(order, name, options)
        yield from (_dated(one, order) for one in order.held)


def _parts(item: Record | Reject) -> tuple[int, int, str, int] | None:
    """Return the first and second number of a date, what parts them, and the year."""
    found = _NUMBERS.fullmatch(item.date) if isinstance(item, Record) and item.date else None
    return None if found is None else (int(found[1]), int(found[3]), found[2], int(found[4]))


def _open(parts: tuple[int, int, str, int]) -> bool:
    one, two, _, _ = parts
    return one != two and 0 < one <= 12 and 0 < two <= 12


def _learn(
    order: _Order, parts: tuple[int, int, str, int], item: Record | Reject, name: str, options: ReadOptions
) -> None:
    one, two, _, _ = parts
    if 12 < one <= 31 and 0 < two <= 12:
        shown = "day"
    elif 12 < two <= 31 and 0 < one <= 12:
        shown = "month"
    else:
        return
    words = clean_name(item.date or "")[:40] if isinstance(item, Record) else ""
    if order.first is None:
        order.first, order.by = shown, words
    elif shown != order.first and order.mixed is None:
        order.mixed = words
        said = f"{order.by!r} and " if order.by else ""
        before = f"; {order.read:,} before were read with the {order.first} first" if order.read else ""
        options.warn(
            f"{name}: its dates have the day first and the month first ({said}{words!r}): those that can be read "
            f"both ways are left out{before}"
        )


def _suppose(order: _Order, name: str, options: ReadOptions) -> None:
    """Decide by custom where no date decides."""
    item = next(one for one in order.held if (parts := _parts(one)) is not None and _open(parts))
    parts = _parts(item)
    assert parts is not None and isinstance(item, Record)
    order.first = "day" if parts[2] == "." else "month"
    words = clean_name(item.date or "")[:40]
    options.warn(
        f"{name}: no date tells whether the day or the month is first ({words!r}); read with the {order.first} first"
    )


def _dated(item: Record | Reject, order: _Order) -> Record | Reject:
    parts = _parts(item)
    if parts is None or not isinstance(item, Record):
        return item
    one, two, _, year = parts
    if _open(parts):
        if order.mixed is not None:
            return replace(item, date=None)
        order.read += 1
        day_first = order.first == "day"
    else:
        day_first = one > 12
    try:
        return replace(
            item, date=date(year, two if day_first else one, one if day_first else two).isoformat()
        )
    except ValueError:
        return item  # no day of the calendar: told where the date is read
