"""SPARQL as a user writes it: prefixes, all four forms, parameters that stay values, errors of one line."""

from __future__ import annotations

import pytest
from builders import facts_to_graph
from graph_facts import both
from graph_files import facts_to_dataset
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.graph.terms import BNode, Dataset, Graph, Literal, URIRef
from kg.querying import run_query
from kg.querying.binding import with_values

BASE = "https://example.org/newskg/"
TESSEL = URIRef(BASE + "person/mira-tessel")
MATCH = "?x a schema:Person ; rdfs:label ?label FILTER (LCASE(?label) = LCASE(?name))"
HOSTILE = ['"', '" } ; DROP ALL #', "\\", '\\"', "'''", "} UNION { ?s ?p ?o", "\n", "\r\n#", "\x00", "?x"]
HOSTILE += ["UNDEF", "<", "<>x", "\\u0022"]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return facts_to_graph(both())


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return facts_to_dataset(both())


def test_prefixes_are_declared(graph: Graph) -> None:
    result = run_query(graph, "SELECT ?x { ?x a plover:Threaten }")
    assert (result.kind, result.variables) == ("SELECT", ("x",))
    assert result.rows == ((URIRef(BASE + "event/blockade/v1"),),)


def test_a_prefix_can_be_declared_anew(graph: Graph) -> None:
    assert run_query(graph, "PREFIX nkg: <https://schema.org/> ASK { ?x a nkg:Person }").truth is True


def test_ask(graph: Graph) -> None:
    assert run_query(graph, "ASK { ?x a plover:Threaten }").truth is True
    assert run_query(graph, "ASK { ?x a plover:Aid }").truth is False


def test_construct(graph: Graph) -> None:
    result = run_query(
        graph,
        "CONSTRUCT { ?a nkg:opposes ?b } WHERE { ?e a plover:Threaten ; nkg:agent ?a ; nkg:patient ?b }",
    )
    assert result.kind == "CONSTRUCT"
    assert result.graph is not None
    assert set(result.graph.subjects()) == {TESSEL}


def test_describe(graph: Graph) -> None:
    result = run_query(graph, "DESCRIBE <person/mira-tessel>", base=BASE)
    assert result.kind == "DESCRIBE"
    assert result.graph is not None
    assert (TESSEL, None, Literal("Mira Tessel")) in result.graph


def test_rows_without_order_are_sorted_and_columns_of_a_star_stand_as_written(graph: Graph) -> None:
    result = run_query(graph, "# ?z first\nSELECT * { ?thing a ?type ; rdfs:label ?label }")
    assert result.variables == ("thing", "type", "label")
    assert list(result.rows) == sorted(result.rows, key=lambda row: [t.n3() if t else "" for t in row])


def test_the_order_that_was_asked_for_is_kept(graph: Graph) -> None:
    result = run_query(graph, "SELECT ?label { ?x a schema:Place ; rdfs:label ?label } ORDER BY DESC(?label)")
    assert [str(row[0]) for row in result.rows] == ["Valdor", "Port Ellin", "Ostrana", "Calder"]


def test_named_graphs_are_one_by_default_and_can_be_chosen(dataset: Dataset) -> None:
    count = "(COUNT(DISTINCT ?e) AS ?n)"
    event = "{ ?e a sem:Event }"
    article = f"<{BASE}article/march/talks>"
    for query, expected in (
        (f"SELECT {count} {event}", "7"),
        (f"SELECT {count} FROM {article} WHERE {event}", "3"),
        (f"SELECT {count} {{ GRAPH {article} {event} }}", "3"),
        (f"SELECT {count} FROM NAMED {article} WHERE {{ GRAPH ?g {event} }}", "3"),
        (f"SELECT {count} FROM NAMED {article} WHERE {event}", "0"),
        (f"SELECT {count} FROM <urn:unknown> WHERE {event}", "0"),
    ):
        assert str(run_query(dataset, query).rows[0][0]) == expected, query
    assert len(list(dataset.graphs())) == 3, "asking leaves the dataset as it was"


def test_from_fetches_nothing(graph: Graph) -> None:
    assert run_query(graph, "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }").rows == ()


def test_a_graph_with_what_is_no_rdf_gives_one_line() -> None:
    graph = Graph()
    graph.add((URIRef("urn:a b"), URIRef("urn:p"), Literal("x")))
    with pytest.raises(StoreError, match="can't be stored"):
        run_query(graph, "ASK { ?s ?p ?o }")


