"""Organisations and places: forms of a name, initials, short forms, former names, cities of one name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from identity_records import BODY, PLACE, one, record, who

from kg.identity import Position

AROUND = ("Port of Arken", "Elena Rask")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Nordskar Inc.", "Nordskar"),
        ("Nordskar SE", "Nordskar Corp."),
        ("Orbis & Sons", "Orbis and Sons"),
        ("the Ministry of Defence", "Ministry of Defense"),
        ("U.S. Air Force", "United States Air Force"),
        ("Wal - Mart", "Wal-Mart"),
        ("WalMart", "Wal-Mart"),
        ("Department of Energy", "Energy Department"),
        ("Skyline", "Skyline Airways"),
        ("Harbour Workers United Front", "HWUF"),
    ],
)
def test_forms_of_one_name(name: str, other: str) -> None:
    assert one(record("a", name, BODY, neighbours=AROUND), record("b", other, BODY, neighbours=AROUND))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Orbis", "Orbis Records"),
        ("Orbis Inc.", "Orbis Corps"),
        ("Bank of Arken", "Bank of Selm"),
        ("U.S. Department", "U.S. Department of Agriculture"),
        ("Arken Police", "Selm Police"),
        ("C", "C++"),
    ],
)
def test_names_that_are_near_but_not_one(name: str, other: str) -> None:
    assert not one(record("a", name, BODY), record("b", other, BODY))


def test_two_bodies_that_one_article_names_side_by_side_stay_two() -> None:
    records = [
        record(doc, name, BODY, neighbours=AROUND) for doc in "ab" for name in ("Orbis", "Orbis Energy")
    ]
    assert not one(*records)


def test_an_acronym_is_what_another_article_says_it_stands_for() -> None:
    full = record("a", "Selmer Airlines", BODY, aliases=("SIA",), neighbours=AROUND)
    assert one(record("b", "SIA", BODY, neighbours=AROUND), full)


def test_an_acronym_that_two_things_have_is_neither_without_context() -> None:
    bodies = [
        record("a", "Arken Trade Council", BODY, neighbours=("W", "X", "Y", "Z")),
        record("b", "Alpine Tunnel Company", BODY, neighbours=("P", "Q", "R", "S")),
    ]
    alone = record("c", "ATC", BODY, neighbours=("K", "L", "M", "N"))
    identity = who(alone, *bodies)
    assert identity.segment(*alone.key) == "organization/atc"


def test_a_former_name_leads_to_the_new_one() -> None:
    renamed = record("a", "Veldt Group", BODY, former_names=("Orbis Holdings",))
    assert one(record("b", "Orbis Holdings", BODY), renamed)


def test_the_force_of_an_article_is_the_one_that_it_names_in_full() -> None:
    assert one(record("a", "Air Force", BODY), record("a", "Arken Air Force", BODY))


def test_courts_of_two_countries_are_two() -> None:
    kenyan = [
        record(f"k{n}", "Supreme Court", BODY, neighbours=("Nairobi", "Wanjiru Ole", "A", "B"))
        for n in (1, 2)
    ]
    peruvian = [
        record(f"p{n}", "Supreme Court", BODY, neighbours=("Lima", "Rosa Quispe", "C", "D")) for n in (1, 2)
    ]
    kenyan[0], peruvian[0] = (
        replace(court, roles=(Position("judge", judge),))
        for court, judge in ((kenyan[0], "Wanjiru Ole"), (peruvian[0], "Rosa Quispe"))
    )
    identity = who(*kenyan, *peruvian)
    assert len(identity.nodes) == 2


def test_cities_of_one_name_are_two_where_the_gazetteer_says_so() -> None:
    first = record("a", "Springfield", PLACE, same_as=("https://sws.geonames.org/1/",))
    second = record("b", "Springfield", PLACE, same_as=("https://sws.geonames.org/2/",))
    unknown = record("c", "SPRINGFIELD", PLACE)
    again = record("d", "Springfield", PLACE, same_as=("https://sws.geonames.org/1/",))
    identity = who(first, second, unknown, again)
    assert identity.segment(*first.key) == identity.segment(*again.key) == identity.segment(*unknown.key)
    assert identity.segment(*second.key) != identity.segment(*first.key)


def test_a_city_of_two_names_is_one_where_the_gazetteer_says_so() -> None:
    old = record("a", "Kiev", PLACE, same_as=("https://sws.geonames.org/3/",), neighbours=AROUND)
    new = record("b", "Kyiv", PLACE, same_as=("https://sws.geonames.org/3/",))
    assert one(old, new)
    assert not one(
        old, record("b", "Kyiv", PLACE, same_as=("https://sws.geonames.org/4/",), neighbours=AROUND)
    )


def test_an_airport_with_and_without_its_full_name() -> None:
    assert one(
        record("a", "Arken Airport", PLACE, neighbours=AROUND),
        record("b", "Arken International Airport", PLACE, neighbours=AROUND),
    )


def test_a_city_is_not_the_factory_named_after_it() -> None:
    city = record("a", "Everly", PLACE, same_as=("https://sws.geonames.org/9/",), neighbours=AROUND)
    assert not one(city, record("b", "Everly Factory", PLACE, neighbours=AROUND))


def test_the_best_name_is_the_full_one_that_most_use() -> None:
    identity = who(
        record("a", "ESRO", BODY, neighbours=AROUND),
        record("b", "ESRO", BODY, neighbours=AROUND),
        record("c", "Eastern Sea Rescue Organisation", BODY, aliases=("ESRO",), neighbours=AROUND),
    )
    (node,) = identity.nodes
    assert node.label == "Eastern Sea Rescue Organisation"
    assert node.aliases == ("ESRO",)
