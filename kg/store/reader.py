"""A store open for reading: any number of processes at once, while none writes."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import bind_prefixes
from kg.graph.answer import Answer
from kg.graph.terms import Dataset
from kg.store.answers import answer
from kg.store.called import narrowed
from kg.store.folder import GRAPHS, STAMPS, is_store, settings, shelf_of
from kg.store.loading import memory_of
from kg.store.lock import Handle, lock, release
from kg.store.scope import scope_of
from kg.store.shelf import Shelf
from kg.store.stamps import Stamps
from kg.store.store import ArticleStore, under_way
from kg.store.unpacked import with_unpacked


class StoreReader:
    """A store in a folder, open for reading; use it in a `with` block, or close it.

    `ox` is Oxigraph's store, `base` the base IRI of what was built into it. While it is open, nothing can
    write to the store.

    Raises (on opening):
        StoreError: there is no store, another process writes to it, or it can't be read.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not is_store(self.path):
            raise StoreError(f"{self.path}: no store there; make one with kg build --store {self.path}")
        self._lock: Handle | None = None
        self._stamps: Stamps | None = None
        self._open()
        if under_way(self.ox) or self._left_open():
            self.close()  # a writer was interrupted: opening the store to write takes away what it left
            ArticleStore(self.path, create=False).close()
            self._open()
        self.base = settings(self.path)["base"]
        self._stamps = Stamps(self.path / STAMPS, read_only=True)
        self.shelf = Shelf(self._stamps.db, self.path / STAMPS, self.base, read_only=True)

    def answer(self, query: str, base: str | None = None) -> Answer:
        """Run a SPARQL query; the default graph is the merge of all graphs unless the query says FROM.

        Relative IRIs in it are relative to `base`, or else to the base IRI of what is in the store.

        Raises:
            QueryError: it can't be parsed or run, changes data, or asks another host.
        """
        base = base or self.base
        query = narrowed(query, self.ox, self._stamps.db) if self._stamps is not None else query
        docs = self.shelf.meant(scope_of(query, base))
        if not docs:
            return answer(self.ox, query, base)
        room = self.path if os.access(self.path, os.W_OK) else None  # where files can be linked
        return with_unpacked(self.ox, self.shelf, docs, lambda graphs: answer(graphs, query, base), room)

    def dataset(self) -> Dataset:
        """Return the store as an rdflib dataset whose default graph is the merge of all; nothing is copied."""
        return as_dataset(self.ox)

    def close(self) -> None:
        """Give the store free."""
        if self._lock is not None:
            del self.ox
            if self._stamps is not None:
                self._stamps.close()
                self._stamps = None
            release(self._lock)
            self._lock = None

    def __enter__(self) -> StoreReader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _left_open(self) -> bool:
        with shelf_of(self.path) as shelf:
            if shelf.left_open() or shelf.leaving():
                return True
        # what a killed writer left in the log is not in a copy that a reader makes
        logs = (self.path / GRAPHS).glob("*.log")
        return bool(settings(self.path)["unfinished"]) or any(log.stat().st_size for log in logs)

    def _open(self) -> None:
        handle = lock(self.path, shared=True)
        try:
            self.ox = ox.Store.read_only(str(self.path / GRAPHS))
        except (OSError, RuntimeError) as error:  # RuntimeError: a file is damaged
            release(handle)
            raise StoreError(f"{self.path}: the store can't be opened: {error}") from error
        self._lock = handle


class FileReader:
    """A graph file in the engine of stores: the same queries give the same answers.

    `base` is the base IRI that the file declares.

    Raises (on opening):
        StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
    """

    def __init__(self, path: str | Path) -> None:
        self.ox, self.base = memory_of(Path(path))

    def answer(self, query: str, base: str | None = None) -> Answer:
        """Run a SPARQL query; of named graphs the default graph is the merge, unless the query says FROM.

        Raises:
            QueryError: it can't be parsed or run, changes data, or asks another host.
        """
        return answer(self.ox, query, base or self.base)

    def close(self) -> None:
        """Nothing is to be given free."""

    def __enter__(self) -> FileReader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def reader_of(path: str | Path) -> StoreReader | FileReader:
    """Open a graph file, or the store in a folder, to be asked; use it in a `with` block.

    Raises:
        StoreError: it can't be read.
    """
    return StoreReader(path) if Path(path).is_dir() else FileReader(path)


def as_dataset(store: ox.Store) -> Dataset:
    """Return an Oxigraph store, whose default graph is the merge of all, as an rdflib dataset."""
    from oxrdflib import OxigraphStore

    dataset = Dataset(store=OxigraphStore(store=store), default_union=False)
    bind_prefixes(dataset)
    return dataset
