"""Rows that are sorted here stand as the engine would put them, and what it alone can compare is left to it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.querying import list_queries
from kg.store.ask import Asked, ask
from kg.store.ordering import in_order, order_of

DATA = """
<urn:b> <urn:n> 10 ; <urn:s> "b" ; <urn:d> "2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date> .
<urn:a> <urn:n> 9 ; <urn:s> "\U0001f600" ; <urn:x> <urn:y> .
<urn:c> <urn:n> -1 ; <urn:s> "\uffee" ; <urn:d> "2019-12-31"^^<http://www.w3.org/2001/XMLSchema#date> .
<urn:e> <urn:n> 9 ; <urn:s> "B" ; <urn:x> "word" .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.load(DATA.encode(), ox.RdfFormat.TURTLE)
    return made


def _both(store: ox.Store, query: str) -> tuple[list[list[object]] | None, list[list[object]]]:
    """Return the rows as they are sorted here (None: they are not), and as the engine sorts them."""
    here = in_order(query, store.query)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = found.variables
    rows = [[row[i] for i in range(len(names))] for row in found]
    return [list[object](row) for row in here[1]] if here is not None else None, rows


@pytest.mark.parametrize("keys", ["?n ?a", "DESC(?n) ?a", "?s", "DESC(?s)", "?d ?a", "DESC(?d) DESC(?a)"])
def test_the_order_is_the_engines(store: ox.Store, keys: str) -> None:
    query = (
        "SELECT ?a ?n ?s ?d\nWHERE { ?a <urn:n> ?n ; <urn:s> ?s OPTIONAL { ?a <urn:d> ?d } }\n# order: here\n"
    )
    here, engine = _both(store, f"{query}ORDER BY {keys}\n")
    assert here == engine


def test_a_key_that_is_not_shown_sorts_and_what_is_shown_stands_once(store: ox.Store) -> None:
    query = "SELECT DISTINCT ?n\nWHERE { ?a <urn:n> ?n ; <urn:s> ?s }\n# order: here\nORDER BY ?n ?s\n"
    order = order_of(query)
    assert order is not None and order.hidden == 1
    here, engine = _both(store, query)
    assert here == engine
    assert [row[0].value for row in engine] == ["-1", "9", "10"]  # type: ignore[attr-defined]


def test_literals_of_several_kinds_and_other_orders_are_left_to_the_engine(store: ox.Store) -> None:
    mixed = "SELECT ?v\nWHERE { ?a <urn:n>|<urn:s> ?v }\n# order: here\nORDER BY ?v\n"
    assert in_order(mixed, store.query) is None
    assert order_of("SELECT ?v\nWHERE { ?a ?b ?v }\nORDER BY ?v\n") is None
    assert order_of("SELECT ?v\nWHERE { ?a ?b ?v }\n# order: here\nORDER BY ?v\nLIMIT 3\n") is None
    assert order_of("SELECT ?v\nWHERE { ?a ?b ?v }\n# order: here\nORDER BY STR(?v)\n") is None


def test_an_answer_is_cut_behind_the_sorting(store: ox.Store) -> None:
    query = "SELECT ?n\nWHERE { ?a <urn:n> ?n }\n# order: here\nORDER BY DESC(?n)\n"
    given = ask(store, Asked(query, rows="csv", most=1))
    assert given.cut and given.body.split()[:2] == [b"n", b"10"]


def test_every_named_query_is_sorted_here() -> None:
    assert all(order_of(query.text) is not None for query in list_queries())
