"""Answers as text: exact W3C formats, a table that keeps its columns, Turtle for graphs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from builders import facts_to_graph
from graph_facts import both
from rdflib import XSD
from rdflib.query import Result as RdflibResult

from kg.errors import QueryError
from kg.graph.answer import Answer
from kg.graph.terms import BNode, Graph, Literal, URIRef
from kg.querying import FORMATS, render, run_query

AWKWARD = Answer(
    "SELECT",
    ("x", "literal"),
    (
        (URIRef("http://example/x"), Literal("String")),
        (URIRef("http://example/x"), Literal('String-with-dquote"')),
        (BNode("b0"), Literal("Blank node")),
        (None, Literal("Missing 'x'")),
        (URIRef("http://example/x"), None),
        (URIRef("http://example/x"), Literal("String-with-lang", lang="en")),
        (URIRef("http://example/x"), Literal("123", datatype=XSD.integer)),
        (URIRef("http://example/x"), Literal("a\tb,\nc")),
    ),
)  # the examples of https://www.w3.org/TR/sparql11-results-csv-tsv/


@pytest.fixture(scope="module")
def graph() -> Graph:
    return facts_to_graph(both())


def test_csv_is_that_of_the_recommendation() -> None:
    assert render(AWKWARD, "csv") == (
        "x,literal\r\n"
        "http://example/x,String\r\n"
        'http://example/x,"String-with-dquote"""\r\n'
        "_:b0,Blank node\r\n"
        ",Missing 'x'\r\n"
        "http://example/x,\r\n"
        "http://example/x,String-with-lang\r\n"
        "http://example/x,123\r\n"
        'http://example/x,"a\tb,\nc"\r\n'
    )


def test_tsv_is_that_of_the_recommendation() -> None:
    assert render(AWKWARD, "tsv") == (
        "?x\t?literal\n"
        '<http://example/x>\t"String"\n'
        '<http://example/x>\t"String-with-dquote\\""\n'
        '_:b0\t"Blank node"\n'
        "\t\"Missing 'x'\"\n"
        "<http://example/x>\t\n"
        '<http://example/x>\t"String-with-lang"@en\n'
        '<http://example/x>\t"123"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
        '<http://example/x>\t"a\\tb,\\nc"\n'
    )


def test_json_is_that_of_the_recommendation() -> None:
    document = json.loads(render(AWKWARD, "json"))
    assert document["head"] == {"vars": ["x", "literal"]}
    rows = document["results"]["bindings"]
    assert rows[0] == {
        "x": {"type": "uri", "value": "http://example/x"},
        "literal": {"type": "literal", "value": "String"},
    }
    assert rows[2]["x"] == {"type": "bnode", "value": "b0"}
    assert "x" not in rows[3]
    assert rows[5]["literal"] == {"type": "literal", "value": "String-with-lang", "xml:lang": "en"}
    assert rows[6]["literal"]["datatype"] == str(XSD.integer)


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_other_programs_read_it(graph: Graph, form: str) -> None:
    result = run_query(graph, "evidence")
    back = RdflibResult.parse(io.BytesIO(render(result, form).encode()), format=form)
    assert [str(v) for v in back.vars or ()] == list(result.variables)
    cells = [["" if t is None else str(t) for t in row] for row in back]
    if form == "csv":  # plain values: compare with the standard library's reader
        cells = list(csv.reader(io.StringIO(render(result, form), newline="")))[1:]
    assert cells == [["" if t is None else str(t) for t in row] for row in result.rows]


def test_yes_or_no(graph: Graph) -> None:
    result = run_query(graph, "ASK { ?x a schema:Person }")
    assert render(result) == "yes\n"
    assert json.loads(render(result, "json")) == {"head": {}, "boolean": True}
    assert render(result, "csv") == "true\r\n"
    assert render(result, "tsv") == "true\n"
    assert render(run_query(graph, "ASK { ?x a plover:Aid }")) == "no\n"


def test_a_table() -> None:
    answer = Answer(
        "SELECT",
        ("name", "n", "who"),
        (
            (Literal("東京"), Literal(7), URIRef("https://example.org/newskg/place/東京")),
            (Literal("a\x1b[31m\n b"), Literal(12), None),
            (Literal("x" * 99), None, URIRef("https://schema.org/Person")),
        ),
    )
    assert render(answer) == (
        f"name{' ' * 56}   n  who\n"
        f"{'─' * 60}  ──  {'─' * 13}\n"
        f"東京{' ' * 56}   7  place/東京\n"
        f"a [31m b{' ' * 52}  12\n"
        f"{'x' * 59}…      schema:Person\n"
        "\n3 rows\n"
    )


def test_an_empty_table_has_its_head() -> None:
    assert render(Answer("SELECT", ("a", "b"))) == "a  b\n─  ─\n\n0 rows\n"


def test_a_graph_is_turtle(graph: Graph) -> None:
    result = run_query(graph, "CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a schema:Place ; rdfs:label ?l }")
    text = render(result, "turtle")
    assert '<place/calder> rdfs:label "Calder" .' in text
    assert set(Graph().parse(data=text, format="turtle")) == set(result.graph or ())
    assert render(result) == text


def test_formats_that_do_not_fit(graph: Graph) -> None:
    rows, made = run_query(graph, "places"), run_query(graph, "CONSTRUCT WHERE { ?x a schema:Place }")
    with pytest.raises(QueryError, match="SELECT gives no graph: write it as table, csv, tsv, json"):
        render(rows, "turtle")
    with pytest.raises(QueryError, match="CONSTRUCT gives a graph: write it as turtle, not as csv"):
        render(made, "csv")
    with pytest.raises(QueryError, match="'xls' is no format; there are table, csv, tsv, json, turtle"):
        render(rows, "xls")
    assert FORMATS == ("table", "csv", "tsv", "json", "turtle")
