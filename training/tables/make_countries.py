"""Write `data/countries.tsv`, the Wikidata items of countries and US states, from `rigour` (MIT): run by hand.

    python -m training.tables.make_countries

Needs the package `rigour`, which the project itself does not depend on.
"""

from __future__ import annotations

import importlib
from importlib import resources
from pathlib import Path


def main() -> None:
    """Write ISO 3166 code, item and name, one a line, countries first."""
    territories = importlib.import_module("rigour.territories").get_territories()
    rows = [(t.code.upper(), t.qid, t.name) for t in territories if t.qid and t.code != "eu"]
    countries = sorted(row for row in rows if len(row[0]) == 2)
    states = sorted(row for row in rows if row[0].startswith("US-"))
    target = Path(str(resources.files("kg.identity") / "data" / "countries.tsv"))
    target.write_text("".join("\t".join(row) + "\n" for row in countries + states), encoding="utf-8")


if __name__ == "__main__":
    main()
