"""What is known of one thing over the articles that speak of it: the profile that grows as records join."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from kg.identity.kb.model import EntityLink
from kg.identity.model import NEIGHBOURS, IdentityRecord, Key, Position
from kg.identity.names import FoldedName, fold, initials, parse
from kg.identity.tables import tables
from kg.model import Kind

T = TypeVar("T")
Order = tuple[str, str, int, str]


def order(record: IdentityRecord) -> Order:
    """Return what records are sorted by: date, article, place in it, id; those without a date come last."""
    return record.date or "~", record.doc, record.first, record.entity


FEW_OF_A_NAME = 3
"""What fewer have than this is rare, whether one or two."""


@dataclass(frozen=True)
class Commonness:
    """How many articles speak of a name, of `articles` in all: a neighbour whom everybody has says little.

    `given` and `surnames` count the different names that a given name and a surname are combined with. What fewer
    than `FEW_OF_A_NAME` have is left out.
    """

    articles: int
    names: Mapping[str, int]
    given: Mapping[str, int] = field(default_factory=dict)
    surnames: Mapping[str, int] = field(default_factory=dict)

    def weight(self, name: str) -> float:
        """Return how much a shared neighbour says, from 0 (in every article) to 1 (in one or two)."""
        if self.articles < 4:
            return 0.5
        rare = math.log(self.articles / min(self.articles, self.names.get(name, FEW_OF_A_NAME - 1)))
        return rare / math.log(self.articles / 2)


FEW = 24
"""Of so many records their articles and neighbours are put together when asked for; a corpus has many such things."""
_NOTHING: frozenset[Any] = frozenset()


@lru_cache(maxsize=65536)
def _one(values: frozenset[T]) -> frozenset[T]:
    """Return the set of these values that was met first: a corpus has many things of one nation, class or field."""
    return values


def _with(known: frozenset[T], more: Iterable[T]) -> frozenset[T]:
    """Return what was known and more."""
    new = frozenset(more)
    return known if new <= known else _one(known | new)


@dataclass(slots=True)
class Profile:
    """A thing under way: what its records say, added up. Compared by `kg.identity.evidence`.

    `names` counts records by name, `bodies` by the bodies that roles tie it to; all but `names` and `aliases`
    are folded. `link` is its identity elsewhere.
    """

    kind: Kind
    records: list[IdentityRecord] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    aliases: frozenset[str] = _NOTHING
    parsed: frozenset[FoldedName] = _NOTHING
    bodies: Counter[str] = field(default_factory=Counter)
    past_bodies: frozenset[str] = _NOTHING
    titles: frozenset[str] = _NOTHING
    fields: frozenset[str] = _NOTHING
    nations: frozenset[str] = _NOTHING
    classes: frozenset[str] = _NOTHING
    same_as: frozenset[str] = _NOTHING
    former: frozenset[str] = _NOTHING
    _docs: set[str] | None = None
    _beside: set[str] | None = None
    begin: str = ""
    end: str = ""
    first: Order = ("~", "", 0, "")
    link: EntityLink | None = None

    @property
    def id(self) -> Key:
        """What it is known by while rounds go on: the key of its first record, which no other thing has."""
        return self.first[1], self.first[3]

    @property
    def docs(self) -> set[str]:
        """The articles that speak of it."""
        return {record.doc for record in self.records} if self._docs is None else self._docs

    @property
    def neighbours(self) -> set[str]:
        """What its articles speak of beside it."""
        if self._beside is not None:
            return self._beside
        return {key for record in self.records for key in beside(record)}

    def add(self, record: IdentityRecord) -> None:
        """Let a record join."""
        place = order(record)
        if not self.records or place < self.first:
            self.first = place
        self.records.append(record)
        if record.name not in self.names:
            self.parsed = _with(self.parsed, (parse(record.name, self.kind),))
        self.names[record.name] += 1
        self.aliases = _with(self.aliases, record.aliases)
        self.classes = _with(self.classes, record.classes)
        self.same_as = _with(self.same_as, record.same_as)
        if self._docs is not None and self._beside is not None:
            self._docs.add(record.doc)
            self._beside |= beside(record)
        elif len(self.records) > FEW:
            self._docs, self._beside = self.docs, self.neighbours
        self.former = _with(self.former, (parse(name, self.kind).key for name in record.former_names))
        self.nations = _with(self.nations, map(key_of, record.nations))
        for role in record.roles:
            self._hold(role)
        if self.kind is Kind.PERSON:
            for noun in record.nouns:
                self.fields = _with(self.fields, fields_of(noun))
        if record.date:
            self.begin = min(self.begin or record.date, record.date)
            self.end = max(self.end, record.date)

    def _hold(self, role: Position) -> None:
        if role.body:
            body = key_of(role.body)
            self.bodies[body] += 1
            if role.former:
                self.past_bodies = _with(self.past_bodies, (body,))
        if self.kind is Kind.PERSON:
            self.titles = _with(self.titles, (fold(role.title),))
            self.fields = _with(self.fields, fields_of(role.title))

    def absorb(self, other: Profile) -> None:
        """Let all records of another profile join."""
        for record in other.records:
            self.add(record)
        self.link = self.link or other.link


def unless_in(ids: Container[Key], profile: Profile) -> tuple[Profile, ...]:
    """Give the profile if its id is not among some."""
    return () if profile.id in ids else (profile,)


def beside(record: IdentityRecord) -> set[str]:
    """Return the keys of what its article speaks of beside the thing of a record."""
    others = [name for name in record.neighbours if name != record.name]
    return set(map(key_of, others[:NEIGHBOURS]))


def profile_of(records: Iterable[IdentityRecord], kind: Kind | None = None) -> Profile:
    """Return the profile that some records make; `kind` overrules theirs."""
    listed = list(records)
    profile = Profile(kind or listed[0].kind)
    for record in listed:
        profile.add(record)
    return profile


def years_between(one: Profile, other: Profile) -> float:
    """Return how many years lie between the articles on two things, 0 if they overlap or have no dates."""
    if not (one.begin and other.begin):
        return 0.0
    gap = max(_day(other.begin) - _day(one.end), _day(one.begin) - _day(other.end))
    return max(0.0, gap / 365.25)


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return date.fromisoformat("2000-01-01").toordinal()


def key_of(name: str) -> str:
    """Return the key of a name whose kind is not told."""
    return parse(name, Kind.ORGANIZATION).key


@lru_cache(maxsize=50_000)
def fields_of(title: str) -> frozenset[str]:
    """Return the fields that the words of a title or description belong to."""
    table, adjectives = tables().fields, tables().adjectives
    words = fold(title).replace("-", " ").split()
    heads = [word for word in words if word not in adjectives and word in table] or words[-1:]
    return frozenset(of for word in heads for of in table.get(word, ()))


def forget() -> None:
    """Let go of what is remembered of names, nations and titles; when all is decided it only takes memory."""
    for remembered in (parse, fold, initials, fields_of, _one):
        remembered.cache_clear()
