"""Count what is in a store."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.counts import COUNTED, COUNTS
from kg.graph.vocabulary import PREFIXES
from kg.store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a store holds: triples, each counted once, named graphs, and things by kind."""

    triples: int
    graphs: int
    kinds: dict[str, int]


def stats(store: ox.Store, shelf: Shelf | None = None) -> Stats:
    """Count the triples, graphs and things of each kind; `shelf` holds the graphs of articles that are packed."""
    found = store.query(COUNTS, prefixes=dict(PREFIXES))
    assert isinstance(found, ox.QuerySolutions)
    counts = dict.fromkeys(COUNTED, 0) | {row["kind"].value: int(row["n"].value) for row in found}
    graphs = {getattr(name, "value", "") for name in store.named_graphs()}
    graphs.update(shelf.docs() if shelf is not None else ())
    return Stats(_count(store, "?s ?p ?o"), len(graphs), counts)


def _count(store: ox.Store, pattern: str) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", prefixes=dict(PREFIXES))
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)["n"].value)


def graph_sizes(store: ox.Store, shelf: Shelf | None = None) -> list[tuple[str, int]]:
    """Return the named graphs with their numbers of triples, sorted by name."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    sizes = {str(getattr(row["g"], "value", row["g"])): int(row["n"].value) for row in found}
    return sorted({**sizes, **dict(shelf.sizes() if shelf is not None else ())}.items())
