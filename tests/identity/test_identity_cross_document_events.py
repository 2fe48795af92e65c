"""Two tellings are one event where all they tell agrees; the earliest stands for all."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from kg.identity import EventRecord, merged_events

SUED = EventRecord(
    doc="a",
    event="v1",
    event_class="nkg:Legal",
    agents=("person/ada-koval",),
    patients=("organization/norwind",),
    places=(),
    day="2031-05-01",
    label="Ada Koval sued Norwind",
    trigger="lawsuit",
    confidence=0.6,
    published="2031-05-02",
)
OTHER = replace(SUED, doc="b", event="v7", trigger="lawsuits", confidence=0.9, published="2031-05-03")


def test_two_articles_that_tell_the_same_have_one_event_the_earliers_with_the_highest_confidence() -> None:
    merged = merged_events([OTHER, SUED])
    assert set(merged) == {("a", "v1"), ("b", "v7")}
    assert {told.doc for told in merged.values()} == {"a"}
    assert {told.confidence for told in merged.values()} == {0.9}


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, day="2031-05-02"),
        replace(OTHER, event_class="plover:Accuse"),
        replace(OTHER, agents=("person/omar-reyes",)),
        replace(OTHER, patients=("organization/norwind", "organization/veldt")),
        replace(OTHER, trigger="claim"),
        replace(OTHER, doc="a"),  # what one article tells twice is settled within it
    ],
)
def test_what_differs_in_anything_stays_apart(other: EventRecord) -> None:
    assert merged_events([SUED, other]) == {}


def test_different_places_keep_apart_and_none_joins_the_first() -> None:
    lisbon = replace(SUED, places=("place/lisbon",))
    oslo = replace(OTHER, places=("place/oslo",))
    assert merged_events([lisbon, oslo]) == {}
    somewhere = replace(OTHER, doc="c", event="v2", published="2031-05-04")
    assert set(merged_events([lisbon, oslo, somewhere])) == {("a", "v1"), ("c", "v2")}


def test_a_record_is_one_line_of_json() -> None:
    line = SUED.to_json()
    assert "\n" not in line
    assert json.loads(line) == json.loads(json.dumps(asdict(SUED)))
