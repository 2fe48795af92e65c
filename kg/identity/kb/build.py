"""Make a knowledge base of a Wikidata dump: one pass, filtered by type, into one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kg.errors import OutputError
from kg.identity.kb.base import SCHEMA_VERSION, TABLES
from kg.identity.kb.wikidata import WikidataItem, read_dump
from kg.identity.names import parse
from kg.model import Kind

_BATCH = 10_000
_RAW = "CREATE TEMP TABLE raw (id INTEGER PRIMARY KEY, classes TEXT, data TEXT)"


def build_kb(
    dump: Path, out: Path, least_known: int = 1, told: Callable[[int], None] = lambda count: None
) -> int:
    """Write the things of a dump that have an English name and a kind to `out`; return how many there are.

    Items in fewer than `least_known` Wikipedias and sister projects are left out. Memory is bounded by the number of
    classes. `told` is called with the number of items read.

    Raises:
        IdentityError: the dump can't be read.
        OutputError: the file can't be written; what was there before stays.
    """
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        db = sqlite3.connect(part)
        try:
            count = _filled(db, dump, least_known, told)
        finally:
            db.close()
        part.replace(out)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{out}: it can't be written: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return count


def _filled(db: sqlite3.Connection, dump: Path, least_known: int, told: Callable[[int], None]) -> int:
    # the file is new and thrown away if anything fails, so neither journal nor syncing is of use
    db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES} {_RAW}")
    types = yaml.safe_load((resources.files("kg.identity") / "data" / "wikidata.yaml").read_text("utf-8"))
    never = {int(item[1:]) for item in types["never"]}
    below: dict[int, set[int]] = defaultdict(set)
    batch: list[tuple[int, str, str]] = []
    for count, item in enumerate(read_dump(dump), 1):
        for above in item.above:
            below[above].add(item.number)
        if item.label and item.known >= least_known and item.classes and not never.intersection(item.classes):
            batch.append((item.number, json.dumps(item.classes), _packed(item)))
        if len(batch) >= _BATCH:
            db.executemany("INSERT OR REPLACE INTO raw VALUES (?, ?, ?)", batch)
            batch.clear()
        if count % _BATCH == 0:
            told(count)
    db.executemany("INSERT OR REPLACE INTO raw VALUES (?, ?, ?)", batch)
    kinds = _kinds(types["roots"], below, never)
    taken = 0
    for number, classes, data in db.execute("SELECT id, classes, data FROM raw ORDER BY id"):
        kind = next((kinds[c] for c in json.loads(classes) if c in kinds), None)
        if kind is not None:
            _insert(db, number, kind, json.loads(data))
            taken += 1
    db.execute("DELETE FROM tie WHERE other NOT IN (SELECT id FROM item)")
    db.execute("INSERT INTO meta VALUES ('version', ?), ('items', ?)", (SCHEMA_VERSION, str(taken)))
    db.commit()
    db.execute("DROP TABLE raw")
    db.execute("VACUUM")
    return taken


def _kinds(roots: dict[str, list[str]], below: dict[int, set[int]], never: Iterable[int]) -> dict[int, Kind]:
    """The kind of each class: that of the root it lies below; people go before bodies, bodies before places."""
    kinds: dict[int, Kind] = {}
    passed = set(never)
    for name in ("Person", "Organization", "Place"):
        ahead = [int(root[1:]) for root in roots[name]]
        while ahead:
            number = ahead.pop()
            if number not in kinds and number not in passed:
                kinds[number] = Kind(name)
                ahead += sorted(below.get(number, ()))
    return kinds


def _packed(item: WikidataItem) -> str:
    also = [f"https://sws.geonames.org/{item.geonames}/"] if item.geonames and item.geonames.isdigit() else []
    return json.dumps(
        [item.label, item.aliases, item.description, item.known, also, item.born, item.died, item.ties],
        ensure_ascii=False,
    )


def _insert(db: sqlite3.Connection, number: int, kind: Kind, data: list[Any]) -> None:
    label, aliases, description, known, also, born, died, ties = data
    db.execute(
        "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, kind.value, label, description, known, json.dumps(also), born, died),
    )
    keys = {parse(alias, kind).key: 0 for alias in aliases} | {parse(label, kind).key: 1}
    db.executemany(
        "INSERT OR IGNORE INTO alias VALUES (?, ?, ?, ?)",
        [(key, kind.value, number, named) for key, named in sorted(keys.items()) if key],
    )
    db.executemany(
        "INSERT OR IGNORE INTO tie VALUES (?, ?)", [(number, other) for other in sorted(set(ties))]
    )
