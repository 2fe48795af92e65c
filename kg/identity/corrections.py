"""Corrections by hand: facts that are withdrawn, roles put right, things renamed or of another kind.

They stand beside the decisions on who is who, in the same file, and hold for every build from then on:

    corrections:
    - reject: {kind: event, article: harbour, words: attacked, sentence: "A swarm of drones attacked the terminal."}
      by: Ann Lee
      on: 2031-03-05
      why: the paper took it back
    - role: {kind: role, article: harbour, words: mayor, who: [Ann Lee], sentence: "Ann Lee, the mayor, said so."}
      title: deputy mayor
      former: true
    - rename: {node: person/ann-lee, name: Ann Lee, articles: [harbour]}
      to: Ann M. Lee
    - retype: {node: person/northwind, name: Northwind, articles: [merger]}
      to: organization

A fact is known by its article, its sentence and its words, which stay when it is found anew, whatever its IRI is by
then. `by`, `on` and `why` are as they were given, or missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeAlias

from kg.errors import IdentityError
from kg.graph.iris import id_slug, thing_segment
from kg.identity.model import Identity, Node
from kg.identity.names import fold
from kg.identity.overrides import (
    UNTOLD,
    Decision,
    DecisionProvenance,
    Merge,
    Overrides,
    Ref,
    Split,
    ref_entry,
    ref_of,
    told_entry,
    told_of,
)
from kg.model import Event, Facts, Kind, Relation, Role, Span, Statement

KINDS = ("event", "statement", "role", "relation")
RETYPED = {kind.value.lower(): kind for kind in Kind if kind is not Kind.GROUP}


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact as a correction names it; `words` are an event's trigger, a quote, a title or a relation's property."""

    kind: str
    article: str
    sentence: str
    words: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A fact is not so: neither it nor what rests on it alone is told any more."""

    fact: FactRef
    told: DecisionProvenance = UNTOLD


@dataclass(frozen=True, slots=True)
class EditRole:
    """A role has another title, or is past or present; None leaves it as it is."""

    fact: FactRef
    title: str | None = None
    former: bool | None = None
    told: DecisionProvenance = UNTOLD


@dataclass(frozen=True, slots=True)
class Rename:
    """A thing is called otherwise; its IRI stays."""

    node: Ref
    to: str
    told: DecisionProvenance = UNTOLD


@dataclass(frozen=True, slots=True)
class Retype:
    """A thing is of another kind, and has an IRI of that kind."""

    node: Ref
    to: Kind
    told: DecisionProvenance = UNTOLD


Correction: TypeAlias = Withdraw | EditRole | Rename | Retype
_Fact: TypeAlias = Event | Statement | Role | Relation


def corrections_of(overrides: Overrides) -> tuple[Correction, ...]:
    """Return the corrections of a file of decisions.

    Raises:
        IdentityError: an entry is none; the message says which.
    """
    return tuple(
        _read(entry, f"{overrides.source}, correction {number}")
        for number, entry in enumerate(overrides.corrections, 1)
    )


def with_correction(overrides: Overrides, correction: Correction) -> Overrides:
    """Return the decisions with one more correction."""
    return replace(overrides, corrections=(*overrides.corrections, _entry(correction)))


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
        if any(_same(span.of(text), ref.sentence) for span in _sentences(fact))
        and _same(_words(fact), ref.words)
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


def _same(one: str, other: str) -> bool:
    return " ".join(fold(one).split()) == " ".join(fold(other).split())


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


def shown(correction: Correction | Decision) -> str:
    """Return a correction, or a decision on who is who, in one line."""
    if isinstance(correction, Merge):
        line = f"merge {correction.one.node} and {correction.other.node}"
    elif isinstance(correction, Split):
        meant = "each article" if correction.apart is None else ", ".join(correction.apart)
        line = f"split {correction.node.node}, apart in {meant}"
    elif isinstance(correction, Withdraw):
        line = f"reject {correction.fact.kind} '{correction.fact.words}' in {correction.fact.article}"
    elif isinstance(correction, EditRole):
        tense = {None: "", True: " (former)", False: " (present)"}[correction.former]
        title = correction.fact.words if correction.title is None else correction.title
        line = f"role '{correction.fact.words}' in {correction.fact.article}: {title}{tense}"
    elif isinstance(correction, Rename):
        line = f"rename {correction.node.node} to {correction.to}"
    else:
        line = f"retype {correction.node.node} to {correction.to.value.lower()}"
    told = correction.told
    by = " ".join(
        part for part in (f"by {told.by}" if told.by else "", f"on {told.on}" if told.on else "") if part
    )
    return line + (f", {by}" if by else "") + (f": {told.why}" if told.why else "")


def _entry(correction: Correction) -> dict[str, Any]:
    if isinstance(correction, Withdraw | EditRole):
        fact = {
            key: list(v) if isinstance(v, tuple) else v for key, v in asdict(correction.fact).items() if v
        }
        entry: dict[str, Any] = {"reject" if isinstance(correction, Withdraw) else "role": fact}
        if isinstance(correction, EditRole):
            more = {"title": correction.title, "former": correction.former}
            entry |= {key: value for key, value in more.items() if value is not None}
    else:
        name = "rename" if isinstance(correction, Rename) else "retype"
        to = correction.to if isinstance(correction, Rename) else correction.to.value.lower()
        entry = {name: ref_entry(correction.node), "to": to}
    return entry | told_entry(correction.told)


def _read(entry: Mapping[str, Any], where: str) -> Correction:
    what, told = told_of(entry)
    keys = set(what)
    if keys == {"reject"}:
        return Withdraw(_fact(what["reject"], where), told)
    if "role" in keys and keys <= {"role", "title", "former"} and len(keys) > 1:
        title, former = what.get("title"), what.get("former")
        if (title is not None and not _is_words(title)) or not isinstance(former, bool | None):
            raise IdentityError(f"{where}: title is words, former true or false")
        fact = _fact(what["role"], where)
        if fact.kind != "role":
            raise IdentityError(f"{where}: only a role has a title")
        return EditRole(fact, title, former, told)
    if keys == {"rename", "to"} and _is_words(what["to"]):
        return Rename(ref_of(what["rename"], where), " ".join(what["to"].split()), told)
    if keys == {"retype", "to"} and what["to"] in RETYPED:
        return Retype(ref_of(what["retype"], where), RETYPED[what["to"]], told)
    raise IdentityError(
        f"{where}: it is none of reject: FACT, role: FACT with title or former, rename: THING with to: NAME, "
        f"retype: THING with to: {', '.join(RETYPED)}"
    )


def _fact(value: object, where: str) -> FactRef:
    needed = {"kind", "article", "sentence", "words"}
    if not isinstance(value, dict) or not needed <= set(value) <= needed | {"who"}:
        raise IdentityError(f"{where}: a fact has kind, article, sentence, words, and perhaps who")
    who = value.get("who", [])
    if (
        value["kind"] not in KINDS
        or not all(_is_words(value[key]) for key in needed)
        or not isinstance(who, list)
    ):
        raise IdentityError(
            f"{where}: kind is one of {', '.join(KINDS)}, article, sentence and words are words"
        )
    return FactRef(value["kind"], value["article"], value["sentence"], value["words"], tuple(map(str, who)))


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
