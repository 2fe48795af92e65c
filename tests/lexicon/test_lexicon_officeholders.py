"""Who held a country's highest offices is read from its file, found by name and office, and checked."""

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
