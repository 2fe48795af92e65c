"""The lock of a store: one process that writes, or many that read, and never both."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kg.errors import StoreError, StoreInUseError

NAME = "lock"


def lock(store: Path, shared: bool = False) -> int:
    """Take the lock of a store and return its handle; closing that gives the lock free.

    The system gives it free too when the process ends, however it ends.

    Raises:
        StoreInUseError: another process has the lock.
        StoreError: the folder can't be used.
    """
    flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
    try:
        handle = os.open(store / NAME, flags, 0o666)
    except OSError as error:
        raise StoreError(f"{store}: the store can't be opened: {error.strerror}") from error
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise StoreInUseError(f"{store}: the store is in use by another process; try again later") from error
    return handle
