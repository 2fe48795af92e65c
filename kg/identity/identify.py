"""Decide which entities of many articles are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.identity.evidence import Compared
from kg.identity.join import joined, placed
from kg.identity.kb.model import Linker
from kg.identity.kinds import corrected
from kg.identity.linked import linked
from kg.identity.model import Identity, Key, Known, Node, Record
from kg.identity.names import parse
from kg.identity.naming import judgements, links, named
from kg.identity.overrides import Overrides
from kg.identity.overrule import overruled
from kg.identity.sense import Sense
from kg.identity.senses import count_names, name_key, senses
from kg.model import Kind
from kg.world import World


def identify(
    records: Iterable[Record],
    world: World,
    overrides: Overrides | None = None,
    known: Known | None = None,
    linker: Linker | None = None,
) -> Identity:
    """Return the node of every record; `records` are those of all articles, in any order.

    `linker` says what things are elsewhere; what it holds for one thing is one. With `known`, things
    that were in an earlier build keep their IRIs. The outcome depends on the set of records, the overrides and
    what is known, not on their order. The cost grows with the number of records, not of their
    pairs: only things that share a block (see `kg.identity.variants`) are compared.
    """
    listed = corrected(sorted(records, key=lambda r: r.key), world.given_names)
    common = count_names(listed)
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    single: list[Record] = []
    for record in listed:
        if record.kind is Kind.PERSON and len(parse(record.name, Kind.PERSON).words) < 2:
            single.append(record)
        else:
            groups[name_key(record)].append(record)
    found: list[Sense] = []
    compared: list[Compared] = []
    for key in sorted(groups):
        some, kept_apart = senses(groups[key], common)
        found += some
        compared += kept_apart
    found, decided = joined(found, common)
    compared += decided
    left, decided = placed(single, [sense for sense in found if sense.kind is Kind.PERSON], common)
    compared += decided
    rest: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in left:
        rest[name_key(record)].append(record)
    for key in sorted(rest):
        some, kept_apart = senses(rest[key], common)
        found += some
        compared += kept_apart
    if linker is not None:
        found, decided = linked(found, linker)
        compared += decided
    found, decided, unmatched = overruled(found, overrides or Overrides(), known or Known())
    compared += decided
    nodes, by_place = named(found, known or Known())
    assigned: dict[Key, Node] = {
        record.key: by_place[place] for place, sense in enumerate(found) for record in sense.records
    }
    told = (*judgements(compared, assigned), *links(found, by_place))
    return Identity(tuple(nodes), told, assigned, unmatched)
