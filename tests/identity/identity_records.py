"""One-line records, and who is one with whom."""

from __future__ import annotations

from functools import cache

from kg.identity import Identity, IdentityRecord, Overrides, Position, identify
from kg.identity.kb.model import Linker
from kg.model import Kind
from kg.world import World, load_world

PERSON, BODY, PLACE = Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE


@cache
def world() -> World:
    return load_world()


def record(doc: str, name: str, kind: Kind = PERSON, **more: object) -> IdentityRecord:
    """A record whose entity id is its name; `roles` are "title" or "title of body", other lists are tuples."""
    roles = tuple(
        Position(title, body)
        for title, _, body in (role.partition(" of ") for role in more.pop("roles", ()))  # type: ignore[attr-defined]
    )
    date = str(more.pop("date", "2031-05-01"))
    return IdentityRecord(doc, name, kind, name, roles=roles, date=date, **more)  # type: ignore[arg-type]


def who(
    *records: IdentityRecord,
    overrides: Overrides | None = None,
    linker: Linker | None = None,
) -> Identity:
    return identify(records, world(), overrides, linker)


def parted(identity: Identity) -> set[frozenset[str]]:
    """The nodes as sets of "article: name"."""
    return {frozenset(f"{doc}: {name}" for doc, name in node.members) for node in identity.nodes}


def one(*records: IdentityRecord, **more: object) -> bool:
    """Are the first two records one thing?"""
    identity = who(*records, **more)  # type: ignore[arg-type]
    return identity.segment(*records[0].key) == identity.segment(*records[1].key)
