"""Decide which entities of many articles are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.graph.iris import thing_segment
from kg.identity.model import Identity, Key, Known, Node, Record
from kg.identity.overrides import Overrides
from kg.world import World


def identify(
    records: Iterable[Record], world: World, overrides: Overrides | None = None, known: Known | None = None
) -> Identity:
    """Return the node of every record; `records` are those of all articles, in any order.

    With `known`, things that were in an earlier build keep their IRIs. The outcome depends on the set of records,
    the overrides and what is known, not on their order.
    """
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[thing_segment(record.kind, record.name)].append(record)
    nodes = []
    assigned: dict[Key, Node] = {}
    for segment, members in sorted(groups.items()):
        names = sorted({name for record in members for name in (record.name, *record.aliases)})
        node = Node(
            segment, members[0].kind, members[0].name, tuple(names), members=tuple(r.key for r in members)
        )
        nodes.append(node)
        assigned.update((record.key, node) for record in members)
    return Identity(tuple(nodes), (), assigned)
