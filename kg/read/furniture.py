"""Which lines of a text are page furniture: menus, share lines, scripts, counters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.errors import LexiconError
from kg.model import Span
from kg.read.blocks import lines_of, overlaps_any
from kg.read.tables import load_table

_FILE = "furniture.yaml"
_KEYS = frozenset({"kind", "pattern", "where", "close", "example", "counter"})
_EDGE = 8
_TAIL = 12
_MAX_LINE = 500
ENDLESS = 100_000
"""Characters in which no sentence and no line ends: hours of speech have fewer, and a machine made them."""
_UNENDED = re.compile(r"[^.!?…\n\r]+")
_MARKUP = re.compile(r"<[a-z!/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of `data/furniture.yaml`.

    `edge` holds it to the first and last lines of a text; with `close` it is a bracket, not a line.
    """

    kind: str
    regex: re.Pattern[str]
    edge: bool
    close: re.Pattern[str] | None
    example: str
    counter: str | None


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the packaged patterns; raise LexiconError when an entry breaks the schema."""
    return tuple(_pattern(entry) for entry in cast(list[dict[str, object]], load_table(_FILE)))


def _pattern(entry: dict[str, object]) -> Pattern:
    unknown = set(entry) - _KEYS
    if unknown or not {"kind", "pattern", "example"} <= set(entry):
        raise LexiconError(f"{_FILE}: bad keys in the entry {entry.get('pattern')!r}")
    where = entry.get("where", "anywhere")
    if where not in {"anywhere", "edge"}:
        raise LexiconError(f"{_FILE}: unknown place {where!r}")
    close = entry.get("close")
    try:
        regex = re.compile(str(entry["pattern"]), re.IGNORECASE)
        closing = None if close is None else re.compile(str(close), re.IGNORECASE)
    except re.error as error:
        raise LexiconError(f"{_FILE}: {entry['pattern']!r}: {error}") from None
    counter = entry.get("counter")
    return Pattern(
        str(entry["kind"]),
        regex,
        where == "edge",
        closing,
        str(entry["example"]),
        None if counter is None else str(counter),
    )


def furniture_of(text: str) -> tuple[Span, ...]:
    """Return the stretches of `text` that are page furniture, in order, neighbours joined."""
    brackets = joined(text, _bracketed(text, patterns())) if _MARKUP.search(text) else ()
    anywhere, edge = _lines()
    found = [*brackets]
    plain: list[Span] = []
    for line in lines_of(text):
        if overlaps_any(line, brackets):
            continue
        (found if _fits(anywhere, line, text) else plain).append(line)
    # The edge is counted in lines that are left, so that a long menu does not hide what follows it.
    found += [line for line in plain[:_EDGE] if _fits(edge, line, text)]
    found += [line for line in plain[_EDGE:][-_TAIL:] if _fits(edge, line, text)]
    return joined(text, found)


def endless_of(text: str) -> tuple[Span, ...]:
    """Return the stretches of at least `ENDLESS` characters in which no sentence ends, in order."""
    if len(text) < ENDLESS:
        return ()
    return tuple(
        Span(*found.span())
        for found in _UNENDED.finditer(text)
        if found.end() - found.start() >= ENDLESS and found[0].strip()
    )


@cache
def _lines() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what fits lines anywhere, and at the edges alone: each one expression, as most lines fit none."""
    table = [pattern for pattern in patterns() if pattern.close is None]
    anywhere, edge = (
        "|".join(f"(?:{pattern.regex.pattern})" for pattern in table if pattern.edge is at)
        for at in (False, True)
    )
    return re.compile(anywhere, re.IGNORECASE), re.compile(edge, re.IGNORECASE)


def _bracketed(text: str, table: Sequence[Pattern]) -> list[Span]:
    """Return what stands between an opening and its close; one that is never closed ends the search."""
    found = []
    for pattern in table:
        at = 0
        while pattern.close is not None and (opening := pattern.regex.search(text, at)):
            closing = pattern.close.search(text, opening.end())
            if closing is None:
                break
            at = closing.end()
            found.append(Span(opening.start(), at))
    return found


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with those that overlap or have only white space between them made one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if span.begin >= span.end:
            continue
        if whole and not text[whole[-1].end : span.begin].strip():
            whole[-1] = Span(whole[-1].begin, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)


def _fits(regex: re.Pattern[str], line: Span, text: str) -> bool:
    return line.end - line.begin <= _MAX_LINE and regex.fullmatch(line.of(text)) is not None
