"""The rounds give the same wherever things are: pickled on the way, and in any order."""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

import pytest
from identity_records import BODY, PERSON, PLACE, record, world

from kg.identity import IdentityRecord, Merge, Overrides, Ref, Split
from kg.identity.dataset import Dataset, Listed
from kg.identity.entity_resolution import Decided, decided
from kg.identity.kb.link import load_linker
from kg.identity.kb.model import Linker

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")


def there(thing: T) -> T:
    """The thing as another process gets it."""
    return pickle.loads(pickle.dumps(thing))  # type: ignore[no-any-return]


class Scattered(Dataset[T]):
    """Things of which none is the same object twice, and that come in an order of chance."""

    def __init__(self, things: Iterable[T], chance: random.Random) -> None:
        self.things = [there(thing) for thing in things]
        self.chance = chance
        chance.shuffle(self.things)

    def flat(self, work: Callable[[T], Iterable[U]]) -> Dataset[U]:
        return Scattered([made for one in self.things for made in there(work)(there(one))], self.chance)

    def grouped(
        self,
        rows: Callable[[T], Iterable[tuple[Hashable, V]]],
        work: Callable[[Any, list[V]], Iterable[U]],
    ) -> Dataset[U]:
        groups: dict[Hashable, list[V]] = defaultdict(list)
        for thing in self.things:
            for key, value in there(rows)(there(thing)):
                groups[key].append(there(value))
        keys = list(groups)
        self.chance.shuffle(keys)
        return Scattered([made for key in keys for made in there(work)(key, groups[key])], self.chance)

    def also(self, other: Dataset[Any]) -> Dataset[Any]:
        return Scattered([*self.things, *other.collect()], self.chance)

    def collect(self) -> list[T]:
        return there(self.things)


FIRST = ("Ann", "Anne", "A.", "Robert", "Bob", "Maria")
LAST = ("Okafor", "Hale", "Kovac", "Kovač", "Lindqvist")
BODIES = (
    "Norwind Energy", "Norwind", "Norwind Energy Ltd", "Harbour Trade Union", "HTU", "Health Trust of Ulm", "Air Force",
    "Arken Air Force", "Bank of Arken", "Arken Bank", "Selm Hospital",
)  # fmt: skip
PLACES = ("Kenya", "Nairobi", "Selm", "Selm International Airport", "Selm Airport", "Paris")
TITLES = ("mayor", "nurse", "striker", "chief executive", "minister")


def corpus(seed: int, articles: int = 60) -> tuple[IdentityRecord, ...]:
    """Records with all that rounds look at: short names, namesakes, acronyms, aliases, roles, dates."""
    chance = random.Random(seed)
    made: dict[tuple[str, str], IdentityRecord] = {}
    for number in range(articles):
        doc = f"a{number:02}"
        date = f"20{chance.randint(24, 31)}-0{chance.randint(1, 9)}-11"
        people = [
            chance.choice((f"{chance.choice(FIRST)} {chance.choice(LAST)}", chance.choice(LAST)))
            for _ in range(3)
        ]
        bodies, places = chance.sample(BODIES, 3), chance.sample(PLACES, 2)
        beside = (*people, *bodies, *places)
        for first, (name, kind) in enumerate(
            [*((n, PERSON) for n in people), *((n, BODY) for n in bodies), *((n, PLACE) for n in places)]
        ):
            wrong = kind is BODY and chance.random() < 0.1
            one = record(
                doc,
                name,
                PERSON if wrong else kind,
                date=date,
                neighbours=beside,
                first=first,
                named=chance.randint(1, 3),
                roles=[f"{chance.choice(TITLES)} of {chance.choice(BODIES)}"]
                if chance.random() < 0.3 and kind is PERSON
                else (),
                aliases=("HTU",) if name == "Harbour Trade Union" and chance.random() < 0.5 else (),
                former_names=("Bank of Arken",) if name == "Norwind" and chance.random() < 0.2 else (),
                classes=("schema:Corporation",)
                if kind is BODY and not wrong and chance.random() < 0.4
                else (),
            )
            made.setdefault(one.key, one)
    return tuple(made.values())


def linker() -> Linker:
    return load_linker(world())


DECISIONS = Overrides(
    (
        Merge(Ref("person/ann-okafor", "Ann Okafor", ("a01", "a02", "a03")), Ref("person/maria-hale")),
        Split(Ref("organization/norwind", "Norwind"), ("a05", "a06")),
        Merge(Ref("person/nobody-here"), Ref("person/ann-hale")),
    )
)


def run(articles: Dataset[tuple[IdentityRecord, ...]], overrides: Overrides) -> tuple[Any, ...]:
    found: Decided = decided(articles, world(), overrides, linker)
    nodes = sorted(found.nodes.collect(), key=lambda node: node.segment)
    return nodes, sorted(map(repr, found.judgements)), found.unmatched


@pytest.mark.parametrize("overrides", [Overrides(), DECISIONS], ids=["by themselves", "with decisions"])
@pytest.mark.parametrize("seed", range(3))
def test_where_things_are_and_in_which_order_changes_nothing(seed: int, overrides: Overrides) -> None:
    records = corpus(seed)
    articles = by_article(records)
    here = run(Listed(articles), overrides)
    assert run(Scattered(articles, random.Random(seed)), overrides) == here
    nodes, judged, _ = here
    assert len(nodes) > 20
    assert len(judged) > 3
    assert sorted(key for node in nodes for key in node.members) == sorted(one.key for one in records)


def test_what_was_known_stays_wherever_it_runs() -> None:
    records = corpus(11)
    first, more = records[:240], records[240:]
    old = paths(run(Listed(by_article(first)), Overrides()))
    known = tuple(replace(one, was=old[one.key]) for one in first)
    assert paths(run(Listed(by_article(known)), Overrides())) == old
    here = run(Listed(by_article((*known, *more))), Overrides())
    assert run(Scattered(by_article((*known, *more)), random.Random(3)), Overrides()) == here
    nodes = {node.segment: node for node in here[0]}
    assert set(old.values()) <= nodes.keys() | {was for node in nodes.values() for was in node.was}


def paths(found: tuple[Any, ...]) -> dict[tuple[str, str], str]:
    return {key: node.segment for node in found[0] for key in node.members}


def by_article(records: Iterable[IdentityRecord]) -> list[tuple[IdentityRecord, ...]]:
    return [tuple(some) for _, some in groupby(records, key=lambda one: one.doc)]


def test_rounds_of_one_call_are_those_of_several() -> None:
    numbers = Listed(range(20))
    rounds = [(partial(by, size), total) for size in (2, 3)]
    expected = sorted([*numbers.grouped(*rounds[0]).collect(), *numbers.grouped(*rounds[1]).collect()])
    assert sorted(numbers.each_grouped(rounds).collect()) == expected


def by(size: int, number: int) -> Iterable[tuple[int, int]]:
    yield number % size, number


def total(key: int, numbers: list[int]) -> Iterable[tuple[int, int]]:
    yield key, sum(numbers)
