"""`kg.load` over a file and over a store: rows, data frames, rdflib, networkx, a page in a notebook."""

from __future__ import annotations

import datetime
import html
import re
import sys
from pathlib import Path

import pytest

from kg import load, query
from kg.builder import Built
from kg.errors import GraphError, QueryError, StoreError
from kg.graph.terms import Graph
from kg.store import ArticleStore


@pytest.fixture(scope="module")
def store(samples: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("load") / "news.db"
    with ArticleStore(folder, base=samples.base_iri) as opened:
        opened.load(samples.files[1])
    return folder


def test_a_store_gives_what_the_file_gives(samples: Built, store: Path) -> None:
    file = load(samples.files[0])
    with load(store) as graph:
        for name in ("actors", "timeline", "roles", "sources"):
            assert graph.query(name).rows == file.query(name).rows
        assert query("actors", store).rows == query("actors", samples.files[0]).rows
        ours, theirs = graph.network(), file.network()
        assert dict(ours.nodes(data=True)) == dict(theirs.nodes(data=True))
        assert list(ours.edges(keys=True)) == list(theirs.edges(keys=True))
        assert graph.view() == file.view()


def test_an_answer_is_its_rows(samples: Built) -> None:
    answer = load(samples.files[0]).query("articles")
    assert [len(row) for row in answer] == [len(answer.variables)] * 3
    assert (len(answer), bool(answer)) == (3, True)
    assert not load(samples.files[0]).query("ASK { ?x a plover:Nothing }")


def test_an_answer_becomes_a_data_frame(samples: Built) -> None:
    graph = load(samples.files[0])
    frame = graph.query("actors").pandas()
    assert list(frame.columns) == ["label", "type", "events", "asAgent", "asPatient", "actor"]
    assert frame["events"].sum() > 20
    text = """SELECT ?a ?b ?c ?d ?e ?f { VALUES (?a ?b ?c ?d ?e ?f) {
        (true 0.5 "2031-02-03"^^xsd:date "2031"^^xsd:gYear <urn:x> UNDEF) } }"""
    assert graph.query(text).pandas().iloc[0].tolist() == [
        True, 0.5, datetime.date(2031, 2, 3), "2031", "urn:x", None,
    ]  # fmt: skip
    with pytest.raises(QueryError, match="ASK gives no rows"):
        graph.query("ASK {}").pandas()


def test_without_pandas_it_says_so(samples: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"pip install 'newskg\[pandas\]'"):
        load(samples.files[0]).query("actors").pandas()


def test_rdflib_reads_from_the_store(store: Path) -> None:
    with load(store) as graph:
        assert isinstance(graph.graph, Graph)
        (row,) = graph.graph.query("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a schema:NewsArticle }")
        assert int(row[0]) == 3
        assert sum("/article/" in str(each.identifier) for each in graph.graph.graphs()) == 3


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(samples: Built) -> None:
    page = load(samples.files[0]).view()
    shown = page._repr_html_()
    (inner,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(inner) == page
    assert "<" not in inner
    assert 'sandbox="allow-scripts allow-downloads"' in shown, (
        "no allow-same-origin: the notebook is out of reach"
    )


def test_an_open_store_is_closed_to_writers_until_it_is_given_free(store: Path, tmp_path: Path) -> None:
    graph = load(store)
    with pytest.raises(StoreError, match="in use by another process"):
        ArticleStore(store)
    graph.close()
    ArticleStore(store).close()
    with pytest.raises(GraphError, match="the folder is no store"):
        load(tmp_path)
