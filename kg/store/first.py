"""Work out first, by itself, the part of a query that says who is meant, and put its rows in its place.

Oxigraph knows nothing of how many triples a pattern has, and joins a sub-query with all that the rest of the query
matches in the whole store; beside a few rows of VALUES it follows their links. A sub-query takes nothing from around
it, so its rows mean the same as itself. In a query it stands behind a line `# first: name`, whose word is the
parameter that it serves; engines that don't know of this see a comment. Behind `# for: name` stands one that only
serves a parameter, and that the engine does as well by itself.

The other way round, what is asked about everything is best read as whole tables that are joined, and Oxigraph does so
where it can't follow links: with sub-queries. Behind a line `# apart: name …` stands one; if any of its parameters is
bound, few rows are left, and its pattern stands there without the sub-query. Engines that follow all links, as rdflib
does, take every such pattern so.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.graph.vocabulary import PREFIXES
from kg.store.refuse import blanked, closed

_MARK = re.compile(r"^[ \t]*# (?P<what>first|open|for): (?P<name>\w+)[ \t]*$", re.MULTILINE)
_APART = re.compile(r"^[ \t]*# apart:(?P<names>(?: \w+)*)[ \t]*$", re.MULTILINE)
_SELECTED = re.compile(r"\s*SELECT(?:\s+\?\w+)+\s+WHERE\s*\{", re.IGNORECASE)
_PROLOGUE = re.compile(r"(?:\s|#[^\n]*\n|BASE\s*<[^>]*>|PREFIX\s*[^\s:<]*:\s*<[^>]*>)*", re.IGNORECASE)
_MOST = 20_000
"""Beyond so many rows the query is left as it is."""


def without(text: str, bound: Collection[str]) -> str:
    """Return a query without the parts that serve parameters which are not `bound`; no line is lost.

    Of those that are bound, what leaves the parameter open goes, with its UNION: `# open: name` stands before it. And
    what stands apart for a parameter that is bound is joined like any other pattern.
    """
    number = 0
    while (part := _part(text, number)) is not None:
        number += 1
        if (part.name in bound) == part.is_open:
            end = part.end
            if part.is_open and (union := re.compile(r"\s*UNION\b", re.IGNORECASE).match(text, end)):
                end = union.end()
            text = _emptied(text, part.begin, end)
    for mark in _APART.finditer(text):
        if not set(bound).isdisjoint(mark["names"].split()):
            text = _joined(text, mark.end())
    return text


def _joined(text: str, place: int) -> str:
    """Return a query with the pattern of a sub-query behind a place for itself; nothing in it is moved."""
    bare = blanked(text)
    begin = bare.find("{", place)
    if begin < 0 or bare[place:begin].strip() or (head := _SELECTED.match(bare, begin + 1)) is None:
        return text
    last = bare.rindex("}", begin, closed(bare, begin) - 1)
    return _emptied(_emptied(text, begin + 1, head.end()), last, last + 1)


def _emptied(text: str, begin: int, end: int) -> str:
    return text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]


def worked_out(store: ox.Store, text: str, base: str | None = None) -> str:
    """Return a query in which the rows of such parts stand in their place; no line is lost.

    Raises:
        SyntaxError, OSError, RuntimeError, ValueError: as the engine says of the part.
    """
    prologue = _PROLOGUE.match(text)
    # without its comments: the part follows on the same line
    head = re.sub(
        r"<[^>]*>|#[^\n]*", lambda m: m[0] if m[0][0] == "<" else "", prologue[0] if prologue else ""
    )
    # the last one first: a part may hold others
    for number in reversed(range(len(_MARK.findall(text)))):
        part = _part(text, number)
        if part is None or part.what != "first" or part.begin == part.end:
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
    """A part in its braces, and what its mark says of it: `open` is a branch for a parameter left open."""

    name: str
    what: str
    begin: int
    end: int

    @property
    def is_open(self) -> bool:
        return self.what == "open"


def _part(text: str, number: int) -> _Part | None:
    """Return the part behind a mark; one without a part, as it was replaced, is an empty one."""
    mark = next(islice(_MARK.finditer(text), number, None), None)
    if mark is None:
        return None
    bare = blanked(text)
    begin = bare.find("{", mark.end())
    # what stands behind another mark is that one's
    if begin < 0 or bare[mark.end() : begin].strip() or _MARK.search(text, mark.end(), begin):
        return _Part(mark["name"], mark["what"], mark.end(), mark.end())
    return _Part(mark["name"], mark["what"], begin, closed(bare, begin))
