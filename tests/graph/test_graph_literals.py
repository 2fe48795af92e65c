"""Values become literals that a store keeps as they are; what is no value is refused in one line."""

from __future__ import annotations

import pytest

from kg.errors import GraphError
from kg.graph import literals
from kg.graph.vocabulary import XSD


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (0.6, "0.6"), (0.333, "0.33"), (0.0, "0"), (0.995, "0.99")]
)
def test_a_confidence_has_two_decimals_at_most_and_no_idle_zeros(value: float, written: str) -> None:
    literal = literals.confidence(value)
    assert (str(literal), literal.datatype) == (written, XSD.decimal)


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_a_confidence_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(GraphError, match="between 0 and 1"):
        literals.confidence(value)


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [("2031", XSD.gYear), ("2031-05", XSD.gYearMonth), ("2031-05-01", XSD.date)],
)
def test_a_time_is_as_coarse_as_it_is_written(prefix: str, kind: str) -> None:
    assert literals.moment(prefix).datatype == kind


@pytest.mark.parametrize("prefix", ["31", "2031-13", "2031-02-30", "2031-5-1", "today", ""])
def test_a_time_that_is_none_is_refused(prefix: str) -> None:
    with pytest.raises(GraphError, match="is no time of the form"):
        literals.moment(prefix)


@pytest.mark.parametrize(
    ("value", "written", "kind"),
    [
        ("2031-05-01", "2031-05-01", XSD.date),
        ("2031-05-01T07:30:00+00:00", "2031-05-01T07:30:00Z", XSD.dateTime),
        ("some day in May", "some day in May", None),
    ],
)
def test_an_articles_date_is_kept_whatever_it_is(value: str, written: str, kind: str | None) -> None:
    literal = literals.published(value)
    assert (str(literal), literal.datatype) == (written, kind)


def test_half_a_character_is_replaced_and_keeps_its_place() -> None:
    assert str(literals.text("a\ud800b")) == "a\ufffdb"
    assert literals.whole("plain") == "plain"


def test_one_value_is_one_object() -> None:
    assert literals.text("Arken") is literals.text("Arken")
    assert literals.boolean(True) is literals.TRUE
