"""Show a graph to people: triples to a networkx graph, a still layout and one self-contained page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph

from kg.view.exports import to_csv, to_gexf, to_graphml, to_json
from kg.view.page import render_html

if TYPE_CHECKING:
    from kg.view.multigraph import MultiDiGraph

__all__ = ["network", "render_html", "to_csv", "to_gexf", "to_graphml", "to_json"]


def network(graph: Graph) -> MultiDiGraph:
    """Return the actors, places, events, quotes and articles of a graph, with typed edges between them."""
    from kg.view.graph_reader import read
    from kg.view.multigraph import multigraph

    return multigraph(read(graph))
