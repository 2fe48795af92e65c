"""What SPARQL 1.1 asks of casts, aggregates, and of graphs within EXISTS and MINUS: engines differ most there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.store import FileReader

DATA = """@prefix : <urn:x:> .
GRAPH :one { :a :n 1 ; :n 2.5 ; :knows :b . :b :n 3 ; :n "x" }
GRAPH :two { :a :n 10 . :c :knows :a ; :t "p", "q" }
GRAPH :three { :d :t "z" }
"""
NUMBERS = "{ ?s <urn:x:n> ?n } GROUP BY ?s ORDER BY ?s"
KNOWS = "GRAPH ?g { ?s <urn:x:knows> ?o }"
CASES: dict[str, tuple[str, list[list[str | None]]]] = {
    "casts that are errors": (
        'SELECT (xsd:integer("1.5") AS ?a) (xsd:decimal("1e0") AS ?b) (xsd:double("abc") AS ?c)'
        ' (xsd:dateTime("2031-05-02") AS ?d) (xsd:boolean("yes") AS ?e) (xsd:integer(<urn:i>) AS ?f) {}',
        [[None] * 6],
    ),
    "casts": (
        'SELECT (xsd:integer(1.9) AS ?a) (xsd:boolean("1") AS ?b) (xsd:boolean(0.0) AS ?c) (xsd:integer(true) AS ?d)'
        ' (xsd:integer("007") AS ?e) (xsd:decimal(2.5e0) AS ?f) (xsd:string(<urn:i>) AS ?g) {}',
        [["1", "true", "false", "1", "7", "2.5", "urn:i"]],
    ),
    "a mean of what is no number": (
        f"SELECT ?s (AVG(?n) AS ?m) {NUMBERS}",
        [["urn:x:a", "4.5"], ["urn:x:b", None]],
    ),
    "a mean that is protected": (
        f"SELECT ?s (AVG(IF(isNumeric(?n), ?n, 0)) AS ?m) {NUMBERS}",
        [["urn:x:a", "4.5"], ["urn:x:b", "1.5"]],
    ),
    "least and most of mixed values": (
        f"SELECT ?s (MIN(?n) AS ?l) (MAX(?n) AS ?m) {NUMBERS}",
        [["urn:x:a", "1", "10"], ["urn:x:b", "3", "x"]],
    ),
    "aggregates over nothing": (
        "SELECT (AVG(?n) AS ?a) (SUM(?n) AS ?b) (MIN(?n) AS ?c) (COUNT(?n) AS ?d) (GROUP_CONCAT(?n) AS ?e)"
        " { ?s <urn:none> ?n }",
        [["0", "0", None, "0", ""]],
    ),
    "no groups of nothing": ("SELECT ?s (COUNT(?n) AS ?c) { ?s <urn:none> ?n } GROUP BY ?s", []),
    "joined strings, each once": (
        'SELECT ?s (GROUP_CONCAT(DISTINCT ?t; SEPARATOR="|") AS ?j)'
        " { { ?s <urn:x:t> ?t } UNION { ?s <urn:x:t> ?t } } GROUP BY ?s ORDER BY ?s",
        [["urn:x:c", "p|q"], ["urn:x:d", "z"]],
    ),
    "a count a graph": (
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:x:t> ?o } } GROUP BY ?g ORDER BY ?g",
        [["urn:x:three", "1"], ["urn:x:two", "2"]],
    ),
    "a count within a graph, of nothing": (
        "SELECT ?n { GRAPH <urn:x:three> { SELECT (COUNT(*) AS ?n) { ?s <urn:x:n> ?o } } }",
        [["0"]],
    ),
    "EXISTS within a graph asks that graph": (
        "SELECT ?g { GRAPH ?g { ?s <urn:x:knows> ?o FILTER EXISTS { ?o <urn:x:n> 3 } } }",
        [["urn:x:one"]],
    ),
    "the graph of a row in EXISTS": (
        f"SELECT ?s {{ {KNOWS} FILTER EXISTS {{ GRAPH ?h {{ ?o <urn:x:n> ?n }} FILTER (?h != ?g) }} }}",
        [["urn:x:c"]],
    ),
    "the graph of a row in NOT EXISTS": (
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { GRAPH ?g { ?x <urn:x:n> ?n } } }",
        [["urn:x:three"]],
    ),
    "MINUS within a graph": (
        "SELECT ?g ?s { GRAPH ?g { ?s <urn:x:knows> ?o MINUS { ?s <urn:x:n> ?n } } }",
        [["urn:x:two", "urn:x:c"]],
    ),
    "the graph of a row in MINUS": (
        f"SELECT ?g ?s {{ {KNOWS} MINUS {{ GRAPH ?g {{ ?s <urn:x:n> ?n }} }} }}",
        [["urn:x:two", "urn:x:c"]],
    ),
    "EXISTS as a value": (
        "SELECT ?s (EXISTS { ?s <urn:x:n> ?n } AS ?e) { ?s <urn:x:knows> ?o } ORDER BY ?s",
        [["urn:x:a", "true"], ["urn:x:c", "false"]],
    ),
}


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileReader]:
    path = tmp_path_factory.mktemp("semantics") / "graphs.trig"
    path.write_text(DATA, encoding="utf-8")
    with FileReader(path) as reader:
        yield reader


@pytest.mark.parametrize("case", CASES)
def test_answers_are_those_of_the_standard(graphs: FileReader, case: str) -> None:
    query, rows = CASES[case]
    assert [[None if t is None else str(t) for t in row] for row in graphs.answer(query).rows] == rows


@pytest.mark.xfail(
    reason="Oxigraph 0.5 counts over all graphs and leaves ?g unbound (docs/cli.md)", strict=True
)
def test_a_count_within_each_graph(graphs: FileReader) -> None:
    query = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s <urn:x:n> ?o } } } ORDER BY ?g"
    found = [[str(term) for term in row] for row in graphs.answer(query).rows]
    assert found == [["urn:x:one", "4"], ["urn:x:three", "0"], ["urn:x:two", "1"]]
