"""The manifest of a build: which article is done by which version, and its facts, so that no work is lost.

It is one SQLite file in a hidden folder of the output. Each batch is one transaction, so whatever ends a build,
what was done is there whole. `run` lists this run's records in the order of the input, `done` the facts.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import OutputError, UsageError
from kg.model import Facts, Reject
from kg.run.codec import decode

FOLDER = ".kg"
FORMAT = 1
"""Of the file's tables; a file with a higher number was written by a newer version."""
_LAST = 1 << 62
_SCHEMA = """
CREATE TABLE IF NOT EXISTS done (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, facts BLOB NOT NULL, records TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run (seq INTEGER PRIMARY KEY, path TEXT, reject TEXT);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: its place in the input, and either its article's stamp and facts or a reject.

    `facts`, packed, is None for an article that was done before; `records` are lines on its entities.
    """

    seq: int
    path: str = ""
    stamp: str = ""
    facts: bytes | None = None
    records: str = ""
    reject: Reject | None = None


class Journal:
    """The manifest of the output folder `out`, locked against other builds; without a folder a temporary one.

    Raises (on opening):
        UsageError: a newer version wrote it, or another build is at work there.
        OutputError: it can't be opened or written.
    """

    def __init__(self, out: Path | None = None) -> None:
        self.folder = None if out is None else out / FOLDER
        self._new_out = out is not None and not out.exists()
        self._new = self.folder is not None and not self.folder.exists()
        self._lock: int | None = None
        if self.folder is not None:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._lock or 0)
                raise UsageError(
                    f"{out}: another build is at work there; wait for it, or choose another with --out"
                ) from None
            except OSError as error:
                raise OutputError(f"{self.folder}: can't be written: {error.strerror or error}") from error
        self.file = None if self.folder is None else self.folder / "manifest.sqlite"
        with self._guard():
            self._db = _connect(self.file)
            self._check()

    def _check(self) -> None:
        found: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > FORMAT:
            self.close()
            raise UsageError(
                f"{self.file}: written by a newer version of kg (format {found}, this one knows {FORMAT}); "
                "update kg, or choose another folder with --out"
            )
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {FORMAT}")

    def begin(self) -> None:
        """Begin a run: no record belongs to it yet; what earlier ones did is kept."""
        self._write([("DELETE FROM run", [()])])

    def stamp(self, path: str) -> str | None:
        """Return by what and from what an article was built, None if it was not."""
        with self._guard():
            row = self._db.execute("SELECT stamp FROM done WHERE path = ?", (path,)).fetchone()
        return None if row is None else str(row[0])

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Note what became of some records, in one transaction.

        Raises:
            OutputError: the disk refuses; what was noted before is safe.
        """
        done, run = [], []
        for one in outcomes:
            if one.facts is not None:
                done.append((one.path, one.stamp, one.facts, one.records))
            reject = None if one.reject is None else json.dumps(asdict(one.reject))
            run.append((one.seq, one.path if one.reject is None else None, reject))
        self._write(
            [
                ("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?)", done),
                ("INSERT OR REPLACE INTO run VALUES (?, ?, ?)", run),
            ]
        )

    def refuse(self, seq: int, reject: Reject) -> None:
        """Turn a built record into a reject."""
        self.add([Outcome(seq, reject=reject)])

    def adopt(self, others: Iterable[str]) -> None:
        """Take articles of earlier runs into this one, after its own, in the order of their paths."""
        after = self._count("SELECT ifnull(max(seq), -1) FROM run") + 1
        there = {str(path) for (path,) in self._rows("SELECT path FROM run WHERE path IS NOT NULL")}
        known = {str(path) for (path,) in self._rows("SELECT path FROM done")}
        paths = sorted((set(others) & known) - there)
        self._write([("INSERT INTO run VALUES (?, ?, NULL)", list(enumerate(paths, after)))])

    def paths(self) -> Iterator[str]:
        """Yield the paths of all articles that are done, in this run and earlier ones."""
        for (path,) in self._rows("SELECT path FROM done ORDER BY path"):
            yield str(path)

    def sweep(self) -> None:
        """Forget the articles of earlier runs that are not in this one."""
        self._write([("DELETE FROM done WHERE path NOT IN (SELECT path FROM run WHERE path IS NOT NULL)", [()])])

    def __len__(self) -> int:
        """How many articles the run has."""
        return self._count("SELECT count(*) FROM run WHERE path IS NOT NULL")

    def count_rejects(self) -> int:
        """How many records of the run were rejected."""
        return self._count("SELECT count(*) FROM run WHERE reject IS NOT NULL")

    def rejects(self) -> Iterator[Reject]:
        """Yield what was rejected, in input order."""
        for (text,) in self._rows("SELECT reject FROM run WHERE reject IS NOT NULL ORDER BY seq"):
            yield Reject(**json.loads(text))

    def articles(self, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, Facts]]:
        """Yield the run's articles with their places, in input order; `begin` to `end` (exclusive) of the places."""
        with self._guard():
            yield from read(self._db, begin, end)

    def records(self, begin: int = 0, end: int | None = None) -> Iterator[str]:
        """Yield the lines on the entities of the run's articles; `begin` to `end` (exclusive) of the places."""
        rows = self._rows(
            "SELECT done.records FROM run JOIN done ON done.path = run.path "
            "WHERE run.seq >= ? AND run.seq < ? ORDER BY run.seq",
            begin,
            _LAST if end is None else end,
        )
        for (text,) in rows:
            yield from str(text).splitlines()

    def places(self, size: int) -> list[tuple[int, int]]:
        """Return stretches of places, `begin` to `end` (exclusive), of about `size` bytes of packed facts each."""
        cuts, total = [0], 0
        rows = self._rows(
            "SELECT run.seq, length(done.facts) FROM run JOIN done ON done.path = run.path ORDER BY run.seq"
        )
        last = -1
        for seq, length in rows:
            if total + length > size and total:
                cuts.append(seq)
                total = 0
            total += length
            last = seq
        return list(zip(cuts, [*cuts[1:], last + 1], strict=True)) if last >= 0 else []

    def close(self, remove: bool = False) -> None:
        """Close the file; with `remove` take it away if this build made it."""
        self._db.close()
        if self.folder is not None and remove and self._new:
            shutil.rmtree(self.folder, ignore_errors=True)
            if self._new_out:
                try:
                    self.folder.parent.rmdir()
                except OSError:
                    pass
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _count(self, query: str) -> int:
        with self._guard():
            return int(self._db.execute(query).fetchone()[0])

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with self._guard():
            yield from self._db.execute(query, values)

    def _write(self, steps: list[tuple[str, list[tuple[object, ...]]]]) -> None:
        with self._guard(), self._db:
            for statement, rows in steps:
                self._db.executemany(statement, rows)

    def _guard(self) -> _Guard:
        return _Guard(self.file)


