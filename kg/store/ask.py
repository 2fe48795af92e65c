"""Ask a store SPARQL: the dataset of the request, the limits of the answer, the form it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.answer import as_written
from kg.graph.vocabulary import PREFIXES
from kg.store.first import worked_out
from kg.store.ordering import Term, in_order
from kg.store.refuse import blanked, refuse_remote, with_using
from kg.store.results import write_rows, write_truth
from kg.store.terms import node

_PLACE = re.compile(r"error at (\d+):(\d+): ")
_CHANGE = re.compile(
    r"(?:\s|PREFIX\s+[\w.-]*:|BASE\b)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"([\w.-]*):\S*$")
GRAPH_FORMS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the dataset that the request names (None: the merge of all, or what the query says).

    `rows`, `truth` and `graph` are the forms for each kind of answer, None if the client takes none.
    """

    query: str
    base: str | None = None
    default: list[str] | None = None
    named: list[str] | None = None
    rows: str | None = "json"
    truth: str | None = "json"
    graph: str | None = "turtle"
    most: int = 100_000
    size: int = 64_000_000


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer: its kind (rows, truth or graph), its form, its bytes, whether it was cut at a limit."""

    kind: str
    form: str
    body: bytes
    cut: bool = False


class NotAcceptableError(QueryError):
    """The answer has a kind that the client takes in no form."""


def ask(store: ox.Store, asked: Asked) -> WrittenAnswer:
    """Run a query and write its answer.

    Raises:
        QueryError: it can't be parsed or run, or asks another host.
        NotAcceptableError: the client takes no form of what it gives.
    """
    refuse_remote(asked.query)
    with _failures_of("query", asked.query):
        if (
            sorted_ := in_order(asked.query, lambda text: _run(store, replace(asked, query=text)))
        ) is not None:
            form = _wanted(asked.rows, "rows")
            names, listed = sorted_
            return WrittenAnswer(
                "rows", form, *write_rows(names, map(list[object], listed), form, asked.most, asked.size)
            )
        found = _run(store, asked)
        if isinstance(found, ox.QueryBoolean):
            form = _wanted(asked.truth, "yes or no")
            return WrittenAnswer("truth", form, write_truth(bool(found), form))
        if isinstance(found, ox.QuerySolutions):
            form = _wanted(asked.rows, "rows")
            names = as_written([variable.value for variable in found.variables], asked.query)
            rows = ([solution[name] for name in names] for solution in found)
            return WrittenAnswer("rows", form, *write_rows(names, rows, form, asked.most, asked.size))
        form = _wanted(asked.graph, "a graph")
        return _graph(found, form, asked.most, asked.size)


@contextmanager
def _failures_of(what: str, text: str) -> Iterator[None]:
    """Raise QueryError where the engine can't parse or run a query or update."""
    try:
        yield
    except SyntaxError as error:
        if what == "query" and (change := _CHANGE.match(blanked(text))):
            told = f"the query can't be run: {change[1].upper()} changes a graph, and queries only read"
            raise QueryError(told) from error
        raise QueryError(f"the {what} can't be parsed: {_syntax(error, text)}") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the {what} can't be run: {' '.join(str(error).split())[:400]}") from error


def _syntax(error: SyntaxError, text: str) -> str:
    """Return where a text breaks off, and what stands there; the parser lists each sign that might have."""
    place = _PLACE.match(error.msg)
    if place is None:
        return " ".join(error.msg.split())[:400]
    line, column = int(place[1]), int(place[2])
    written = [*text.split("\n"), ""][line - 1]
    prefix = _PREFIX.search(written[: column - 1])
    near = f"{written[: column - 1][-15:]}{written[column - 1 :][:20]}".strip()
    if "Prefix not found" in error.msg and prefix is not None:
        told = f"unknown prefix '{prefix[1]}:'"
    else:
        told = f"syntax error near '{near}'" if near else "it ends too early"
    return f"line {line}, column {column}: {told}"


def change(store: ox.Store, update: str, base: str | None) -> None:
    """Run an update that `checked` has returned: all of it, or nothing.

    Raises:
        QueryError: it can't be run.
    """
    with _failures_of("update", update):
        store.update(update, base_iri=base, prefixes=dict(PREFIXES))


def checked(update: str, base: str | None, default: list[str], named: list[str]) -> str:
    """Return an update as it is run, on the dataset that the request names, before any store is touched.

    Raises:
        QueryError: it can't be parsed, names a dataset too, or asks another host.
    """
    refuse_remote(update, update=True)
    if default or named:
        update = with_using(update, *([n.value for n in _nodes(iris)] for iris in (default, named)))
    try:
        ox.Store().update(update, base_iri=base, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise QueryError(f"the update can't be parsed: {_syntax(error, update)}") from error
    except (OSError, ValueError, RuntimeError):
        return update  # whole SPARQL: what fails on an empty store may do on another
    return update


def run(
    store: ox.Store, query: str, base: str | None = None
) -> ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples:
    """Run a query on the default graph, which is the merge of all, or on what it names with FROM.

    The answer is still to be read.

    Raises:
        QueryError: it can't be parsed or run.
    """
    with _failures_of("query", query):
        return store.query(worked_out(store, query, base), base_iri=base, prefixes=dict(PREFIXES))


def run_in_order(
    store: ox.Store, query: str, base: str | None = None
) -> tuple[list[str], Iterator[list[Term]]] | None:
    """Return the variables and rows of a query that is sorted here; None if the engine sorts.

    Raises:
        QueryError: it can't be parsed or run.
    """
    with _failures_of("query", query):  # while the answer is read, too
        return in_order(query, lambda text: run(store, text, base))


def _run(store: ox.Store, asked: Asked) -> ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples:
    if asked.default is None and asked.named is None:
        query = worked_out(store, asked.query, asked.base)
        return store.query(query, base_iri=asked.base, prefixes=dict(PREFIXES))
    return store.query(
        asked.query,
        base_iri=asked.base,
        prefixes=dict(PREFIXES),
        default_graph=[*_nodes(asked.default or ())],
        named_graphs=[*_nodes(asked.named or ())],
    )


def _nodes(iris: Iterable[str]) -> list[ox.NamedNode]:
    try:
        return [node(iri) for iri in iris]
    except StoreError as error:
        raise QueryError(f"the dataset of the request: {error}") from error


def _graph(found: ox.QueryTriples, form: str, most: int, size: int) -> WrittenAnswer:
    cut = False

    def limited() -> Iterator[ox.Triple]:
        nonlocal cut
        used = 0
        for number, triple in enumerate(found):
            used += len(str(triple))
            if number >= most or used > size:
                cut = True
                return
            yield triple

    body = ox.serialize(limited(), format=GRAPH_FORMS[form], prefixes=dict(PREFIXES))
    return WrittenAnswer("graph", form, body or b"", cut)


def _wanted(form: str | None, what: str) -> str:
    if form is None:
        raise NotAcceptableError(f"the query gives {what}, which the client takes in no form offered here")
    return form
