"""The learned judge of names: its tables are whole, its vote is the same each time, and it sees what rules miss."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.resolve.mentions.mention_detection import find_names
from kg.resolve.types.classifier_features import labels_by_spelling, shape, traits
from kg.resolve.types.type_classifier import KINDS
from kg.world import load_word_classes
from kg.world.words import load_name_weights

TEXT = (
    "Johanna Velde won the Garnet Prize in Tallinn. Velde thanked the airline Norwind and its Silver Card. "
    "The Garnet Prize goes to one writer a year."
)


def test_every_entry_of_the_tables_can_be_used() -> None:
    weights, classes = load_name_weights(), load_word_classes()
    assert "bias" in weights
    assert all(len(row) == len(KINDS) and max(map(abs, row)) < 10 for row in weights.values())
    numbers = set(classes.values())
    asked = {trait.rpartition("class=")[2] for trait in weights if "class=" in trait} - {"None"}
    assert {int(number) for number in asked} <= numbers == set(range(len(numbers)))


@pytest.mark.model
def test_the_tables_speak_of_traits_that_names_have(resources: Resources) -> None:
    parsed = next(iter(annotate([article(TEXT)], resources.nlp)))
    names = find_names(parsed, resources.lexicon, resources.world)
    labels = labels_by_spelling(parsed, names)
    for name in names:
        found = list(traits(parsed, name, labels, resources.lexicon, resources.world))
        assert len(set(found) & set(resources.world.name_weights)) > 8


@pytest.mark.model
def test_a_ware_that_the_recogniser_takes_for_a_body_is_nobody(resources: Resources) -> None:
    parsed = next(iter(annotate([article(TEXT)], resources.nlp)))
    for world, told in ((resources.world, True), (replace(resources.world, name_weights={}), False)):
        names = {n.text: n.votes for n in find_names(parsed, resources.lexicon, world)}
        assert names == {n.text: n.votes for n in find_names(parsed, resources.lexicon, world)}
        assert max(names["Johanna Velde"], key=lambda k: names["Johanna Velde"][k]) == "Person"
        assert (max(names["Silver Card"], key=lambda k: names["Silver Card"][k]) == "None") is told


def test_the_shape_of_a_word() -> None:
    assert [shape(word) for word in ("McRae", "NATO", "F-16s", "of")] == ["XxXx", "X", "X-dx", "x"]
