"""A profile is what its records say, added up, in whatever order they come."""

from __future__ import annotations

import pytest
from identity_records import BODY, record

from kg.identity.profile import fields_of, key_of, profile_of, years_between

FIRST = record("a", "Ada Koval", roles=("minister of Norwind",), date="2031-05-01", neighbours=("Arken",))
LATER = record("b", "A. Koval", aliases=("Koval",), roles=("judge",), date="2033-05-01")


def test_a_profile_counts_names_and_bodies_and_knows_its_first_and_last_day() -> None:
    both = profile_of([FIRST, LATER, LATER])
    assert both.names == {"Ada Koval": 1, "A. Koval": 2}
    assert both.bodies == {key_of("Norwind"): 1}
    assert both.titles == {"minister", "judge"}
    assert both.aliases == {"Koval"}
    assert (both.begin, both.end) == ("2031-05-01", "2033-05-01")
    assert both.docs == {"a", "b"}
    assert both.neighbours == {"arken"}


def test_the_order_of_records_is_nothing() -> None:
    one, other = profile_of([FIRST, LATER]), profile_of([LATER, FIRST])
    assert one.id == other.id
    assert (one.names, one.titles, one.first) == (other.names, other.titles, other.first)


def test_what_is_absorbed_is_added() -> None:
    grown, whole = profile_of([FIRST]), profile_of([FIRST, LATER])
    grown.absorb(profile_of([LATER]))
    assert (grown.names, grown.docs, grown.end) == (whole.names, whole.docs, whole.end)


def test_many_articles_are_counted_like_few() -> None:
    many = [record(f"d{n}", "Norwind", BODY, neighbours=(f"Thing {n}",)) for n in range(40)]
    profile = profile_of(many)
    assert len(profile.docs) == 40
    assert len(profile.neighbours) == 40


@pytest.mark.parametrize(
    ("day", "years"), [("2031-06-01", 0.08), ("2041-05-01", 10.0), ("2021-05-01", 10.0), ("", 0.0)]
)
def test_years_lie_between_what_does_not_overlap(day: str, years: float) -> None:
    one, other = profile_of([FIRST]), profile_of([record("c", "Ada Koval", date=day)])
    assert years_between(one, other) == pytest.approx(years, abs=0.02)


def test_a_title_tells_its_field_by_its_noun() -> None:
    assert fields_of("former defence minister") == fields_of("minister") != frozenset()
    assert fields_of("") == frozenset()
