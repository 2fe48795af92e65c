"""The manifest of a build: which article is done by which version, and its facts, so that no work is lost.

It is one SQLite file in a hidden folder of the output. Each batch is one transaction, so whatever ends a build,
what was done is there whole. `run` lists this run's records in the order of the input, `done` the facts; `node` and
`retired` are `kg.run.known`'s.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import OutputError, UsageError
from kg.model import Facts, Reject
from kg.run.codec import decode
from kg.store.lock import Handle, TakenError, release, take

FOLDER = ".kg"
FORMAT = 1
"""Of the file's tables; a file with a higher number was written by a newer version."""
_LAST = 1 << 62
_SCHEMA = """
CREATE TABLE IF NOT EXISTS done
    (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, facts BLOB NOT NULL, records BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS run (seq INTEGER PRIMARY KEY, path TEXT, reject TEXT);
CREATE TABLE IF NOT EXISTS node (path TEXT PRIMARY KEY, names TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS retired (old TEXT PRIMARY KEY, new TEXT NOT NULL);
"""
_STRETCH = "FROM run JOIN done ON done.path = run.path WHERE run.seq >= ? AND run.seq < ? ORDER BY run.seq"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: its place in the input, and either its article's stamp and facts or a reject.

    `facts`, packed, is None for an article that was done before; `records` are lines on its entities.
    """

    seq: int
    path: str = ""
    stamp: str = ""
    facts: bytes | None = None
    records: bytes = b""
    reject: Reject | None = None


class Reader:
    """Reads the manifest in `file`, or the temporary one behind `db`.

    Raises (all methods):
        OutputError: the file can't be read, or is damaged.
    """

    def __init__(self, file: Path | None, db: sqlite3.Connection | None = None) -> None:
        self.file = file
        with self._guard():
            self._db = db or sqlite3.connect(f"{(file or Path()).resolve().as_uri()}?mode=ro", uri=True)

    def __len__(self) -> int:
        """How many articles the run has."""
        return int(self._one("SELECT count(*) FROM run WHERE path NOTNULL"))

    def count_rejects(self) -> int:
        """How many records of the run were rejected."""
        return int(self._one("SELECT count(*) FROM run WHERE reject NOTNULL"))

    def rejects(self) -> Iterator[Reject]:
        """Yield what was rejected, in input order."""
        for (text,) in self.rows("SELECT reject FROM run WHERE reject NOTNULL ORDER BY seq"):
            yield Reject(**json.loads(text))

    def packed(self, begin: int = 0, end: int = _LAST) -> Iterator[tuple[int, bytes]]:
        """Yield the places and packed facts of the run's articles from place `begin` to `end` (exclusive)."""
        yield from self.rows(f"SELECT run.seq, done.facts {_STRETCH}", begin, end)

    def articles(self, begin: int = 0, end: int = _LAST) -> Iterator[tuple[int, Facts]]:
        """Yield the places and facts of the run's articles from place `begin` to `end` (exclusive)."""
        with self._guard():
            for seq, data in self.packed(begin, end):
                yield seq, decode(data)

    def stamped(self) -> Iterator[tuple[int, str, Facts]]:
        """Yield the places, stamps and facts of the run's articles."""
        with self._guard():
            for seq, stamp, data in self.rows(f"SELECT run.seq, done.stamp, done.facts {_STRETCH}", 0, _LAST):
                yield seq, stamp, decode(data)

    def records(self, begin: int = 0, end: int = _LAST) -> Iterator[tuple[str, list[str]]]:
        """Yield the paths of the run's articles from place `begin` to `end` (exclusive), with a line an entity."""
        for path, data in self.rows(f"SELECT run.path, done.records {_STRETCH}", begin, end):
            yield str(path), bytes(data).decode("utf-8", "surrogatepass").split("\n") if data else []

    def paths(self, begin: int = 0, end: int = _LAST) -> list[str]:
        """Return the paths of the run's articles from place `begin` to `end` (exclusive)."""
        return [str(path) for (path,) in self.rows(f"SELECT run.path {_STRETCH}", begin, end)]

    def places(self, size: int) -> list[tuple[int, int]]:
        """Return stretches of places, `begin` to `end` (exclusive), of about `size` bytes of packed facts each."""
        cuts: list[int] = []
        total, last = 0, -1
        for seq, length in self.rows(f"SELECT run.seq, length(done.facts) {_STRETCH}", 0, _LAST):
            if not cuts or total + length > size:
                cuts.append(seq)
                total = 0
            total += length
            last = seq
        return list(zip(cuts, [*cuts[1:], last + 1], strict=True))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _one(self, query: str, *values: object) -> Any:
        with self._guard():
            return self._db.execute(query, values).fetchone()[0]

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds."""
        with self._guard():
            yield from self._db.execute(query, values)

    @contextlib.contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn what SQLite refuses into one line."""
        name = self.file or "the temporary file"
        try:
            yield
        except sqlite3.DatabaseError as error:
            if any(words in str(error) for words in ("full", "disk I/O", "readonly")):
                way = "make room and run the same command again: it goes on where it was"
            else:
                way = "take it away to build everything anew"
            raise OutputError(f"{name}: {error}; {way}") from error
        except (ValueError, TypeError, zlib.error) as error:
            raise OutputError(f"{name}: damaged ({error}); take it away to build everything anew") from error


