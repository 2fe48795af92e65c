"""The Python API over a graph that is already built: load it, ask it, draw it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.querying import Result, run_query
from kg.run.files import File, write_files
from kg.run.outputs import TITLE
from kg.store import StoreReader, is_store, load_graph, reader_of

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.view.multigraph import MultiDiGraph


_SHOWN = 2000
"""So many things and facts at most are drawn in a notebook without being asked for."""
_COUNTS = """
SELECT ?what (COUNT(DISTINCT ?one) AS ?count) WHERE {
  VALUES (?type ?what) {
    (schema:Person "people") (schema:Organization "organisations") (schema:Place "places")
    (org:Membership "roles") (sem:Event "events") (nkg:Statement "statements") (schema:NewsArticle "articles")
  }
  ?one a ?type
} GROUP BY ?what"""


class Page(str):
    """The HTML of an interactive page; a notebook shows it in place."""

    def _repr_html_(self) -> str:
        """Return a frame that holds the page apart: its script reaches neither the notebook nor its server."""
        return (
            '<iframe title="Knowledge graph" sandbox="allow-scripts allow-downloads" '
            'style="width:100%;height:720px;border:1px solid #ccc" '
            f'srcdoc="{html.escape(self, quote=True)}"></iframe>'
        )


@dataclass(frozen=True, slots=True)
class KnowledgeGraph:
    """A graph in the model's vocabulary, with what one wants to do to it.

    `source` is an rdflib graph or an open store; a store is given free by `close`, or at the end of a `with`
    block.
    """

    source: Graph | StoreReader

    @property
    def graph(self) -> Graph:
        """The graph as rdflib has it; of a store a dataset that reads from it, with the union as default."""
        return self.source.dataset() if isinstance(self.source, StoreReader) else self.source

    def query(self, query: str, /, **params: str) -> Result:
        """Ask a named query or SPARQL with the model's prefixes; `params` are bound to its variables.

        Raises:
            QueryError: there is no such query, a parameter is wrong, or the SPARQL can't be parsed or run.
        """
        return run_query(self.source, query, params)

    def network(self) -> MultiDiGraph:
        """Return actors, places, events, quotes and articles as a networkx MultiDiGraph."""
        from kg.view import network

        return network(self.graph)

    def view(self, path: str | Path | None = None, title: str | None = None, *, texts: bool = False) -> Page:
        """Return the interactive page, which a notebook shows in place; with `path` write it there too.

        With `texts` the page carries the articles' texts, but none whose licence keeps it.

        Raises:
            OutputError: the file can't be written.
        """
        from kg.view import render_html

        page = Page(render_html(self.graph, title or TITLE, texts=texts))
        if path is not None:
            target = Path(path)
            write_files(target.parent, [File(target.name, lambda out: out.write(page.encode("utf-8")))])
        return page

    def _repr_html_(self) -> str:
        """Return the graph as a notebook shows it: what is in it, and the interactive page unless it is large."""
        counts = self.query(_COUNTS)
        found = {str(name): int(str(number)) for name, number in counts}
        told = ", ".join(f"{number:,} {name}" for name, number in sorted(found.items()) if number)
        line = f"<p>Knowledge graph: {html.escape(told) or 'empty'}</p>"
        if sum(found.values()) > _SHOWN:
            return f"{line}<p>Too large to be drawn here: ask it, or serve it with <code>kg serve</code>.</p>"
        return line + self.view()._repr_html_()

    def close(self) -> None:
        """Give the store free; a graph from a file needs no closing."""
        if isinstance(self.source, StoreReader):
            self.source.close()

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def query(query: str, data: str | Path = "output/graph.ttl", /, **params: str) -> Result:
    """Ask a graph file or a store a named query or SPARQL with the model's prefixes; both in the engine of stores.

    Raises:
        GraphError, StoreError: the file or the store can't be read.
        QueryError: there is no such query, a parameter is wrong, or the SPARQL can't be parsed or run.
    """
    place = _checked(Path(data))
    with reader_of(place) as graph:
        return run_query(graph, query, params)


def load(path: str | Path) -> KnowledgeGraph:
    """Load a graph file (Turtle, TriG, N-Triples, N-Quads or JSON-LD), or open a store, by its folder.

    While a store is open, nothing can be built into it.

    Raises:
        GraphError: the folder is no store.
        StoreError: the file can't be read or has bad syntax; the store is in use by another process.
    """
    place = _checked(Path(path))
    return KnowledgeGraph(StoreReader(place) if place.is_dir() else load_graph(place))


def _checked(place: Path) -> Path:
    if place.is_dir() and not is_store(place):
        raise GraphError(f"{place}: the folder is no store; make one with kg build --store {place}")
    return place
