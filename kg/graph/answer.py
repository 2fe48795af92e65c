"""What a SPARQL query gave, in rdflib's terms: rows, yes or no, or a graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias
from typing import Literal as Choice

from rdflib import BNode, Graph, Literal, URIRef

from kg.errors import QueryError, install
from kg.graph.vocabulary import XSD

if TYPE_CHECKING:
    from pandas import DataFrame

Term: TypeAlias = URIRef | Literal | BNode
Kind: TypeAlias = Choice["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_EVERYTHING = re.compile(r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*", re.IGNORECASE)
_PLAIN = {XSD.integer, XSD.double, XSD.float, XSD.boolean, XSD.date, XSD.dateTime}
_COMMENT = re.compile(r"(?m)^\s*#.*$")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, by its kind.

    SELECT has `variables` and `rows` (one term or None for each variable), ASK has `truth`, CONSTRUCT and
    DESCRIBE have `graph`. Iterating and `len` go over the rows; an answer is true if there is something in it.
    """

    kind: Kind
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    graph: Graph | None = None

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows or self.truth or self.graph)

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it: a table of the first rows, yes or no, or Turtle."""
        from kg.graph.notebook import shown

        return shown(self)

    def pandas(self) -> DataFrame:
        """Return the rows as a pandas data frame: numbers, dates and truth as such, all else as text.

        Raises:
            QueryError: pandas is not installed, or the query gives no rows.
        """
        if self.kind != "SELECT":
            raise QueryError(f"{self.kind} gives no rows that a data frame could hold")
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise QueryError(f"data frames need pandas: {install('pandas')}") from error
        return DataFrame([[_value(term) for term in row] for row in self.rows], columns=list(self.variables))


def as_written(variables: list[str], query: str) -> list[str]:
    """Return the variables of an answer; those of `SELECT *`, which come in no order, as the query uses them."""
    text = _COMMENT.sub("", query)
    if not _EVERYTHING.search(text):
        return variables
    return sorted(variables, key=lambda v: (_first_use(v, text), v))


def _first_use(variable: str, text: str) -> int:
    match = re.search(rf"[?$]{re.escape(variable)}\b", text)
    return match.start() if match else len(text)


def _value(term: Term | None) -> object:
    """Return a term as the Python value that a table should hold."""
    if isinstance(term, Literal):
        value = term.toPython()
        if term.datatype in _PLAIN and not isinstance(value, Literal):
            return value
        return float(value) if isinstance(value, Decimal) else str(term)
    return None if term is None else f"_:{term}" if isinstance(term, BNode) else str(term)
