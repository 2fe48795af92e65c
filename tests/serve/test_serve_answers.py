"""What the endpoint answers: every form of every kind of answer, datasets, status codes, its description."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.query import Result
from serve_client import TOKEN, Serve, Server

from kg.graph.iris import DEFAULT_BASE as BASE

ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
VALUES = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
  ("plain" "says \\"hi\\", <b>&amp;</b>\\r\\n\\ttabbed" UNDEF) (<http://example.org/ü> 1 "été"@fr)
  (1.5 true "=cmd()") ("" "2024-05-01"^^xsd:date "\\u200F\\U0001F600") } }"""
PEOPLE = "CONSTRUCT { ?p a schema:Person ; rdfs:label ?l } WHERE { ?p a schema:Person ; rdfs:label ?l }"


@pytest.mark.parametrize("media", ROWS)
def test_a_table_in_each_form_says_the_same(server: Server, media: str) -> None:
    reply = server.ask(VALUES, media)
    assert (reply.status, reply.media, reply.headers["vary"]) == (200, media, "Accept")
    if media == "text/csv":  # plain strings by definition
        table = list(csv.reader(io.StringIO(reply.text, newline="")))
        assert table[:2] == [["a", "b", "c"], ["plain", 'says "hi", <b>&amp;</b>\r\n\ttabbed', ""]]
        assert table[3:] == [["1.5", "true", "=cmd()"], ["", "2024-05-01", "\u200f\U0001f600"]]
        return
    expected = Result.parse(io.BytesIO(server.ask(VALUES).body), format="json")
    found = Result.parse(io.BytesIO(reply.body), format=ROWS[media])
    assert [str(v) for v in found.vars or ()] == ["a", "b", "c"]
    assert [list(row) for row in found] == [list(row) for row in expected]


@pytest.mark.parametrize("media", GRAPHS)
def test_a_graph_in_each_form_is_the_same(server: Server, media: str) -> None:
    reply = server.ask(PEOPLE, media)
    assert (reply.status, reply.media) == (200, media)
    expected = Graph().parse(data=server.ask(PEOPLE).text, format="turtle")
    assert len(expected) > 10
    assert isomorphic(Graph().parse(data=reply.text, format=GRAPHS[media]), expected)


@pytest.mark.parametrize("media", ROWS)
def test_a_yes_in_each_form(server: Server, media: str) -> None:
    reply = server.ask("ASK { ?s ?p ?o }", media)
    assert (reply.status, reply.media) == (200, media)
    assert "true" in reply.text


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/html, image/gif, *; q=.2, */*; q=.2", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/xml", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("TEXT/CSV; header=present", "text/csv"),
        ("application/*;q=0.1, application/sparql-results+json;q=0, text/csv;q=0.01",
         "application/sparql-results+xml"),
        ("text/csv;q=zzz, text/tab-separated-values;q=nan, application/sparql-results+xml;q=0.001",
         "application/sparql-results+xml"),
    ],
)  # fmt: skip
def test_the_client_chooses(server: Server, accept: str | None, media: str) -> None:
    assert server.ask("SELECT * { } ", accept).media == media


def test_a_client_that_takes_no_form_of_the_answer_is_told_so(server: Server) -> None:
    for query, accept in [
        ("SELECT * { }", "text/turtle"),
        (PEOPLE, "text/csv"),
        ("ASK { }", "image/png"),
        ("ASK { }", "*/*;q=0"),
    ]:
        reply = server.ask(query, accept)
        assert (reply.status, reply.media) == (406, "text/plain"), query


def test_head_is_get_without_a_body(server: Server) -> None:
    got = server.send("GET", "/sparql?query=ASK%7B%7D")
    head = server.send("HEAD", "/sparql?query=ASK%7B%7D")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


def test_the_default_graph_is_the_union_unless_the_request_names_a_dataset(server: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) {{ {0} }}"
    (one, *_), *_ = server.ask("SELECT ?g { GRAPH ?g { ?d a schema:NewsArticle } } ORDER BY ?g").rows
    inside = server.ask(count.format(f"GRAPH <{one}> {{ ?s ?p ?o }}")).rows
    union = server.ask(count.format("?s ?p ?o")).rows
    assert int(union[0][0]) > int(inside[0][0]) > 0
    assert server.ask(count.format("?s ?p ?o"), default_graph_uri=one).rows == inside
    assert server.ask(count.format("GRAPH ?g { ?s ?p ?o }"), named_graph_uri=one).rows == inside
    assert server.ask(count.format("?s ?p ?o"), named_graph_uri=one).rows == [["0"]]
    assert server.ask(f"SELECT (COUNT(*) AS ?n) FROM <{one}> {{ ?s ?p ?o }}").rows == inside
    # a variable or a prefix that is called like the keyword names no dataset
    assert server.ask("SELECT (COUNT(*) AS ?from) { ?s ?p ?o }").rows == union
    assert (
        server.ask("PREFIX from: <x:> SELECT (COUNT(*) AS ?n) { ?s ?p ?o MINUS { ?s from:a 1 } }").rows
        == union
    )


