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

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import IdentityError
from kg.identity.overrides import (
    NODE_KINDS,
    UNTOLD,
    Decision,
    DecisionProvenance,
    Merge,
    Overrides,
    Ref,
    Split,
    load_overrides,
    ref_entry,
    ref_of,
    save_overrides,
    told_entry,
    told_of,
)
from kg.model import Kind

KINDS = ("event", "statement", "role", "relation")


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


def corrections_of(overrides: Overrides) -> tuple[Correction, ...]:
    """Return the corrections of a file of decisions.

    Raises:
        IdentityError: an entry is none; the message says which.
    """
    return tuple(
        _read(entry, f"{overrides.source}, correction {number}")
        for number, entry in enumerate(overrides.corrections, 1)
    )


def with_decision(overrides: Overrides, decision: Correction | Decision) -> Overrides:
    """Return the decisions with one more."""
    if isinstance(decision, Merge | Split):
        return replace(overrides, decisions=(*overrides.decisions, decision))
    return replace(overrides, corrections=(*overrides.corrections, _entry(decision)))


def keep(file: Path, decision: Correction | Decision) -> None:
    """Put a decision at the end of a file of decisions, which is made if need be.

    Raises:
        IdentityError: the file breaks its schema, or can't be written.
    """
    save_overrides(file, with_decision(load_overrides(file), decision))


def merged(one: Ref, other: Ref, told: DecisionProvenance) -> Merge:
    """Return the decision that two nodes are one thing.

    Raises:
        IdentityError: they are one already.
    """
    if one.node == other.node:
        raise IdentityError(f"these are one thing already: {one.node}")
    return Merge(one, other, told)


def parted(node: Ref, articles: Iterable[str], told: DecisionProvenance) -> Split:
    """Return the decision that some articles mean another thing; without any, that each means its own.

    Raises:
        IdentityError: the node does not stand in them, or in none besides.
    """
    if len(node.articles) < 2:
        raise IdentityError(f"{node.node} stands in one article only, so there is nothing to split")
    apart = tuple(dict.fromkeys(articles))
    strange = sorted(set(apart) - set(node.articles))
    if strange:
        raise IdentityError(
            f"{node.node} does not stand in {strange[0]}; it does in {', '.join(node.articles[:5])}"
        )
    if set(apart) == set(node.articles):
        raise IdentityError(f"these are all articles of {node.node}; name those that mean another")
    return Split(node, apart or None, told)


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
    if keys == {"retype", "to"} and what["to"] in NODE_KINDS:
        return Retype(ref_of(what["retype"], where), NODE_KINDS[what["to"]], told)
    raise IdentityError(
        f"{where}: it is none of reject: FACT, role: FACT with title or former, rename: THING with to: NAME, "
        f"retype: THING with to: {', '.join(NODE_KINDS)}"
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