def test_what_is_added_to_a_graph_is_asked_at_once() -> None:
    graph = Graph()
    assert run_query(graph, "ASK { ?s ?p ?o }").truth is False
    graph.add((URIRef("urn:a"), URIRef("urn:p"), BNode()))
    assert run_query(graph, "ASK { ?s ?p ?o }").truth is True


@pytest.mark.parametrize("place", ["", "OPTIONAL ", "FILTER EXISTS "])
def test_no_other_host_is_asked(graph: Graph, place: str) -> None:
    inner = "{ SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run_query(graph, f"SELECT * {{ ?s ?p ?o {place}{inner} }}")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x\nWHERE { ?x nope:a ?y }", r"line 2, column \d+: unknown prefix 'nope:'"),
        ("SELECT ?x WHERE {\n ?x ?y }", r"line 2, column \d+: syntax error near "),
        ("SELECT ?x WHERE { ?x ?y ?z", "line 1, column "),
        ("", "line 1, column 1: it ends too early"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT changes a graph, and queries only read"),
        ("DROP ALL", "DROP changes a graph, and queries only read"),
        ("SELECT * { ?s <a b> ?o }", "line 1, column"),
        ("ASK " + "{" * 3000 + "}" * 3000, "nested too deeply"),
    ],
)
def test_an_error_is_one_line(graph: Graph, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(graph, query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?label WHERE {{ {MATCH} }}",
        f"SELECT ?label {{ {MATCH} }}",
        f"# WHERE {{\nSELECT ?label {{ {MATCH} }}".replace("?name", "$name"),
        f"SELECT ?label ('{{' AS ?brace) {{ {MATCH} }}",
        f"PREFIX w: <http://x/#> SELECT ?label {{ {MATCH} VALUES ?name {{ UNDEF }} }}",
    ],
)
def test_a_parameter_of_a_query_that_is_written_out(graph: Graph, query: str) -> None:
    assert [str(r[0]) for r in run_query(graph, query, {"name": "mira tessel"}).rows] == ["Mira Tessel"]


def test_a_parameter_of_construct_goes_into_its_where(graph: Graph) -> None:
    text = "CONSTRUCT { ?x rdfs:label ?name } WHERE { ?x rdfs:label ?name }"
    result = run_query(graph, text, {"name": "Calder"})
    assert result.graph is not None
    assert len(result.graph) == 1
    with pytest.raises(QueryError, match="its short form takes no parameters"):
        run_query(graph, "CONSTRUCT WHERE { ?x rdfs:label ?name }", {"name": "Calder"})
    assert run_query(graph, "ASK { ?x rdfs:label ?name }", {"name": "Calder"}).truth is True


def test_an_iri_and_a_term_can_be_parameters(graph: Graph) -> None:
    text = "SELECT ?label WHERE { ?x rdfs:label ?label }"
    for value in (f"<{TESSEL}>", TESSEL):
        assert [str(r[0]) for r in run_query(graph, text, {"x": value}).rows] == ["Mira Tessel"]
    assert run_query(graph, "ASK { ?x nkg:former ?f }", {"f": Literal(True)}).truth is True


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_stays_a_value(graph: Graph, value: str) -> None:
    for name in ("quotes-by", "neighbours", "who-did-what"):
        assert run_query(graph, name, {"name": value}).rows == ()


def test_half_a_character_is_no_value(graph: Graph) -> None:
    with pytest.raises(QueryError, match="the parameter 'name' can't be used: it holds half a character"):
        run_query(graph, "neighbours", {"name": "\ud800"})


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_comes_back_as_it_was(value: str) -> None:
    result = run_query(Graph(), "SELECT ?given WHERE { VALUES ?given { UNDEF } }", {"given": Literal(value)})
    assert [[str(t) for t in row] for row in result.rows] == [[value]]


@pytest.mark.parametrize("name", ["", "x y", "x}", "1x", "?x"])
def test_a_bad_name_of_a_parameter_is_refused(graph: Graph, name: str) -> None:
    with pytest.raises(QueryError, match="is no name of a variable"):
        run_query(graph, "ASK {}", {name: "x"})


def test_a_blank_node_is_no_parameter(graph: Graph) -> None:
    with pytest.raises(QueryError, match="can't be a blank node"):
        run_query(graph, "ASK {}", {"x": BNode()})


def test_a_query_without_where_takes_no_parameters() -> None:
    with pytest.raises(QueryError, match="has no WHERE"):
        with_values("DESCRIBE <urn:x>", {"x": Literal("y")})
