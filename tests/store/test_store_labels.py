"""The index of names finds things by the begin of any of their words, and takes hostile words as words."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.vocabulary import PREFIXES
from kg.store.labels import Hit, find_labels, index_labels

DATA = """
INSERT DATA {
  <x:amina> a schema:Person ; rdfs:label "Amina Yusuf" ; skos:altLabel "Ms Yusuf" .
  <x:reyes> a schema:Person ; rdfs:label "José Reyes" .
  <x:port> a schema:Place ; rdfs:label "Port Amina" .
  <x:met> a sem:Event ; rdfs:label "met: Amina Yusuf" .
  <x:odd> a schema:Organization ; rdfs:label "A \\"quoted\\" <b>* NEAR(x) -- ; DROP TABLE label" .
}"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    store = ox.Store()
    store.update(DATA, prefixes=dict(PREFIXES))
    index_labels(store, tmp_path / "labels")
    return tmp_path / "labels"


def test_names_are_found_by_the_begin_of_their_words(index: Path) -> None:
    assert find_labels(index, "yus") == [
        Hit("x:amina", "Ms Yusuf", "Person"),
        Hit("x:met", "met: Amina Yusuf", "Event"),
    ]
    assert [hit.iri for hit in find_labels(index, "ami")] == ["x:port", "x:amina", "x:met"]
    assert find_labels(index, "jose REY") == [Hit("x:reyes", "José Reyes", "Person")]
    assert find_labels(index, "reyes amina") == find_labels(index, " ?! ") == []


@pytest.mark.parametrize(
    "words", ['"', "* OR 1", 'quoted" OR name:"', "NEAR(x)", "-- ; DROP", "name:a", "\0", "(" * 999]
)
def test_no_words_are_commands(index: Path, words: str) -> None:
    assert {hit.iri for hit in find_labels(index, words)} <= {"x:odd"}
