"""What a process does with its memory: when it looks for garbage, and when it gives back what is free."""

from __future__ import annotations

import contextlib
import ctypes
import gc
from collections.abc import Iterator

_SELDOM = (50_000, 20, 100)


def give_back() -> None:
    """Give the memory that is free back to the system, where the C library can; loading a model leaves much."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError, TypeError):  # only glibc has it; Windows takes no None
        ctypes.CDLL(None).malloc_trim(0)


def keep() -> None:
    """Take all that is there for needed to the end: nobody looks through it for garbage again, and seldom elsewhere.

    In a process that forks others a look would also write to what they share, which would end the sharing.
    """
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom meanwhile: where many things are made to stay, each look finds more of them and nothing
    else.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
