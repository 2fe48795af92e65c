"""Carry the outcome of the identity step back into an article's facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kg.identity.model import Identity, Node
from kg.model import Entity, Event, Facts, Kind, Mention, Relation, Role, Statement


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
    to: Callable[[str], str] = lambda identifier: new.get(identifier, identifier)  # noqa: E731 - a short name
    unified = replace(
        facts,
        entities=tuple(merged.values()),
        roles=tuple(_role(role, to, kinds) for role in facts.roles if role.person not in turned),
        events=tuple(_event(event, to, kinds) for event in facts.events),
        statements=tuple(_statement(statement, to) for statement in facts.statements),
        relations=tuple(
            _relation(relation, to)
            for relation in facts.relations
            if not {relation.subject, relation.object} & turned
            and to(relation.subject) != to(relation.object)
        ),
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


def _role(role: Role, to: Callable[[str], str], kinds: Mapping[str, Kind]) -> Role:
    body = to(role.organization) if role.organization is not None else None
    if body is not None and kinds.get(body) is Kind.PERSON:
        body = None
    return replace(role, person=to(role.person), organization=body)


def _event(event: Event, to: Callable[[str], str], kinds: Mapping[str, Kind]) -> Event:
    return replace(
        event,
        agents=tuple(dict.fromkeys(map(to, event.agents))),
        patients=tuple(dict.fromkeys(map(to, event.patients))),
        places=tuple(
            dict.fromkeys(place for place in map(to, event.places) if kinds.get(place) is Kind.PLACE)
        ),
    )


def _statement(statement: Statement, to: Callable[[str], str]) -> Statement:
    return replace(
        statement,
        speaker=to(statement.speaker) if statement.speaker is not None else None,
        addressee=to(statement.addressee) if statement.addressee is not None else None,
        about=tuple(dict.fromkeys(map(to, statement.about))),
        co_speakers=tuple(dict.fromkeys(map(to, statement.co_speakers))),
    )


def _relation(relation: Relation, to: Callable[[str], str]) -> Relation:
    return replace(relation, subject=to(relation.subject), object=to(relation.object))
