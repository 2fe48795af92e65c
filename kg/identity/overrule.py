"""Carry out the decisions of people on what was found automatically."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.graph.iris import id_slug
from kg.identity.evidence import Compared, Weighed, side
from kg.identity.model import Known, Verdict
from kg.identity.names import parse
from kg.identity.naming import named
from kg.identity.overrides import Merge, Overrides, Ref, Split
from kg.identity.sense import Sense, sense_of

_DECIDED = Weighed(30.0, ("people decided so",))
_DENIED = Weighed(-30.0, ("people decided so",))


def overruled(
    senses: Sequence[Sense], overrides: Overrides, known: Known
) -> tuple[list[Sense], list[Compared], tuple[str, ...]]:
    """Return the things as people decided, the decisions, and a line on each that finds nothing to decide on."""
    left = list(senses)
    lines: list[str] = []
    compared: list[Compared] = []
    for number, decision in enumerate(overrides.decisions, 1):
        where = f"{overrides.source}, decision {number}"
        if isinstance(decision, Merge):
            one, other = (_found(left, ref, known) for ref in (decision.one, decision.other))
            if one is None or other is None:
                missing = decision.one if one is None else decision.other
                lines.append(f"{where}: there is no {missing.node} to merge")
            elif one is not other:
                compared.append(Compared(side(one), side(other), Verdict.SAME, _DECIDED))
                one.absorb(other)
                left = [sense for sense in left if sense is not other]
        else:
            sense = _found(left, decision.node, known)
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


def _found(senses: Sequence[Sense], ref: Ref, known: Known) -> Sense | None:
    """The thing that has most of the articles that the decision saw it in; else the one of that path."""
    articles, key = set(ref.articles), parse(ref.name, ref.kind).key
    hits: Counter[int] = Counter()
    for place, sense in enumerate(senses):
        if not articles or not any(id_slug(doc) in articles for doc in sense.docs):
            continue
        keys = {parse(name, ref.kind).key for name in (*sense.names, *sense.aliases)}
        if key in keys:
            hits[place] = sum(id_slug(record.doc) in articles for record in sense.records)
    if hits:
        return senses[min(hits, key=lambda place: (-hits[place], place))]
    _, nodes = named(senses, known)
    return next((senses[place] for place, node in sorted(nodes.items()) if node.segment == ref.node), None)
