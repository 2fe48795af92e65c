"""Take from an article's facts what the identity of its entities is judged by."""

from __future__ import annotations

from collections import defaultdict

from kg.identity.model import NEIGHBOURS, IdentityRecord, Position
from kg.model import Entity, Facts, Kind, MentionKind

_NATION = "schema:nationality"
_TIES = frozenset({_NATION, "schema:location"})


def records_of(facts: Facts) -> tuple[IdentityRecord, ...]:
    """Return a record of every named entity of one article, in the order of first mention.

    Unnamed groups stay with their article and get none.
    """
    article = facts.article
    named = [entity for entity in facts.entities if entity.kind is not Kind.GROUP]
    names = {entity.id: entity.name for entity in named}
    busy = sorted(named, key=lambda e: (-len(e.mentions), _first(e), e.id))
    beside = tuple(entity.name for entity in busy[: NEIGHBOURS + 1])
    roles: dict[str, list[Position]] = defaultdict(list)
    for role in sorted(facts.roles, key=lambda r: (r.span, r.person, r.title, r.organization or "")):
        body = names.get(role.organization or "", "")
        roles[role.person].append(Position(role.title, body, role.former))
        if role.organization and role.person in names:
            roles[role.organization].append(Position(role.title, names[role.person], role.former))
    nations: dict[str, set[str]] = defaultdict(set)
    for relation in facts.relations:
        if relation.predicate in _TIES and relation.object in names:
            nations[relation.subject].add(names[relation.object])
    return tuple(
        IdentityRecord(
            doc=article.path or article.id,
            entity=entity.id,
            kind=entity.kind,
            name=entity.name,
            aliases=entity.aliases,
            former_names=entity.former_names,
            classes=entity.classes,
            roles=tuple(dict.fromkeys(roles[entity.id])),
            nations=tuple(sorted(nations[entity.id])),
            neighbours=beside,
            nouns=_nouns(entity, article.text),
            date=article.date or "",
            same_as=entity.same_as,
            named=sum(mention.kind is MentionKind.NAME for mention in entity.mentions),
            mentions=len(entity.mentions),
            first=_first(entity),
        )
        for entity in sorted(named, key=lambda e: (_first(e), e.id))
    )


def _first(entity: Entity) -> int:
    return min((mention.span.begin for mention in entity.mentions), default=0)


def _nouns(entity: Entity, text: str) -> tuple[str, ...]:
    """The head nouns by which the article describes the entity."""
    spans = (mention.span for mention in entity.mentions if mention.kind is MentionKind.NOMINAL)
    words = {span.of(text).split()[-1].lower() for span in spans if span.of(text).split()}
    return tuple(sorted(words))
