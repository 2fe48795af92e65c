"""The embedded store: a named graph an article, each written, replaced and withdrawn as a whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import DEFAULT_BASE, check_base
from kg.store.stamps import Stamps
from kg.store.terms import node, to_ox

if TYPE_CHECKING:
    from kg.graph.sheet import Triple

_GRAPHS, _STAMPS, _LOCK = "graphs", "articles.sqlite", "lock"
_NEW = "urn:newskg:new:"
"""Graphs so named are replacements under way; what is left of them after an interruption is taken away."""
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Put:
    """One article to write: the name of its graph, its stamp, its triples."""

    doc: str
    stamp: str
    triples: Iterable[Triple]


def is_store(path: Path) -> bool:
    """Tell whether a folder is a store."""
    return (path / _STAMPS).is_file() and (path / _GRAPHS / "CURRENT").is_file()


class ArticleStore:
    """A store in a folder, open for reading and writing by this process alone; use it in a `with` block.

    Raises (on opening):
        StoreError: the folder is no store, is in use by another process, or can't be read.
    """

    def __init__(self, path: str | Path, create: bool = True, base: str | None = None) -> None:
        self.path = Path(path)
        if not is_store(self.path):
            self._check_new(create)
        self._lock = self._locked()
        try:
            self.ox = ox.Store(self.path / _GRAPHS)
            self._stamps = Stamps(self.path / _STAMPS)
            self._mend()
        except (OSError, StoreError) as error:
            os.close(self._lock)
            raise StoreError(f"{self.path}: the store can't be opened: {error}") from error
        if base is not None and self._stamps.setting("base") is None:
            self._stamps.keep("base", check_base(base))

    @property
    def base(self) -> str:
        """The base IRI of what is built into the store."""
        return self._stamps.setting("base") or DEFAULT_BASE

    def stamp(self, doc: str) -> str | None:
        """Return the stamp of the article whose graph is there, whole, or None."""
        return self._stamps.get(doc)

    def put(self, articles: Iterable[Put]) -> None:
        """Write articles in one go; each one's graph is replaced as a whole, and none is ever half there.

        Raises:
            StoreError: a triple can't be stored, or the disk refuses.
        """
        batch = {article.doc: article for article in articles}
        fresh: list[ox.Quad] = []
        again: dict[str, list[ox.Quad]] = {}
        for doc, article in batch.items():
            there = self.ox.contains_named_graph(node(doc))
            graph = node(_NEW + doc) if there else node(doc)
            quads = [_quad(triple, graph) for triple in article.triples]
            if there:
                again[doc] = quads
            else:
                fresh += quads
        self._stamps.drop(again)
        with _disk(self.path):
            self.ox.extend(fresh)
            for doc, quads in again.items():
                self.ox.extend(quads)
                move = f"MOVE <{_NEW}{doc}> TO <{doc}>" if quads else f"DROP GRAPH <{doc}>"
                self.ox.update(move)
        self._stamps.set({doc: article.stamp for doc, article in batch.items()})

    def forget(self, doc: str) -> int:
        """Withdraw a graph by its name, and return how many triples it held.

        All that an article says of a thing stands in that article's graph, so a thing that no other
        article mentions goes with it.

        Raises:
            StoreError: there is no such graph.
        """
        name = node(doc)
        if not self.ox.contains_named_graph(name):
            raise StoreError(f"{doc}: the store holds no such graph; kg stats --graphs lists them")
        with _disk(self.path):
            count = sum(1 for _ in self.ox.quads_for_pattern(None, None, None, name))
            self._stamps.drop([doc])
            self.ox.remove_graph(name)
        return count

    def replace_graph(self, name: str, quads: Iterable[ox.Quad]) -> int:
        """Put these quads in the place of what the graph `name` held; return how many there are."""
        target = node(name)
        with _disk(self.path):
            if self.ox.contains_named_graph(target):
                self.ox.remove_graph(target)
            self.ox.bulk_extend(quads)
            return sum(1 for _ in self.ox.quads_for_pattern(None, None, None, target))

    def load(self, file: Path, graph: str | None = None) -> int:
        """Import a graph file and return how many triples are new; `graph` names the graph of plain triples.

        Raises:
            StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
        """
        before = len(self.ox)
        with file_of(file) as stream:
            load_into(self.ox, stream, file, graph)
        if FORMATS[file.suffix.lower()].supports_datasets:
            self._stamps.clear()  # any article's graph may have got more
        elif graph is not None:
            self._stamps.drop([graph])
        return len(self.ox) - before

    def mistrust(self) -> None:
        """Have every article built again next time: something else may have changed its graph."""
        self._stamps.clear()

    def graphs(self) -> Iterator[str]:
        """Yield the names of the graphs, sorted."""
        yield from sorted(g.value for g in self.ox.named_graphs() if isinstance(g, ox.NamedNode))

    def snapshot(self, target: Path) -> None:
        """Copy the graphs, cheaply where the file system can link, to a new folder for readers.

        Raises:
            StoreError: the disk refuses.
        """
        with _disk(target):
            self.ox.flush()
            self.ox.backup(str(target))

    def close(self) -> None:
        """Make everything last and give the store free."""
        with _disk(self.path):
            self.ox.flush()
        self._stamps.close()
        del self.ox
        os.close(self._lock)

    def __enter__(self) -> ArticleStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_new(self, create: bool) -> None:
        if not create:
            raise StoreError(f"{self.path}: no store there; make one with kg build --store {self.path}")
        inside = {entry.name for entry in self.path.iterdir()} if self.path.is_dir() else set()
        if inside - {_GRAPHS, _STAMPS, _LOCK}:
            raise StoreError(f"{self.path}: the folder holds other things; name a new or empty one")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path}: can't be made: {error.strerror}") from error

    def _locked(self) -> int:
        try:
            handle = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise StoreError(f"{self.path}: the store can't be opened: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise StoreError(
                f"{self.path}: the store is in use by another process; try again later"
            ) from error
        return handle

    def _mend(self) -> None:
        """Take away replacements that were interrupted; the graphs they were for still stand."""
        for graph in list(self.ox.named_graphs()):
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(_NEW):
                self.ox.remove_graph(graph)


class _disk:  # noqa: N801 - reads as a word in a with statement
    """Turns what the disk refuses into a StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise StoreError(f"{self._path}: {error}") from error


