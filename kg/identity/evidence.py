"""Weigh what speaks for and against two things being one.

Weights are natural log-odds and add up (Fellegi and Sunter 1969). They stand in `data/weights.yaml`, set by hand
instead of learned, so that each stays readable and the outcome is the same everywhere; each comes with its reason.
Splink and dedupe learn such weights from the data set at hand, so the same two records would be judged anew with every
article that comes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kg.identity.model import Key, Verdict
from kg.identity.profile import Commonness, Profile, years_between
from kg.identity.tables import tables
from kg.model import Kind
from kg.scoring import weights

_ROOM = "kg.identity"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sum of the evidence and the reasons behind it, the heaviest first."""

    logit: float
    reasons: tuple[str, ...]

    @property
    def score(self) -> float:
        """The sum as a probability."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.logit))))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a record of it, and what it was called then."""

    key: Key
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two things that were compared, what was decided and why."""

    one: Side
    other: Side
    verdict: Verdict
    weighed: Weighed


def side(profile: Profile) -> Side:
    """Return a profile as a side of a comparison."""
    return Side(
        profile.records[0].key, profile.kind, max(sorted(profile.names), key=lambda name: profile.names[name])
    )


Evidence = Iterator[tuple[float, str]]


def weigh(one: Profile, other: Profile, common: Commonness, prior: float, reason: str) -> Weighed:
    """Return all evidence on two things; `prior` and `reason` are what their names say."""
    found = [(prior, reason), *context(one, other, common)]
    ranked = sorted(found, key=lambda pair: (-abs(pair[0]), pair[1]))
    return Weighed(sum(weight for weight, _ in found), tuple(f"{text} ({w:+.1f})" for w, text in ranked))


def context(one: Profile, other: Profile, common: Commonness) -> Evidence:
    """Yield what the articles say beside the names."""
    yield from _bodies(one, other, common)
    yield from _fields(one, other)
    yield from _nations(one, other)
    yield from _neighbours(one, other, common)
    yield from _times(one, other)
    yield from _classes(one, other)


def _bodies(one: Profile, other: Profile, common: Commonness) -> Evidence:
    w = weights(_ROOM)
    shared = one.bodies.keys() & other.bodies.keys()
    if shared:
        best = max(sorted(shared), key=common.weight)
        weight = w["bodies.shared"] + w["bodies.shared_rare"] * common.weight(best)
        titles = one.titles & other.titles
        if titles:
            yield weight + w["bodies.same_title_there"], f"both {min(titles)} of {best}"
        else:
            yield weight, f"both with {best}"
        return
    titles = one.titles & other.titles
    if titles:
        yield w["bodies.same_title"], f"both {min(titles)}"
    if one.kind is not Kind.PERSON:
        return
    mine, theirs = one.bodies.keys() - one.past_bodies, other.bodies.keys() - other.past_bodies
    if mine and theirs and not mine & theirs:
        beside = (mine & other.neighbours) | (theirs & one.neighbours)
        if any(common.weight(body) > w["bodies.telling_neighbour"] for body in beside):
            return  # the one's organisation stands beside the other
        years = years_between(one, other)
        weight = w["bodies.other_" + ("at_once" if years < 1 else "soon" if years < 5 else "later")]
        support = min(one.bodies.total(), other.bodies.total())
        weight *= min(w["bodies.most_support"], 1 + w["bodies.support"] * math.log2(support))
        yield weight, f"with {min(mine)} here, with {min(theirs)} there"


def _fields(one: Profile, other: Profile) -> Evidence:
    if not (one.fields and other.fields):
        return
    if one.fields & other.fields:
        yield weights(_ROOM)["fields.shared"], "the same field"
        return
    near = tables().near
    close = any(frozenset((a, b)) in near for a in one.fields for b in other.fields)
    weight = weights(_ROOM)["fields.near" if close else "fields.far"]
    yield weight, f"in {min(one.fields)} here, in {min(other.fields)} there"


def _nations(one: Profile, other: Profile) -> Evidence:
    if one.kind is Kind.PLACE or not (one.nations and other.nations):
        return
    shared = one.nations & other.nations
    if shared:
        yield weights(_ROOM)["nations.shared"], f"both of {min(shared)}"
    elif one.kind is Kind.PERSON:
        yield weights(_ROOM)["nations.other"], f"of {min(one.nations)} here, of {min(other.nations)} there"


def _neighbours(one: Profile, other: Profile, common: Commonness) -> Evidence:
    w = weights(_ROOM)
    shared, power = one.neighbours & other.neighbours, w["neighbours.rarity"]
    total = sum(sorted((common.weight(name) ** power for name in shared), reverse=True)[:6])
    if total > w["neighbours.least"]:
        best = max(sorted(shared), key=common.weight)
        yield min(w["neighbours.most"], w["neighbours.shared"] * total), f"beside {best} in both"
    elif len(one.neighbours) > 3 and len(other.neighbours) > 3:
        yield w["neighbours.none"], "nobody in common"


def _times(one: Profile, other: Profile) -> Evidence:
    years = years_between(one, other)
    if years > 60:
        yield weights(_ROOM)["times.lifetime"], f"{years:.0f} years apart"
    elif years > 25:
        yield weights(_ROOM)["times.generation"], f"{years:.0f} years apart"


_APART = (
    frozenset({"schema:SportsTeam"}),
    frozenset({"schema:NewsMediaOrganization"}),
    frozenset({"nkg:ArmedForces", "nkg:ArmedGroup"}),
    frozenset({"nkg:PoliticalParty"}),
    frozenset({"schema:Corporation", "schema:Airline"}),
    frozenset({"schema:CollegeOrUniversity", "schema:School"}),
)


def _classes(one: Profile, other: Profile) -> Evidence:
    mine = {n for n, group in enumerate(_APART) if group & one.classes}
    theirs = {n for n, group in enumerate(_APART) if group & other.classes}
    if mine and theirs and not mine & theirs:
        yield weights(_ROOM)["classes.other"], "of different classes"
