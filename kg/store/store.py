"""The embedded store: a named graph an article, each written, replaced and withdrawn as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import DEFAULT_BASE, check_base, id_slug
from kg.store.loading import FORMATS as FORMATS
from kg.store.loading import check_file, file_of, load_into
from kg.store.lock import NAME as _LOCK
from kg.store.lock import lock, release
from kg.store.merged import NEW, both, deletion, drop_graph, last_held, merge, settle
from kg.store.orphans import orphaned
from kg.store.refuse import empties_default
from kg.store.stamps import Stamps
from kg.store.terms import node, to_ox

if TYPE_CHECKING:
    from kg.graph.sheet import Triple

GRAPHS, _STAMPS = "graphs", "articles.sqlite"
_WHOLE = "unfinished"
_IMPORT = "import"

IDENTITY, INFERRED = "identity", "inferred"
DERIVED = (IDENTITY, INFERRED)
UPDATES = "updates"
"""What stands behind the base IRI in the names of the graphs that are made from the articles' graphs."""


@dataclass(frozen=True, slots=True)
class Put:
    """One article to write: the name of its graph, its stamp, its triples."""

    doc: str
    stamp: str
    triples: Iterable[Triple]


def is_store(path: Path) -> bool:
    """Tell whether a folder is a store."""
    return (path / _STAMPS).is_file() and (path / GRAPHS / "CURRENT").is_file()


