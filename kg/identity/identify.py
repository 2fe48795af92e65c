"""Decide which entities of many articles are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.identity.evidence import Compared
from kg.identity.join import bearers_of_initials, bearers_of_names, joined, placed
from kg.identity.kb.model import Linker
from kg.identity.kinds import corrected
from kg.identity.linked import linked
from kg.identity.model import Identity, Key, Known, Node, Record
from kg.identity.names import parse
from kg.identity.naming import judgements, links, named
from kg.identity.overrides import Overrides
from kg.identity.overrule import overruled
from kg.identity.sense import Commonness, Sense
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
    short: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in listed:
        (short if _is_short(record) else groups)[name_key(record)].append(record)
    del listed  # each list goes when it is done with: a corpus has many
    found: list[Sense] = []
    compared: list[Compared] = []

    compared += _sort_out(groups, common, found)
    # an acronym that one body at most may have is a name like others
    letters = bearers_of_initials(sense for sense in found if sense.kind is Kind.ORGANIZATION)
    clear = {k for k in short if k[0] == Kind.ORGANIZATION.value and len(letters.get(k[1], ())) < 2}
    compared += _sort_out({key: short.pop(key) for key in sorted(clear)}, common, found)
    found, decided = joined(found, common)
    compared += decided
    bearers = {
        Kind.PERSON.value: bearers_of_names(sense for sense in found if sense.kind is Kind.PERSON),
        Kind.ORGANIZATION.value: bearers_of_initials(s for s in found if s.kind is Kind.ORGANIZATION),
    }
    rest: dict[tuple[str, str], list[Record]] = {}
    for key in sorted(short):
        left, decided = placed(short[key], bearers[key[0]], common)
        compared += decided
        if left:
            rest[key] = left
    compared += _sort_out(rest, common, found)
    if linker is not None:
        found, decided = linked(found, linker)
        compared += decided
    found, decided, unmatched = overruled(found, overrides or Overrides(), known or Known())
    compared += decided
    nodes, by_place = named(found, known or Known())
    elsewhere = links(found, by_place)
    del found, letters, bearers, rest, by_place  # all records go before the keys of all are listed
    assigned: dict[Key, Node] = {key: node for node in nodes for key in node.members}
    return Identity(tuple(nodes), (*judgements(compared, assigned), *elsewhere), assigned, unmatched)


def _sort_out(
    groups: dict[tuple[str, str], list[Record]], common: Commonness, found: list[Sense]
) -> list[Compared]:
    """Add the things of each group of one name to `found`, and empty the groups; return what keeps things apart."""
    compared: list[Compared] = []
    for key in sorted(groups):
        things, kept_apart = senses(groups.pop(key), common)
        found += things
        compared += kept_apart
    return compared


def _is_short(record: Record) -> bool:
    """Tell whether the name is one that many may have: a single name of a person, an acronym of a body."""
    name = parse(record.name, record.kind)
    if record.kind is Kind.PERSON:
        return len(name.words) < 2
    return record.kind is Kind.ORGANIZATION and name.acronym and len(name.words) == 1
