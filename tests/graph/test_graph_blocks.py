"""Sorted blocks over runs on disk: the same bytes as all triples at once, however they are cut."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from graph_facts import both
from graph_files import to_trig, to_turtle

from kg.graph import DEFAULT_BASE, facts_to_triples
from kg.graph.external_sort import body, pairs_of
from kg.graph.iris import article_iri
from kg.graph.turtle import dump
from kg.model import Facts, Reject
from kg.run.gather import SortedLines, gather, gather_graph, turtle, write_trig, write_turtle

DOCUMENTS = both()


def made(facts: Facts) -> object:
    return article_iri(DEFAULT_BASE, facts.article.path), facts_to_triples(facts)


def written(stretches: list[SortedLines]) -> tuple[str, str]:
    one, two = io.StringIO(), io.StringIO()
    write_turtle(turtle(stretches), one, DEFAULT_BASE)
    write_trig(stretches, two, DEFAULT_BASE)
    return one.getvalue(), two.getvalue()


@pytest.mark.parametrize("on_disk", [False, True])
def test_stretches_give_the_files_of_all_at_once(tmp_path: Path, on_disk: bool) -> None:
    stretches = [
        gather([(n, facts)], made, DEFAULT_BASE, tmp_path / str(n) if on_disk else None)  # type: ignore[arg-type]
        for n, facts in enumerate(DOCUMENTS)
    ]
    assert written(stretches) == (to_turtle(DOCUMENTS), to_trig(DOCUMENTS))
    assert list(tmp_path.iterdir()) == [], "runs are taken away"


def test_together_in_one_stretch_they_are_the_same() -> None:
    one = gather(enumerate(DOCUMENTS), made, DEFAULT_BASE)  # type: ignore[arg-type]
    assert written([one]) == (to_turtle(DOCUMENTS), to_trig(DOCUMENTS))
    assert one.triples == sum(len(set(facts_to_triples(facts))) for facts in DOCUMENTS)


def test_more_runs_than_files_may_be_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.external_sort.FAN_IN", 3)
    triples = [triple for facts in DOCUMENTS for triple in facts_to_triples(facts)]
    random.Random(1).shuffle(triples)
    expected = dump(triples, DEFAULT_BASE)
    stretches = []
    for number in range(11):
        some = triples[number::11]
        name = article_iri(DEFAULT_BASE, str(number))
        one = gather(
            [(0, DOCUMENTS[0])], lambda _, n=name, s=some: (n, s), DEFAULT_BASE, tmp_path / f"{number:03}"
        )  # type: ignore[misc]
        stretches.append(one)
    out = io.StringIO()
    write_turtle(turtle(stretches), out, DEFAULT_BASE)
    assert out.getvalue() == expected


def test_an_article_without_triples_is_told_and_an_empty_graph_left_out() -> None:
    one = gather([(7, DOCUMENTS[0])], lambda _: Reject("here", "why"), DEFAULT_BASE)
    assert one.failed == ((7, Reject("here", "why")),)
    empty = gather_graph(article_iri(DEFAULT_BASE, "x"), [], DEFAULT_BASE)
    assert written([one, empty])[1] == to_trig([])


def test_bodies_give_their_pairs_back() -> None:
    pairs = {("", "sem:Event"), ("rdfs:label", '"a ; b"'), ("rdfs:label", '"c, d"'), ("nkg:x", "<y>")}
    assert set(pairs_of(body(pairs))) == pairs
    assert body(pairs).startswith("a sem:Event ;")
