"""What a build gives as sequences: in memory where that is little, else read from the manifest when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, overload

from kg.model import Facts, Reject
from kg.run.codec import decode
from kg.run.journal import Journal, Reader

T = TypeVar("T")
FEW = 500
"""So many articles' facts are held in memory, packed."""


class KeptRows(Sequence[T], Generic[T]):
    """`count` items, each made anew of its row at each access.

    Those of a large build are read from its manifest: they are as the latest build of the same folder left them.
    """

    def __init__(
        self, journal: Journal, count: int, rows: Callable[[Reader], Iterable[Any]], made: Callable[[Any], T]
    ) -> None:
        self._count, self._made = count, made
        few = tuple(rows(journal)) if count <= FEW else None
        reader = journal.reader() if few is None else journal
        self._rows: Callable[[], Iterable[Any]] = lambda: rows(reader) if few is None else few

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return False
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __iter__(self) -> Iterator[T]:
        return map(self._made, self._rows())

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._made(row) for row in list(self._rows())[index]]
        place = range(self._count)[index]
        return self._made(next(islice(self._rows(), place, None)))


def kept_facts(journal: Journal) -> KeptRows[Facts]:
    """Return the facts of each article of the run in input order."""
    return KeptRows(journal, len(journal), lambda reader: (data for _, data in reader.packed()), decode)


def kept_rejects(journal: Journal) -> KeptRows[Reject]:
    """Return what was rejected, in input order."""
    return KeptRows(journal, journal.count_rejects(), Reader.rejects, lambda reject: reject)
