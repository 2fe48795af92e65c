"""What a knowledge base holds and a linker is asked: candidates, queries, links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.model import Kind

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class KbEntity:
    """A thing of a knowledge base.

    `iri` is its identity, `also` further ones. `known` says how well known it is (for Wikidata, the number of
    Wikipedias and sister projects that have it). `named` holds when the name asked for is its label and not an alias.
    `description` is a short English one, `related` are names of what it is tied to; `born` and `died` are years.
    """

    iri: str
    kind: Kind
    label: str
    known: int = 0
    named: bool = True
    also: tuple[str, ...] = ()
    description: str = ""
    related: tuple[str, ...] = ()
    born: int | None = None
    died: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What the corpus says of a node that is to be linked.

    `names` are as written, the best first; the other names are folded. `fields` are those of
    `kg.identity.tables`, `same_as` what it is already known as. `begin` is the first article's year;
    `active` holds when it has a role at the time.
    """

    kind: Kind
    names: tuple[str, ...]
    neighbours: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    same_as: frozenset[str] = frozenset()
    begin: int | None = None
    active: bool = False


@dataclass(frozen=True, slots=True)
class EntityLink:
    """The identity of a node elsewhere, with a score from 0 to 1 and reasons."""

    iri: str
    score: float
    reasons: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class KnowledgeBase(Protocol):
    """Where candidates come from."""

    def candidates(self, name: str, kind: Kind) -> Sequence[KbEntity]:
        """Return the things of this kind that go by the name."""
        ...


Linker = Callable[[Query], EntityLink | None]
"""Says what a node is elsewhere, or None: NIL rather than a guess."""
