"""The data by which scores become facts: thresholds, and the classes that a word never tells of."""

from __future__ import annotations

from importlib import resources as files

import pytest
import yaml

from kg.builder import Resources
from kg.extract.decoding import impossible_classes, load_thresholds

LISTED = yaml.safe_load((files.files("kg.extract") / "data" / "impossible.yaml").read_text(encoding="utf-8"))


def test_thresholds_are_probabilities() -> None:
    found = load_thresholds()
    single = (found.trigger, found.alone, found.untold, found.sourceless)
    single += (found.apart, found.behind, found.beyond)
    assert all(0 < value < 1 for value in (*single, *found.relations.values(), *found.implicit.values()))
    assert all(value >= 0 for value in found.costs.values())


@pytest.mark.model
@pytest.mark.parametrize(("event_class", "word"), [(c, w) for c, words in LISTED.items() for w in words])
def test_what_a_word_never_tells_of_is_a_class_and_has_an_example(
    event_class: str, word: str, resources: Resources
) -> None:
    assert event_class in resources.lexicon.classes
    assert event_class in impossible_classes()[word]
    example = LISTED[event_class][word]
    assert example.count("*") == 2 and example.split("*")[1][:3].lower() == word[:3]
