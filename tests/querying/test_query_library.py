"""Every named query gives the answers of answers.yaml, in rdflib and in Oxigraph, and tells what it takes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from builders import facts_to_graph
from graph_facts import both
from graph_files import facts_to_dataset, to_nquads
from graph_large import large
from rdflib import Dataset
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.errors import QueryError
from kg.graph import PREFIXES, Evidence, ontology
from kg.graph.terms import Graph
from kg.graph.vocabulary import NKG
from kg.model import OwnClass
from kg.querying import NamedQuery, get_query, list_queries, prepare, run_query, written_out
from kg.querying.library import read_query
from kg.store.refuse import blanked

BASE = "https://example.org/newskg/"
ANSWERS = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(a, id=f"{a['query']} {a.get('params', '')}".strip()) for a in ANSWERS]
WANTED = (
    "actors articles co-events conflicts cooperation evidence mentions modality names neighbours "
    "organisations people places quotes-by relations role-history roles sources "
    "statements-about timeline who-did-what"
)

SPARQL_WORDS = """
PREFIX SELECT DISTINCT AS WHERE OPTIONAL UNION MINUS FILTER BIND VALUES UNDEF NOT EXISTS IN IF BOUND COALESCE GROUP BY
ORDER DESC COUNT MIN MAX GROUP_CONCAT SEPARATOR STR IRI LCASE STRLEN SUBSTR STRBEFORE STRAFTER CONTAINS CONCAT REPLACE
true
"""
"""Keywords and functions of SPARQL 1.1 that the library uses."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return facts_to_graph(both())


@pytest.fixture(scope="module")
def told() -> Graph:
    return facts_to_graph(both(), evidence=Evidence.FULL)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return facts_to_dataset(both())


def short(value: object) -> str:
    return "" if value is None else str(value).replace(BASE, "")


@pytest.mark.parametrize("case", CASES)
def test_answers(graph: Graph, case: dict[str, object]) -> None:
    result = run_query(graph, str(case["query"]), case.get("params"))  # type: ignore[arg-type]
    assert " ".join(result.variables) == case["columns"]
    assert [[short(v) for v in row] for row in result.rows] == case["rows"]


@pytest.mark.parametrize("case", CASES)
def test_answers_are_the_same_with_every_stretch_described(told: Graph, case: dict[str, object]) -> None:
    result = run_query(told, str(case["query"]), case.get("params"))  # type: ignore[arg-type]
    assert [[short(v) for v in row] for row in result.rows] == case["rows"]


@pytest.mark.parametrize("case", CASES)
def test_answers_are_the_same_over_named_graphs(dataset: Dataset, case: dict[str, object]) -> None:
    result = run_query(dataset, str(case["query"]), case.get("params"))  # type: ignore[arg-type]
    assert [[short(v) for v in row] for row in result.rows] == case["rows"]


@pytest.mark.parametrize("case", CASES)
def test_answers_are_the_same_in_rdflib(graph: Graph, case: dict[str, object]) -> None:
    text = prepare(str(case["query"]), case.get("params"))  # type: ignore[arg-type]
    rows = graph.query(text, initNs=dict(PREFIXES))
    assert [[short(v) for v in row] for row in rows] == case["rows"]


@pytest.mark.parametrize("case", CASES)
def test_answers_are_the_same_in_a_store(case: dict[str, object]) -> None:
    oxigraph = pytest.importorskip("pyoxigraph")
    store = oxigraph.Store()
    store.load(to_nquads(both()).encode(), format=oxigraph.RdfFormat.N_QUADS)
    text = prepare(str(case["query"]), case.get("params"))  # type: ignore[arg-type]
    rows = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert [[short(v and v.value) for v in row] for row in rows] == case["rows"]


def test_every_query_has_an_answer_to_hold_it() -> None:
    assert {a["query"] for a in ANSWERS} == {q.name for q in list_queries()} == set(WANTED.split())


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_a_query_describes_itself(query: object) -> None:
    named = get_query(query.name)  # type: ignore[attr-defined]
    assert re.fullmatch(r"[A-Z].{15,100}\.", named.description)
    for param in named.params:
        assert f"VALUES ?{param.name} {{ UNDEF }}" in named.text, "the place where the value goes"
        assert not (param.required and param.default)
    assert "ORDER BY" in named.text
    assert set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", named.text)) == {p.name for p in named.params}


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
@pytest.mark.parametrize("named", [False, True])
def test_a_query_is_plain_sparql_for_other_engines(query: NamedQuery, named: bool) -> None:
    given = {"from": "2031", "to": "2031-04", "kind": "Person", "modality": "Planned"}
    params = {p.name: given.get(p.name, "Mira Tessel") for p in query.params if p.required or named}
    text = written_out(query.name, params)
    parsed = parseQuery(text)  # the grammar of the W3C, no prefix known beforehand
    translateQuery(parsed)
    declared = re.findall(r"(?m)^PREFIX ([\w-]+): <", text)
    bare = blanked(text)
    assert declared and all(len(re.findall(rf"(?<![\w-]){name}:", bare)) > 1 for name in declared)
    words = set(re.findall(r"(?<![?:\w-])[A-Za-z][A-Za-z]+(?![\w:-])", bare))
    assert words <= {*SPARQL_WORDS.split(), *PREFIXES}, "a function or keyword of an engine's own"
    assert not re.search(r"(?<![?\w])(?:bif|text|spatial|ql|ql2|afn|fn|ox|bds|wikibase):", bare)
    # what is declared is not declared again
    assert written_out(text).count("PREFIX ") == len(declared)


