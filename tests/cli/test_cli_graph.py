"""`kg query`, `kg view` and `kg validate` on a graph that `kg build` wrote."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.builder import Built
from kg.querying import list_queries


@pytest.fixture(scope="session")
def turtle(samples: Built) -> Path:
    return samples.files[0]


def test_list_names_every_query_with_its_parameters(kg: Any) -> None:
    out = kg("query", "--list").out
    for query in list_queries():
        assert query.name in out and query.description in out
        assert all(f"--param {param.name}=" in out for param in query.params)


def test_every_named_query_runs(kg: Any, turtle: Path) -> None:
    for query in list_queries():
        given = [part for p in query.params if p.required for part in ("-p", f"{p.name}=Vesela Marinova")]
        ended = kg("query", query.name, *given, "--data", turtle)
        assert (ended.code, ended.err) == (0, ""), query.name
        assert ended.out.rstrip().endswith(("row", "rows")), query.name


def test_by_name_from_a_file_or_as_it_is(kg: Any, turtle: Path, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(?a) AS ?n) { ?a a schema:NewsArticle }"
    (tmp_path / "count.rq").write_text(sparql, encoding="utf-8")
    for asked in (sparql, "count.rq"):
        assert kg("query", asked, "-d", turtle, "-f", "csv").out.split() == ["n", "3"]
    rows = list(csv.DictReader(io.StringIO(kg("query", "articles", "-d", turtle, "-f", "csv").out)))
    assert len(rows) == 3


def test_a_query_is_shown_for_another_engine_without_a_graph(kg: Any, tmp_path: Path) -> None:
    shown = kg("query", "quotes-by", "-p", 'name=Amina "Yusuf"', "-f", "sparql")
    assert (shown.code, shown.err) == (0, "")
    assert "PREFIX nkg: <https://w3id.org/newskg#>\n" in shown.out
    assert r'VALUES ?name { "Amina \"Yusuf\"" }' in shown.out
    assert kg("query", "neighbours", "-f", "sparql").code != 0  # it needs a name


def test_standard_input_and_other_formats(kg: Any, turtle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?p a schema:Person }"))
    assert json.loads(kg("query", "-", "-d", turtle, "-f", "json").out)["boolean"] is True
    made = kg(
        "query", "CONSTRUCT { ?p a schema:Person } { ?p a schema:Person }", "-d", turtle, "-f", "turtle"
    )
    assert made.code == 0 and "a schema:Person" in made.out


def test_a_class_that_nothing_is_of_is_no_mistake(kg: Any, turtle: Path) -> None:
    for asked in ("Aid", "aid", "<https://example.org/plover#Aid>", "Mobilize"):
        ended = kg("query", "who-did-what", "--param", f"class={asked}", "--data", turtle, "-f", "csv")
        assert (ended.code, ended.err) == (0, ""), asked


def test_a_parameter_is_bound(kg: Any, turtle: Path) -> None:
    ended = kg("query", "quotes-by", "--param", "name=Amina Yusuf", "-d", turtle, "-f", "csv")
    speakers = {row["speaker"] for row in csv.DictReader(io.StringIO(ended.out))}
    assert speakers == {"Amina Yusuf"}


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ([], 2, "nothing is asked"),
        (["actor"], 1, "did you mean 'actors'?"),
        (["missing.rq"], 1, "missing.rq: No such file"),
        (["actors", "--data", "missing.ttl"], 2, "missing.ttl: no such file; make it with kg build"),
        (["actors", "--format", "xml"], 2, "table, csv"),
        (["actors", "--param", "kind"], 2, "NAME=VALUE"),
        (["actors", "--param", "nme=x"], 1, "no parameter 'nme'"),
        (["neighbours"], 1, "--param name="),
        (["SELECT ?x { ?x a nkg:Statement "], 1, "line 1"),
        (["SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], 1, "SERVICE"),
        (["PREFIX a: <a:> INSERT DATA { a:b a:b a:b }"], 1, "INSERT changes a graph, and queries only read"),
        (
            ["who-did-what", "--param", "class=Recall"],
            1,
            "'Recall' is no class of the model or of this graph",
        ),
        (["actors", "--data", "."], 2, ".: a folder, no graph file"),
        (["CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "csv"], 1, "turtle"),
    ],
)
def test_one_clear_line(kg: Any, turtle: Path, args: list[str], code: int, words: str) -> None:
    data = [] if "--data" in args else ["--data", turtle]
    ended = kg("query", *args, *data)
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.line


def test_view_writes_the_page(kg: Any, turtle: Path, tmp_path: Path) -> None:
    ended = kg("view", turtle, "--out", "page.html", "--title", "A harbour & a court")
    assert ended == (0, "Written: page.html\n", "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>A harbour &amp; a court" in page
    assert "no such file" in kg("view", "missing.ttl").line
    assert "no such file" in kg("export", "--data", "missing.ttl").line  # before it asks for a form
    ended = kg("import", "missing.ttl", "--store", "news.db")
    assert (ended.code, ended.line) == (2, "missing.ttl: no such file")
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    ended = kg("view", "empty.ttl")
    assert ended.code == 1 and "empty.ttl: the graph is empty" in ended.line
    assert not (tmp_path / "empty.html").exists()
    assert kg("query", "actors", "--data", "empty.ttl").line == "the graph is empty"
    (tmp_path / "broken.ttl").write_text("<a> <b> .", encoding="utf-8")
    ended = kg("view", "broken.ttl")
    assert ended.code == 1 and "broken.ttl, line 1" in ended.line
    assert not (tmp_path / "broken.html").exists()


def test_the_page_of_build_is_the_page_of_view(kg: Any, turtle: Path, tmp_path: Path) -> None:
    kg("view", turtle, "--out", "page.html")
    assert (tmp_path / "page.html").read_bytes() == (turtle.parent / "graph.html").read_bytes()


def test_validate_tells_a_good_graph_from_a_bad_one(kg: Any, turtle: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyshacl")
    ended = kg("validate", turtle)
    assert ended.code == 0 and "valid" in ended.out
    lines = turtle.read_text(encoding="utf-8").splitlines(keepends=True)
    broken = "".join(line for line in lines if "nkg:modality" not in line)
    (tmp_path / "bad.ttl").write_text(broken, encoding="utf-8")
    ended = kg("validate", "bad.ttl")
    assert ended.code == 1 and "Violation: " in ended.out and "modality" in ended.out
