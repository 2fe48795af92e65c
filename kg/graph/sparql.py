"""Run SPARQL on an rdflib graph: nothing is fetched or changed, and an error is one line with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias
from typing import Literal as Choice

from rdflib import BNode, Dataset, Graph, Literal, URIRef

from kg.errors import QueryError, install
from kg.graph.assemble import bind_prefixes
from kg.graph.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from pandas import DataFrame
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

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


def evaluate(graph: Graph, query: str, base: str | None = None) -> Answer:
    """Run a query on a graph, or on a dataset with the union of its graphs as the default graph.

    The model's prefixes are declared. Rows of a query without ORDER BY are sorted, so that the same graph
    always gives the same answer.

    Raises:
        QueryError: the query can't be parsed or run, changes data, or asks another host.
    """
    prepared = _prepare(query, base)
    if _within(prepared.algebra, "ServiceGraphPattern"):
        raise QueryError("the query: SERVICE is refused, nothing is asked of other hosts")
    try:
        result = _dataset(graph, prepared).query(prepared)
        if result.type == "ASK":
            return Answer("ASK", truth=bool(result.askAnswer))
        if result.type == "SELECT":
            return _rows(query, prepared, result)
        made = Graph(bind_namespaces="none")
        bind_prefixes(made)
        for triple in result.graph or ():
            made.add(triple)
        return Answer("DESCRIBE" if result.type == "DESCRIBE" else "CONSTRUCT", graph=made)
    except QueryError:
        raise
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    except Exception as error:  # rdflib raises bare Exception for what it can't evaluate
        raise QueryError(f"the query can't be run: {_one_line(error)}") from error


def _prepare(query: str, base: str | None) -> Query:
    # a fifth of a second, which files and stores, asked in Oxigraph, need not wait for
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql import prepareQuery

    try:
        return prepareQuery(query, initNs=dict(PREFIXES), base=base)
    except ParseBaseException as error:
        found = error.pstr[error.loc : error.loc + 30].split("\n")[0].strip()
        near = f"syntax error at '{found}'" if found else "it ends too early"
        raise QueryError(f"the query, line {error.lineno}, column {error.column}: {near}") from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    except Exception as error:  # rdflib raises bare Exception for unknown prefixes and misplaced variables
        raise QueryError(f"the query: {_one_line(error)}{_place(query, str(error))}") from error


def _place(query: str, message: str) -> str:
    prefix = re.fullmatch(r"Unknown namespace prefix : (\S+)", message)
    where = query.find(f"{prefix[1]}:") if prefix else -1
    return f" (line {query.count(chr(10), 0, where) + 1})" if where >= 0 else ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def _within(part: object, name: str) -> bool:
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        return part.name == name or any(_within(inner, name) for inner in part.values())
    return isinstance(part, list | tuple | set) and any(_within(inner, name) for inner in part)


def _dataset(graph: Graph, prepared: Query) -> Graph:
    """Return the graph that FROM and FROM NAMED choose; rdflib itself would fetch what it does not know."""
    clauses = prepared.algebra.datasetClause
    if not clauses:
        return graph
    prepared.algebra["datasetClause"] = None
    if not isinstance(graph, Dataset):
        raise QueryError("the query: FROM needs named graphs, and this graph has none (use TriG or N-Quads)")
    chosen = Dataset(default_union=False)
    for clause in clauses:
        target = chosen.default_graph if clause.default else chosen.graph(clause.named)
        # not graph.graph(…): it would add an empty graph to the data
        for subject, predicate, value, _ in graph.quads((None, None, None, clause.default or clause.named)):
            target.add((subject, predicate, value))
    return chosen


def _rows(query: str, prepared: Query, result: Result) -> Answer:
    by_name = {str(v): v for v in result.vars or ()}
    variables = [by_name[name] for name in as_written(list(by_name), query)]
    rows = [tuple(_term(binding.get(v)) for v in variables) for binding in result.bindings]
    if not _within(prepared.algebra, "OrderBy"):
        rows.sort(key=lambda row: ["" if term is None else term.n3() for term in row])
    return Answer("SELECT", tuple(map(str, variables)), tuple(rows))


def as_written(variables: list[str], query: str) -> list[str]:
    """Return the variables of an answer; those of `SELECT *`, which come in no order, as the query uses them."""
    text = _COMMENT.sub("", query)
    if not _EVERYTHING.search(text):
        return variables
    return sorted(variables, key=lambda v: (_first_use(v, text), v))


def _first_use(variable: str, text: str) -> int:
    match = re.search(rf"[?$]{re.escape(variable)}\b", text)
    return match.start() if match else len(text)


def _term(value: object) -> Term | None:
    return value if isinstance(value, URIRef | Literal | BNode) else None


def _value(term: Term | None) -> object:
    """Return a term as the Python value that a table should hold."""
    if isinstance(term, Literal):
        value = term.toPython()
        if term.datatype in _PLAIN and not isinstance(value, Literal):
            return value
        return float(value) if isinstance(value, Decimal) else str(term)
    return None if term is None else f"_:{term}" if isinstance(term, BNode) else str(term)