def test_what_breaks_the_protocol_has_its_status(server: Server) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    direct = {"Content-Type": "application/sparql-query"}
    wrong = [
        (400, server.send("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D")),
        (400, server.send("GET", "/sparql?update=DROP%20ALL")),
        (400, server.send("POST", "/sparql", "quer=ASK", form)),
        (400, server.send("POST", "/sparql", "query=ASK%7B%7D&update=DROP+ALL", form)),
        (400, server.send("POST", "/sparql?query=ASK%7B%7D", "ASK {}", direct)),
        (400, server.send("POST", "/sparql", b"ASK { \xff }", direct)),
        (400, server.ask("ASK {}", default_graph_uri="no iri")),
        (400, server.ask("ASK {} # ", named_graph_uri="http://example.org/ > {}")),
        (405, server.send("PUT", "/sparql", "ASK {}", direct)),
        (405, server.send("DELETE", "/sparql")),
        (415, server.send("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"})),
        (415, server.send("POST", "/sparql", "ASK {}", {"Content-Type": "application/sparql-query; charset=x"})),
        (403, server.update("DROP ALL")),
    ]  # fmt: skip
    assert [reply.status for _, reply in wrong] == [status for status, _ in wrong]
    assert all(reply.media == "text/plain" and reply.text.count("\n") <= 1 for _, reply in wrong)


def test_an_update_needs_the_token(serve: Serve, empty: Path) -> None:
    server = serve("--store", empty, "--allow-update", token=TOKEN)
    insert = (
        "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> a <http://example.org/C> } }"
    )
    for token in (None, "", "wrong", TOKEN[:-1], TOKEN + "x"):
        reply = server.update(insert, token)
        assert (reply.status, reply.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert server.ask("ASK { ?s ?p ?o }").text.count("false") == 1
    assert server.update(insert).status == 204
    assert server.ask("ASK { GRAPH ?g { ?s a <http://example.org/C> } }").text.count("true") == 1


def test_an_update_that_is_refused_changes_nothing(serve: Serve, tmp_path: Path) -> None:
    from store_articles import put, puts, story

    from kg.store import ArticleStore

    with ArticleStore(tmp_path / "store") as store:
        store.put(puts(3))
    server = serve("--store", tmp_path / "store", "--allow-update", token=TOKEN)
    before = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    bad = {
        "DROP ALL ; INSERT DATA {": 400,
        "DROP ALL ; LOAD <http://127.0.0.1:1/x>": 400,
        "DROP ALL ; CREATE GRAPH <http://example.org/g> ; CREATE GRAPH <http://example.org/g>": 400,
        "DROP ALL ; INSERT { ?s ?p 1 } WHERE { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }": 400,
    }
    assert {text: server.update(text).status for text in bad} == bad
    conflict = "INSERT { ?s a 1 } USING <http://example.org/g> WHERE { ?s ?p ?o }"
    assert server.update(conflict, path="/sparql?using-graph-uri=http://example.org/g").status == 400
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == before
    assert server.stop() == 0
    with ArticleStore(tmp_path / "store") as store:
        assert (
            store.stamps.get(put(story(0)).doc) == put(story(0)).stamp
        )  # what fails on a copy costs nothing
    assert not (tmp_path / "store" / ".serving").exists()


def test_an_update_that_takes_too_long_changes_nothing(serve: Serve, articles: Path, tmp_path: Path) -> None:
    store = shutil.copytree(articles, tmp_path / "store", ignore=shutil.ignore_patterns(".serving"))
    server = serve("--store", store, "--allow-update", "--timeout", "2", token=TOKEN)
    before = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    slow = "INSERT { GRAPH <http://example.org/g> { ?a a ?i } } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    reply = server.update(slow)
    assert (reply.status, reply.text) == (504, "stopped at the time limit\n")
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == before
    assert server.update("INSERT DATA { <http://example.org/s> a <http://example.org/C> }").status == 204
    assert server.ask("SELECT ?g { GRAPH ?g { ?s a <http://example.org/C> } }").rows == [[f"{BASE}updates"]]


def test_it_describes_itself(server: Server) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for media, form in GRAPHS.items():
        reply = server.send("GET", "/sparql", headers={"Accept": media})
        graph = Graph().parse(data=reply.text, format=form)
        service = graph.value(None, RDF.type, URIRef(f"{sd}Service"))
        assert graph.value(service, URIRef(f"{sd}endpoint")) == URIRef(server.sparql)
        languages = set(graph.objects(service, URIRef(f"{sd}supportedLanguage")))
        assert languages == {URIRef(f"{sd}SPARQL11Query")}
    assert server.send("GET", "/sparql", headers={"Accept": "image/png"}).status == 406


def test_relative_iris_are_relative_to_the_endpoint(server: Server) -> None:
    found = json.loads(server.ask("SELECT (<x> AS ?x) { }").body)["results"]["bindings"]
    assert found[0]["x"]["value"] == f"{server.url}x"
