"""The small knowledge base that ships: countries, US states and international organisations.

Capitals and large cities carry their GeoNames identity already from the gazetteer (`kg.world`), which also knows the
nationality words; the Wikidata items of countries and states are from the package rigour (MIT).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from kg.errors import IdentityError
from kg.identity.kb.model import GEONAMES, WIKIDATA, KbEntity
from kg.identity.names import parse
from kg.model import Kind
from kg.world import World

_WELL_KNOWN = 100


class Shipped:
    """Countries and states by their GeoNames identity, organisations by name."""

    def __init__(self, world: World) -> None:
        self._places: dict[str, KbEntity] = {}
        items = dict(line.split("\t")[:2] for line in _read("countries.tsv").splitlines())
        for key, place in world.gazetteer.by_key.items():
            item = items.get(key.partition(":")[2]) if place.kind in ("country", "state") else None
            if item and place.same_as:
                self._places[place.same_as] = KbEntity(
                    WIKIDATA + item, Kind.PLACE, place.name, _WELL_KNOWN, also=(place.same_as,)
                )
        self._bodies = _bodies()

    def candidates(self, name: str, kind: Kind) -> Sequence[KbEntity]:
        """Return the organisations of this name; places are found by `place`."""
        return self._bodies.get(parse(name, kind).key, ()) if kind is Kind.ORGANIZATION else ()

    def place(self, geonames: str) -> KbEntity | None:
        """Return the country or state with this GeoNames identity."""
        return self._places.get(geonames) if geonames.startswith(GEONAMES) else None


@cache
def _bodies() -> dict[str, list[KbEntity]]:
    found: dict[str, list[KbEntity]] = defaultdict(list)
    for entry in yaml.safe_load(_read("organizations.yaml")):
        if not set(entry) <= {"item", "name", "also"} or not str(entry["item"]).startswith("Q"):
            raise IdentityError(f"organizations.yaml: {entry} is no organisation")
        names = (entry["name"], *entry.get("also", ()))
        for key in {parse(name, Kind.ORGANIZATION).key: None for name in names}:
            candidate = KbEntity(
                WIKIDATA + entry["item"], Kind.ORGANIZATION, entry["name"], _WELL_KNOWN, named=True
            )
            found[key].append(candidate)
    return found


def _read(name: str) -> str:
    return (resources.files("kg.identity") / "data" / name).read_text(encoding="utf-8")
