"""The rounds of who is who on a cluster: things lie in blocks, Ray's tasks work on them and shuffle them by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from kg.identity.dataset import Dataset

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")
Round = tuple[Callable[[Any], Iterable[tuple[Hashable, Any]]], Callable[[Any, list[Any]], Iterable[Any]]]


class Shuffled(Dataset[T]):
    """Things in blocks, each a list that Ray holds somewhere, on disk if need be; a lost one is made again.

    `parts` is how many partitions a shuffle has; the groups of one partition are in memory together. The outcome
    is the same for any number.
    """

    def __init__(self, blocks: Sequence[Any], parts: int) -> None:
        self._blocks, self._parts = list(blocks), parts

    def flat(self, work: Callable[[T], Iterable[U]]) -> Shuffled[U]:
        """Return all that the things give."""
        return Shuffled(tasks(_flat, [(block,) for block in self._blocks], work), self._parts)

    def grouped(
        self,
        rows: Callable[[T], Iterable[tuple[Hashable, V]]],
        work: Callable[[Any, list[V]], Iterable[U]],
    ) -> Shuffled[U]:
        """Return all that the groups give."""
        return self.each_grouped([(rows, work)])

    def each_grouped(
        self,
        rounds: Sequence[
            tuple[Callable[[T], Iterable[tuple[Hashable, Any]]], Callable[[Any, list[Any]], Iterable[U]]]
        ],
    ) -> Shuffled[U]:
        """Return all that several rounds give, by one shuffle."""
        spread = tasks(_spread, [(block, self._parts) for block in self._blocks], list(rounds), self._parts)
        pieces = [list(made) if self._parts > 1 else [made] for made in spread]
        partitions = [tuple(piece[part] for piece in pieces) for part in range(self._parts)]
        return Shuffled(tasks(_grouped, partitions, list(rounds)), self._parts)

    def also(self, other: Dataset[Any]) -> Shuffled[Any]:
        """Return the things of both, which are on one cluster."""
        assert isinstance(other, Shuffled)
        return Shuffled([*self._blocks, *other._blocks], self._parts)

    def collect(self) -> list[T]:
        """Return the things in this process."""
        import ray

        return [thing for block in self._blocks for thing in ray.get(block)]


def tasks(
    function: Callable[..., Any], given: Iterable[tuple[Any, ...]], work: Any, returns: int = 1
) -> list[Any]:
    """Start a task for each tuple of arguments, with `work` before them; return what they will give.

    `work` can be large (tables of names): it is sent to each machine once.
    """
    import ray

    sent = ray.put(work)
    remote = ray.remote(function).options(num_returns=returns, max_retries=-1)
    return [remote.remote(sent, *arguments) for arguments in given]


def _flat(work: Callable[[Any], Iterable[Any]], block: list[Any]) -> list[Any]:
    return [made for thing in block for made in work(thing)]


def _spread(rounds: list[Round], block: list[Any], parts: int) -> Any:
    """Return for each partition what of the block goes there: number of the round, key, value."""
    found: list[list[tuple[int, Hashable, Any]]] = [[] for _ in range(parts)]
    for thing in block:
        for number, (rows, _) in enumerate(rounds):
            for key, value in rows(thing):
                found[_part(number, key, parts)].append((number, key, value))
    return found if parts > 1 else found[0]


def _part(number: int, key: Hashable, parts: int) -> int:
    """Return the partition of a key, the same in every process (Python's own hash of strings is not)."""
    digest = blake2b(repr((number, key)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % parts


def _grouped(rounds: list[Round], *pieces: list[tuple[int, Hashable, Any]]) -> list[Any]:
    """Return what the groups of one partition give."""
    groups: dict[tuple[int, Hashable], list[Any]] = defaultdict(list)
    for piece in pieces:
        for number, key, value in piece:
            groups[number, key].append(value)
    return [made for number, key in groups for made in rounds[number][1](key, groups[number, key])]
