"""Find what an update changes, graph by graph, by running it on a copy: only what it names is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.store.merged import NEW, delete, held, in_default
from kg.store.rewrite import into_graph, steps
from kg.store.scope import scope_of
from kg.store.shelf import Shelf
from kg.store.spelling import Speller
from kg.store.terms import node
from kg.store.unpacked import with_unpacked

Run = Callable[[ox.Store, str], None]
"""Runs one step of an update on a store."""


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update, what relative IRIs in it are relative to, and the graph of what it puts into the default one."""

    text: str
    base: str | None
    own: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to become of a store: articles with all that they say then, and the quads of other graphs.

    `native` are articles that can be packed no more, as they have blank nodes; `made` and `dropped` are names of
    graphs, empty ones too. Quads are N-Quads.
    """

    articles: dict[str, list[str]] = field(default_factory=dict)
    native: list[str] = field(default_factory=list)
    plus: list[str] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def to_text(self) -> str:
        """Return them as one text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_text(text: str) -> Changes:
        """Read what `to_text` has written."""
        return Changes(**json.loads(text))


class _Watch:
    """The graphs that an update may change: what they held before it, and what they hold on the copy."""

    def __init__(self, copy: ox.Store, shelf: Shelf, docs: Collection[str], every: bool) -> None:
        self._copy, self._shelf, self._docs, self._every = copy, shelf, docs, every
        self._spell = Speller(short=False)
        self._before: dict[str, set[ox.Quad]] = {}
        self._merged: set[ox.Quad] = set()

    def begin(self, names: Iterable[str]) -> None:
        """Note what graphs hold before the first step that may change them."""
        for name in names:
            if name not in self._before:
                # no step before this one has changed it
                self._before[name] = set(self._held(name))

    def made(self, names: Iterable[str]) -> None:
        """Note graphs that may be new: those that `begin` was not told of."""
        for name in names:
            self._before.setdefault(name, set())

    def settle(self) -> None:
        """Make the default graph of the copy the merge, for the next step to see."""
        plus, minus = self.difference()
        self._copy.extend(quad for quad in in_default(plus) if quad not in self._copy)
        left = {*in_default(minus), *self._merged}
        self._merged.update(in_default(plus))
        delete(self._copy, (q for q in left if not held(self._copy, q) and not self._told(q)))

    def difference(self) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Return the quads that have come, and those that have gone."""
        plus, minus = set[ox.Quad](), set[ox.Quad]()
        for name, before in self._before.items():
            after = set(self._held(name))
            plus |= after - before
            minus |= before - after
        return plus, minus

    def lines(self, name: str) -> list[str] | None:
        """Return what a graph holds on the copy as lines; None if it has blank nodes."""
        quads = list(self._held(name))
        if any(isinstance(term, ox.BlankNode) for q in quads for term in (q.subject, q.object)):
            return None
        return [self._spell.line(quad) for quad in quads]

    def spelt(self, quads: Iterable[ox.Quad]) -> list[str]:
        """Return quads as N-Quads, sorted."""
        return sorted(f"{self._spell.line(q)} {self._spell(q.graph_name)}" for q in quads)

    def _held(self, name: str) -> Iterator[ox.Quad]:
        return self._copy.quads_for_pattern(None, None, None, node(name))

    def _told(self, quad: ox.Quad) -> bool:
        """Tell whether an article that does not stand in the copy as a graph says a triple."""
        return not self._every and self._shelf.tells(self._spell.line(quad), self._docs)


def changed(store: ox.Store, shelf: Shelf, update: Update, room: Path, run: Run) -> Changes:
    """Return what an update changes.

    Raises:
        QueryError: a step can't be run.
        StoreError: the disk refuses.
    """
    scope = scope_of(update.text, update.base)
    docs = shelf.meant(scope)

    def work(copy: ox.Store) -> Changes:
        watch = _Watch(copy, shelf, docs, scope.every)
        parts = steps(update.text)
        for number, step in enumerate(parts):
            of_step = scope_of(step, update.base)
            watch.begin({update.own, *(_names(copy) if of_step.every else of_step.iris)})
            run(copy, into_graph(step, update.own))
            if of_step.every:
                watch.made(_names(copy))
            if number + 1 < len(parts):
                watch.settle()
        return _changes(watch, set(docs), set(_names(store)), set(_names(copy)))

    return with_unpacked(store, shelf, docs, work, room)


def _changes(watch: _Watch, docs: set[str], before: set[str], after: set[str]) -> Changes:
    plus, minus = watch.difference()
    touched = {q.graph_name.value for q in (*plus, *minus) if isinstance(q.graph_name, ox.NamedNode)}
    found: Mapping[str, list[str] | None] = {doc: watch.lines(doc) for doc in sorted(touched & docs)}
    packed = {doc: lines for doc, lines in found.items() if lines is not None}
    return Changes(
        articles=packed,
        native=[doc for doc, lines in found.items() if lines is None],
        plus=watch.spelt(q for q in plus if _name(q) not in packed),
        minus=watch.spelt(q for q in minus if _name(q) not in packed),
        made=sorted(after - before - docs),
        dropped=sorted(before - after),
    )


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _names(store: ox.Store) -> Iterator[str]:
    for name in store.named_graphs():
        if isinstance(name, ox.NamedNode) and not name.value.startswith(NEW):
            yield name.value
