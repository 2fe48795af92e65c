"""Puts the articles of a manifest into a store, in batches; what is there unchanged is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.graph import DEFAULT_BASE, check_base
from kg.graph.iris import article_iri
from kg.model import Article, Facts, Reject
from kg.run.batches import batches
from kg.run.gather import TriplesOf
from kg.run.journal import Journal, Outcome
from kg.run.summary import Summary
from kg.store import ArticleStore, Put, has_inferred, infer, stats

if TYPE_CHECKING:
    from rdflib import URIRef

    from kg.graph.triple_builder import Triple

BATCH = 150_000
"""Articles with about so many triples are put in one transaction."""

Known = Callable[[Facts], str]
"""Returns what the corpus says of an article's things, as a part of the stamp of its graph."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many articles were put into the store, and how many were there as they are."""

    put: int
    kept: int


class Putter:
    """A store open for a build; use it in a `with` block.

    Raises (on opening):
        StoreError: the folder is no store, or is in use.
        UsageError: `base` is not the base IRI that the store was built with.
    """

    def __init__(self, path: Path, base: str | None) -> None:
        self.path = path
        self.left_out = 0
        self.store = ArticleStore(path, base=check_base(base or DEFAULT_BASE))
        self.base = self.store.base
        if base is not None and check_base(base) != self.base:
            self.store.close()
            raise UsageError(
                f"{path}: the store's base IRI is {self.base}; leave out --base-iri or name another store"
            )

    def __enter__(self) -> Putter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.store.close(undo=kind is not None)

    def holds(self, path: str) -> bool:
        """Tell whether the store has an article's graph."""
        return self.store.holds(article_iri(self.base, path))

    def living(
        self, items: Iterable[Article | Reject], warn: Callable[[str], None]
    ) -> Iterator[Article | Reject]:
        """Leave out the articles that were withdrawn from the store for good; at the end say how many."""
        buried = self.store.stamps.buried()
        for item in items:
            if buried and isinstance(item, Article) and str(article_iri(self.base, item.path)) in buried:
                self.left_out += 1
            else:
                yield item
        if self.left_out:
            warn(f"{withdrawn(self.left_out)}; kg forget --restore lets one come back")

    def fill(
        self,
        journal: Journal,
        triples_of: TriplesOf,
        known: Known,
        more: tuple[URIRef, Iterable[Triple]],
        told: Callable[[str, int], None],
    ) -> Filled:
        """Put the articles of the run that are not there as they are, then the derived graph `more`.

        An article whose triples can't be made is left out, and noted in the manifest as a reject.

        Raises:
            StoreError: the disk refuses; what was put before is safe.
        """
        counts = [0, 0]
        failed: list[tuple[int, Reject]] = []

        def new() -> Iterator[tuple[Put, int]]:
            for seq, stamp, facts in journal.stamped():
                doc = article_iri(self.base, facts.article.path)
                whole = hashlib.sha256(f"{stamp}\n{known(facts)}".encode()).hexdigest()
                if self.store.stamps.get(doc) == whole:
                    counts[1] += 1
                    continue
                made = triples_of(facts)
                if isinstance(made, Reject):
                    failed.append((seq, made))
                    continue
                yield Put(doc, whole, made[1]), len(made[1])

        for batch in batches(new(), lambda pair: pair[1], BATCH):
            self.store.put(put for put, _ in batch)
            counts[0] += len(batch)
            told("store", sum(counts))
        for seq, reject in failed:
            journal.add([Outcome(seq, reject=reject)])
        name, triples = more
        self.store.put([Put(name, "", triples)])
        return Filled(*counts)

    def infer(self, wanted: bool, changed: bool) -> None:
        """Renew what follows from the store, if that is wanted or was there and is out of date."""
        there = has_inferred(self.store)
        if (wanted and not there) or (there and changed):
            infer(self.store)

    def summary(self) -> Summary:
        """Count what is in the store."""
        found = stats(self.store.ox, self.store.shelf).kinds
        return Summary(
            found["articles"],
            found["people"],
            found["organisations"],
            found["places"],
            found["roles"],
            found["events"],
            found["statements"],
            (),
        )


def withdrawn(count: int) -> str:
    """Say how many articles were left out because the store forgot them for good."""
    one = count == 1
    return f"{count:,} article{'' if one else 's'} left out that {'was' if one else 'were'} withdrawn from the store"
