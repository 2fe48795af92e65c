"""Many things, wherever they are, and the few ways to work on all of them: the terms the identity step is written in.

An engine is a dataset: `Listed` holds its things in this process, `kg.cluster.ray_dataset` has them all over a cluster.
Both run the same rounds, so both find the same (the model is MapReduce's, Dean and Ghemawat 2004).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")


class Dataset(ABC, Generic[T]):
    """Things in no order. What works on them is pickled where they are elsewhere, and must not keep state.

    A key of `grouped` is a string, or a tuple of strings, numbers and the like: its `repr` is the same everywhere.
    """

    @abstractmethod
    def flat(self, work: Callable[[T], Iterable[U]]) -> Dataset[U]:
        """Return all that the things give."""

    @abstractmethod
    def grouped(
        self,
        rows: Callable[[T], Iterable[tuple[Hashable, V]]],
        work: Callable[[Any, list[V]], Iterable[U]],
    ) -> Dataset[U]:
        """Return all that the groups give: `rows` says what of a thing goes where, `work` gets a key and its group."""

    def each_grouped(
        self,
        rounds: Sequence[
            tuple[Callable[[T], Iterable[tuple[Hashable, Any]]], Callable[[Any, list[Any]], Iterable[U]]]
        ],
    ) -> Dataset[U]:
        """Return all that several rounds of `grouped` give."""
        (rows, work), *others = rounds
        made = self.grouped(rows, work)
        for rows, work in others:
            made = made.also(self.grouped(rows, work))
        return made

    @abstractmethod
    def also(self, other: Dataset[Any]) -> Dataset[Any]:
        """Return the things of both."""

    @abstractmethod
    def collect(self) -> list[T]:
        """Return the things in this process."""

    def of(self, kind: type[U]) -> Dataset[U]:
        """Return the things of one class."""
        return self.flat(partial(_of, kind))


def _of(kind: type[U], thing: Any) -> tuple[U, ...]:
    return (thing,) if isinstance(thing, kind) else ()


class Listed(Dataset[T]):
    """Things in memory."""

    def __init__(self, things: Iterable[T]) -> None:
        self._things = list(things)

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def flat(self, work: Callable[[T], Iterable[U]]) -> Listed[U]:
        """Return all that the things give."""
        return Listed(made for thing in self._things for made in work(thing))

    def grouped(
        self,
        rows: Callable[[T], Iterable[tuple[Hashable, V]]],
        work: Callable[[Any, list[V]], Iterable[U]],
    ) -> Listed[U]:
        """Return all that the groups give; each goes when it is done with, as a corpus has many."""
        groups: dict[Hashable, list[V]] = defaultdict(list)
        for thing in self._things:
            for key, value in rows(thing):
                groups[key].append(value)
        return Listed(_worked(groups, work))

    def also(self, other: Dataset[Any]) -> Listed[Any]:
        """Return the things of both."""
        return Listed([*self._things, *other.collect()])

    def collect(self) -> list[T]:
        """Return the things."""
        return self._things


def _worked(groups: dict[Hashable, list[V]], work: Callable[[Any, list[V]], Iterable[U]]) -> Iterator[U]:
    while groups:
        yield from work(*groups.popitem())
