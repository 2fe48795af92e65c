"""Write answers: a table for people, CSV, TSV and JSON as the W3C defines them, Turtle for graphs."""

from __future__ import annotations

import re
import unicodedata

from kg.errors import QueryError
from kg.graph.answer import Answer, Term
from kg.graph.iris import DEFAULT_BASE
from kg.graph.terms import Literal
from kg.graph.turtle import Spelling, dump
from kg.store.results import write_rows, write_truth
from kg.store.terms import to_ox

_WIDEST = 60
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def render(result: Answer, form: str = "table", base: str = DEFAULT_BASE) -> str:
    """Return an answer as text in one of `FORMATS`.

    `base` shortens the IRIs of instances in tables and Turtle. CSV, TSV and JSON are exactly those of SPARQL 1.1.

    Raises:
        QueryError: the format is unknown, or can't hold this kind of answer.
    """
    if form not in FORMATS:
        raise QueryError(f"'{form}' is no format; there are {', '.join(FORMATS)}")
    if result.graph is not None:
        if form not in {"table", "turtle"}:
            raise QueryError(f"{result.kind} gives a graph: write it as turtle, not as {form}")
        return dump(result.graph, base)
    if form == "turtle":
        raise QueryError(f"{result.kind} gives no graph: write it as {', '.join(_OF_ROWS)}")
    if form == "table":
        return _table(result, base)
    if result.truth is not None:
        return write_truth(result.truth, form).decode("utf-8")
    rows = ([None if term is None else to_ox(term) for term in row] for row in result.rows)
    body, _ = write_rows(list(result.variables), rows, form)
    return body.decode("utf-8")


def _table(result: Answer, base: str) -> str:
    if result.truth is not None:
        return "yes\n" if result.truth else "no\n"
    spelling = Spelling(base)
    rows = [[_cell(term, spelling) for term in row] for row in result.rows]
    widths = [
        max([_width(name), *(_width(row[i]) for row in rows)]) for i, name in enumerate(result.variables)
    ]
    numeric = [
        bool(rows) and all(not row[i] or re.fullmatch(r"-?[\d.]+", row[i]) for row in rows)
        for i in range(len(widths))
    ]
    lines = [list(result.variables), ["─" * width for width in widths], *rows]
    out = ["  ".join(map(_pad, line, widths, numeric)).rstrip() for line in lines]
    count = len(rows)
    return "\n".join([*out, "", f"{count} row{'' if count == 1 else 's'}", ""])


def _cell(term: Term | None, spelling: Spelling) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        words = " ".join(_UNSEEN.sub(" ", str(term)).split())
        return words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "…"
    spelt = spelling[term]
    return spelt[1:-1] if spelt.startswith("<") else spelt


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


_OF_ROWS = ("table", "csv", "tsv", "json")
FORMATS = (*_OF_ROWS, "turtle")
"""The formats by name; `turtle` is for graphs, the others for rows and yes or no."""
