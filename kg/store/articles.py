"""An article's graph: found by what a person knows of it (its IRI, its record's id, its file's name), and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import article_iri
from kg.graph.vocabulary import DCTERMS, PREFIXES, RDF, SCHEMA
from kg.store.shelf import Shelf
from kg.store.spelling import Speller
from kg.store.store import ArticleStore
from kg.store.terms import node

_OF_TEXT = """
SELECT ?thing ?how ?span ?doc WHERE {
  VALUES ?how { gaf:denotedBy prov:wasDerivedFrom }
  ?thing ?how ?span
  FILTER (STRSTARTS(STR(?span), CONCAT(STR(?doc), "#char=")))
}"""
_TYPE, _ARTICLE = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SCHEMA.NewsArticle))
_IDENTIFIER = ox.NamedNode(str(DCTERMS.identifier))


def withdraw(store: ArticleStore, docs: Sequence[str]) -> dict[str, int]:
    """Withdraw articles for good, by the names of their graphs: a later build of them leaves them out.

    Returns how many triples each held. Their tombstones are there before the first is taken away, so that an
    interrupted call never lets one come back that is gone.

    Raises:
        StoreError: the store holds no such graph.
    """
    store.stamps.bury({doc: _id_of(store, doc) for doc in docs})
    return {doc: store.forget(doc) for doc in docs}


def restore(store: ArticleStore, names: Sequence[str]) -> list[str]:
    """Let withdrawn articles come back at the next build, by their IRIs, paths or ids; all of them or none.

    Returns the names of their graphs.

    Raises:
        StoreError: one of them was not withdrawn, or an id is that of several.
    """
    buried = store.stamps.buried()
    found = [_buried(name, buried, store.base) for name in names]
    store.stamps.lift(found)
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
    # in any graph: what a packed article says stands in the default one
    found = store.ox.quads_for_pattern(node(doc), _IDENTIFIER, None, None)
    ids = sorted(quad.object.value for quad in found if isinstance(quad.object, ox.Literal))
    return ids[0] if ids else doc


def find_article(store: ArticleStore, name: str) -> str:
    """Return the name of the graph that a person means by an IRI, a path or an identifier.

    Raises:
        StoreError: there is none, or there are several; the message says what to give instead.
    """
    for iri in (name, str(article_iri(store.base, name))):
        try:
            if store.shelf.has(iri) or store.ox.contains_named_graph(node(iri)):
                return iri
        except StoreError:
            continue  # no absolute IRI: then it is an id
    found = store.ox.quads_for_pattern(None, _IDENTIFIER, ox.Literal(name), None)
    graphs = set()
    for quad in found:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.add(quad.graph_name.value)
        elif isinstance(quad.subject, ox.NamedNode) and store.shelf.has(quad.subject.value):
            graphs.add(quad.subject.value)  # an article's graph has its name
    if not graphs:
        raise StoreError(f"{name}: no article of that id or IRI; kg stats --graphs lists them")
    if len(graphs) > 1:
        raise StoreError(
            f"{name}: that is the id of several articles, give an IRI: {', '.join(sorted(graphs))}"
        )
    return graphs.pop()


def article_graph(store: ox.Store, shelf: Shelf, doc: str) -> bytes:
    """Return what an article says, as N-Triples: its graph, packed or not, or else what tells of its text.

    A graph file may have no named graphs: then its things and facts are those that lead to a stretch of the text.
    """
    if shelf.has(doc):
        return b"".join(shelf.text([doc]))
    name = node(doc)
    if store.contains_named_graph(name):
        found: Iterable[ox.Quad | ox.Triple] = store.quads_for_pattern(None, None, None, name)
    elif ox.Quad(name, _TYPE, _ARTICLE, ox.DefaultGraph()) not in store:
        return b""
    else:
        made = store.query(_OF_TEXT, prefixes=dict(PREFIXES), substitutions={ox.Variable("doc"): name})
        assert isinstance(made, ox.QuerySolutions)
        found = (ox.Triple(row[0], row[1], row[2]) for row in made)
    line = Speller(short=False).line
    return "".join(sorted({f"{line(one)} .\n" for one in found})).encode()
