"""Gives roles whose sentence names no organisation the one that the article tells: "Inspector Jones said …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.decoding import Thresholds
from kg.extract.implicit_arguments import mentioned
from kg.heads.bodies import Body, ImplicitBodies, Post
from kg.model import Ground, Kind, Role
from kg.parsed import Resolved

COUNTRY = "schema:Country"


def with_bodies(
    roles: Sequence[Role], resolved: Resolved, head: ImplicitBodies, thresholds: Thresholds
) -> list[Role]:
    """Return the roles, in their order; each without a body gets the likeliest, if it is likely enough."""
    parsed = resolved.parsed
    mentions = mentioned(resolved)
    bodies = [
        Body(
            e.id,
            frozenset(e.name.lower().split()),
            e.kind is Kind.PLACE,
            COUNTRY in e.classes,
            mentions.get(e.id, ()),
        )
        for e in resolved.entities
        if e.kind in (Kind.ORGANIZATION, Kind.PLACE)
    ]
    posts = []
    for role in roles:
        first = parsed.tokens_in(role.span)[0]
        posts.append(Post(tuple(role.title.lower().split()), first.sent, first.block, role.organization))
    best: dict[int, tuple[float, str]] = {}
    for n, body, probability in head.scores(posts, bodies):
        beside = posts[n].sentence in mentions.get(
            body, ()
        )  # what the sentence names and nothing took for the body is none
        if probability >= thresholds.implicit["body"] and not beside:
            best[n] = max(best.get(n, (0.0, "")), (probability, body))
    return [_held_in(role, *best[n]) if n in best else role for n, role in enumerate(roles)]


def _held_in(role: Role, probability: float, body: str) -> Role:
    note = "the article tells it, not the sentence"
    ground = Ground("head bodies", "organization", "", probability, None, body, True, note)
    return replace(role, organization=body, grounds=(*role.grounds, ground))
