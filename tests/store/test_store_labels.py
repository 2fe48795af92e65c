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


def test_other_forms_of_a_word_are_found_behind_the_very_word(tmp_path: Path) -> None:
    store = ox.Store()
    store.update(
        """INSERT DATA {
          <x:1> a sem:Event ; rdfs:label "Reyes was arrested" .
          <x:2> a sem:Event ; rdfs:label "the arrest of Amina Yusuf" .
          <x:3> a sem:Event ; rdfs:label "Arrester cables" .
          <x:4> a sem:Event ; rdfs:label "met Amina Yusuf" .
        }""",
        prefixes=dict(PREFIXES),
    )
    index_labels(store, tmp_path / "labels")

    def found(words: str) -> list[str]:
        return [hit.iri for hit in find_labels(tmp_path / "labels", words)]

    assert found("arrested") == ["x:1", "x:2"] and found("arrests") == ["x:1", "x:2"]
    assert set(found("arrest")) == {"x:1", "x:2", "x:3"}
    assert found("yusuf arresting") == ["x:2"] and found("meetings yus") == ["x:4"]
    assert found("arrested qqqq") == []
