"""Lines in reading order to paragraphs: what is indented, set apart or set larger begins one; hyphens are mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from kg.read.layout import Line, Word, rows_of
from kg.read.tables import word_sets

_HYPHENS = "-\u00ad\u2010\ufffe\x02"
_END = re.compile(r"[.?!:;][\"'”’»)\]]*$|[\"”»]$")
_BULLET = re.compile(r"[•▪●◦‣∙·*]\s")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]\s")
_PAGE = re.compile(
    r"\W*(?:page|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|\||of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d.*|(?:https?|file)://\S+(?: \d+/\d+)?"
)
_ZONE = 0.12
_EDGE_ROWS = 3
_BROKEN = 0.02
"""This share of lines at least ends in a parted word where words are parted at all."""
_SHARE = 0.4
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def without_edges(pages: Sequence[tuple[list[Word], float]]) -> list[list[Word]]:
    """Return the words of pages without headers, footers and page numbers; beside each page stands its height.

    A header is a line near an edge that comes back on other pages, whatever its numbers; a line that is only a
    page's number, or what a browser prints there, is one on a single page too.
    """
    edges = [_edge_rows(words, height) for words, height in pages]
    counts = Counter(form for rows in edges for form in {_form(row) for row in rows})
    least = max(2, len(pages) * _SHARE)
    found = []
    for (words, _), rows in zip(pages, edges, strict=True):
        gone = {
            word
            for row in rows
            if counts[_form(row)] >= least or _PAGE.fullmatch(_text(row)) or _PRINTED.fullmatch(_text(row))
            for word in row
        }
        found.append([word for word in words if word not in gone])
    return found


def _edge_rows(words: list[Word], height: float) -> list[list[Word]]:
    rows = rows_of(words)
    top = [row for row in rows[:_EDGE_ROWS] if row[0].base > height * (1 - _ZONE)]
    bottom = [row for row in rows[-_EDGE_ROWS:] if row[0].base < height * _ZONE]
    return [*top, *(row for row in bottom if row not in top)]


def _form(row: list[Word]) -> str:
    return re.sub(r"\d+", "#", _text(row).casefold())


def _text(row: Iterable[Word]) -> str:
    return " ".join(word.text for word in row)


def text_of(columns: Sequence[Sequence[Line]]) -> tuple[str, dict[int, int]]:
    """Return the text of columns in reading order, and where in it each page's first line begins.

    Paragraphs are parted by a blank line; one that goes on in the next column or page stays whole. A word that
    was parted at a line's end is one again, and keeps its hyphen where the text has it elsewhere so.
    """
    lines = [line for column in columns for line in column]
    broken = sum(line.text.rstrip()[-1:] in _HYPHENS for line in lines)
    words = Counter(found.casefold() for line in lines for found in _WORD.findall(line.text.rstrip(_HYPHENS)))
    parts: list[str] = []
    pages: dict[int, int] = {}
    length = 0
    before: Line | None = None
    for column in columns:
        pitch, marked = _pitch(column), _marked(column)
        for line in column:
            text = line.text.strip()
            if not text:
                continue
            if before is not None:
                inside = before in column
                new = _begins(before, line, pitch, marked) if inside else not _goes_on(before, line)
                last = parts.pop()
                glue = "\n\n" if new else ""
                if not new:
                    last, glue = _glued(last, text, words, broken >= max(3, _BROKEN * len(lines)))
                parts += [last, glue]
                length = length - len(before.text.strip()) + len(last) + len(glue)
            pages.setdefault(line.page, length)
            parts.append(text)
            length += len(text)
            before = line
    whole = "".join(parts)
    return re.sub("[\u00ad\ufffe\x02]", "-", whole), pages


def _pitch(column: Sequence[Line]) -> float:
    """Return the usual distance of lines."""
    steps = [a.base - b.base for a, b in pairwise(column) if a.base - b.base > 0]
    return median(steps) if steps else 0.0


def _marked(column: Sequence[Line]) -> bool:
    """Tell whether an indent marks a paragraph's first line here, and not a passage set in."""
    return sum(map(_indented, column)) < 0.5 * len(column)


def _begins(before: Line, line: Line, pitch: float, marked: bool) -> bool:
    """Tell whether a line begins a paragraph, after the one above it in the same column."""
    if before.base - line.base > 1.3 * max(min(pitch, 1.6 * line.size), line.size * 0.9):
        return True
    if before.text.rstrip()[-1:] in _HYPHENS and line.text[:1].islower():
        return False
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size) or _BULLET.match(line.text):
        return True
    if _NUMBER.match(line.text) and _END.search(before.text):
        return True
    if _indented(line) and (marked or not _indented(before)):
        return True
    room = line.right_edge - before.right - 0.3 * line.size - (line.words[0].right - line.words[0].left)
    if room < 0:
        return False  # the next word did not fit any more
    width = line.right_edge - line.left_edge
    return _END.search(before.text) is not None or room > 0.25 * width


def _indented(line: Line) -> bool:
    return line.left > line.left_edge + 0.5 * line.size


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether a paragraph goes on from the end of one column to the begin of another."""
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size) or _BULLET.match(line.text):
        return False
    if before.text.rstrip()[-1:] in _HYPHENS or line.text[:1].islower():
        return True
    return _END.search(before.text) is None and before.right > before.right_edge - 0.15 * (
        before.right_edge - before.left_edge
    )


def _glued(before: str, after: str, words: Counter[str], breaks: bool) -> tuple[str, str]:
    """Return the end of a line fit for the one that goes on from it, and what stands between them.

    `breaks` tells that words are parted here as a rule; where they are not, a hyphen belongs to its word.
    """
    if before[-1:] not in _HYPHENS or not before[-2:-1].isalnum():
        return before, " "
    head = re.search(r"[^\W_]+(?:-[^\W_]+)*$", before[:-1])
    tail = re.match(r"[^\W_]+(?:-[^\W_]+)*", after)
    if head is None or tail is None:
        return before, "" if tail is not None else " "
    left, right = head[0].casefold(), tail[0].casefold()
    kept = (
        not (tail[0][0].islower() and head[0][-1].islower())
        or (words[f"{left}-{right}"] > words[left + right])
        or (not words[left + right] and (not breaks or _belongs(left, right)))
    )
    return (before[:-1] + "-", "") if kept else (before[:-1], "")


def _belongs(left: str, right: str) -> bool:
    """Tell whether words of these parts are written with a hyphen, by the table."""
    table = word_sets("hyphens.yaml")
    return left.rpartition("-")[2] in table["before"] | table["tens"] or right in table["after"]
