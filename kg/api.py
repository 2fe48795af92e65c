"""The Python API over a graph that is already built: load it, ask it, draw it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import load_graph
from kg.query import Result, run_query
from kg.run.files import File, write_files
from kg.run.outputs import TITLE

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.view.multigraph import MultiDiGraph


@dataclass(frozen=True, slots=True)
class KnowledgeGraph:
    """A graph in the model's vocabulary, with what one wants to do to it."""

    graph: Graph

    def query(self, query: str, /, **params: str) -> Result:
        """Ask a named query or SPARQL with the model's prefixes; `params` are bound to its variables.

        Raises:
            QueryError: there is no such query, a parameter is wrong, or the SPARQL can't be parsed or run.
        """
        return run_query(self.graph, query, params)

    def network(self) -> MultiDiGraph:
        """Return actors, places, events, quotes and articles as a networkx MultiDiGraph."""
        from kg.view import network

        return network(self.graph)

    def view(self, path: str | Path | None = None, title: str | None = None) -> str:
        """Return the interactive page, and with `path` write it there too.

        Raises:
            OutputError: the file can't be written.
        """
        from kg.view import render_html

        page = render_html(self.graph, title or TITLE)
        if path is not None:
            target = Path(path)
            write_files(target.parent, [File(target.name, lambda out: out.write(page.encode("utf-8")))])
        return page


def query(query: str, data: str | Path = "output/graph.ttl", /, **params: str) -> Result:
    """Ask a graph file a named query or SPARQL with the model's prefixes.

    Raises:
        GraphError: the file can't be read.
        QueryError: there is no such query, a parameter is wrong, or the SPARQL can't be parsed or run.
    """
    return load(data).query(query, **params)


def load(path: str | Path) -> KnowledgeGraph:
    """Load a graph file: Turtle, TriG, N-Triples, N-Quads or JSON-LD.

    Raises:
        GraphError: the file can't be read or has bad syntax.
    """
    return KnowledgeGraph(load_graph(Path(path)))
