"""Where a sentence ends with an abbreviation, and where a name only goes on behind it."""

from __future__ import annotations

import pytest

from kg.builder import Resources


@pytest.mark.parametrize(
    "text",
    [
        "Shares were sold in the U.S. Roth said so.",
        "He left at 5 p.m. Roth stayed.",
    ],
)
def test_a_name_begins_the_next_sentence(resources: Resources, text: str) -> None:
    assert len(list(resources.nlp(text).sents)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Police said the man who was arrested at 3 p.m. Tuesday was charged with murder.",
        "Police said the fire that broke out at 5 p.m. Eastern Time was put out.",
        "Officials said that companies that did business in the U.S. Virgin Islands were closed.",
        "He said the people who live in the U.S. Midwest were hit hard.",
        "The law that passed in the U.S. Senate was good.",
    ],
)
def test_days_hours_and_parts_of_a_land_go_on(resources: Resources, text: str) -> None:
    assert len(list(resources.nlp(text).sents)) == 1
