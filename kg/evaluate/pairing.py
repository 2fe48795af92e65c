"""Which node is which annotated thing: one node a thing, by shared names and then by shared mentions."""

from __future__ import annotations

from dataclasses import dataclass

from kg.evaluate.alike import near, norm
from kg.evaluate.claims import Claims, MentionedNode
from kg.evaluate.gold import Gold, GoldEntity


@dataclass(frozen=True, slots=True)
class Pairs:
    """`node` maps the id of an annotated thing to its node, `id` the other way; `wanted` are the annotated
    things that count, `counted` the nodes that do: a node for something ignored costs nothing.
    """

    wanted: tuple[GoldEntity, ...]
    counted: tuple[MentionedNode, ...]
    node: dict[str, str]
    id: dict[str, str]


def pair(gold: Gold, claims: Claims) -> Pairs:
    """Pair annotated things and nodes one to one, the likeliest first.

    The full name counts most, then how many names are shared, then the mentions.
    """
    wanted = tuple(entity for entity in gold.entities if entity.type != "Event")
    likely: list[tuple[float, str, str]] = []
    for entity in wanted:
        names = {norm(name) for name in (entity.name, *entity.aliases)}
        for thing in claims.things:
            common = len(names & thing.names)
            if common:
                shared = sum(any(near(span, other) for other in thing.spans) for span in entity.mentions)
                score = 2 * (norm(entity.name) in thing.names) + common / 10 + shared / 5
                likely.append((-score, entity.id, thing.node))
    node: dict[str, str] = {}
    back: dict[str, str] = {}
    for _, identifier, other in sorted(likely):
        if identifier not in node and other not in back:
            node[identifier], back[other] = other, identifier
    ignored = {norm(name) for name in gold.ignore}
    ignored |= {norm(n) for e in gold.entities if e.type == "Event" for n in (e.name, *e.aliases)}
    counted = tuple(t for t in claims.things if t.node in back or not t.names & ignored)
    return Pairs(wanted, counted, node, back)
