"""A copy of a store in which the graphs of articles stand as named graphs, for queries and updates that name them."""

from __future__ import annotations

import io
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.shelf import Shelf

T = TypeVar("T")
_TRIES = 20
_BULK = 2_000_000
"""Bytes from which on loading in bulk is faster than a transaction."""
_ONCE = 64_000_000


def unpack(store: ox.Store, shelf: Shelf, docs: Iterable[str], target: Path) -> ox.Store:
    """Copy a store to a new folder, linking what the file system can link, with these articles as named graphs.

    Raises:
        StoreError: the disk refuses.
    """
    try:
        store.backup(str(target))
        made = ox.Store(str(target))
        for text in _portions(shelf.text(docs, named=True)):
            load_lines(made, text, named=True)
    except OSError as error:
        raise StoreError(f"{target}: {error}") from error
    return made


def with_unpacked(
    store: ox.Store,
    shelf: Shelf,
    docs: Iterable[str],
    work: Callable[[ox.Store], T],
    room: Path | None = None,
) -> T:
    """Return what `work` gives on such a copy, which is taken away after.

    Raises:
        StoreError: the disk refuses.
    """
    folder = Path(tempfile.mkdtemp(prefix=".unpacked-", dir=room))
    try:
        return work(unpack(store, shelf, docs, folder / "graphs"))
    finally:
        _take_away(folder)


def _take_away(folder: Path) -> None:
    """Remove a store that may still be open: it closes when nothing refers to it, such as an error's traceback."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(0.02)  # it made a file while the others were removed


def load_lines(store: ox.Store, text: bytes, named: bool = False) -> None:
    """Load N-Triples, or N-Quads, that a builder wrote; what is there already stays there once."""
    kind = ox.RdfFormat.N_QUADS if named else ox.RdfFormat.N_TRIPLES
    # what is packed was checked as it was spelt
    if len(text) >= _BULK:
        store.bulk_load(io.BytesIO(text), kind, lenient=True)
    else:
        store.load(io.BytesIO(text), kind, lenient=True)


def _portions(texts: Iterable[bytes]) -> Iterator[bytes]:
    some: list[bytes] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size >= _ONCE:
            yield b"".join(some)
            some, size = [], 0
    if some:
        yield b"".join(some)