def read(db: sqlite3.Connection, begin: int, end: int | None) -> Iterator[tuple[int, Facts]]:
    """Yield places and facts from an open manifest."""
    rows = db.execute(
        "SELECT run.seq, done.facts FROM run JOIN done ON done.path = run.path "
        "WHERE run.seq >= ? AND run.seq < ? ORDER BY run.seq",
        (begin, _LAST if end is None else end),
    )
    for seq, data in rows:
        yield seq, decode(data)


def open_to_read(file: Path) -> sqlite3.Connection:
    """Open the manifest of a build at work, from one of its processes."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _connect(file: Path | None) -> sqlite3.Connection:
    # an empty name is SQLite's for a private file that is deleted when closed
    db = sqlite3.connect("" if file is None else file, check_same_thread=False)
    if file is not None:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
    return db


class _Guard:
    """Turns what SQLite refuses into one line."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        name = self._file or "the temporary file"
        if isinstance(error, sqlite3.DatabaseError):
            full = "full" in str(error) or "disk I/O" in str(error)
            way = "make room and run the same command again: it goes on where it was" if full else (
                f"take {name} away to build everything anew"
            )
            raise OutputError(f"{name}: {error}; {way}") from error
        if isinstance(error, ValueError | TypeError | zlib.error):
            raise OutputError(f"{name}: damaged ({error}); take it away to build everything anew") from error
