"""Find an article's graph by what a person knows of it: its IRI, its record's id, the name of its file."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import article_iri
from kg.graph.vocabulary import DCTERMS
from kg.store.store import ArticleStore
from kg.store.terms import node

_IDENTIFIER = ox.NamedNode(str(DCTERMS.identifier))


def find_article(store: ArticleStore, name: str) -> str:
    """Return the name of the graph that a person means by an IRI, a path or an identifier.

    Raises:
        StoreError: there is none, or there are several; the message says what to give instead.
    """
    for iri in (name, str(article_iri(store.base, name))):
        try:
            if store.ox.contains_named_graph(node(iri)):
                return iri
        except StoreError:
            continue  # no absolute IRI: then it is an id
    found = store.ox.quads_for_pattern(None, _IDENTIFIER, ox.Literal(name), None)
    graphs = sorted({quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)})
    if not graphs:
        raise StoreError(f"{name}: no article of that id or IRI; kg stats --graphs lists them")
    if len(graphs) > 1:
        raise StoreError(f"{name}: that is the id of several articles, give an IRI: {', '.join(graphs)}")
    return graphs[0]
