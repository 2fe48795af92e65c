"""The packed articles of a store and their merge in its default graph, changed together and kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import GraphError, StoreError
from kg.graph.iris import DEFAULT_BASE
from kg.graph.turtle import Spelling
from kg.store.merged import deletion, drop_graph, last_held
from kg.store.orphans import orphaned
from kg.store.shelf import Shelf
from kg.store.spelling import Speller, triples_in
from kg.store.stamps import Stamps
from kg.store.terms import node
from kg.store.unpacked import load_lines

if TYPE_CHECKING:
    from kg.graph.triple_builder import Triple

_KEPT = 200_000
"""So many spellings of terms are kept between articles."""

IDENTITY, INFERRED = "identity", "inferred"
DERIVED = (IDENTITY, INFERRED)
"""What stands behind the base IRI in the names of the graphs that are made from the articles' graphs."""


class PackedArticles:
    """What articles say: on the shelf, an article a row, and in the merge, where queries look.

    Raises (on opening):
        StoreError: the file can't be read.
    """

    def __init__(self, graphs: ox.Store, stamps: Stamps, path: Path) -> None:
        self._ox, self._stamps = graphs, stamps
        self._base = stamps.setting("base") or DEFAULT_BASE
        self.shelf = Shelf(stamps.db, path, self._base)
        self._spell, self._line = Spelling(short=False), Speller(short=False)

    def spelt(self, doc: str, triples: Iterable[Triple]) -> list[str]:
        """Return triples as lines of N-Triples.

        Raises:
            StoreError: a term can't be stored.
        """
        node(doc)  # it must be one
        spell = self._spell
        if len(spell) > _KEPT:
            spell.clear()
        try:
            return [f"{spell[s]} {spell[p]} {spell[o]}" for s, p, o in triples]
        except GraphError as error:
            raise StoreError(f"{doc} can't be stored: {error}") from error

    def revise(self, lines: Mapping[str, Iterable[str]], empty: Iterable[str] = ()) -> None:
        """Give articles what they say now, on the shelf and in the merge; their stamps go."""
        if self.shelf.left_open() or self.shelf.leaving():
            self.catch_up()  # the disk refused the last time
        try:
            new = self.shelf.put(lines)
            self.shelf.take(empty)
        except BaseException:
            self._stamps.db.rollback()
            raise
        self._stamps.drop([*lines, *empty])  # ends the transaction
        self.catch_up(new)

    def catch_up(self, new: Mapping[str, Iterable[str]] | None = None) -> None:
        """Bring the merge in step with the shelf; `new` is what it lacks, or else all that is open is loaded again."""
        leaving = self.shelf.leaving()
        if leaving:
            own = triples_in(sorted({line for line, whole in leaving if whole}))
            derived = [node(graph) for graph in self.derived()]
            said = orphaned(self._ox, own, derived, self.told) if own else []
            quads = triples_in(sorted({line for line, _ in leaving}))
            gone = last_held(self._ox, [*quads, *said], set(derived) if own else (), self.told)
            for step in deletion(self._ox, [*said, *gone]):
                self._ox.update(step)
        if new is None:
            texts = list(self.shelf.text(self.shelf.left_open()))
        else:
            texts = ["".join(f"{line} .\n" for line in lines).encode() for lines in new.values()]
        load_lines(self._ox, b"".join(texts))
        for doc in new if new is not None else self.shelf.left_open():
            if self._ox.contains_named_graph(node(doc)):  # an import, or what an earlier version wrote
                drop_graph(self._ox, node(doc), self.told)
        self.shelf.done()
        self._stamps.commit()

    def told(self, quad: ox.Quad) -> bool:
        """Tell whether an article says a triple."""
        return self.shelf.tells(self._line.line(quad))

    def unpack(self, doc: str) -> None:
        """Make the graph of an article one like those that are imported, which others may add to."""
        self._ox.extend(triples_in(self.shelf.lines(doc), node(doc)))
        self.shelf.take([doc], leave=False)
        self._stamps.drop([doc])

    def derived(self) -> list[str]:
        """Return the names of the graphs that are made from the articles' graphs, and can be made again."""
        names = (self._base + name for name in DERIVED)
        return [name for name in names if self._ox.contains_named_graph(node(name))]
