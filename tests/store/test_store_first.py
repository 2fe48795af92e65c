"""The part of a query that says who is meant: worked out first, left out where nobody is named; no answer changes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from graph_facts import both
from graph_files import to_nquads

from kg.graph import PREFIXES
from kg.querying import get_query, list_queries, prepare, written_out
from kg.querying.binding import bind, with_values
from kg.store.first import without, worked_out
from kg.store.merged import merge


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.load(to_nquads(both()).encode(), ox.RdfFormat.N_QUADS)
    merge(made)
    return made


def rows(store: ox.Store, text: str) -> list[str]:
    return [str(list(row)) for row in store.query(text, prefixes=dict(PREFIXES))]


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
@pytest.mark.parametrize("name", ["Mira Tessel", "OSTRANA", 'Nobody "{ # }', None])
def test_no_answer_changes(store: ox.Store, query: object, name: str | None) -> None:
    named = get_query(query.name)  # type: ignore[attr-defined]
    takes = {param.name for param in named.params}
    if name is not None and "name" not in takes:
        pytest.skip("it asks about nobody")
    if name is None and any(param.required for param in named.params):
        pytest.skip("it needs a name")
    text = prepare(named.name, {"name": name} if name else {})
    assert rows(store, worked_out(store, text)) == rows(store, text)
    if name is None:
        whole = named.text
        for param in named.params:
            if param.default is not None:
                whole = whole.replace(
                    f"VALUES ?{param.name} {{ UNDEF }}", f'VALUES ?{param.name} {{ "{param.default}" }}'
                )
        assert rows(store, whole) == rows(store, text), "the file itself, with its parameters left open"


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
@pytest.mark.parametrize("name", ["Mira Tessel", "Ostrana"])
def test_what_stands_apart_says_the_same_when_it_is_joined(store: ox.Store, query: object, name: str) -> None:
    named = get_query(query.name)  # type: ignore[attr-defined]
    if "name" not in {param.name for param in named.params}:
        pytest.skip("it asks about nobody")
    whole = with_values(named.text, bind(named, {"name": name}))
    assert rows(store, prepare(named.name, {"name": name})) == rows(store, whole)


def test_one_fact_is_asked_for_by_its_iri(store: ox.Store) -> None:
    every = [row["about"].value for row in store.query(prepare("evidence"), prefixes=dict(PREFIXES))]
    text = prepare("evidence", {"fact": f"<{every[0]}>"})
    found = [row["about"].value for row in store.query(text, prefixes=dict(PREFIXES))]
    assert found == [about for about in every if about == every[0]] != []
    assert rows(store, worked_out(store, text)) == rows(store, text)


def test_a_sub_query_that_stands_apart_is_joined_for_its_parameters() -> None:
    text = "{ ?a ?b ?c\n  # apart: who what\n  {\n SELECT ?a ?d WHERE { ?a ?e ?d . { ?d ?f 'SELECT }' } } } }"
    assert without(text, ("other",)) == text
    for bound in ("who", "what"):
        joined = without(text, (bound,))
        assert (
            " ".join(joined.split()) == "{ ?a ?b ?c # apart: who what { ?a ?e ?d . { ?d ?f 'SELECT }' } } }"
        )
        assert len(joined) == len(text) and joined.count("\n") == text.count("\n")
    for odd in ("# apart: a\n", "# apart: a\n{ ?a ?b ?c }", "# apart: a\n{ SELECT DISTINCT ?a WHERE { } }"):
        assert without(odd, ("a",)) == odd


def test_what_only_serves_a_parameter_is_left_to_the_engine(store: ox.Store) -> None:
    text = "SELECT ?p {\n # for: who\n { SELECT ?p { ?p a schema:Person } } }"
    assert worked_out(store, text) == text == without(text, ("who",))
    assert "SELECT ?p {" not in without(text, ())[12:]


def test_nothing_is_looked_up_by_a_variable_that_may_be_unbound() -> None:
    # Oxigraph then tries every pair of rows
    for query in list_queries():
        assert "BIND (IRI(" not in query.text, query.name


def test_no_line_is_lost() -> None:
    text = get_query("timeline").text
    for bound in ((), ("name",)):
        assert without(text, bound).count("\n") == text.count("\n")
    assert "SELECT DISTINCT ?event" not in without(text, ())
    assert "!BOUND(?name)" not in without(text, ("name",))


def test_prefixes_and_nesting(store: ox.Store) -> None:
    text = """PREFIX s: <https://schema.org/> # the people
SELECT ?p WHERE {
  # first: who
  { SELECT ?p WHERE {
    # first: who
    { SELECT ?p { ?p a s:Person } }
    ?p rdfs:label "Mira Tessel" } }
  ?p a s:Person
}"""
    found = worked_out(store, text)
    assert "VALUES (?p) { (<https://example.org/newskg/person/mira-tessel>) }" in found
    assert found.count("\n") == text.count("\n")
    assert rows(store, found) == rows(store, text)


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_prefixes_that_are_declared_may_hold_a_hash(store: ox.Store, query: object) -> None:
    named = get_query(query.name)  # type: ignore[attr-defined]
    params = {param.name: "Mira Tessel" for param in named.params if param.name == "name"}
    text = written_out(named.name, params)
    assert rows(store, worked_out(store, text)) == rows(store, prepare(named.name, params))


def test_a_mark_without_a_part_is_a_comment(store: ox.Store) -> None:
    for text in ("# first: x\nSELECT * { }", "SELECT * {\n# first: x\n}", "ASK { } \n# first: x\n"):
        assert worked_out(store, text) == text