def file_of(path: Path) -> IO[bytes]:
    """Open a file to read.

    Raises:
        StoreError: it can't be.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def load_into(store: ox.Store, stream: IO[bytes], file: Path, graph: str | None = None) -> None:
    """Load a graph file into an Oxigraph store in bulk; a file with bad syntax leaves nothing behind.

    Raises:
        StoreError: the ending tells no format, or the syntax is bad; the message says where.
    """
    kind = FORMATS.get(file.suffix.lower())
    if kind is None:
        raise StoreError(f"{file}: the ending tells no format; known are {', '.join(FORMATS)}")
    target = node(graph) if graph is not None else None
    if target is not None and kind.supports_datasets:
        raise StoreError(f"{file}: it names its graphs itself; leave out the graph")
    try:
        store.bulk_load(stream, kind, base_iri=file.resolve().as_uri(), to_graph=target)
    except SyntaxError as error:
        raise StoreError(f"{file}{_place(error)}: {_one_line(error)}") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: {_one_line(error)}") from error


def _place(error: SyntaxError) -> str:
    return f", line {error.lineno}" if error.lineno else ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())[:300]


def _quad(triple: Triple, graph: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = map(to_ox, triple)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def settings(path: Path) -> Mapping[str, str]:
    """Return the settings of a store without opening its graphs."""
    stamps = Stamps(path / _STAMPS, read_only=True)
    try:
        base = stamps.setting("base")
    finally:
        stamps.close()
    return {"base": base or DEFAULT_BASE}
