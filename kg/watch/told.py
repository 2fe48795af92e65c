"""Remembers what each report was told, so that nothing is told twice; one SQLite file beside the build's manifest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError, UsageError
from kg.store.lock import TakenError, release, take
from kg.watch.news import News

_FILE, _LOCK = "watch.sqlite", "watch-lock"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS told (target TEXT, id TEXT, PRIMARY KEY (target, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS target (name TEXT PRIMARY KEY, underway INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS said (line TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Told:
    """What was told to each target, kept in a folder and locked against other watches; use it in a `with` block.

    Raises:
        UsageError (on opening): another watch is at work there.
        OutputError (all methods): the file can't be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = take(folder / _LOCK)
        except TakenError as error:
            raise UsageError(f"{folder.parent}: another kg watch is at work there") from error
        except OSError as error:
            raise OutputError(f"{folder}: can't be written: {error.strerror or error}") from error
        try:
            with self._guard():
                self._db = sqlite3.connect(self._file)
                self._db.executescript(_SCHEMA)
        except BaseException:
            release(self._lock)
            raise

    def knows(self, target: str) -> bool:
        """Tell whether anything was ever told to a target."""
        return bool(self._rows("SELECT 1 FROM target WHERE name = ?", target))

    def new(self, target: str, found: Iterable[News]) -> list[News]:
        """Return what was not told to a target yet."""
        told = {str(one) for (one,) in self._rows("SELECT id FROM told WHERE target = ?", target)}
        return [one for one in found if one.id not in told]

    def cut_off(self, target: str) -> bool:
        """Tell whether the last telling was cut off, so that some of it may have arrived."""
        return bool(self._rows("SELECT 1 FROM target WHERE name = ? AND underway", target))

    def begin(self, target: str) -> None:
        """Note that something is being told."""
        self._write("INSERT OR REPLACE INTO target VALUES (?, 1)", [(target,)])

    def done(self, target: str, told: Sequence[News]) -> None:
        """Note what was told, in one transaction."""
        with self._guard(), self._db:
            rows = [(target, one.id) for one in told]
            self._db.executemany("INSERT OR IGNORE INTO told VALUES (?, ?)", rows)
            self._db.execute("INSERT OR REPLACE INTO target VALUES (?, 0)", (target,))

    def unsaid(self, lines: Sequence[str]) -> list[str]:
        """Return the warnings that no round has said yet, and note that they are said."""
        said = {str(line) for (line,) in self._rows("SELECT line FROM said")}
        new = [line for line in dict.fromkeys(lines) if line not in said]
        self._write("INSERT OR IGNORE INTO said VALUES (?)", [(line,) for line in new])
        return new

    def close(self) -> None:
        """Close the file and give the folder free."""
        self._db.close()
        release(self._lock)

    def __enter__(self) -> Told:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._guard():
            return self._db.execute(query, values).fetchall()

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._guard(), self._db:
            self._db.executemany(statement, rows)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise OutputError(f"{self._file}: {error}; take it away to be told everything anew") from error
