"""Carry out the decisions of people on what was found automatically."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kg.graph.iris import id_slug, thing_segment
from kg.identity.dataset import Dataset, Listed
from kg.identity.evidence import Compared, Weighed, side
from kg.identity.model import Node, Verdict
from kg.identity.names import parse
from kg.identity.naming import best_name, named, unnumbered
from kg.identity.overrides import Decision, Merge, Overrides, Ref, Split
from kg.identity.profile import Profile, profile_of, unless_in

_DECIDED = Weighed(30.0, ("people decided so",))
_DENIED = Weighed(-30.0, ("people decided so",))


def overruled(
    found: Dataset[Profile], overrides: Overrides
) -> tuple[Dataset[Profile], list[Compared], tuple[str, ...]]:
    """Return the things as people decided, the decisions, and a line on each that finds nothing to decide on.

    Only the things that a decision could speak of, and their namesakes, are brought together.
    """
    if not overrides.decisions:
        return found, [], ()
    concerns = _Concerns(tuple(ref for decision in overrides.decisions for ref in _refs(decision)))
    concerned = sorted(found.flat(concerns).collect(), key=lambda profile: profile.first)
    others = found.flat(partial(unless_in, frozenset(profile.id for profile in concerned)))
    left, compared, lines = _carried_out(concerned, overrides)
    return others.also(Listed(left)), compared, lines


def _refs(decision: Decision) -> tuple[Ref, ...]:
    return (decision.one, decision.other) if isinstance(decision, Merge) else (decision.node,)


@dataclass(frozen=True, slots=True)
class _Concerns:
    """Gives a thing if one of the decisions could speak of it, or of a namesake of it."""

    refs: tuple[Ref, ...]

    def __call__(self, profile: Profile) -> tuple[Profile, ...]:
        paths = {thing_segment(profile.kind, best_name(profile)), *(record.was for record in profile.records)}
        bare = {unnumbered(path) for path in paths}
        return (
            (profile,)
            if any(unnumbered(ref.node) in bare or _hits(profile, ref) for ref in self.refs)
            else ()
        )


def _hits(profile: Profile, ref: Ref) -> int:
    """Return how often the articles that a decision saw its node in speak of a thing by the node's name."""
    articles = set(ref.articles)
    count = sum(id_slug(record.doc) in articles for record in profile.records) if articles else 0
    if not count:
        return 0
    key = parse(ref.name, ref.kind).key
    return count if key in {parse(name, ref.kind).key for name in (*profile.names, *profile.aliases)} else 0


def _carried_out(
    profiles: Sequence[Profile], overrides: Overrides
) -> tuple[list[Profile], list[Compared], tuple[str, ...]]:
    left = list(profiles)
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
                left = [profile for profile in left if profile is not other]
        else:
            profile = _found(left, decision.node)
            parts = _parts(profile, decision) if profile is not None else []
            if profile is None:
                lines.append(f"{where}: there is no {decision.node.node} to split")
            else:
                left = [other for other in left if other is not profile] + parts
                compared += (
                    Compared(side(parts[0]), side(part), Verdict.DIFFERENT, _DENIED) for part in parts[1:]
                )
    return left, compared, tuple(lines)


def _parts(profile: Profile, decision: Split) -> list[Profile]:
    groups: dict[str, list[int]] = {}
    for number, record in enumerate(profile.records):
        doc = id_slug(record.doc)
        group = doc if decision.apart is None else "apart" if doc in decision.apart else "rest"
        groups.setdefault(group, []).append(number)
    return [
        profile_of([profile.records[n] for n in numbers], profile.kind)
        for _, numbers in sorted(groups.items())
    ]


def _found(profiles: Sequence[Profile], ref: Ref) -> Profile | None:
    """The thing that has most of the articles that the decision saw it in; else the one of that path."""
    hits = {place: count for place, profile in enumerate(profiles) if (count := _hits(profile, ref))}
    if hits:
        return profiles[min(hits, key=lambda place: (-hits[place], place))]
    nodes = named(Listed(profiles)).of(Node).collect()
    members = next((set(node.members) for node in nodes if node.segment == ref.node), set())
    return next((profile for profile in profiles if profile.id in members), None)
