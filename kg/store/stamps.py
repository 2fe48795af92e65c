"""What was built into a store, by what, from what: one stamp an article, beside the graphs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from kg.errors import StoreError
from kg.event_classes import event_classes
from kg.model import Article

_SCHEMA = """
CREATE TABLE IF NOT EXISTS stamp (doc TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstone (doc TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_PACKAGE = Path(__file__).parents[1]
_BUILDERS = (
    "annotate",
    "components",
    "extract",
    "graph",
    "heads",
    "lexicon",
    "read",
    "resolve",
    "run",
    "world",
)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a digest of the code and data that turn an article into triples."""
    digest = hashlib.sha256()
    files = [p for room in _BUILDERS for p in (_PACKAGE / room).rglob("*") if p.is_file()]
    files += [
        _PACKAGE / name
        for name in ("event_classes.py", "folding.py", "model.py", "parsed.py", "pipeline.py", "renaming.py")
    ]
    for path in sorted(files):
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(_PACKAGE)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for one in event_classes().values():  # sets have no order to rely on
        digest.update(repr((one.curie, one.stance, sorted(one.flags))).encode())
    return digest.hexdigest()


def version_of(
    model: Mapping[str, object], lexicon: Path | None = None, options: Iterable[object] = ()
) -> str:
    """Return what an outcome depends on beside the article: model, lexicons, code, options."""
    words: list[object] = [code_version(), *(f"{key}={value}" for key, value in sorted(model.items()))]
    if lexicon is not None:
        words += [hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(lexicon.rglob("*.y*ml"))]
    words += [str(option) for option in options]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def stamp_of(article: Article, version: str) -> str:
    """Return the stamp of an article: equal exactly if its record and what builds it are equal."""
    record = json.dumps(asdict(article), sort_keys=True)
    return hashlib.sha256(f"{version}\n{record}".encode("utf-8", "backslashreplace")).hexdigest()


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn what SQLite refuses into a StoreError that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error


class Stamps:
    """The stamps of one store and its few settings, in a small SQLite file.

    A stamp is taken away before its graph changes and set after: a stamp that is there is true, whatever
    was interrupted.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self._path = path
        with refusals(path):
            uri = path.resolve().as_uri()
            self._db = sqlite3.connect(f"{uri}?mode=ro" if read_only else uri, uri=True)
            if not read_only:
                self._db.executescript(_SCHEMA)

    def get(self, doc: str) -> str | None:
        """Return the stamp of an article, None if it has none."""
        return self._one("SELECT value FROM stamp WHERE doc = ?", doc)

    def set(self, stamps: Mapping[str, str]) -> None:
        """Set the stamps of articles."""
        self._write("INSERT OR REPLACE INTO stamp VALUES (?, ?)", list(stamps.items()))

    def drop(self, docs: Iterable[str]) -> None:
        """Take stamps away."""
        self._write("DELETE FROM stamp WHERE doc = ?", [(doc,) for doc in docs])

    def clear(self) -> None:
        """Take all stamps away."""
        self._write("DELETE FROM stamp", [()])

    def setting(self, name: str) -> str | None:
        """Return a setting of the store."""
        return self._one("SELECT value FROM setting WHERE name = ?", name)

    def keep(self, name: str, value: str) -> None:
        """Keep a setting of the store."""
        self._write("INSERT OR REPLACE INTO setting VALUES (?, ?)", [(name, value)])

    @property
    def db(self) -> sqlite3.Connection:
        """The open file, for what changes together with the stamps."""
        return self._db

    def commit(self) -> None:
        """Make what was changed beside the stamps last."""
        self._write("DELETE FROM stamp WHERE 0", [()])

    def bury(self, docs: Mapping[str, str]) -> None:
        """Note that articles were withdrawn for good, with the ids that people know them by."""
        self._write("INSERT OR REPLACE INTO tombstone VALUES (?, ?)", list(docs.items()))

    def lift(self, docs: Iterable[str]) -> None:
        """Take the notes of withdrawn articles away."""
        self._write("DELETE FROM tombstone WHERE doc = ?", [(doc,) for doc in docs])

    def buried(self) -> dict[str, str]:
        """Return the ids of the articles that were withdrawn, by the names of their graphs, sorted by these."""
        with refusals(self._path):
            rows = self._db.execute("SELECT doc, value FROM tombstone ORDER BY doc").fetchall()
        return {str(doc): str(name) for doc, name in rows}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _one(self, query: str, value: str) -> str | None:
        with refusals(self._path):
            row = self._db.execute(query, (value,)).fetchone()
        return None if row is None else str(row[0])

    def _write(self, statement: str, rows: Sequence[tuple[str, ...]]) -> None:
        with refusals(self._path), self._db:
            self._db.executemany(statement, rows)
