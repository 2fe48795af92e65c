"""Carry out the decisions of people on what was found automatically."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kg.graph.iris import id_slug, thing_segment
from kg.identity.dataset import Bag, Listed
from kg.identity.evidence import Compared, Weighed, side
from kg.identity.model import Node, Verdict
from kg.identity.names import parse
from kg.identity.naming import best_name, named, unnumbered
from kg.identity.overrides import Decision, Merge, Overrides, Ref, Split
from kg.identity.profile import Sense, sense_of, unless_in

_DECIDED = Weighed(30.0, ("people decided so",))
_DENIED = Weighed(-30.0, ("people decided so",))


def overruled(found: Bag[Sense], overrides: Overrides) -> tuple[Bag[Sense], list[Compared], tuple[str, ...]]:
    """Return the things as people decided, the decisions, and a line on each that finds nothing to decide on.

    Only the things that a decision could speak of, and their namesakes, are brought together.
    """
    if not overrides.decisions:
        return found, [], ()
    concerns = _Concerns(tuple(ref for decision in overrides.decisions for ref in _refs(decision)))
    concerned = sorted(found.flat(concerns).collect(), key=lambda sense: sense.first)
    others = found.flat(partial(unless_in, frozenset(sense.id for sense in concerned)))
    left, compared, lines = _carried_out(concerned, overrides)
    return others.also(Listed(left)), compared, lines


def _refs(decision: Decision) -> tuple[Ref, ...]:
    return (decision.one, decision.other) if isinstance(decision, Merge) else (decision.node,)


@dataclass(frozen=True, slots=True)
class _Concerns:
    """Gives a thing if one of the decisions could speak of it, or of a namesake of it."""

    refs: tuple[Ref, ...]

    def __call__(self, sense: Sense) -> tuple[Sense, ...]:
        paths = {thing_segment(sense.kind, best_name(sense)), *(record.was for record in sense.records)}
        bare = {unnumbered(path) for path in paths}
        return (sense,) if any(unnumbered(ref.node) in bare or _hits(sense, ref) for ref in self.refs) else ()


def _hits(sense: Sense, ref: Ref) -> int:
    """Return how often the articles that a decision saw its node in speak of a thing by the node's name."""
    articles = set(ref.articles)
    count = sum(id_slug(record.doc) in articles for record in sense.records) if articles else 0
    if not count:
        return 0
    key = parse(ref.name, ref.kind).key
    return count if key in {parse(name, ref.kind).key for name in (*sense.names, *sense.aliases)} else 0


def _carried_out(
    senses: Sequence[Sense], overrides: Overrides
) -> tuple[list[Sense], list[Compared], tuple[str, ...]]:
    left = list(senses)
    lines: list[str] = []
    compared: list[Compared] = []
    for number, decision in enumerate(overrides.decisions, 1):
        where = f"{overrides.source}, decision {number}"
        if isinstance(decision, Merge):
            one, other = (_found(left, ref) for ref in (decision.one, decision.other))
            if one is None or other is None:
                missing = decision.one if one is None else decision.other
                lines.append(f"{where}: there is no {missing.node} to merge")
            elif one is not other:
                compared.append(Compared(side(one), side(other), Verdict.SAME, _DECIDED))
                one.absorb(other)
                left = [sense for sense in left if sense is not other]
        else:
            sense = _found(left, decision.node)
            parts = _parts(sense, decision) if sense is not None else []
            if sense is None:
                lines.append(f"{where}: there is no {decision.node.node} to split")
            else:
                left = [other for other in left if other is not sense] + parts
                compared += (
                    Compared(side(parts[0]), side(part), Verdict.DIFFERENT, _DENIED) for part in parts[1:]
                )
    return left, compared, tuple(lines)


def _parts(sense: Sense, decision: Split) -> list[Sense]:
    groups: dict[str, list[int]] = {}
    for number, record in enumerate(sense.records):
        doc = id_slug(record.doc)
        group = doc if decision.apart is None else "apart" if doc in decision.apart else "rest"
        groups.setdefault(group, []).append(number)
    return [
        sense_of([sense.records[n] for n in numbers], sense.kind) for _, numbers in sorted(groups.items())
    ]


def _found(senses: Sequence[Sense], ref: Ref) -> Sense | None:
    """The thing that has most of the articles that the decision saw it in; else the one of that path."""
    hits = {place: count for place, sense in enumerate(senses) if (count := _hits(sense, ref))}
    if hits:
        return senses[min(hits, key=lambda place: (-hits[place], place))]
    nodes = named(Listed(senses)).of(Node).collect()
    members = next((set(node.members) for node in nodes if node.segment == ref.node), set())
    return next((sense for sense in senses if sense.id in members), None)
