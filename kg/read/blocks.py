"""Where the lines and paragraphs of a text stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from kg.model import Span

_LINE = re.compile(r"\S[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*")
_BLANK = re.compile(r"[^\S\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*")
_WRAPPED_WIDTH = 100


def lines_of(text: str) -> list[Span]:
    """Return the lines that are not blank, without the white space around them."""
    return [Span(line.start(), line.start() + len(line[0].rstrip())) for line in _LINE.finditer(text)]


def paragraphs_of(text: str) -> list[Span]:
    """Return the paragraphs: the lines themselves, or, where the text is hard-wrapped, runs of lines.

    Hard-wrapped means: no line is long, blank lines part the paragraphs, and most lines that another follows
    directly fill a good part of the width.
    """
    lines = lines_of(text)
    if not lines or max(line.end - line.begin for line in lines) > _WRAPPED_WIDTH:
        return lines
    runs: list[list[Span]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if follows_blank(text, before, line):
            runs.append([line])
        else:
            runs[-1].append(line)
    inner = [line for run in runs for line in run[:-1]]
    full = [line for line in inner if line.end - line.begin >= 50]
    if len(runs) < 2 or not inner or len(full) * 2 < len(inner):
        return lines
    return [Span(run[0].begin, run[-1].end) for run in runs]


def follows_blank(text: str, before: Span, after: Span) -> bool:
    """Tell whether a blank line stands between two neighbouring lines."""
    gap = text[before.end : after.begin].replace("\r\n", "\n")
    return len(_BLANK.sub("", gap)) > 1


def overlaps_any(span: Span, cuts: Sequence[Span]) -> bool:
    """Tell whether `span` overlaps one of `cuts`, which are sorted and disjoint."""
    place = bisect_left(cuts, Span(span.end, span.end))
    return place > 0 and cuts[place - 1].end > span.begin


def stripped(text: str, begin: int, end: int) -> Span:
    """Return the span from `begin` to `end` without white space at its ends."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return Span(begin, end)
