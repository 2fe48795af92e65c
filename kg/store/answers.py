"""Ask a store SPARQL and get the answer in the terms of the graph room, as a graph file gives it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import bind_prefixes
from kg.graph.answer import Answer, as_written
from kg.graph.terms import Graph
from kg.store.ask import run, run_in_order
from kg.store.ordering import uncollected
from kg.store.refuse import blanked, refuse_remote
from kg.store.terms import RdflibTerms, to_rdflib


def answer(store: ox.Store, query: str, base: str | None = None) -> Answer:
    """Run a query on a store; the default graph is the merge of all graphs, unless the query says FROM.

    The model's prefixes are declared. Rows of a query without ORDER BY are sorted.

    Raises:
        QueryError: it can't be parsed or run, changes data, or asks another host.
    """
    refuse_remote(query)
    term = RdflibTerms().__getitem__
    if (sorted_ := run_in_order(store, query, base)) is not None:
        names, listed = sorted_
        with uncollected():
            return Answer("SELECT", tuple(names), tuple(tuple(map(term, row)) for row in listed))
    found = run(store, query, base)
    words = blanked(query).upper()
    if isinstance(found, ox.QueryBoolean):
        return Answer("ASK", truth=bool(found))
    try:
        if isinstance(found, ox.QuerySolutions):
            names = [variable.value for variable in found.variables]
            order = as_written(names, query)
            places = [names.index(name) for name in order]
            with uncollected():
                rows = [tuple(term(solution[place]) for place in places) for solution in found]
            if "ORDER BY" not in " ".join(words.split()):
                rows.sort(key=lambda row: ["" if term is None else term.n3() for term in row])
            return Answer("SELECT", tuple(order), tuple(rows))
        made = Graph(bind_namespaces="none")
        bind_prefixes(made)
        for triple in found:
            made.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query can't be run: {' '.join(str(error).split())[:300]}") from error
    return Answer("DESCRIBE" if "DESCRIBE" in words.split() else "CONSTRUCT", graph=made)
