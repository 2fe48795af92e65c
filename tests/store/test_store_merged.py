"""The default graph is the merge of the named graphs, whatever is written, replaced, withdrawn or updated."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_articles import put, story

from kg.graph.iris import DEFAULT_BASE
from kg.store import ArticleStore, Put, infer
from kg.store.merged import DEFAULT
from kg.store.spelling import triples_in
from kg.store.terms import to_rdflib

UPDATES = DEFAULT_BASE + "updates"


def merge_of(store: ArticleStore) -> set[ox.Triple]:
    packed = {q.triple for doc in store.shelf.docs() for q in triples_in(store.shelf.lines(doc))}
    return packed | {q.triple for q in store.ox if q.graph_name != DEFAULT}


def default_of(store: ArticleStore) -> set[ox.Triple]:
    return {q.triple for q in store.ox.quads_for_pattern(None, None, None, DEFAULT)}


def update(store: ArticleStore, text: str) -> None:
    store.change(text)


def test_a_triple_of_two_articles_counts_once(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "s") as store:
        store.put(put(story(n)) for n in (0, 5, 10))  # all have Amina Yusuf
        (row,) = store.ox.query(
            "SELECT (COUNT(*) AS ?n) { ?p <http://www.w3.org/2000/01/rdf-schema#label> 'Amina Yusuf' }"
        )
        assert row["n"].value == "1"


TRIPLES = st.frozensets(
    st.sampled_from(
        [
            (f"urn:s{s}", "urn:p", o)
            for s in range(3)
            for o in (ox.NamedNode("urn:o"), ox.Literal('"\\ \n\t\u2028}'), ox.Literal("x", language="en"))
        ]
        # an event of one article that others may report, and a stretch of its text that they may name
        + [(f"{DEFAULT_BASE}event/{name}/v1", "urn:p", ox.NamedNode("urn:o")) for name in "ab"]
        + [("urn:s0", "urn:p", ox.NamedNode(f"{DEFAULT_BASE}article/a#char=0,4"))]
        + [
            (
                "urn:s0",
                "urn:p",
                ox.Literal(f"see <{DEFAULT_BASE}article/a#char=0,4", datatype=ox.NamedNode("urn:d")),
            )
        ]
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), TRIPLES)), max_size=8))
def test_any_writing_and_forgetting_keeps_it_so(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, frozenset[tuple[str, str, object]] | None]],
) -> None:
    with ArticleStore(tmp_path_factory.mktemp("s") / "s") as store:
        held: dict[str, frozenset[tuple[str, str, object]]] = {}
        for name, triples in steps:
            doc = f"urn:doc:{name}" if name == "c" else f"{DEFAULT_BASE}article/{name}"
            if triples is not None:
                rows = [tuple(map(to_rdflib, (ox.NamedNode(s), ox.NamedNode(p), o))) for s, p, o in triples]
                store.put([Put(doc, "1", rows)])  # type: ignore[list-item]
                held[doc] = triples
            elif held.get(doc):
                store.forget(doc)
                del held[doc]
            expected = {
                ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for ts in held.values() for s, p, o in ts
            }  # type: ignore[arg-type]
            assert default_of(store) == merge_of(store) == expected


def test_imports_and_inference_keep_it_so(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> [ <urn:q> 1 ] .", encoding="utf-8")
    (tmp_path / "b.nq").write_text(
        "<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> <urn:g> .\n", encoding="utf-8"
    )
    with ArticleStore(tmp_path / "s") as store:
        store.put([put(story(1))])
        store.load(tmp_path / "a.ttl")
        store.load(tmp_path / "b.nq")
        infer(store)
        assert default_of(store) == merge_of(store)
        assert {f"{DEFAULT_BASE}import/a.ttl", f"{DEFAULT_BASE}import/b.nq", "urn:g"} <= set(store.graphs())
        for name in list(store.graphs()):
            store.forget(name)
        assert len(store.ox) == 0


@pytest.mark.parametrize(
    ("text", "default", "graphs"),
    [
        ("INSERT DATA { <urn:n> <urn:p> 1 }", "gon", {"urn:g", "urn:h", UPDATES}),
        ("INSERT DATA { GRAPH <urn:i> { <urn:n> <urn:p> 1 } }", "gon", {"urn:g", "urn:h", "urn:i", UPDATES}),
        ("DELETE DATA { <urn:o> <urn:p> 1 }", "g", {"urn:g", "urn:h"}),
        ("DELETE DATA { <urn:g> <urn:p> 1 }", "go", {"urn:g", "urn:h", UPDATES}),
        ("DELETE DATA { GRAPH <urn:g> { <urn:g> <urn:p> 1 } }", "go", {"urn:h", UPDATES}),
        ("CLEAR NAMED", "o", {UPDATES}),
        ("DROP GRAPH <urn:g> ; DROP GRAPH <urn:h>", "o", {UPDATES}),
        ("CLEAR DEFAULT", "g", {"urn:g", "urn:h"}),
        ("CLEAR ALL ; INSERT DATA { <urn:g> <urn:p> 1 }", "g", {UPDATES}),
        ("DELETE { GRAPH ?x { ?s ?p ?o } } INSERT { ?s ?p 2 } WHERE { GRAPH ?x { ?s ?p ?o } }", "", None),
    ],
)
def test_updates_keep_it_so(tmp_path: Path, text: str, default: str, graphs: set[str] | None) -> None:
    with ArticleStore(tmp_path / "s") as store:
        update(store, "INSERT DATA { <urn:o> <urn:p> 1 }")  # its own
        update(
            store, "INSERT DATA { GRAPH <urn:g> { <urn:g> <urn:p> 1 } GRAPH <urn:h> { <urn:g> <urn:p> 1 } }"
        )
        update(store, text)
        assert default_of(store) == merge_of(store)
        if graphs is not None:
            assert {t.subject.value[-1] for t in default_of(store)} == set(default)
            held = {
                g
                for g in store.graphs()
                if any(store.ox.quads_for_pattern(None, None, None, ox.NamedNode(g)))
            }
            assert held == graphs
        assert not list((tmp_path / "s").glob(".unpacked-*"))


def test_an_import_that_was_interrupted_is_mended(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "s") as store:
        store.put([put(story(1))])
        store.ox.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } <urn:b> <urn:p> 1 }")
        store.stamps.keep("unfinished", "import")
    with ArticleStore(tmp_path / "s") as store:
        assert default_of(store) == merge_of(store)
        assert "urn:g" in set(store.graphs())
