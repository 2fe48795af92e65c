"""Tells, by who held a country's highest offices and when, where a bare title is held and whether it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.lexicon.officeholders import Officeholder
from kg.model import Entity, Ground, Modality, Role
from kg.parsed import Resolved

BESIDE = 4
"""So many characters may stand between a country and a title: "Norland's then president"."""


def known_holders(roles: Sequence[Role], resolved: Resolved, lexicon: Lexicon) -> list[Role]:
    """Return the roles, those of known holders of an office with its country, and as over where they are.

    "President Chirac" is of France where the article speaks of France, whatever other land it names more often; the
    country that the sentence of a role names beside the title stays.
    """
    entities = {entity.id: entity for entity in resolved.entities}
    date = resolved.parsed.article.date
    return [_known(role, entities, date, lexicon) for role in roles]


def _known(role: Role, entities: dict[str, Entity], date: str | None, lexicon: Lexicon) -> Role:
    person = entities.get(role.person)
    if person is None or role.modality is not Modality.ASSERTED:
        return role
    holder = lexicon.officeholders.holder(role.title, (person.name, *person.aliases))
    if holder is None:
        return role
    return _dated(_placed(role, holder, entities), holder, date)


def _placed(role: Role, holder: Officeholder, entities: dict[str, Entity]) -> Role:
    told = entities.get(role.organization or "")
    if told is not None and ("schema:Country" not in told.classes or _is_beside(role, told)):
        return role
    home = next((e.id for e in entities.values() if _is_country(e, holder.country)), None)
    if home == role.organization:
        return role
    # a country that the article speaks of, but not his, is none of his
    why = Ground("rule officeholders", "organization", holder.name, entity=home, kept=home is not None)
    grounds = tuple(g for g in role.grounds if g.part != "organization")
    return replace(role, organization=home, grounds=(*grounds, why))


def _is_beside(role: Role, country: Entity) -> bool:
    """Tell a country that stands right before a title or within it; one elsewhere in the sentence may be another's."""
    return any(
        m.span.overlaps(role.span) or 0 <= role.span.begin - m.span.end <= BESIDE for m in country.mentions
    )


def _is_country(entity: Entity, name: str) -> bool:
    return "schema:Country" in entity.classes and name in (entity.name, *entity.aliases)


def _dated(role: Role, holder: Officeholder, date: str | None) -> Role:
    if role.former or role.present or not date or not holder.is_over(int(date[:4])):
        return role
    last = max(last or 0 for _, last in holder.terms)
    return replace(
        role, former=True, grounds=(*role.grounds, Ground("rule officeholders", "former", f"until {last}"))
    )
