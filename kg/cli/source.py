"""Which graph a command means: a file, or the store in a folder."""

from __future__ import annotations

from pathlib import Path

from kg.cli.console import graph_file, typed
from kg.errors import UsageError

DATA = Path("output/graph.ttl")


def source_of(data: Path | None, store: Path | None, option: str | None = "--data") -> Path:
    """Return the file or folder that is there; without either, what `kg build` writes.

    Raises:
        UsageError: both are named, or there is none; the message says how to come by one.
    """
    if store is None:
        return graph_file(data or DATA, option)
    if data is not None:
        raise UsageError(f"name a graph file or a store, not both: {data}, {store}")
    from kg.store import is_store

    if not is_store(store):
        raise UsageError(f"{store}: no store there; make one with {typed()} build --store {store}")
    return store
