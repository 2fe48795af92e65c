"""What a build gives as sequences: in memory where that is little, else read from the manifest when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import overload

from kg.model import Facts, Reject
from kg.run.codec import decode
from kg.run.journal import Journal

FEW = 500
"""So many articles' facts are held in memory, packed."""


def _same(kept: Sequence[object], other: object) -> bool:
    """Compare as sequences are: by length and items."""
    if not isinstance(other, Sequence) or isinstance(other, str):
        return False
    return len(kept) == len(other) and all(one == two for one, two in zip(kept, other, strict=True))


class KeptFacts(Sequence[Facts]):
    """The facts of each article in input order, unpacked anew at each access.

    Those of a large build are read from its manifest: they are as the latest build of the same folder left them.
    """

    def __init__(self, journal: Journal) -> None:
        self._count = len(journal)
        self._packed = [data for _, data in journal.packed()] if self._count <= FEW else None
        self._reader = None if self._packed is not None else journal.reader()

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        return _same(self, other)

    def __iter__(self) -> Iterator[Facts]:
        if self._packed is not None:
            yield from map(decode, self._packed)
        elif self._reader is not None:
            yield from (facts for _, facts in self._reader.articles())

    @overload
    def __getitem__(self, index: int) -> Facts: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Facts]: ...
    def __getitem__(self, index: int | slice) -> Facts | Sequence[Facts]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._count))]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(index)
        if self._packed is not None:
            return decode(self._packed[place])
        assert self._reader is not None
        return self._reader.article(place)


class KeptRejects(Sequence[Reject]):
    """What was rejected, in input order; much of it is read from the manifest when asked for."""

    def __init__(self, journal: Journal) -> None:
        self._count = journal.count_rejects()
        self._few = tuple(journal.rejects()) if self._count <= FEW else None
        self._reader = None if self._few is not None else journal.reader()

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        return _same(self, other)

    def __iter__(self) -> Iterator[Reject]:
        if self._few is not None:
            yield from self._few
        elif self._reader is not None:
            yield from self._reader.rejects()

    @overload
    def __getitem__(self, index: int) -> Reject: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Reject]: ...
    def __getitem__(self, index: int | slice) -> Reject | Sequence[Reject]:
        if self._few is not None:
            return self._few[index]
        if isinstance(index, slice):
            return list(self)[index]
        place = index + self._count if index < 0 else index
        found = next(islice(self, place, None), None) if 0 <= place < self._count else None
        if found is None:
            raise IndexError(index)
        return found
