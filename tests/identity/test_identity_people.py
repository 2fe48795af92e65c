"""People: who is one over several articles, and who is not."""

from __future__ import annotations

import random

import pytest
from identity_records import BODY, PLACE, one, parted, record, who

from kg.identity import IdentityRecord, Verdict


def test_one_name_is_one_person_where_nothing_speaks_against_it() -> None:
    assert one(record("a", "Elena Rask"), record("b", "Elena Rask"))


def test_namesakes_in_different_fields_are_two_and_numbered_by_their_first_article() -> None:
    identity = who(
        record("a", "John Smith", roles=["midfielder of Leeds United"], date="2031-05-09"),
        record("b", "John Smith", roles=["senator of Ohio"], date="2031-05-02"),
        record("c", "John Smith", roles=["senator of Ohio"], date="2031-05-20"),
    )
    assert identity.segment("b", "John Smith") == identity.segment("c", "John Smith") == "person/john-smith"
    assert identity.segment("a", "John Smith") == "person/john-smith~2"
    (judgement,) = identity.judgements
    assert judgement.verdict is Verdict.DIFFERENT
    assert "in politics here, in sport there" in " ".join(judgement.reasons)


def test_namesakes_of_different_nations_and_companions_are_two() -> None:
    assert not one(
        record("a", "John Smith", nations=("Canada",), neighbours=("A", "B", "C", "D")),
        record("b", "John Smith", nations=("Kenya",), neighbours=("E", "F", "G", "H")),
    )


def test_what_joins_one_namesake_does_not_bring_both_together() -> None:
    identity = who(
        record("a", "Robert Hale", roles=["senator of Ohio"], neighbours=("Ann Lee",)),
        record("b", "Robert Hale", roles=["striker of Leeds United"], neighbours=("Bo Li",)),
        record("c", "Bob Hale", roles=["senator of Ohio"], neighbours=("Ann Lee", "Bo Li")),
        record("d", "Bob Hale", roles=["striker of Leeds United"], neighbours=("Bo Li",)),
    )
    assert parted(identity) == {
        frozenset({"a: Robert Hale", "c: Bob Hale"}),
        frozenset({"b: Robert Hale", "d: Bob Hale"}),
    }


KERRYS = (
    record("a", "John Kerry", roles=["Secretary of State of United States"], neighbours=("Sergei Lavrov",)),
    record("b", "Ann Kerry", roles=["novelist"], neighbours=("Book Fair",)),
)


def test_a_surname_joins_the_bearer_that_its_article_speaks_of() -> None:
    identity = who(
        *KERRYS,
        record("c", "Kerry", roles=["Secretary of State of United States"], neighbours=("Sergei Lavrov",)),
        record("d", "Kerry", roles=["novelist"], neighbours=("Book Fair",)),
        record("e", "Kerry", neighbours=("Tea House", "Milk Market", "Garden Show", "Dog Show")),
    )
    assert identity.segment("c", "Kerry") == "person/john-kerry"
    assert identity.segment("d", "Kerry") == "person/ann-kerry"
    assert identity.segment("e", "Kerry") == "person/kerry"


@pytest.mark.parametrize(
    ("full", "other"),
    [
        ("Robert Hale", "Bob Hale"),
        ("Timothy D. Crane", "Tim Crane"),
        ("John F. Hale", "John Hale"),
        ("Enrique Peña Soto", "Enrique Pena Soto"),
        ("Ana-Maria Ruiz", "Ana Maria Ruiz"),
        ("Dr. Ruth Hale", "Ruth Hale"),
        ("J. Hale", "John Hale"),
    ],
)
def test_spellings_of_one_person(full: str, other: str) -> None:
    shared = {"roles": ["mayor of Arken"], "neighbours": ("Port of Arken",)}
    assert one(record("a", full, **shared), record("b", other, **shared))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("John F. Hale", "John Q. Hale"),
        ("John Hale Jr.", "John Hale Sr."),
        ("John Hale", "Joan Hale"),
        ("Robert Hale", "Edward Hale"),
        ("Omar Reyes", "Omar Reynolds"),
    ],
)
def test_people_whose_names_are_near_but_not_one(name: str, other: str) -> None:
    shared = {"roles": ["mayor of Arken"], "neighbours": ("Port of Arken",)}
    assert not one(record("a", name, **shared), record("b", other, **shared))


def test_two_people_of_one_article_are_not_made_one_lightly() -> None:
    assert not one(record("a", "George Hale"), record("a", "George W. Hale"))


def test_a_company_that_one_article_took_for_a_person_is_a_company() -> None:
    identity = who(
        record("a", "Nordskar Lines", BODY, classes=("schema:Corporation",)),
        record("b", "Nordskar Lines", BODY),
        record("c", "Nordskar Lines"),
    )
    assert identity.segment("c", "Nordskar Lines") == "organization/nordskar-lines"


def test_initials_of_a_body_that_the_article_names_are_that_body() -> None:
    full = record("a", "Nordskar Shipping", BODY)
    assert one(record("a", "NS", PLACE), full)


def test_a_person_and_a_city_of_one_name_are_two() -> None:
    city = record("a", "Florence", PLACE, same_as=("https://sws.geonames.org/3176959/",))
    assert not one(city, record("b", "Florence", roles=["nurse"]))


def test_the_order_of_records_is_of_no_matter() -> None:
    records: list[IdentityRecord] = [
        *KERRYS,
        record("c", "Kerry", roles=["novelist"], neighbours=("Book Fair",)),
        record("d", "John Smith", roles=["midfielder of Leeds United"]),
        record("e", "John Smith", roles=["senator of Ohio"]),
        record("f", "Jon Smith", roles=["senator of Ohio"]),
        record("g", "Smith", roles=["senator of Ohio"]),
        record("h", "Harbour Workers Union", BODY),
        record("i", "HWU", BODY),
    ]
    first = who(*records)
    for seed in range(5):
        shuffled = random.Random(seed).sample(records, len(records))
        again = who(*shuffled)
        assert again.nodes == first.nodes
        assert again.judgements == first.judgements
