"""`kg stats`: what is in a graph file or a store, in numbers."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from kg.cli.console import say
from kg.cli.options import GraphFile, Store, source_of


def stats(
    file: GraphFile = None,
    store: Store = None,
    graphs: Annotated[
        bool, Option("--graphs", help="List the named graphs, an article each, with their triples.")
    ] = False,
) -> None:
    """Count what is in a graph file or a store.

    \b
    Examples:
      kg stats output/graph.ttl
      kg stats --store news.db --graphs
    """
    from kg.export import opened
    from kg.store import graph_sizes
    from kg.store import stats as count

    with opened(source_of(file, store, None)) as (graph, _, shelf):
        found = count(graph, shelf)
        sizes = graph_sizes(graph, shelf) if graphs else []
    rows = {"triples": found.triples, "graphs": found.graphs, **found.kinds}
    width = max(len(f"{number:,}") for number in rows.values())
    for name, number in rows.items():
        say(f"{number:>{width},}  {name}")
    if sizes:
        say()
        for iri, size in sizes:
            say(f"{size:>{width},}  {iri}")
