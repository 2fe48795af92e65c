"""Gazetteer of places by name, from a table of GeoNames and our own lists of countries and regions."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from itertools import chain
from typing import Any

import yaml

from kg.folding import plain_letters

GEONAMES = "https://sws.geonames.org/{}/"


_PROVINCES = {
    "CA": {
        "Alberta": "01", "British Columbia": "02", "Manitoba": "03", "New Brunswick": "04",
        "Newfoundland and Labrador": "05", "Newfoundland": "05", "Nova Scotia": "07", "Ontario": "08",
        "Prince Edward Island": "09", "Quebec": "10",
        "Saskatchewan": "11", "Yukon": "12", "Northwest Territories": "13", "Nunavut": "14",
    },
    "AU": {
        "Australian Capital Territory": "01", "New South Wales": "02", "Northern Territory": "03", "Queensland": "04",
        "South Australia": "05", "Tasmania": "06", "Victoria": "07", "Western Australia": "08",
    },
    "GB": {"England": "ENG", "Scotland": "SCT", "Wales": "WLS", "Northern Ireland": "NIR"},
}  # fmt: skip
"""GeoNames' codes of the provinces that news puts behind their towns."""


_PLAIN_FROM = 100_000
"""Of towns of so many people the name without accents is theirs, too: "Gdansk", "Zurich"."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `kind` is country, state, city, region, sea or historic; `country` an ISO 3166-1 alpha-2 code.

    `key` is unique (`country:RU`, `city:2017370`); coordinates are WGS 84 degrees; `same_as` a GeoNames IRI;
    `region` the code that GeoNames gives the state or province (`TX`, `08` for Ontario).
    """

    key: str
    name: str
    kind: str
    country: str | None = None
    population: int = 0
    latitude: float | None = None
    longitude: float | None = None
    same_as: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by what they are called; all look-ups are case-sensitive.

    `names` name the place itself, `adjectives` ("Russian") its nationality, `peoples` ("Russians") its people and
    `persons` ("Dane") one of them; `capitals` maps a capital's name to the key of its country; `abbreviated` are
    states as they stand behind a town ("Fla."); `namesakes` are the cities of a name that several share, the most
    populous first.
    """

    names: Mapping[str, Place]
    adjectives: Mapping[str, Place]
    peoples: Mapping[str, Place]
    persons: Mapping[str, Place]
    capitals: Mapping[str, str]
    by_key: Mapping[str, Place]
    abbreviated: Mapping[str, Place] = field(default_factory=dict)
    namesakes: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    first_words: frozenset[str] = field(init=False, repr=False, compare=False)
    """The first words of all of `names`, `adjectives`, `peoples` and `persons`, in small letters: most stretches of a
    text begin with none of them, and need not be looked up."""

    def __post_init__(self) -> None:
        called = chain(self.names, self.adjectives, self.peoples, self.persons)
        object.__setattr__(self, "first_words", first_words(called))


def first_words(names: Iterable[str]) -> frozenset[str]:
    """Return what names begin with, up to the first space, in small letters."""
    return frozenset(name.partition(" ")[0].lower() for name in names)


def _data(name: str) -> dict[str, Any]:
    text = (resources.files("kg.world") / "data" / name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - one of the safe loaders
    return loaded


def load_gazetteer() -> Gazetteer:
    """Build the gazetteer; where several cities share a name, the most populous has it, and a country or
    state goes before a city.
    """
    tables = _Tables()
    tables.enter_cities()
    tables.enter_exonyms()
    tables.enter_countries()
    tables.enter_states()
    tables.enter_regions()
    tables.enter_aliases()
    return tables.gazetteer()


class _Tables:
    """The tables of the gazetteer while they are filled; a kind of place goes before those entered before it."""

    def __init__(self) -> None:
        self.names: dict[str, Place] = {}
        self.adjectives: dict[str, Place] = {}
        self.peoples: dict[str, Place] = {}
        self.persons: dict[str, Place] = {}
        self.capitals: dict[str, str] = {}
        self.by_key: dict[str, Place] = {}
        self.coordinates: dict[tuple[str, str], tuple[float, float]] = {}
        self.shared: dict[str, list[Place]] = {}

    def enter_cities(self) -> None:
        for number, name, iso, population, latitude, longitude, region, others in _table("city"):
            at = (float(latitude), float(longitude))
            self.coordinates.setdefault((name, iso), at)
            place = Place(
                key=f"city:{number}",
                name=name,
                kind="city",
                country=iso,
                population=int(population),
                latitude=at[0],
                longitude=at[1],
                same_as=GEONAMES.format(number),
                region=region or None,
            )
            self.by_key[place.key] = place
            self.names.setdefault(name, place)
            self.shared.setdefault(name, []).append(place)
            for other in others.split("|") if others else ():
                self.names.setdefault(other, place)
            if place.population >= _PLAIN_FROM and not name.isascii():
                self.names.setdefault(plain_letters(name), place)

    def enter_exonyms(self) -> None:
        for name, more in _data("exonyms.yaml").items():
            city = next((p for p in self.shared.get(name, ()) if p.country == more["country"]), None)
            if city is not None:
                self.names.update(dict.fromkeys(more["names"], city))

    def enter_countries(self) -> None:
        extra = _data("countries.yaml")
        for iso, called, population, number, capital in _table("country"):
            where = self.coordinates.get((capital, iso), (None, None))
            place = Place(
                key=f"country:{iso}",
                name=called,
                kind="country",
                country=iso,
                population=int(population),
                latitude=where[0],
                longitude=where[1],
                same_as=GEONAMES.format(number),
            )
            self.by_key[place.key] = place
            more = extra.get(iso, {})
            for name in (called, *more.get("names", ())):
                self.names[name] = place
            self._enter(more, place)
            if capital:
                self.capitals.setdefault(capital, place.key)

    def enter_states(self) -> None:
        for code, called, number in _table("state"):
            place = Place(
                key=f"state:US-{code}",
                name=called,
                kind="state",
                country="US",
                same_as=GEONAMES.format(number),
                region=code,
            )
            self.by_key[place.key] = place
            # the country and the capital are what news means by these two
            if called not in ("Georgia", "Washington"):
                self.names[called] = place

    def enter_regions(self) -> None:
        for name, more in _data("regions.yaml").items():
            country = more.get("country")
            province = _PROVINCES.get(country or "", {}).get(name)
            place = Place(f"region:{name}", name, more["kind"], country, region=province)
            self.by_key[place.key] = place
            for alias in (name, *more.get("names", ())):
                self.names[alias] = place
            self._enter(more, place)

    def enter_aliases(self) -> None:
        for alias, name in (
            ("Washington D.C.", "Washington"),
            ("Washington, D.C.", "Washington"),
            ("Washington DC", "Washington"),
            ("New York", "New York City"),
        ):
            if name in self.names:
                self.names[alias] = self.names[name]
        self.capitals["Washington"] = "country:US"

    def _enter(self, more: Mapping[str, Any], place: Place) -> None:
        """Enter the words for a place's nationality, its people and one of them."""
        for table, key in ((self.adjectives, "adj"), (self.peoples, "people"), (self.persons, "person")):
            for word in more.get(key, ()):
                table.setdefault(word, place)

    def gazetteer(self) -> Gazetteer:
        """Return what was entered."""
        states = {p.name: p for p in self.by_key.values() if p.kind in ("state", "region")}
        abbreviations = _data("abbreviations.yaml").items()
        short = {text: states[name] for text, name in abbreviations if name in states}
        namesakes = {name: tuple(places) for name, places in self.shared.items() if len(places) > 1}
        return Gazetteer(
            *(self.names, self.adjectives, self.peoples, self.persons, self.capitals),
            *(self.by_key, short, namesakes),
        )


def _table(kind: str) -> Iterator[list[str]]:
    """Yield the rows of `data/places.tsv.gz` of one kind, without its name: city, country or state.

    They are read line by line: nothing large stands in memory among what is kept, for Python gives memory back only
    where all around is free.
    """
    file = resources.files("kg.world") / "data" / "places.tsv.gz"
    with file.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            first, *rest = line.rstrip("\n").split("\t")
            if first == kind:
                yield rest
