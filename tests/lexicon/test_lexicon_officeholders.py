"""Who held a country's highest offices is read from its file, found by name and office, and checked."""

from itertools import pairwise

import pytest
from pydantic import ValidationError

from kg.lexicon import load_lexicon
from kg.lexicon.officeholders import Officeholder, OfficeholderFile, words_of_name

KNOWN = load_lexicon().officeholders


def _file(entries: str, office: str = "president") -> OfficeholderFile:
    return OfficeholderFile.model_validate(
        {"offices": {"president": "president"}, "surname_first": [], "holders": {"Chile": {office: entries}}}
    )


def test_every_entry_is_loaded() -> None:
    holders = [h for found in KNOWN.by_name.values() for h in found]
    assert len(holders) > 450
    assert all(h.terms and all(last is None or first <= last for first, last in h.terms) for h in holders)
    assert all(h.office in set(KNOWN.offices.values()) for h in holders)


def _tenures() -> dict[tuple[str, str], dict[tuple[int, int], list[str]]]:
    """Who held each office of each country, by the years; an open end is far ahead."""
    found: dict[tuple[str, str], dict[tuple[int, int], list[str]]] = {}
    for holder in {h for held in KNOWN.by_name.values() for h in held}:
        for first, last in holder.terms:
            years = found.setdefault((holder.country, holder.office), {})
            years.setdefault((first, last or 9999), []).append(holder.name)
    return found


@pytest.mark.parametrize("office", sorted(_tenures()))
def test_one_holds_an_office_at_a_time(office: tuple[str, str]) -> None:
    # other spellings of one name have the same years; who follows may begin in the year in which the last one ends
    years = sorted(_tenures()[office])
    for before, after in pairwise(years):
        assert after[0] >= before[1], f"{_tenures()[office][before]} and {_tenures()[office][after]} overlap"
    limit = 75 if office[1] == "monarch" else 50
    assert all(1700 <= first <= last and min(last, 2026) - first < limit for first, last in years)


@pytest.mark.parametrize(
    ("title", "names", "country"),
    [
        ("President", ["Emmanuel Macron"], "France"),
        ("president", ["Richard M. Nixon"], "United States"),
        ("Premier", ["Recep Tayyip Erdogan"], "Turkey"),
        ("President", ["Xi"], "China"),
        ("President", ["Lincoln"], "United States"),
        ("president", ["Kim"], "South Korea"),
    ],
)
def test_holders_are_found(title: str, names: list[str], country: str) -> None:
    holder = KNOWN.holder(title, names)
    assert holder is not None
    assert holder.country == country


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("president", ["Brigitte Macron"]),  # another bearer of the surname
        ("chairman", ["Emmanuel Macron"]),  # another office
        ("prime minister", ["Singh", "Karan Singh"]),
        ("president", [""]),
    ],
)
def test_others_are_not(title: str, names: list[str]) -> None:
    assert KNOWN.holder(title, names) is None


def test_a_term_is_over_when_its_last_year_is() -> None:
    holder = Officeholder("Ana Ruiz", "Chile", "president", ((1990, 1994), (2000, 2004)))
    assert not holder.is_over(2004)
    assert holder.is_over(2005)
    assert not Officeholder("Ana Ruiz", "Chile", "president", ((2000, None),)).is_over(2050)


@pytest.mark.parametrize("entries", ["Ana Ruiz", "Ana Ruiz 1990", "1990-1994", "Ana Ruiz 1990-1994,"])
def test_a_broken_entry_is_refused(entries: str) -> None:
    with pytest.raises(ValidationError, match="no name with its years"):
        _file(entries)


def test_an_unknown_office_is_refused() -> None:
    with pytest.raises(ValidationError, match="none of the offices"):
        _file("Ana Ruiz 1990-1994", office="queen")


def test_names_are_compared_without_marks() -> None:
    assert words_of_name("Joseph R. Biden, Jr.".replace(",", "")) == ["joseph", "r", "biden"]
    assert words_of_name("Bronisław Komorowski") == ["bronislaw", "komorowski"]
