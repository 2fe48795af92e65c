"""Updates: what they do to packed articles and other graphs is what they do where every graph stands open."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from store_articles import put, story

from kg.errors import QueryError
from kg.graph import PREFIXES
from kg.graph.iris import DEFAULT_BASE
from kg.store import ArticleStore, StoreReader
from kg.store.changes import Changes
from kg.store.merged import DEFAULT, in_default
from kg.store.rewrite import into_graph, steps
from kg.store.scope import scope_of
from kg.store.spelling import triples_in
from kg.store.terms import node

UPDATES = f"{DEFAULT_BASE}updates"
ONE, TWO = (f"{DEFAULT_BASE}article/story-000{n}" for n in (0, 5))  # both have Amina Yusuf

CHANGES = [
    "INSERT DATA { <urn:a> <urn:p> 1 }",
    f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:p> 1 }} }}",
    f"DELETE WHERE {{ GRAPH <{ONE}> {{ ?s rdfs:label ?o }} }}",
    "DELETE { GRAPH ?g { ?s rdfs:label ?o } } WHERE { GRAPH ?g { ?s a schema:Person ; rdfs:label ?o } }",
    f"INSERT {{ ?s <urn:named> ?o }} WHERE {{ GRAPH <{TWO}> {{ ?s a schema:Person ; rdfs:label ?o }} }}",
    "DELETE WHERE { ?s rdfs:label ?o }",
    f"CLEAR GRAPH <{ONE}>",
    f"DROP GRAPH <{ONE}> ; DROP GRAPH <{TWO}>",
    f"ADD <{ONE}> TO <urn:g>",
    f"MOVE <{ONE}> TO <{TWO}>",
    f"COPY <{ONE}> TO DEFAULT",
    "COPY DEFAULT TO <urn:all>",
    f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 'x' }} WHERE {{ ?s ?p ?o . ?s a sem:Event }}",
    f"INSERT {{ <urn:n> <urn:is> ?n }} USING <{ONE}> WHERE {{ SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} }}",
    # a later step sees what an earlier one did, and what it took back
    "INSERT DATA { <urn:a> <urn:p> 1 } ; INSERT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o } ;"
    " DELETE WHERE { ?s <urn:p> ?o } ; INSERT { <urn:b> <urn:r> ?s } WHERE { ?s <urn:p> ?o }",
    f"PREFIX a: <{DEFAULT_BASE}article/> INSERT {{ GRAPH a:story-0000 {{ ?s <urn:p> 1 }} }}"
    " WHERE { GRAPH a:story-0000 { ?s a schema:Person } } ;"
    " DELETE { GRAPH a:story-0005 { ?s rdfs:label ?o } } WHERE { ?s <urn:p> 1 ; rdfs:label ?o }",
    f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:p> [ <urn:q> 1 ] }} }}",
    "CLEAR NAMED",
    "CLEAR ALL",
    "CREATE GRAPH <urn:new>",
]


def graphs_of(store: ArticleStore) -> dict[str, set[str]]:
    """Every graph with its triples, blank nodes as one."""
    found: dict[str, set[str]] = {}
    for doc in store.shelf.docs():
        found[doc] = {str(q.triple) for q in triples_in(store.shelf.lines(doc))}
    for quad in store.ox:
        if quad.graph_name != DEFAULT:
            found.setdefault(quad.graph_name.value, set()).add(spelt(quad))
    return found


def spelt(quad: ox.Quad) -> str:
    return " ".join(
        "[]" if isinstance(t, ox.BlankNode) else str(t) for t in (quad.subject, quad.predicate, quad.object)
    )


def expected(update: str) -> dict[str, set[str]]:
    """What a store with every graph open has in the end, the default graph made the merge before each step."""
    store = ox.Store()
    for one in (story(0), story(5)):
        given = put(one)
        with_store = triples_in(_lines(given), node(given.doc))
        store.extend(with_store)
    for step in steps(update):
        for quad in list(store.quads_for_pattern(None, None, None, DEFAULT)):
            store.remove(quad)
        store.extend(list(in_default(store)))
        store.update(into_graph(step, UPDATES), prefixes=dict(PREFIXES))
    found: dict[str, set[str]] = {}
    for quad in store:
        if quad.graph_name != DEFAULT:
            found.setdefault(quad.graph_name.value, set()).add(spelt(quad))
    return found


def _lines(given: object) -> list[str]:
    from kg.graph.turtle import Spelling

    spell = Spelling(short=False)
    return [" ".join(spell[t] for t in triple) for triple in given.triples]  # type: ignore[attr-defined]


@pytest.fixture
def store(tmp_path: Path) -> ArticleStore:
    with ArticleStore(tmp_path / "s") as made:
        made.put(put(story(n)) for n in (0, 5))
        yield made  # type: ignore[misc]


@pytest.mark.parametrize("update", CHANGES)
def test_an_update_does_what_it_does_where_every_graph_is_open(store: ArticleStore, update: str) -> None:
    store.change(update)
    graphs = graphs_of(store)
    assert graphs == expected(update)
    merged = {spelt(q) for q in store.ox.quads_for_pattern(None, None, None, DEFAULT)}
    assert merged == set().union(*graphs.values())


def test_an_article_that_is_changed_stays_packed_and_is_built_again(store: ArticleStore) -> None:
    before = store.stamps.get(TWO)
    store.change(f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:p> 1 }} }}")
    assert store.shelf.docs() == [ONE, TWO]
    assert store.stamps.get(ONE) is None
    assert store.stamps.get(TWO) == before is not None


def test_a_step_that_fails_changes_nothing(store: ArticleStore) -> None:
    before = graphs_of(store), len(store.ox)
    with pytest.raises(QueryError, match="can't be run"):
        store.change(f"INSERT DATA {{ <urn:a> <urn:p> 1 }} ; CLEAR GRAPH <{ONE}> ; CLEAR GRAPH <urn:nowhere>")
    assert (graphs_of(store), len(store.ox)) == before
    assert not list(store.path.glob(".unpacked-*"))


def test_changes_that_were_noted_are_made_on_opening(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "s") as store:
        store.put(put(story(n)) for n in (0, 5))
        lines = store.shelf.lines(TWO)
        noted = Changes({ONE: lines[:3]}, plus=["<urn:a> <urn:p> <urn:b> <urn:g>"], made=["urn:new"])
        store.stamps.keep("changes", noted.to_text())
    with StoreReader(tmp_path / "s") as reader:  # opening it to read mends it, too
        assert reader.answer("ASK { <urn:a> <urn:p> <urn:b> }").truth
        assert reader.shelf.lines(ONE) == lines[:3]
        assert len(reader.ox) == len(lines) + 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT * { ?s ?p ?o }", set()),
        ("SELECT * { ?s ?p 'GRAPH <urn:a> {' } # FROM <urn:b>", set()),
        ("SELECT * { GRAPH <urn:a> { ?s ?p ?o } }", {"urn:a"}),
        ("PREFIX x: <urn:x:> SELECT * FROM x:a FROM NAMED <urn:b> { GRAPH ?g { ?s ?p ?o } }", None),
        ("PREFIX x: <urn:x:> SELECT * FROM x:a FROM NAMED <urn:b> { ?s ?p ?o }", {"urn:x:a", "urn:b"}),
        ("BASE <http://a/b/> SELECT * { graph <c> {} }", {"http://a/b/c"}),
        ("SELECT * { ?s ?graph ?o . ?o ex:graph <urn:a> }", set()),
        ("WITH <urn:a> DELETE { ?s ?p ?o } USING <urn:b> WHERE { ?s ?p ?o }", {"urn:a", "urn:b"}),
        ("MOVE SILENT GRAPH <urn:a> TO DEFAULT ; COPY DEFAULT TO <urn:b>", {"urn:a", "urn:b"}),
        ("DROP SILENT ALL", None),
        ("CLEAR DEFAULT", set()),
    ],
)
def test_the_graphs_that_a_text_names(text: str, found: set[str] | None) -> None:
    scope = scope_of(text)
    assert scope.every == (found is None)
    assert found is None or scope.iris == found


@pytest.mark.parametrize(
    ("step", "written"),
    [
        ("INSERT DATA { }", "INSERT DATA {}"),
        (
            "INSERT DATA { <a:b> <a:c> '{' . GRAPH <a:g> { <a:b> <a:c> 1 } <a:d> <a:e> 2 }",
            "INSERT DATA { GRAPH <u:u> {  <a:b> <a:c> '{' . \n} GRAPH <a:g> { <a:b> <a:c> 1 } GRAPH <u:u> "
            "{  <a:d> <a:e> 2 \n} }",
        ),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE { GRAPH <u:u> {  ?s ?p ?o \n} } WHERE { ?s ?p ?o }"),
        (
            "WITH <a:g> INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
            "WITH <a:g> INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        ),
        ("MOVE DEFAULT TO <a:g>", "COPY DEFAULT TO <a:g> ; CLEAR SILENT GRAPH <u:u>"),
        ("DROP DEFAULT", "DROP SILENT GRAPH <u:u>"),
    ],
)
def test_what_goes_to_the_default_graph_goes_to_another(step: str, written: str) -> None:
    assert into_graph(step, "u:u") == written


def test_steps_keep_their_prologue() -> None:
    update = "PREFIX a: <urn:a;b> # ; {\nINSERT DATA { a:x a:y ';' } ; BASE <urn:c> # last\n; DROP ALL ;"
    first, second = steps(update)
    assert first == "PREFIX a: <urn:a;b> # ; {\nINSERT DATA { a:x a:y ';' } "
    assert second.split() == [
        "PREFIX",
        "a:",
        "<urn:a;b>",
        "#",
        ";",
        "{",
        "BASE",
        "<urn:c>",
        "#",
        "last",
        "DROP",
        "ALL",
    ]
    ox.Store().update(second)
