"""Write answers: a table for people, CSV, TSV and JSON as the W3C defines them, Turtle for graphs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from types import MappingProxyType

from kg.errors import QueryError
from kg.graph.answer import Answer, Term
from kg.graph.iris import DEFAULT_BASE
from kg.graph.terms import BNode, Literal, URIRef
from kg.graph.turtle import Spelling, dump, quoted
from kg.graph.vocabulary import PREFIXES

_WIDEST = 60
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(result: Answer, form: str = "table", base: str = DEFAULT_BASE, safe: bool = False) -> str:
    """Return an answer as text in one of `FORMATS`.

    `base` shortens the IRIs of instances in tables and Turtle. CSV is exactly SPARQL 1.1 CSV; with `safe`,
    cells that a spreadsheet would run as a formula get an apostrophe in front: no exact answer any more.

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
        raise QueryError(f"{result.kind} gives no graph: write it as {', '.join(_WRITERS)}")
    return _WRITERS[form](result, base, safe)


def _table(result: Answer, base: str, _safe: bool) -> str:
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


def _csv(result: Answer, _base: str, safe: bool) -> str:
    """SPARQL 1.1 Query Results CSV: plain values, CRLF, quotation marks where RFC 4180 asks for them."""
    if result.truth is not None:
        return f"{str(result.truth).lower()}\r\n"
    lines = [result.variables, *(tuple(_plain(t) for t in row) for row in result.rows)]
    return "".join(",".join(_quote(cell, safe) for cell in line) + "\r\n" for line in lines)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _quote(cell: str, safe: bool) -> str:
    if safe and cell.startswith(_FORMULA) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
        cell = "'" + cell
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",\r\n]', cell) else cell


def _tsv(result: Answer, _base: str, _safe: bool) -> str:
    """SPARQL 1.1 Query Results TSV: terms as Turtle writes them, without prefixes."""
    if result.truth is not None:
        return f"{str(result.truth).lower()}\n"
    spelling = Spelling(short=False)
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    lines += ["\t".join(_spelt(term, spelling) for term in row) for row in result.rows]
    return "".join(line + "\n" for line in lines)


def _spelt(term: Term | None, spelling: Spelling) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal) and term.datatype is None and not term.language:
        return quoted(str(term))
    return spelling[term]


def _json(result: Answer, _base: str, _safe: bool) -> str:
    """SPARQL 1.1 Query Results JSON."""
    if result.truth is not None:
        document: dict[str, object] = {"head": {}, "boolean": result.truth}
    else:
        bindings = [
            {
                name: _object(term)
                for name, term in zip(result.variables, row, strict=True)
                if term is not None
            }
            for row in result.rows
        ]
        document = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _object(term: Term) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    out = {"type": "literal", "value": str(term)}
    if term.language:
        out["xml:lang"] = term.language
    elif term.datatype is not None and str(term.datatype) != PREFIXES["xsd"] + "string":
        out["datatype"] = str(term.datatype)
    return out


_WRITERS: MappingProxyType[str, Callable[[Answer, str, bool], str]] = MappingProxyType(
    {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json}
)
FORMATS = (*_WRITERS, "turtle")
"""The formats by name; `turtle` is for graphs, the others for rows and yes or no."""
