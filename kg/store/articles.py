"""Find an article's graph by what a person knows of it: its IRI, its record's id, the name of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import article_iri
from kg.graph.vocabulary import DCTERMS
from kg.store.store import ArticleStore
from kg.store.terms import node

_IDENTIFIER = ox.NamedNode(str(DCTERMS.identifier))


def withdraw(store: ArticleStore, docs: Sequence[str]) -> dict[str, int]:
    """Withdraw articles for good, by the names of their graphs: a later build of them leaves them out.

    Returns how many triples each held. Their tombstones are there before the first is taken away, so that an
    interrupted call never lets one come back that is gone.

    Raises:
        StoreError: the store holds no such graph.
    """
    store.bury({doc: _id_of(store, doc) for doc in docs})
    return {doc: store.forget(doc) for doc in docs}


def restore(store: ArticleStore, names: Sequence[str]) -> list[str]:
    """Let withdrawn articles come back at the next build, by their IRIs, paths or ids; all of them or none.

    Returns the names of their graphs.

    Raises:
        StoreError: one of them was not withdrawn, or an id is that of several.
    """
    buried = store.buried()
    found = [_buried(name, buried, store.base) for name in names]
    store.lift(found)
    return found


def _buried(name: str, buried: Mapping[str, str], base: str) -> str:
    for iri in (name, str(article_iri(base, name))):
        if iri in buried:
            return iri
    docs = [doc for doc, known in buried.items() if known == name]
    if not docs:
        raise StoreError(
            f"{name}: no article of that id or IRI was withdrawn; kg forget --list tells which were"
        )
    if len(docs) > 1:
        raise StoreError(f"{name}: that is the id of several articles, give an IRI: {', '.join(docs)}")
    return docs[0]


def _id_of(store: ArticleStore, doc: str) -> str:
    found = store.ox.quads_for_pattern(node(doc), _IDENTIFIER, None, node(doc))
    ids = sorted(quad.object.value for quad in found if isinstance(quad.object, ox.Literal))
    return ids[0] if ids else doc


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
