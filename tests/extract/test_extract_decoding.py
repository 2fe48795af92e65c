"""The data by which scores become facts: thresholds, and the classes that a word never tells of."""

from __future__ import annotations

from importlib import resources as files

import pytest
import yaml

from kg.build import Resources
from kg.extract.dates import DIGEST, dated
from kg.extract.decoding import impossible_classes, load_thresholds
from kg.model import Event, Span, TimeRef

LISTED = yaml.safe_load((files.files("kg.extract") / "data" / "impossible.yaml").read_text(encoding="utf-8"))


def test_thresholds_are_probabilities() -> None:
    found = load_thresholds()
    single = (found.trigger, found.matched, found.alone, found.undated, found.of_the_day)
    assert all(0 < value < 1 for value in (*single, *found.relations.values()))
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


def event(begin: int, time: TimeRef | None = None) -> Event:
    span = Span(begin, begin + 1)
    return Event("", "nkg:Move", "", "x", (span,), (span,), time=time)


def ways(**given: float) -> dict[str, float]:
    return dict.fromkeys(("no", "words", "before", "behind", "report"), 0.0) | given


def test_an_event_takes_the_date_of_the_one_before_it_where_the_reader_says_so() -> None:
    friday = TimeRef("2031-03-14")
    events = [event(0, friday), event(5), event(9)]
    how = {e.spans[0]: ways(before=0.9) for e in events[:2]} | {events[2].spans[0]: ways(no=0.9)}
    made = dated(events, how, "2031-03-19", load_thresholds())
    assert [e.time for e in made] == [friday, friday, None]


def test_only_a_digest_without_a_word_of_time_tells_of_its_own_day() -> None:
    few = [event(n) for n in range(DIGEST - 1)]
    how = {event(n).spans[0]: ways(before=0.6, report=0.2) for n in range(DIGEST)}
    assert all(e.time is None for e in dated(few, how, "2031-03-19", load_thresholds()))
    many = [event(n) for n in range(DIGEST)]
    assert {e.time for e in dated(many, how, "2031-03-19", load_thresholds())} == {TimeRef("2031-03-19")}
