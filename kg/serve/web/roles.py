"""One role a person, title and organisation: the memberships that articles tell of it are one fact on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.serve.web.desk import Desk, listed
from kg.serve.web.records import Fact

_HELD = """
SELECT DISTINCT ?fact ?member ?role ?body WHERE {
  VALUES ?thing { %s }
  ?fact org:member|org:organization|org:role ?thing ; org:member ?member ; org:role ?role
  OPTIONAL { ?fact org:organization ?body }
} LIMIT 20000"""
Role = tuple[str, str, str]


async def roles_of(desk: Desk, iri: str) -> dict[str, Role]:
    """Return for each membership that a thing has part in the role that it tells of: member, title, organisation."""
    return {
        row["fact"]: (row["member"], row["role"], row.get("body", ""))
        for row in await desk.rows(_HELD % listed([iri]))
    }


def joined(tellings: Sequence[Fact]) -> Fact:
    """Return the tellings of one role as one fact, which is as its latest telling has it.

    Each sentence keeps the IRI of its own, and what it says of the role. On one day, that a role is held goes
    before that it was; and it is as fact, where any telling has it so.
    """
    if len(tellings) == 1:
        return tellings[0]

    def when(fact: Fact) -> tuple[str, bool]:
        return max((piece.date for piece in fact.evidence), default=""), not fact.former

    told = [replace(p, of=fact.iri, state=_state(fact)) for fact in tellings for p in fact.evidence]
    return replace(
        max(tellings, key=when),
        iri=tellings[0].iri,
        modality=min(fact.modality or "Asserted" for fact in tellings),
        confidence=max((fact.confidence or 0.0 for fact in tellings), default=None) or None,
        evidence=tuple(sorted(told, key=lambda p: (p.date, p.article.iri, p.begin, p.of))),
    )


def _state(fact: Fact) -> tuple[str, ...]:
    return (*(("former",) if fact.former else ()), *((fact.modality,) if fact.modality else ()))
