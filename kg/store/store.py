"""The embedded store: articles, each written, replaced and withdrawn as a whole, beside imported and derived graphs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import DEFAULT_BASE, check_base, id_slug
from kg.store.ask import change
from kg.store.changes import Changes, Run, Update, changed
from kg.store.folder import CHANGES, GRAPHS, STAMPS, WHOLE, is_store
from kg.store.loading import check_file, file_of, names_in, quads_of
from kg.store.lock import NAME as _LOCK
from kg.store.lock import lock, release
from kg.store.merged import NEW, both, deletion, drop_graph, last_held, settle
from kg.store.orphans import orphaned
from kg.store.packed import DERIVED, PackedArticles
from kg.store.stamps import Stamps
from kg.store.terms import node, to_ox

if TYPE_CHECKING:
    from kg.graph.triple_builder import Triple

_IMPORT = "import"
UPDATES = "updates"
"""What stands behind the base IRI in the name of the graph that updates of the default graph write to."""


@dataclass(frozen=True, slots=True)
class Put:
    """One article to write: the name of its graph, its stamp, its triples."""

    doc: str
    stamp: str
    triples: Iterable[Triple]


class ArticleStore:
    """A store in a folder, open for reading and writing by this process alone; use it in a `with` block.

    `stamps` holds what was built, and what was withdrawn for good. A store that was made for a block which fails is
    taken away again, unless something is in it by then.

    Raises (on opening):
        StoreError: the folder is no store, is in use by another process, or can't be read.
    """

    def __init__(self, path: str | Path, create: bool = True, base: str | None = None) -> None:
        self.path = Path(path)
        self._is_new = not is_store(self.path)
        self._folders = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        if self._is_new:
            self._check_new(create)
        self._lock = lock(self.path)
        try:
            self.ox = ox.Store(self.path / GRAPHS)
            self.stamps = Stamps(self.path / STAMPS)
            if base is not None and self.stamps.setting("base") is None:
                self.stamps.keep("base", check_base(base))
            self.packed = PackedArticles(self.ox, self.stamps, self.path / STAMPS)
            self.shelf = self.packed.shelf
            self._mend()
        except (OSError, RuntimeError, StoreError) as error:  # RuntimeError: a file is damaged
            release(self._lock)
            raise StoreError(f"{self.path}: the store can't be opened: {error}") from error

    @property
    def base(self) -> str:
        """The base IRI of what is built into the store."""
        return self.stamps.setting("base") or DEFAULT_BASE

    def holds(self, doc: str) -> bool:
        """Tell whether the store has a graph of this name."""
        return self.shelf.has(doc) or self.ox.contains_named_graph(node(doc))

    def put(self, articles: Iterable[Put]) -> None:
        """Write articles in one go; each one's graph is replaced as a whole, and none is ever half there.

        Raises:
            StoreError: a triple can't be stored, or the disk refuses.
        """
        batch = {str(article.doc): article for article in articles}
        derived = {self.base + name for name in DERIVED}
        for doc in derived & set(batch):
            self._put_derived(doc, [_quad(triple, node(NEW + doc)) for triple in batch.pop(doc).triples])
        if not batch:
            return
        lines = {doc: self.packed.spelt(doc, article.triples) for doc, article in batch.items()}
        empty = [doc for doc, said in lines.items() if not said]
        with _disk(self.path):
            self.packed.revise({doc: said for doc, said in lines.items() if said}, empty)
            self.stamps.set({doc: article.stamp for doc, article in batch.items()})

    def _put_derived(self, doc: str, quads: list[ox.Quad]) -> None:
        """Put quads, which stand in a graph of another name yet, in the place of a derived graph."""
        graph, new = node(doc), node(NEW + doc)
        with _disk(self.path):
            self.ox.extend(quads)
            stays = {quad.triple for quad in quads}
            old = self.ox.quads_for_pattern(None, None, None, graph)
            gone = last_held(self.ox, (q for q in old if q.triple not in stays), {graph}, self.packed.told)
            there = [f"ADD {new} TO DEFAULT", f"MOVE {new} TO {graph}"]
            if quads or self.ox.contains_named_graph(graph):
                last = there if quads else [f"DROP GRAPH {graph}"]
                # one update is one transaction
                self.ox.update(" ;\n".join([*deletion(self.ox, gone), *last]))

    def forget(self, doc: str) -> int:
        """Withdraw a graph by its name, and return how many triples it held.

        All that an article says of a thing stands in that article's graph, so a thing that no other
        article mentions goes with it, and so does what the derived graphs (identity, inferred) say of it.

        Raises:
            StoreError: there is no such graph.
        """
        name = node(doc)
        with _disk(self.path):
            if self.shelf.has(doc):
                count = len(self.shelf.lines(doc))
                self.shelf.take([doc])
                self.stamps.drop([doc])
                self.packed.catch_up()
                return count
            if not self.ox.contains_named_graph(name):
                raise StoreError(f"{doc}: the store holds no such graph; kg stats --graphs lists them")
            derived = [node(graph) for graph in self.packed.derived()]
            own = list(self.ox.quads_for_pattern(None, None, None, name))
            said = orphaned(self.ox, own, derived, self.packed.told)
            gone = [*said, *last_held(self.ox, [*own, *said], {name, *derived}, self.packed.told)]
            self.stamps.drop([doc])
            self.ox.update(" ;\n".join([*deletion(self.ox, gone), f"DROP GRAPH {name}"]))
        return len(own)

    def replace_graph(self, name: str, quads: Iterable[ox.Quad]) -> int:
        """Put these quads in the place of what the derived graph `name` held; return how many there are.

        The quads may come from a generator that reads the store. If the process ends before the last one is
        written, the graph is gone when the store is opened next, and can be made again.
        """
        target = node(name)
        with _disk(self.path):
            self.stamps.keep(WHOLE, name)
            if self.ox.contains_named_graph(target):
                drop_graph(self.ox, target, self.packed.told)
            self.ox.bulk_extend(both(quads))
            count = sum(1 for _ in self.ox.quads_for_pattern(None, None, None, target))
            self.stamps.keep(WHOLE, "")
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
        names = names_in(file, plain)
        for doc in names:
            if self.shelf.has(doc):
                with _disk(self.path):
                    self.packed.unpack(doc)
        self.stamps.drop(names)
        before = sum(map(self._size, names))
        with _disk(self.path), file_of(file) as stream:
            self.stamps.keep(WHOLE, _IMPORT)
            self.ox.bulk_extend(both(quads_of(stream, file, plain)))
            self.stamps.keep(WHOLE, "")
        return sum(map(self._size, names)) - before

    def _size(self, name: str) -> int:
        return sum(1 for _ in self.ox.quads_for_pattern(None, None, None, node(name)))

    def change(self, update: str, base: str | None = None, run: Run | None = None) -> None:
        """Run a SPARQL update on all graphs: all of it, or nothing.

        What it puts into the default graph is kept in the graph `…/updates`; the default graph is the merge again
        after. It is run on a copy that shares the store's files, and what is read is what it names; `run` runs a
        step of it there.

        Raises:
            QueryError: it can't be run.
            StoreError: the disk refuses.
        """
        steps = run or (lambda copy, step: change(copy, step, base))
        with _disk(self.path):
            asked = Update(update, base, self.base + UPDATES)
            self._apply(changed(self.ox, self.shelf, asked, self.path, steps))

    def _apply(self, found: Changes) -> None:
        """Make changes; they are noted before, and made on opening if that is cut off."""
        self.stamps.keep(CHANGES, found.to_text())
        for doc in found.native:
            if self.shelf.has(doc):
                self.packed.unpack(doc)
        self.packed.revise(
            {doc: lines for doc, lines in found.articles.items() if lines},
            [doc for doc, lines in found.articles.items() if not lines],
        )
        plus, minus = (
            list(ox.parse("".join(f"{q} .\n" for q in quads).encode(), ox.RdfFormat.N_QUADS, lenient=True))
            for quads in (found.plus, found.minus)
        )
        for step in deletion(self.ox, minus):
            self.ox.update(step)
        for step in deletion(self.ox, last_held(self.ox, minus, (), self.packed.told)):
            self.ox.update(step)
        self.ox.extend(both(plus))
        for name in found.made:
            self.ox.add_graph(node(name))
        for name in found.dropped:
            self.ox.remove_graph(node(name))
        self.stamps.drop({q.graph_name.value for q in (*plus, *minus)})
        self.stamps.keep(CHANGES, "")

    def graphs(self) -> Iterator[str]:
        """Yield the names of the graphs, sorted."""
        native = {g.value for g in self.ox.named_graphs() if isinstance(g, ox.NamedNode)}
        yield from sorted(native.union(self.shelf.docs()))

    def snapshot(self, target: Path) -> None:
        """Copy the graphs, cheaply where the file system can link, to a new folder for readers.

        Raises:
            StoreError: the disk refuses.
        """
        with _disk(target):
            self.ox.flush()
            self.ox.backup(str(target))

    def close(self, undo: bool = False) -> None:
        """Make everything last and give the store free; with `undo` take an empty one away that opening it made."""
        undo = undo and self._is_new and next(self.graphs(), None) is None and not self._others()
        with _disk(self.path):
            self.ox.flush()
            del self.ox, self.packed
        with suppress(OSError):  # someone may still read an answer from it
            # Oxigraph drops the write-ahead logs of a session, more than the data itself, on the next opening
            ox.Store(self.path / GRAPHS)
        self.stamps.close()
        release(self._lock)
        if undo:
            shutil.rmtree(self.path / GRAPHS, ignore_errors=True)
            with suppress(OSError):  # something else is there by now
                for name in (STAMPS, _LOCK):
                    (self.path / name).unlink()
                for folder in self._folders:
                    folder.rmdir()

    def __enter__(self) -> ArticleStore:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close(undo=kind is not None)

    def _others(self) -> set[str]:
        """Return what lies in the folder and is no part of a store."""
        inside = {entry.name for entry in self.path.iterdir()} if self.path.is_dir() else set()
        return inside - {GRAPHS, STAMPS, _LOCK}

    def _check_new(self, create: bool) -> None:
        if not create:
            raise StoreError(f"{self.path}: no store there; make one with kg build --store {self.path}")
        if self._others():
            raise StoreError(f"{self.path}: the folder holds other things; name a new or empty one")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path}: can't be made: {error.strerror}") from error

    def _mend(self) -> None:
        """Take away what was interrupted: replacements of articles, which still stand, and derived graphs."""
        for graph in under_way(self.ox):
            self.ox.remove_graph(graph)
        for left in self.path.glob(".unpacked-*"):
            shutil.rmtree(left, ignore_errors=True)
        native = [g for g in self.ox.named_graphs() if isinstance(g, ox.NamedNode)]
        for graph in native:
            if self.shelf.has(graph.value):
                drop_graph(self.ox, graph, self.packed.told)
        if self.shelf.left_open() or self.shelf.leaving():
            self.packed.catch_up()
        unfinished = self.stamps.setting(WHOLE)
        if unfinished:
            if unfinished != _IMPORT and self.ox.contains_named_graph(node(unfinished)):
                self.ox.remove_graph(node(unfinished))
            settle(self.ox, self.packed.told)
            self.stamps.keep(WHOLE, "")
        if changes := self.stamps.setting(CHANGES):
            self._apply(Changes.from_text(changes))


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: {error}") from error


def _quad(triple: Triple, graph: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = map(to_ox, triple)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def under_way(store: ox.Store) -> list[ox.NamedNode]:
    """Return the graphs of replacements that were not finished."""
    return [g for g in store.named_graphs() if isinstance(g, ox.NamedNode) and g.value.startswith(NEW)]
