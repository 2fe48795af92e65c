"""Count what is in a store."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.vocabulary import PREFIXES

_KINDS = {
    "articles": "schema:NewsArticle",
    "people": "schema:Person",
    "organisations": "schema:Organization",
    "places": "schema:Place",
    "events": "sem:Event",
    "statements": "nkg:Statement",
    "roles": "org:Membership",
    "relations": "nkg:Relation",
}


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a store holds: triples over all graphs, graphs, and things by kind."""

    triples: int
    graphs: int
    kinds: dict[str, int]


def stats(store: ox.Store) -> Stats:
    """Count the triples, graphs and things of each kind."""
    counts = {}
    for name, curie in _KINDS.items():
        query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a {curie} }}"
        found = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        counts[name] = int(next(iter(found))["n"].value)  # type: ignore[arg-type]
    return Stats(len(store), sum(1 for _ in store.named_graphs()), counts)


def graph_sizes(store: ox.Store) -> list[tuple[str, int]]:
    """Return the named graphs with their numbers of triples, sorted by name."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted((str(getattr(row["g"], "value", row["g"])), int(row["n"].value)) for row in found)
