"""Carry corrections by hand out: on an article's facts, and on the nodes of the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from kg.graph.iris import id_slug, thing_segment
from kg.identity.corrections import Correction, EditRole, FactRef, Rename, Retype, Withdraw
from kg.identity.model import Identity, Node
from kg.identity.names import fold, plain
from kg.identity.overrides import Ref
from kg.model import Event, Facts, Relation, Role, Span, Statement

_Fact: TypeAlias = Event | Statement | Role | Relation


def of_articles(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of facts by the articles that they are about."""
    found: dict[str, tuple[Correction, ...]] = {}
    for one in corrections:
        if isinstance(one, Withdraw | EditRole):
            found[one.fact.article] = (*found.get(one.fact.article, ()), one)
    return found


def corrected(facts: Facts, corrections: Sequence[Correction]) -> tuple[Facts, tuple[Correction, ...]]:
    """Return an article's facts as people corrected them, and the corrections that found nothing to correct.

    With a statement goes what only it reports.
    """
    names = {entity.id: {entity.name, *entity.aliases} for entity in facts.entities}
    idle: list[Correction] = []
    for one in corrections:
        assert isinstance(one, Withdraw | EditRole)
        hits = _hits(facts, one.fact, names)
        if not hits:
            idle.append(one)
        elif isinstance(one, EditRole):
            facts = replace(facts, roles=tuple(_edited(r, one) if r in hits else r for r in facts.roles))
        else:
            facts = _without(facts, hits)
    return facts, tuple(idle)


def _edited(role: Role, edit: EditRole) -> Role:
    title = role.title if edit.title is None else edit.title
    return replace(role, title=title, former=role.former if edit.former is None else edit.former)


def _without(facts: Facts, gone: Sequence[_Fact]) -> Facts:
    lost = {one.id for one in gone if isinstance(one, Statement)}
    return replace(
        facts,
        events=tuple(e for e in facts.events if e not in gone and e.according_to not in lost),
        statements=tuple(s for s in facts.statements if s not in gone),
        roles=tuple(r for r in facts.roles if r not in gone),
        relations=tuple(r for r in facts.relations if r not in gone),
    )


def _hits(facts: Facts, ref: FactRef, names: Mapping[str, set[str]]) -> list[_Fact]:
    """Return the facts that a reference means: those of its words; of several in a sentence, those of its people."""
    text = facts.article.text
    pools: dict[str, Sequence[_Fact]] = {
        "event": facts.events,
        "statement": facts.statements,
        "role": facts.roles,
        "relation": facts.relations,
    }
    found = [
        fact
        for fact in pools[ref.kind]
        if plain(ref.sentence) in {plain(span.of(text)) for span in _sentences(fact)}
        and plain(_words(fact)) == plain(ref.words)
    ]
    if len(found) > 1 and ref.who:
        wanted = {fold(name) for name in ref.who}
        meant = [f for f in found if wanted & {fold(n) for one in _people(f) for n in names.get(one, ())}]
        return meant or found
    return found


def _sentences(fact: _Fact) -> tuple[Span, ...]:
    return fact.sentences if isinstance(fact, Event) else (fact.sentence,)


def _words(fact: _Fact) -> str:
    if isinstance(fact, Event):
        return fact.trigger
    if isinstance(fact, Statement):
        return fact.text
    return fact.title if isinstance(fact, Role) else fact.predicate.rpartition(":")[2]


def _people(fact: _Fact) -> tuple[str, ...]:
    if isinstance(fact, Event):
        return (*fact.agents, *fact.patients)
    if isinstance(fact, Statement):
        return (fact.speaker,) if fact.speaker else ()
    return (fact.person,) if isinstance(fact, Role) else (fact.subject, fact.object)


def renamed(identity: Identity, corrections: Iterable[Correction]) -> tuple[Identity, tuple[Correction, ...]]:
    """Return who is who with things renamed and retyped as people decided, and what found nothing to do so.

    A thing of another kind gets a path of that kind which no other has, and its old path leads on to it.
    """
    nodes = {node.segment: node for node in identity.nodes}
    moved: dict[str, str] = {}
    idle: list[Correction] = []
    for one in corrections:
        if not isinstance(one, Rename | Retype):
            continue
        found = _found(nodes.values(), one.node)
        if found is None:
            idle.append(one)
        elif isinstance(one, Rename):
            others = tuple(name for name in dict.fromkeys((found.label, *found.aliases)) if name != one.to)
            nodes[found.segment] = replace(found, label=one.to, aliases=others)
        elif found.kind is not one.to:
            segment = _free(thing_segment(one.to, found.label), nodes)
            moved[found.segment] = segment
            del nodes[found.segment]
            nodes[segment] = replace(found, segment=segment, kind=one.to, was=(*found.was, found.segment))
    if not idle and all(node is nodes.get(node.segment) for node in identity.nodes):
        return identity, ()
    assigned = {key: nodes.get(_last(node.segment, moved), node) for key, node in identity.assigned.items()}
    ordered = tuple(nodes[segment] for segment in sorted(nodes))
    return replace(identity, nodes=ordered, assigned=assigned), tuple(idle)


def _last(segment: str, moved: Mapping[str, str]) -> str:
    while segment in moved:
        segment = moved[segment]
    return segment


def _free(segment: str, taken: Mapping[str, Node]) -> str:
    if segment not in taken:
        return segment
    number = 2
    while f"{segment}~{number}" in taken:
        number += 1
    return f"{segment}~{number}"


def _found(nodes: Iterable[Node], ref: Ref) -> Node | None:
    """Return the node of the name in most of the articles that the decision saw it in; else the one of that path."""
    best: tuple[int, Node] | None = None
    by_path = None
    wanted = set(ref.articles)
    for node in nodes:
        if node.segment == ref.node or ref.node in node.was:
            by_path = node
        if fold(ref.name) in {fold(name) for name in (node.label, *node.aliases)}:
            count = len(wanted & {id_slug(doc) for doc, _ in node.members})
            if count and (best is None or count > best[0]):
                best = count, node
    # the path goes first: of two things of one name in an article only it tells which is meant
    if by_path is not None and (best is None or wanted & {id_slug(doc) for doc, _ in by_path.members}):
        return by_path
    return best[1] if best is not None else by_path
