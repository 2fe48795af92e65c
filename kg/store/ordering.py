"""Sort the rows of a query here, where the engine would look up both terms anew each time it compares two.

Oxigraph keeps terms as numbers while it asks, and reads their text from disk for each comparison: putting 26,000 rows
in order takes it longer than finding them. A query says by a line `# order: here` before its last ORDER BY that its
keys are plain variables; engines that don't know of this see a comment, and sort. Numbers, dates, and strings that do
not compare by their text alone are left to the engine.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import pyoxigraph as ox

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Found: TypeAlias = ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples
_ORDER = re.compile(
    r"^[ \t]*# order: here[ \t]*\n\s*ORDER BY(?P<keys>(?:\s+(?:DESC\s*\(\s*\?\w+\s*\)|\?\w+))+)\s*\Z",
    re.MULTILINE,
)
_KEY = re.compile(r"(?P<down>DESC\s*\(\s*)?\?(?P<name>\w+)")
_SELECT = re.compile(r"^SELECT(?P<distinct>\s+DISTINCT)?(?P<names>(?:\s+\?\w+)+)(?=\s*WHERE)", re.MULTILINE)
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST = 500_000
"""Beyond so many rows the engine sorts, which keeps fewer bytes of each."""


@dataclass(frozen=True, slots=True)
class Order:
    """A query without its order, and the keys: each a variable, and whether the greatest is first.

    The last `hidden` variables that it selects are keys which the query itself does not show.
    """

    text: str
    keys: tuple[tuple[str, bool], ...]
    hidden: int


def order_of(query: str) -> Order | None:
    """Return how the rows of a query are to be sorted here; None if it does not say so.

    Example:
        >>> order_of("SELECT ?a WHERE { ?a ?b ?c }\\n# order: here\\nORDER BY DESC(?a)").keys
        (('a', True),)
    """
    clause = _ORDER.search(query)
    if clause is None:
        return None
    keys = tuple((key["name"], key["down"] is not None) for key in _KEY.finditer(clause["keys"]))
    text = query[: clause.start()]
    hidden: list[str] = []
    # what is counted is named in brackets, and all its keys are shown
    if (select := _SELECT.search(text)) is not None:
        shown = re.findall(r"\w+", select["names"])
        hidden = [name for name, _ in keys if name not in shown]
        if hidden and select["distinct"] is None:
            return None
        text = "".join((text[: select.end()], *(f" ?{name}" for name in hidden), text[select.end() :]))
    return Order(text, keys, len(hidden))


def in_order(query: str, ask: Callable[[str], Found]) -> tuple[list[str], Iterator[list[Term]]] | None:
    """Return the variables and sorted rows of a query that says `# order: here`; None if the engine is to sort.

    Raises:
        SyntaxError, OSError, RuntimeError, ValueError: as the engine, asked by `ask`, says.
    """
    order = order_of(query)
    if order is None:
        return None
    found = ask(order.text)
    if not isinstance(found, ox.QuerySolutions):
        return None
    names = [variable.value for variable in found.variables]
    if any(name not in names for name, _ in order.keys):
        return None
    with uncollected():
        rows: list[list[Term]] = [list(solution) for solution in islice(found, _MOST + 1)]
        if len(rows) > _MOST:
            return None
        places = list(range(len(rows)))
        # the last key first: sorting keeps what is equal as it was
        for name, down in reversed(order.keys):
            place = names.index(name)
            keys = _keys([row[place] for row in rows])
            if keys is None:
                return None
            places.sort(key=keys.__getitem__, reverse=down)
        in_turn = (rows[place] for place in places)
        if not order.hidden:
            return names, iter(list(in_turn))
        first: dict[tuple[Term, ...], None] = dict.fromkeys(tuple(row[: -order.hidden]) for row in in_turn)
        return names[: -order.hidden], map(list, first)


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many rows without the search for cycles, which goes through all there are each time some more are made.

    Rows and terms have no cycles; what has any is collected after.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _keys(terms: Iterable[Term]) -> Sequence[tuple[int, str | int]] | None:
    """Return what terms are compared by; None if not all literals among them compare in one way."""
    keys: list[tuple[int, str | int]] = []
    known: dict[Term, tuple[int, str | int]] = {None: (0, "")}  # rows repeat their terms
    kinds = set()
    for term in terms:
        key = known.get(term)
        if key is None:
            if isinstance(term, ox.BlankNode):
                key = (1, term.value)
            elif isinstance(term, ox.NamedNode):
                key = (2, term.value)
            elif isinstance(term, ox.Literal) and (compared := _of_literal(term)) is not None:
                kinds.add(term.datatype.value)
                key = (3, compared)
            else:
                return None
            known[term] = key
        keys.append(key)
    return keys if len(kinds) <= 1 else None


def _of_literal(literal: ox.Literal) -> str | int | None:
    text = literal.value
    match literal.datatype.value.removeprefix(_XSD):
        case "string":
            return text
        case "integer":
            return int(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None
        case "boolean":
            return {"false": 0, "true": 1}.get(text)
        case "date" if _DATE.fullmatch(text):
            return text
    return None
