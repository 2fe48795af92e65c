"""Work out first, by itself, the part of a query that says who is meant, and put its rows in its place.

Oxigraph knows nothing of how many triples a pattern has, and joins a sub-query with all that the rest of the query
matches in the whole store; beside a few rows of VALUES it follows their links. A sub-query takes nothing from around
it, so its rows mean the same as itself. In a query it stands behind a line `# first: name`, whose word is the
parameter that it serves; engines that don't know of this see a comment.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.graph.vocabulary import PREFIXES
from kg.store.refuse import blanked

_MARK = re.compile(r"^[ \t]*# (?P<what>first|open): (?P<name>\w+)[ \t]*$", re.MULTILINE)
_PROLOGUE = re.compile(r"(?:\s|#[^\n]*\n|BASE\s*<[^>]*>|PREFIX\s*[^\s:<]*:\s*<[^>]*>)*", re.IGNORECASE)
_MOST = 20_000
"""Beyond so many rows the query is left as it is."""


def without(text: str, bound: Collection[str]) -> str:
    """Return a query without the parts that serve parameters which are not `bound`; no line is lost.

    Of those that are bound, the branch of a UNION that leaves the parameter open goes: `# open: name` stands before it.
    """
    number = 0
    while (part := _part(text, number)) is not None:
        number += 1
        if (part.name in bound) == part.is_open:
            end = part.end
            if part.is_open and (union := re.compile(r"\s*UNION\b", re.IGNORECASE).match(text, end)):
                end = union.end()
            text = text[: part.begin] + re.sub(r"[^\n]", " ", text[part.begin : end]) + text[end:]
    return text


def worked_out(store: ox.Store, text: str, base: str | None = None) -> str:
    """Return a query in which the rows of such parts stand in their place; no line is lost.

    Raises:
        SyntaxError, OSError, RuntimeError, ValueError: as the engine says of the part.
    """
    prologue = _PROLOGUE.match(text)
    head = re.sub(r"#[^\n]*", "", prologue[0]) if prologue else ""
    # the last one first: a part may hold others
    for number in reversed(range(len(_MARK.findall(text)))):
        part = _part(text, number)
        if part is None or part.is_open or part.begin == part.end:
            continue
        whole = text[part.begin : part.end]
        found = store.query(head + whole[1:-1], base_iri=base, prefixes=dict(PREFIXES))
        if not isinstance(found, ox.QuerySolutions):
            continue
        names = [variable.value for variable in found.variables]
        rows = []
        for solution in found:
            rows.append([solution[place] for place in range(len(names))])
            if len(rows) > _MOST:
                break
        if len(rows) > _MOST or any(
            isinstance(term, ox.BlankNode | ox.Triple) for row in rows for term in row
        ):
            continue
        told = " ".join(
            f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows
        )
        values = f"VALUES ({' '.join('?' + name for name in names)}) {{ {told} }}"
        text = text[: part.begin] + values + "\n" * whole.count("\n") + text[part.end :]
    return text


@dataclass(frozen=True, slots=True)
class _Part:
    """A part in its braces; `is_open` tells that it is a branch for a parameter left open."""

    name: str
    is_open: bool
    begin: int
    end: int


def _part(text: str, number: int) -> _Part | None:
    """Return the part behind a mark; one without a part, as it was replaced, is an empty one."""
    mark = next(islice(_MARK.finditer(text), number, None), None)
    if mark is None:
        return None
    bare = blanked(text)
    begin = bare.find("{", mark.end())
    if begin < 0 or bare[mark.end() : begin].strip():
        return _Part(mark["name"], mark["what"] == "open", mark.end(), mark.end())
    depth = 0
    for brace in re.finditer(r"[{}]", bare[begin:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return _Part(mark["name"], mark["what"] == "open", begin, begin + brace.end())
    return _Part(mark["name"], mark["what"] == "open", mark.end(), mark.end())
