"""Run a query, named or written out, on a graph or a store."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.graph.sparql import Answer, Term, evaluate
from kg.graph.terms import Graph
from kg.querying.binding import TYPED, bind, with_values
from kg.querying.library import get_query
from kg.store import FileReader, StoreReader
from kg.store.first import without

Result = Answer
"""What a query gives; see `kg.graph.sparql.Answer`."""
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def prepare(query: str, params: Mapping[str, str | Term] | None = None, given_as: str = TYPED) -> str:
    """Return the SPARQL of a named query, or of one written out, with its parameters bound.

    `given_as` is how a message says that a parameter is to be given, {} its name: `?{}=…` in an address.

    It uses the model's prefixes without declaring them: every engine here takes them beside the text.

    Raises:
        QueryError: there is no such query, or a parameter is wrong.
    """
    named = get_query(query) if _NAME.fullmatch(query) else None
    bindings = bind(named, params or {}, given_as)
    return with_values(without(named.text, bindings) if named else query, bindings)


def run_query(
    graph: Graph | StoreReader | FileReader,
    query: str,
    params: Mapping[str, str | Term] | None = None,
    base: str | None = None,
) -> Result:
    """Run the named query `query`, or else SPARQL as it is written, with the model's prefixes declared.

    A store, and a file that is read like one, are asked in Oxigraph, an rdflib graph in rdflib. On a dataset or a
    store the default graph is the union of all named graphs, unless the query says FROM. `base` is what relative
    IRIs in the query are relative to.

    Raises:
        QueryError: there is no such query, a parameter is wrong, or the query can't be parsed or run.
    """
    text = prepare(query, params)
    if isinstance(graph, StoreReader | FileReader):
        return graph.answer(text, base)
    return evaluate(graph, text, base)
