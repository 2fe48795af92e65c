"""What passes through the identity step: records of entities, the clusters they fall into, the judgements made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any

from kg.errors import IdentityError
from kg.model import Kind

NEIGHBOURS = 16
"""How many of the things an article speaks of are kept beside each of them: the most mentioned."""

Key = tuple[str, str]
"""What a record is known by: its article's path and the entity's id there."""


@lru_cache(maxsize=4096)
def _shared(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tuple of these values that was met first: the records of an article have much in common."""
    return values


@dataclass(frozen=True, slots=True)
class Position:
    """A role as a record keeps it: title, the name of the body it is held in ("" if none), whether it is past."""

    title: str
    body: str = ""
    former: bool = False


@lru_cache(maxsize=4096)
def _position(title: str, body: str, former: bool) -> Position:
    return Position(title, body, former)


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """One entity of one article, as far as its identity is concerned; made by `kg.identity.records.records_of`.

    `doc` is the article's path, `entity` the id there. `aliases` are further names, `former_names` those it has
    given up. `roles` are positions that a person holds, for a body those that others hold in it (`body` then
    holds the person). `nations` are names of countries that it is tied to. `neighbours` are the names of the things
    that the article speaks of most, itself among them, so that all its records share them; `nouns` the small-letter
    head nouns of descriptions of it ("senator"). `date` is the article's, an ISO date or "". `named` and `mentions`
    count the mentions by name and all mentions; `first` is where the first stands. `was` is the path of the
    node that an earlier build made of it, by which its IRI stays.
    """

    doc: str
    entity: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    roles: tuple[Position, ...] = ()
    nations: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    date: str = ""
    same_as: tuple[str, ...] = ()
    named: int = 1
    mentions: int = 1
    first: int = 0
    was: str = ""

    @property
    def key(self) -> Key:
        """What the record is known by."""
        return self.doc, self.entity

    def to_json(self) -> str:
        """Return the record as one line of JSON, without what is empty."""
        values = {name: value for name, value in asdict(self).items() if value not in ((), "")}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str, was: Callable[[str, str], str] | None = None) -> IdentityRecord:
        """Read what `to_json` wrote; `was` says what an entity of this kind and name was in an earlier build.

        Raises:
            IdentityError: the line holds no record.
        """
        try:
            values: dict[str, Any] = json.loads(line)
            roles = tuple(
                _position(intern(role["title"]), intern(role.get("body", "")), role.get("former", False))
                for role in values.pop("roles", ())
            )
            kind = Kind(values.pop("kind"))
            if was is not None:
                values["was"] = was(kind.value, values["name"])
            # a corpus has many records and few names: each string is kept once
            plain: dict[str, Any] = {
                name: _shared(tuple(map(intern, v)))
                if isinstance(v, list)
                else intern(v)
                if isinstance(v, str)
                else v
                for name, v in values.items()
            }
            return cls(kind=kind, roles=roles, **plain)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IdentityError(f"'{line[:60]}' is no record of an entity: {error}") from error


class Verdict(StrEnum):
    """What was decided on a pair."""

    SAME = "same"
    CLOSE = "close"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on two records or nodes that could have been one thing.

    `left` and `right` are segments of nodes or, where both ended in one node, of the node and of what the other would
    have been called by itself. `score` lies between 0 and 1, `reasons` say what spoke for and against it.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One thing over all articles: the path of its IRI after the base, its kind, names and identity elsewhere.

    `label` is the best full name, `aliases` the others; `was` are segments that it had before two nodes became one.
    """

    segment: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    members: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Identity:
    """The outcome: which node each entity of each article is, and why.

    `nodes` stand in the order of their segments; `assigned` leads from a record's key to its node.
    `unmatched` holds a line on each decision of people that found nothing to decide on.
    """

    nodes: tuple[Node, ...]
    judgements: tuple[Judgement, ...] = ()
    assigned: Mapping[Key, Node] = field(default_factory=dict, repr=False)
    unmatched: tuple[str, ...] = ()

    def node(self, doc: str, entity: str) -> Node | None:
        """Return the node of an entity, None if the record was never given."""
        return self.assigned.get((doc, entity))

    def segment(self, doc: str, entity: str) -> str:
        """Return the IRI path of an entity's node after the base: `person/john-smith~2`.

        Raises:
            KeyError: no such record was given.
        """
        return self.assigned[doc, entity].segment
