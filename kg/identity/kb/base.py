"""A large knowledge base in one SQLite file, as `kg kb build` writes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kg.errors import IdentityError
from kg.identity.kb.model import WIKIDATA, KbEntity
from kg.identity.names import parse
from kg.model import Kind

SCHEMA_VERSION = "1"
MOST = 50
"""So many candidates of one name are looked at, the best known first."""
TABLES = """
CREATE TABLE item (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, description TEXT NOT NULL,
    known INTEGER NOT NULL, also TEXT NOT NULL, born INTEGER, died INTEGER
);
CREATE TABLE alias (key TEXT NOT NULL, kind TEXT NOT NULL, item INTEGER NOT NULL, named INTEGER NOT NULL,
    PRIMARY KEY (key, kind, item)) WITHOUT ROWID;
CREATE TABLE tie (item INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (item, other)) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class SQLiteBase:
    """A knowledge base file, opened for reading; safe to share by processes, each with an opening of its own."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            IdentityError: it isn't there, is no knowledge base, or one that a later version wrote.
        """
        if not path.is_file():
            raise IdentityError(f"{path}: no such knowledge base; make one with kg kb build")
        try:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            row = self._db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        except sqlite3.Error as error:
            raise IdentityError(
                f"{path}: it is no knowledge base ({error}); make one with kg kb build"
            ) from error
        if row is None or row[0] != SCHEMA_VERSION:
            found = row[0] if row else "none"
            raise IdentityError(
                f"{path}: its version is {found}, not {SCHEMA_VERSION}; make it anew with kg kb build"
            )
        self.candidates = lru_cache(maxsize=50_000)(self._candidates)

    def _candidates(self, name: str, kind: Kind) -> Sequence[KbEntity]:
        """Return the things of this kind that go by the name, the best known first."""
        rows = self._db.execute(
            "SELECT item.id, label, description, known, also, born, died, named FROM alias"
            " JOIN item ON item.id = alias.item WHERE key = ? AND alias.kind = ?"
            " ORDER BY known DESC, item.id LIMIT ?",
            (parse(name, kind).key, kind.value, MOST),
        ).fetchall()
        return tuple(
            KbEntity(
                f"{WIKIDATA}Q{number}", kind, label, known, bool(named), tuple(json.loads(also)), description,
                self._related(number), born, died,
            )
            for number, label, description, known, also, born, died, named in rows
        )  # fmt: skip

    def _related(self, number: int) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT label FROM tie JOIN item ON item.id = tie.other WHERE tie.item = ? ORDER BY label",
            (number,),
        )
        return tuple(label for (label,) in rows)
