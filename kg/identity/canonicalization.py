"""Carry the outcome of the identity step back into an article's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.identity.model import Identity, Node
from kg.model import Entity, Event, Facts, Kind, Mention, Role
from kg.renaming import Renaming


@dataclass(frozen=True, slots=True)
class Unified:
    """The facts of one article in the terms of the whole corpus.

    `facts` name each thing by its best name over all articles, and entities that turned out to be one thing are one;
    `segments` leads from an entity's id to the path of its IRI after the base,
    `events` does so for the events that other articles report, too.
    """

    facts: Facts
    segments: dict[str, str]
    events: dict[str, str] = field(default_factory=dict)


def unify(facts: Facts, identity: Identity) -> Unified:
    """Return the facts with every entity as its node calls it; unnamed groups stay as they are.

    An entity whose kind the corpus corrects (a company taken for a person or a place) loses the roles and relations
    that only the wrong kind can have, and nothing happened in it.
    """
    path = facts.article.path or facts.article.id
    nodes = {entity.id: identity.node(path, entity.id) for entity in facts.entities}
    first: dict[str, str] = {}
    new: dict[str, str] = {}
    for entity in facts.entities:
        node = nodes[entity.id]
        new[entity.id] = first.setdefault(node.segment, entity.id) if node else entity.id
    turned = {e.id for e in facts.entities if (node := nodes[e.id]) and node.kind is not e.kind}
    merged: dict[str, Entity] = {}
    for entity in facts.entities:
        node = nodes[entity.id]
        told = _named(entity, node) if node else entity
        target = new[entity.id]
        merged[target] = _joined(merged[target], told) if target in merged else told
    kinds = {identifier: entity.kind for identifier, entity in merged.items()}
    segments = {identifier: node.segment for identifier in merged if (node := nodes[identifier]) is not None}
    rename = Renaming(entities=lambda identifier: new.get(identifier, identifier))
    relations = [one for one in facts.relations if not {one.subject, one.object} & turned]
    unified = replace(
        facts,
        entities=tuple(merged.values()),
        roles=tuple(_role(rename.of(role), kinds) for role in facts.roles if role.person not in turned),
        events=tuple(_event(rename.of(event), kinds) for event in facts.events),
        statements=rename.of_all(facts.statements),
        relations=tuple(one for one in rename.of_all(relations) if one.subject != one.object),
    )
    return Unified(unified, segments)


def _named(entity: Entity, node: Node) -> Entity:
    same = node.kind is entity.kind
    return replace(
        entity,
        kind=node.kind,
        name=node.label,
        aliases=_without(node.label, (entity.name, *entity.aliases)),
        classes=entity.classes if same else (),
        same_as=tuple(dict.fromkeys((*node.same_as, *entity.same_as))),
        latitude=entity.latitude if node.kind is Kind.PLACE else None,
        longitude=entity.longitude if node.kind is Kind.PLACE else None,
    )


def _joined(one: Entity, other: Entity) -> Entity:
    mentions: tuple[Mention, ...] = tuple(sorted({*one.mentions, *other.mentions}))
    return replace(
        one,
        aliases=_without(one.name, (*one.aliases, *other.aliases)),
        classes=tuple(dict.fromkeys((*one.classes, *other.classes))),
        mentions=mentions,
        same_as=tuple(dict.fromkeys((*one.same_as, *other.same_as))),
        former_names=_without(one.name, (*one.former_names, *other.former_names)),
        latitude=one.latitude if one.latitude is not None else other.latitude,
        longitude=one.longitude if one.longitude is not None else other.longitude,
        confidence=max(one.confidence, other.confidence),
    )


def _without(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({other for other in names if other != name}))


def _role(role: Role, kinds: Mapping[str, Kind]) -> Role:
    is_person = role.organization is not None and kinds.get(role.organization) is Kind.PERSON
    return replace(role, organization=None) if is_person else role


def _event(event: Event, kinds: Mapping[str, Kind]) -> Event:
    return replace(event, places=tuple(place for place in event.places if kinds.get(place) is Kind.PLACE))