def test_the_document_of_other_engines_names_every_query() -> None:
    text = (Path(__file__).parents[2] / "docs" / "engines.md").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{query.name}\b", text) for query in list_queries())


def test_conflicts_and_cooperation_know_the_stance_of_every_class() -> None:
    newskg = ontology.ontology()
    for name, stance in (("conflicts", NKG.Hostile), ("cooperation", NKG.Friendly)):
        listed = set(re.findall(r"\b(?:plover|nkg):[A-Z]\w+", get_query(name).text))
        listed -= {"nkg:Negated", newskg.qname(stance)}
        assert listed == {newskg.qname(c) for c in newskg.subjects(NKG.stance, stance)}


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_the_time_of_a_query_grows_as_the_facts_do(query: NamedQuery) -> None:
    params = {"name": "Surname0"} if "name" in {p.name for p in query.params} else {}

    def seconds(graph: Graph) -> float:
        begin = time.process_time()
        run_query(graph, query.name, params)
        return time.process_time() - begin

    few, many = made_up(50), made_up(200)
    # four times the facts: sixteen times the time would be every pair; best of three, as a machine is busy at times
    assert any(seconds(many) < 9 * seconds(few) for _ in range(3))


@lru_cache
def made_up(events: int) -> Graph:
    return facts_to_graph([large(1, events, events * 3 // 10, 3)])


def test_an_unknown_query_offers_the_nearest() -> None:
    with pytest.raises(QueryError, match="there is no query 'quotes': did you mean 'quotes-by'"):
        get_query("quotes")
    with pytest.raises(QueryError, match="there are actors, articles"):
        run_query(Graph(), "zzz")


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("neighbours", {}, "needs --param name=… "),
        ("neighbours", {"nam": "x"}, "has no parameter 'nam'; it takes name"),
        ("places", {"name": "x"}, "has no parameter 'name'; it takes none"),
        ("evidence", {"fact": "<not an iri>"}, "the parameter 'fact': 'not an iri' is no absolute IRI"),
        (
            "timeline",
            {"from": "tomorrow"},
            "'from': 'tomorrow' is no date; write it as YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        ("timeline", {"to": "2031-13"}, "'to': '2031-13' is no date"),
        ("who-did-what", {"modality": "likely"}, "'likely' is none of Asserted, Reported, Planned"),
        ("actors", {"kind": "Company"}, "'Company' is none of Person, Organization, Place, Group"),
    ],
)
def test_wrong_parameters(name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        prepare(name, params)


@pytest.mark.parametrize(
    "text", ["", "SELECT * {}", "#\nSELECT", "# param x: y (required)", "# What.\n# param x: y\nSELECT"]
)
def test_a_badly_described_query_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="the query 'mine'"):
        read_query("mine", text)


@pytest.fixture(scope="module", params=["graph", "store"])
def with_own_class(request: pytest.FixtureRequest) -> Callable[[str, dict[str, str]], list[tuple[str, ...]]]:
    """Asks the invented articles, whose threats are of a class of the user's own that is not hostile."""
    own = OwnClass("own:FinalDemand", "plover:Threaten", "Final demand", "The last word.", "neutral")
    facts = [
        replace(
            one,
            classes=(own,),
            events=tuple(
                replace(e, event_class=own.curie) if e.event_class == own.parent else e for e in one.events
            ),
        )
        for one in both()
    ]
    if request.param == "graph":
        graph = facts_to_graph(facts)
        return lambda query, params: [tuple(map(short, row)) for row in run_query(graph, query, params).rows]
    oxigraph = pytest.importorskip("pyoxigraph")
    store = oxigraph.Store()
    store.load(to_nquads(facts).encode(), format=oxigraph.RdfFormat.N_QUADS)

    def ask(query: str, params: dict[str, str]) -> list[tuple[str, ...]]:
        text = prepare(query, params)
        rows = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        return [tuple(short(v and v.value) for v in row) for row in rows]

    return ask


@pytest.mark.parametrize(
    "name",
    [
        "FinalDemand",
        "finaldemand",
        "own:FinalDemand",
        "class/finaldemand",
        "Final demand",
        f"<{BASE}class/finaldemand>",
    ],
)
def test_a_class_of_ones_own_is_asked_for_by_its_name(
    with_own_class: Callable[[str, dict[str, str]], list[tuple[str, ...]]], name: str
) -> None:
    (row,) = with_own_class("who-did-what", {"class": name})
    assert row[:3] == ("Mira Tessel", "finaldemand", "Ostrana")
    # who asks for the class above it finds it, too
    assert with_own_class("who-did-what", {"class": "Threaten"}) == [row]


@pytest.mark.parametrize("query", ["who-did-what", "timeline", "modality", "neighbours", "conflicts"])
def test_an_event_of_ones_own_class_comes_once_and_with_its_class(
    graph: Graph, with_own_class: Callable[[str, dict[str, str]], list[tuple[str, ...]]], query: str
) -> None:
    params = {"neighbours": {"name": "Ostrana"}, "modality": {"modality": "Asserted"}}.get(query, {})
    before = [tuple(map(short, row)) for row in run_query(graph, query, params).rows]
    after = with_own_class(query, params)
    assert sorted(after) == sorted(
        tuple("finaldemand" if cell == "Threaten" else cell for cell in row)
        for row in before
        if query != "conflicts" or "Threaten" not in row
    )
    assert "Threaten" in {cell for row in before for cell in row}