class Journal(Reader):
    """The manifest of the folder `out`, locked against other builds; without a folder a temporary one.

    Raises (on opening):
        UsageError: a newer version wrote it, or another build is at work there.
        OutputError: it can't be opened or written.
    """

    def __init__(self, out: Path | None = None) -> None:
        self.folder = None if out is None else out / FOLDER
        self._new = [folder for folder in (self.folder, out) if folder is not None and not folder.exists()]
        self._lock = None if self.folder is None else _locked(self.folder)
        self.file = None if self.folder is None else self.folder / "manifest.sqlite"
        try:
            with self._guard():
                # an empty name is SQLite's for a private file that is deleted when closed
                db = sqlite3.connect(self.file or "", check_same_thread=False)
                super().__init__(self.file, db)
                self._prepare()
        except BaseException:
            self._unlock()
            raise

    def _prepare(self) -> None:
        if self.file is not None:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
        found: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > FORMAT:
            self._db.close()
            raise UsageError(
                f"{self.file}: written by a newer version of kg (format {found}, this one knows {FORMAT}); "
                "update kg, or choose another folder"
            )
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {FORMAT}")

    def begin(self) -> None:
        """Begin a run: no record belongs to it yet; what earlier ones did is kept, their leftovers are not."""
        self.write(("DELETE FROM run", [()]))
        if self.folder is not None:
            for left in self.folder.glob("*-run"):
                left.unlink(missing_ok=True)

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
        done: list[tuple[object, ...]] = []
        run: list[tuple[object, ...]] = []
        for one in outcomes:
            if one.facts is not None:
                done.append((one.path, one.stamp, one.facts, one.records))
            reject = None if one.reject is None else json.dumps(asdict(one.reject))
            run.append((one.seq, one.path if one.reject is None else None, reject))
        self.write(
            ("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?)", done),
            ("INSERT OR REPLACE INTO run VALUES (?, ?, ?)", run),
        )

    def adopt(self, wanted: Callable[[str], bool]) -> None:
        """Take the articles of earlier runs into this one whose path is `wanted`, after its own, by their paths."""
        seq = int(self._one("SELECT ifnull(max(seq), -1) FROM run")) + 1
        others = self.rows(
            "SELECT path FROM done WHERE path NOT IN (SELECT path FROM run WHERE path NOTNULL)"
        )
        paths = sorted(str(path) for (path,) in others if wanted(str(path)))
        self.write(("INSERT INTO run VALUES (?, ?, NULL)", [(seq + n, path) for n, path in enumerate(paths)]))

    def sweep(self) -> None:
        """Forget the articles of earlier runs that are not in this one."""
        gone = "WHERE path NOT IN (SELECT path FROM run WHERE path NOTNULL)"
        for table in ("done", "node"):
            self.write((f"DELETE FROM {table} {gone}", [()]))  # noqa: S608 - both are constants

    def reader(self) -> Reader:
        """Return what goes on reading after this is closed, and holds no lock; it shares a temporary file."""
        return Reader(self.file, self._db if self.file is None else None)

    def close(self, undo: bool = False) -> None:
        """Close the file and give the folder free; with `undo` take away what opening it made."""
        if self.file is not None:
            self._db.close()
        if undo:
            for folder in self._new:
                if folder == self.folder:
                    shutil.rmtree(folder, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):  # something else is there by now
                        folder.rmdir()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            release(self._lock)
            self._lock = None

    def write(self, *steps: tuple[str, Sequence[tuple[object, ...]]]) -> None:
        """Carry out statements, each for many rows, in one transaction."""
        with self._guard(), self._db:
            for statement, rows in steps:
                self._db.executemany(statement, rows)


def check_free(out: Path) -> None:
    """Raise UsageError if another build is at work in a folder, before time is spent on one that can't begin."""
    folder = out / FOLDER
    if (folder / "lock").exists():
        release(_locked(folder))


def _locked(folder: Path) -> Handle:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return take(folder / "lock")
    except TakenError as error:
        raise UsageError(
            f"{folder.parent}: another build is at work there; wait, or choose another folder"
        ) from error
    except OSError as error:
        raise OutputError(f"{folder}: can't be written: {error.strerror or error}") from error
