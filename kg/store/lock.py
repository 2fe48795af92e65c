"""The lock of a folder: one process that writes, or many that read, and never both.

POSIX has `flock`. Elsewhere SQLite does it, which every Python brings: its files have just such locks on each
system. Either way the system gives a lock free when its process ends, however it ends.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TypeAlias

from kg.errors import StoreError, StoreInUseError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

NAME = "lock"
Handle: TypeAlias = "int | sqlite3.Connection"


class TakenError(OSError):
    """Another process has the lock."""


def lock(store: Path, shared: bool = False) -> Handle:
    """Take the lock of a store and return its handle, for `release`.

    Raises:
        StoreInUseError: another process has the lock.
        StoreError: the folder can't be used.
    """
    try:
        return take(store / NAME, shared)
    except TakenError as error:
        raise StoreInUseError(f"{store}: the store is in use by another process; try again later") from error
    except OSError as error:
        raise StoreError(f"{store}: the store can't be opened: {error.strerror}") from error


def take(file: Path, shared: bool = False) -> Handle:
    """Take the lock that a file stands for, which is made if need be; with `shared` beside others who share it.

    Raises:
        TakenError: another process has it.
        OSError: the file can't be used.
    """
    return _by_flock(file, shared) if fcntl is not None else _by_sqlite(file, shared)


def release(handle: Handle) -> None:
    """Give a lock free."""
    if isinstance(handle, int):
        os.close(handle)
    else:
        handle.close()


def _by_flock(file: Path, shared: bool) -> int:
    handle = os.open(file, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise TakenError(*error.args) from error
    return handle


def _by_sqlite(file: Path, shared: bool) -> sqlite3.Connection:
    os.close(os.open(file, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o666))
    handle = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        handle.execute("BEGIN DEFERRED" if shared else "BEGIN EXCLUSIVE")
        handle.execute("SELECT count(*) FROM sqlite_master").fetchone()  # so long the lock is shared
    except sqlite3.Error as error:
        handle.close()
        raise TakenError(None, str(error)) from error
    return handle
