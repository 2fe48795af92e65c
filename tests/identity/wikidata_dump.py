"""A small dump in the format of Wikidata's, of things made up for the tests (but for the classes)."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path
from typing import Any


def claim(value: object, kind: str = "wikibase-entityid") -> dict[str, Any]:
    return {
        "mainsnak": {"snaktype": "value", "datavalue": {"value": value, "type": kind}},
        "type": "statement",
        "rank": "normal",
    }


def link(number: int) -> dict[str, Any]:
    return claim({"entity-type": "item", "numeric-id": number, "id": f"Q{number}"})


def item(
    number: int,
    label: str,
    classes: tuple[int, ...] = (),
    *,
    aliases: tuple[str, ...] = (),
    description: str = "",
    sites: int = 5,
    above: tuple[int, ...] = (),
    geonames: str = "",
    years: tuple[int | None, int | None] = (None, None),
    **ties: tuple[int, ...],
) -> dict[str, Any]:
    claims = {name: [link(other) for other in others] for name, others in ties.items()}
    claims |= {name: [link(c) for c in of] for name, of in (("P31", classes), ("P279", above)) if of}
    if geonames:
        claims["P1566"] = [claim(geonames, "string")]
    for name, year in zip(("P569", "P570"), years, strict=True):
        if year:
            claims[name] = [claim({"time": f"+{year:04}-01-01T00:00:00Z", "precision": 9}, "time")]
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {"en": {"language": "en", "value": label}} if label else {},
        "descriptions": {"en": {"language": "en", "value": description}} if description else {},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]} if aliases else {},
        "claims": claims,
        "sitelinks": {f"w{n}wiki": {"site": f"w{n}wiki", "title": label} for n in range(sites)},
    }


ITEMS = [
    item(6256, "country", above=(900,)),
    item(4830453, "business"),
    item(901, "shipping line", above=(4830453,)),
    item(1001, "Selmaria", (6256,), aliases=("Republic of Selmaria",), sites=200, geonames="77"),
    item(1002, "Omar Reyes", (5,), description="Selmarian politician", sites=60, P27=(1001,), P39=(1009,)),
    item(1003, "Omar Reyes", (5,), description="Kenyan footballer", sites=55, P54=(1010,)),
    item(1004, "Omar Reyes", (5,), description="painter", sites=50, years=(1601, 1650)),
    item(1005, "Nordskar Lines", (901,), aliases=("Nordskar", "NSL"), sites=30, P17=(1001,), P159=(1008,)),
    item(1006, "Elena Rask", (5,), description="Selmarian diplomat", sites=1),
    item(1007, "On Omar Reyes", (13442814,), sites=0),
    item(1008, "Arken", (515,), sites=40, geonames="78", P17=(1001,)),
    item(1009, "", (5,), sites=9),
    item(1010, "Leeds Rangers", (476028,), sites=20),
    item(1011, "Iris Vane", (5,), description="Selmarian judge", sites=80, years=(1970, None)),
]  # fmt: skip


def write_dump(path: Path, items: list[dict[str, Any]] = ITEMS) -> Path:
    """Write the items as a dump; the ending of the name says how it is packed."""
    lines = ",\n".join(json.dumps(one) for one in items)
    data = f"[\n{lines}\n]\n".encode()
    packed = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, lambda plain: plain)
    path.write_bytes(packed(data))
    return path
