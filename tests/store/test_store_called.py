"""Who is meant by a name is looked up in a store; the answers are those of the engine alone."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_articles import put, story

from kg.graph.iris import DEFAULT_BASE
from kg.graph.terms import Literal, URIRef
from kg.graph.vocabulary import PREFIXES
from kg.querying import prepare, run_query
from kg.serve.engine import Engine
from kg.store import ArticleStore, Put, StoreReader
from kg.store.answers import answer
from kg.store.called import namings, narrowed
from kg.store.folder import STAMPS

NAMES = ("Ana Ćosić", "ANA ĆOSIĆ", "ana ćosić", 'The "Quiet" \\ Harbour\n', "ΣΊΣΥΦΟΣ", "Σίσυφος")
PROPERTIES = ("rdfs:label", "skos:altLabel", "nkg:formerName", "schema:headline")


def meant(store: ArticleStore, name: str) -> tuple[set[str], set[str]]:
    """Return who is meant by a name: as it is looked up, and as the engine alone says."""
    query = prepare("names", {"name": name})
    narrow = narrowed(query, store.ox, sqlite3.connect(store.path / STAMPS))
    assert narrow != query, "it is looked up"
    assert narrow.count("\n") == query.count("\n")
    told, whole = (
        {" ".join(map(str, row)) for row in answer(store.ox, text, store.base).rows}
        for text in (narrow, query)
    )
    return told, whole


SAID = st.frozensets(
    st.tuples(
        st.sampled_from(("person/a", "person/b", "event/a/v1")),
        st.sampled_from(PROPERTIES),
        st.sampled_from(NAMES),
    ),
    max_size=5,
)
STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.none() | SAID), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_written_replaced_and_withdrawn(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, frozenset[tuple[str, str, str]] | None]]
) -> None:
    with ArticleStore(tmp_path_factory.mktemp("s") / "s") as store:
        for name, said in steps:
            doc = f"{DEFAULT_BASE}article/{name}"
            if said:
                store.put([Put(doc, "1", [_triple(*one) for one in sorted(said)])])
            elif store.holds(doc):
                store.forget(doc)
            for asked in NAMES:
                told, whole = meant(store, asked)
                assert told == whole
        for doc in list(store.graphs()):
            store.forget(doc)
        (left,) = store.shelf._db.execute("SELECT COUNT(*) FROM called")
        assert left == (0,), "no name of what was withdrawn stays"


def _triple(thing: str, naming: str, name: str) -> tuple[URIRef, URIRef, Literal]:
    prefix, _, local = naming.partition(":")
    return URIRef(DEFAULT_BASE + thing), URIRef(PREFIXES[prefix] + local), Literal(name)


def test_names_in_other_graphs_and_of_earlier_stores_are_found(tmp_path: Path) -> None:
    (tmp_path / "more.ttl").write_text(
        f'<{DEFAULT_BASE}person/omar-reyes> <{PREFIXES["skos"]}altLabel> "El Omar" .\n', encoding="utf-8"
    )
    with ArticleStore(tmp_path / "s") as store:
        store.put([put(story(n)) for n in range(5)])
        store.load(tmp_path / "more.ttl")
        store.change(
            f'INSERT {{ GRAPH ?g {{ ?p <{PREFIXES["skos"]}altLabel> "Imported Ilse" }} }} '
            f'WHERE {{ GRAPH ?g {{ ?p <{PREFIXES["rdfs"]}label> "Ilse Brandt" }} }}'
        )
        for name in ("EL OMAR", "imported ilse", "taro mori", "Nobody"):
            told, whole = meant(store, name)
            assert told == whole
            assert bool(told) == (name != "Nobody")
    db = sqlite3.connect(tmp_path / "s" / STAMPS)
    rows = set(db.execute("SELECT * FROM called"))
    db.execute("DROP TABLE called")
    db.commit()
    with StoreReader(tmp_path / "s") as reader:
        assert run_query(reader, "names", {"name": "TARO mori"}).rows, "an earlier version made the store"
    with ArticleStore(tmp_path / "s"):
        pass
    assert set(db.execute("SELECT * FROM called")) == rows


def test_what_is_served_is_found_while_another_takes_it_from_the_store(tmp_path: Path) -> None:
    async def found() -> int:
        async with Engine(tmp_path / "s") as engine:
            with ArticleStore(tmp_path / "s") as store:
                store.forget(doc)
                return len(await engine.rows(prepare("names", {"name": "Omar Reyes"})))

    with ArticleStore(tmp_path / "s") as store:
        store.put([put(story(1))])
        (doc,) = store.shelf.docs()
    assert asyncio.run(found()), "as its snapshot says"


def test_prefixes_that_mean_something_else_are_left_to_the_engine(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "s") as store:
        store.put([put(story(1))])
        text = "PREFIX rdfs: <urn:x:> " + prepare("names", {"name": "Omar Reyes"})
        assert narrowed(text, store.ox, sqlite3.connect(store.path / STAMPS)) == text


def test_what_tells_a_name_is_found_among_lines() -> None:
    label = f"<{PREFIXES['rdfs']}label>"
    told = [f'<urn:a> {label} "A \\"b\\" <c>"', f'_:x {label} "X"@en', f'<urn:b> {label} ""']
    others = [f'<urn:a> <urn:p> "says > {label} "', f"<urn:a> <urn:p> {label}", f"<urn:a> {label} <urn:b>"]
    assert namings([others[0], told[0], *others[1:], *told[1:]]) == told
