"""What a build found, in numbers and names a person can use."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.external_sort import pairs_of
from kg.model import Reject

_MAIN = 6
_COUNTED = {
    "schema:Person": "people",
    "schema:Organization": "organizations",
    "schema:Place": "places",
    "org:Membership": "tellings of roles",
    "sem:Event": "events",
    "nkg:Statement": "statements",
}
_THINGS = ("person/", "organization/", "place/")
_ROLE = {"org:member", "org:role", "org:organization"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts or is acted upon: its name, its events and its statements, in numbers."""

    name: str
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all articles, of `kg.graph.counts`; `actors` are the busiest, the busiest first."""

    articles: int
    people: int
    organizations: int
    places: int
    roles: int
    events: int
    statements: int
    actors: tuple[Actor, ...]


class Tally:
    """Counts nodes while the blocks of a graph pass by; `base` is what the IRIs of instances begin with."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._kinds: Counter[str] = Counter()
        self._types: dict[str, tuple[str, ...]] = {}
        self._taking_part: Counter[str] = Counter()
        self._speaking: Counter[str] = Counter()
        self._roles: set[bytes] = set()

    def watch(self, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Pass subjects and bodies on, counting."""
        for row in rows:
            self._count(row[1])
            yield row

    def _count(self, text: str) -> None:
        if not text.startswith("a "):
            return
        types = text.partition(" ;")[0]
        kinds = self._types.get(types)
        if kinds is None:
            found = (value for predicate, value in pairs_of(types) if predicate == "")
            kinds = self._types[types] = tuple(_COUNTED[kind] for kind in found if kind in _COUNTED)
        self._kinds.update(kinds)
        if "events" in kinds:
            part = {value for predicate, value in pairs_of(text) if predicate in {"nkg:agent", "nkg:patient"}}
            self._taking_part.update(part)
        elif "statements" in kinds:
            self._speaking.update(value for predicate, value in pairs_of(text) if predicate == "nkg:speaker")
        elif "tellings of roles" in kinds:
            role = "\n".join(sorted(f"{p} {value}" for p, value in pairs_of(text) if p in _ROLE))
            # a large graph has millions: eight bytes each are kept, not their words
            self._roles.add(hashlib.blake2b(role.encode("utf-8"), digest_size=8).digest())

    def busiest(self) -> list[tuple[str, int, int]]:
        """Return the paths of the things in most events, as the site ranks them, with their events and statements."""
        counts = self._taking_part + self._speaking
        ranked = sorted(
            ((self._path(node), node) for node in counts),
            key=lambda both: (-self._taking_part[both[1]], both[0]),
        )
        things = ((path, node) for path, node in ranked if path.startswith(_THINGS))
        return [
            (path, self._taking_part[node], self._speaking[node])
            for (path, node), _ in zip(things, range(_MAIN), strict=False)
        ]

    def _path(self, spelt: str) -> str:
        return spelt[1:-1].removeprefix(self.base)

    def summary(self, articles: int, labels: Mapping[str, str]) -> Summary:
        """Return the counts; `labels` name things by their paths after the base."""
        actors = (Actor(labels.get(path, path), events, said) for path, events, said in self.busiest())
        return Summary(
            articles=articles,
            people=self._kinds["people"],
            organizations=self._kinds["organizations"],
            places=self._kinds["places"],
            roles=len(self._roles),
            events=self._kinds["events"],
            statements=self._kinds["statements"],
            actors=tuple(actors),
        )


def first_of(rejects: Sequence[Reject]) -> str:
    """Return how many were rejected, and the first of them."""
    count = "1 record was" if len(rejects) == 1 else f"{len(rejects)} records were"
    first = f"{rejects[0].source}: {rejects[0].reason}"
    return f"{count} rejected ({'' if len(rejects) == 1 else 'first '}{first})"


def nothing_built(rejects: Sequence[Reject]) -> str:
    """Return why there is nothing."""
    if not rejects:
        return "there is nothing to build: the input holds no record"
    if len(rejects) == 1:
        return f"{rejects[0].source}: {rejects[0].reason}"
    return f"nothing could be built: {first_of(rejects)}"