class ArticleStore:
    """A store in a folder, open for reading and writing by this process alone; use it in a `with` block.

    Raises (on opening):
        StoreError: the folder is no store, is in use by another process, or can't be read.
    """

    def __init__(self, path: str | Path, create: bool = True, base: str | None = None) -> None:
        self.path = Path(path)
        if not is_store(self.path):
            self._check_new(create)
        self._lock = lock(self.path)
        try:
            self.ox = ox.Store(self.path / GRAPHS)
            self._stamps = Stamps(self.path / _STAMPS)
            self._mend()
        except (OSError, RuntimeError, StoreError) as error:  # RuntimeError: a file is damaged
            release(self._lock)
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
            graph = node(NEW + doc) if there else node(doc)
            quads = [_quad(triple, graph) for triple in article.triples]
            if there:
                again[doc] = quads
            else:
                fresh += both(quads)
        self._stamps.drop(again)
        with _disk(self.path):
            self.ox.extend(fresh)
            for doc, quads in again.items():
                self._replace(doc, quads)
        self._stamps.set({doc: article.stamp for doc, article in batch.items()})

    def _replace(self, doc: str, quads: list[ox.Quad]) -> None:
        """Put quads, which stand in a graph of another name yet, in the place of an article's graph."""
        graph, new = node(doc), node(NEW + doc)
        self.ox.extend(quads)
        stays = {quad.triple for quad in quads}
        old = self.ox.quads_for_pattern(None, None, None, graph)
        gone = last_held(self.ox, (quad for quad in old if quad.triple not in stays), {graph})
        there = [f"ADD {new} TO DEFAULT", f"MOVE {new} TO {graph}"] if quads else [f"DROP GRAPH {graph}"]
        self.ox.update(" ;\n".join([*deletion(self.ox, gone), *there]))  # one update is one transaction

    def forget(self, doc: str) -> int:
        """Withdraw a graph by its name, and return how many triples it held.

        All that an article says of a thing stands in that article's graph, so a thing that no other
        article mentions goes with it, and so does what the derived graphs (identity, inferred) say of it.

        Raises:
            StoreError: there is no such graph.
        """
        name = node(doc)
        if not self.ox.contains_named_graph(name):
            raise StoreError(f"{doc}: the store holds no such graph; kg stats --graphs lists them")
        derived = [node(graph) for graph in self.derived()]
        with _disk(self.path):
            own = list(self.ox.quads_for_pattern(None, None, None, name))
            said = orphaned(self.ox, name, own, derived)
            gone = [*said, *last_held(self.ox, [*own, *said], {name, *derived})]
            self._stamps.drop([doc])
            self.ox.update(" ;\n".join([*deletion(self.ox, gone), f"DROP GRAPH {name}"]))
        return len(own)

    def bury(self, docs: Mapping[str, str]) -> None:
        """Note that articles are withdrawn for good: their ids by the names of their graphs."""
        self._stamps.bury(docs)

    def lift(self, docs: Iterable[str]) -> None:
        """Let articles come back that were withdrawn, by the names of their graphs."""
        self._stamps.lift(docs)

    def buried(self) -> Mapping[str, str]:
        """Return the ids of the articles withdrawn for good, by the names that their graphs had."""
        return self._stamps.buried()

    def derived(self) -> list[str]:
        """Return the names of the graphs that are made from the articles' graphs, and can be made again."""
        return [self.base + name for name in DERIVED if self.ox.contains_named_graph(node(self.base + name))]

    def replace_graph(self, name: str, quads: Iterable[ox.Quad]) -> int:
        """Put these quads in the place of what the derived graph `name` held; return how many there are.

        The quads may come from a generator that reads the store. If the process ends before the last one is
        written, the graph is gone when the store is opened next, and can be made again.
        """
        target = node(name)
        with _disk(self.path):
            self._stamps.keep(_WHOLE, name)
            if self.ox.contains_named_graph(target):
                drop_graph(self.ox, target)
            self.ox.bulk_extend(both(quads))
            count = sum(1 for _ in self.ox.quads_for_pattern(None, None, None, target))
            self._stamps.keep(_WHOLE, "")
        return count

    def load(self, file: Path, graph: str | None = None, checked: bool = False) -> int:
        """Import a graph file and return how many triples are new; `graph` names the graph of plain triples.

        Without it they go into the graph `…/import/NAME-OF-THE-FILE`. `checked` says that `check_file` has
        found it good. A bad file changes nothing.

        Raises:
            StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
        """
        if not checked:
            check_file(file, graph)
        plain = graph or f"{self.base}import/{id_slug(file.name)}"
        before = len(self.ox)
        self._distrust(file, plain)
        with _disk(self.path), file_of(file) as stream:
            self._stamps.keep(_WHOLE, _IMPORT)
            load_into(self.ox, stream, file, plain)
            count = len(self.ox) - before
            merge(self.ox)
            self._stamps.keep(_WHOLE, "")
        return count

    @contextmanager
    def changing(self, update: str) -> Iterator[None]:
        """Let a SPARQL update change any graph, and make the default graph the merge of the others again after.

        What the update puts into the default graph is kept in the graph `…/updates`. The store is read
        through once.

        Raises:
            StoreError: the disk refuses.
        """
        own = node(self.base + UPDATES)
        copy = self.path / "before"
        with _disk(self.path):
            self._stamps.clear()
            shutil.rmtree(copy, ignore_errors=True)
            self.snapshot(copy)
            try:
                self._stamps.keep(_WHOLE, _IMPORT)
                yield
                before = None if empties_default(update) else ox.Store.read_only(str(copy))
                settle(self.ox, own, before)
                self._stamps.keep(_WHOLE, "")
            finally:
                shutil.rmtree(copy, ignore_errors=True)

    def _distrust(self, file: Path, plain: str) -> None:
        """Take away the stamps of graphs that may get more from a file."""
        if FORMATS[file.suffix.lower()].supports_datasets:
            self._stamps.clear()
        else:
            self._stamps.drop([plain])

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
            del self.ox
        with suppress(OSError):  # someone may still read an answer from it
            # Oxigraph drops the write-ahead logs of a session, more than the data itself, on the next opening
            ox.Store(self.path / GRAPHS)
        self._stamps.close()
        release(self._lock)

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
        if inside - {GRAPHS, _STAMPS, _LOCK, "before"}:
            raise StoreError(f"{self.path}: the folder holds other things; name a new or empty one")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path}: can't be made: {error.strerror}") from error

    def _mend(self) -> None:
        """Take away what was interrupted: replacements of articles, which still stand, and derived graphs."""
        for graph in under_way(self.ox):
            self.ox.remove_graph(graph)
        unfinished = self._stamps.setting(_WHOLE)
        if unfinished:
            if unfinished != _IMPORT and self.ox.contains_named_graph(node(unfinished)):
                self.ox.remove_graph(node(unfinished))
            settle(self.ox)
            self._stamps.keep(_WHOLE, "")


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


def _quad(triple: Triple, graph: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = map(to_ox, triple)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def under_way(store: ox.Store) -> list[ox.NamedNode]:
    """Return the graphs of replacements that were not finished."""
    return [g for g in store.named_graphs() if isinstance(g, ox.NamedNode) and g.value.startswith(NEW)]


def settings(path: Path) -> Mapping[str, str]:
    """Return the settings of a store without opening its graphs.

    `base` is the base IRI of what is built into it, `unfinished` a derived graph whose making was interrupted.
    """
    stamps = Stamps(path / _STAMPS, read_only=True)
    try:
        return {
            "base": stamps.setting("base") or DEFAULT_BASE,
            _WHOLE: stamps.setting(_WHOLE) or "",
        }
    finally:
        stamps.close()
