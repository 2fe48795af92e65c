"""A store open for reading: any number of processes at once, while none writes."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import bind_prefixes
from kg.graph.sparql import Answer
from kg.graph.terms import Dataset
from kg.store.answers import answer
from kg.store.lock import Handle, lock, release
from kg.store.store import GRAPHS, ArticleStore, is_store, settings, under_way


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
        self._open()
        if under_way(self.ox) or settings(self.path)["unfinished"]:
            self.close()  # a writer was interrupted: opening the store to write takes away what it left
            ArticleStore(self.path, create=False).close()
            self._open()
        self.base = settings(self.path)["base"]

    def answer(self, query: str, base: str | None = None) -> Answer:
        """Run a SPARQL query; the default graph is the merge of all graphs unless the query says FROM.

        Raises:
            QueryError: it can't be parsed or run, changes data, or asks another host.
        """
        return answer(self.ox, query, base)

    def dataset(self) -> Dataset:
        """Return the store as an rdflib dataset whose default graph is the merge of all; nothing is copied."""
        return as_dataset(self.ox)

    def close(self) -> None:
        """Give the store free."""
        if self._lock is not None:
            del self.ox
            release(self._lock)
            self._lock = None

    def __enter__(self) -> StoreReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> None:
        handle = lock(self.path, shared=True)
        try:
            self.ox = ox.Store.read_only(str(self.path / GRAPHS))
        except (OSError, RuntimeError) as error:  # RuntimeError: a file is damaged
            release(handle)
            raise StoreError(f"{self.path}: the store can't be opened: {error}") from error
        self._lock = handle


def as_dataset(store: ox.Store) -> Dataset:
    """Return an Oxigraph store, whose default graph is the merge of all, as an rdflib dataset."""
    from oxrdflib import OxigraphStore

    dataset = Dataset(store=OxigraphStore(store=store), default_union=False)
    bind_prefixes(dataset)
    return dataset
