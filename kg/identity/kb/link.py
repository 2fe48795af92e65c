"""Link nodes to a knowledge base by how well known a candidate is, its kind, and what the articles say.

The score of a candidate adds up as log-odds; it must beat NIL, "none of these", and the next candidate clearly.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import cast

from kg.errors import PluginError, UsageError
from kg.identity.kb.base import SQLiteBase
from kg.identity.kb.model import EntityLink, KbEntity, KnowledgeBase, Linker, Query
from kg.identity.kb.shipped import Shipped
from kg.identity.names import parse
from kg.identity.profile import fields_of, key_of
from kg.identity.tables import tables
from kg.model import Kind
from kg.plugins import installed, load, shown, told
from kg.scoring import weights
from kg.world import World

ENTRY_POINTS = "kg.linkers"
NIL = 2.2
"""What a candidate's score must exceed."""
MARGIN = 1.0
"""By so much the best candidate must go before the next."""
_NAMES = 8


def load_linker(world: World, kb: str | None = None) -> Linker:
    """Return what links nodes: the knowledge base that ships, and before it the one that the user names.

    `kb` is a file that `kg kb build` wrote, or the name of an entry point `kg.linkers`: a function that
    takes no argument and returns a `Linker`.

    Raises:
        IdentityError: the file is no knowledge base.
        UsageError: there is neither such a file nor such an entry point.
        PluginError: the entry point can't be loaded, or gives no linker.
    """
    shipped = Shipped(world)
    own = _own(kb) if kb is not None else None

    def link(query: Query) -> EntityLink | None:
        found = own(query) if own is not None else None
        return found or _shipped(query, shipped)

    return link


def _own(kb: str) -> Linker:
    plugged = installed(ENTRY_POINTS)
    if kb in plugged:
        make = load(plugged[kb])
        try:
            linker = make()
        except Exception as error:
            raise PluginError(f"{shown(plugged[kb])} can't be set up: {told(error)}") from error
        if not callable(linker):
            raise PluginError(f"{shown(plugged[kb])} gives {type(linker).__name__}, which can't be called")
        return cast("Linker", linker)
    path = Path(kb)
    if not path.is_file() and not path.suffix:
        names = f"; installed linkers: {', '.join(sorted(plugged))}" if plugged else ""
        raise UsageError(f"{kb}: there is neither such a knowledge base nor such a linker{names}")
    base = SQLiteBase(path)
    return lambda query: link_to(query, base)


def _shipped(query: Query, shipped: Shipped) -> EntityLink | None:
    if query.kind is Kind.PLACE:
        for iri in sorted(query.same_as):
            place = shipped.place(iri)
            if place is not None:
                return EntityLink(place.iri, 0.99, ("the gazetteer's country or state",))
        return None
    return link_to(query, shipped)


def link_to(query: Query, base: KnowledgeBase) -> EntityLink | None:
    """Return the thing of a knowledge base that a node is; None if it could be another or none."""
    scored: dict[str, tuple[float, list[str], KbEntity]] = {}
    for name in query.names[:_NAMES]:
        for candidate in base.candidates(name, query.kind):
            score, reasons = _score(query, name, candidate)
            if candidate.iri not in scored or score > scored[candidate.iri][0]:
                scored[candidate.iri] = score, reasons, candidate
    ranked = sorted(scored.values(), key=lambda entry: (-entry[0], entry[2].iri))
    if not ranked:
        return None
    best, reasons, candidate = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else -math.inf
    if best < NIL or best - second < MARGIN:
        return None
    probability = 1 / (1 + math.exp(max(NIL - MARGIN, second) - best))
    return EntityLink(candidate.iri, round(probability, 4), tuple(reasons), candidate.also)


def _score(query: Query, name: str, candidate: KbEntity) -> tuple[float, list[str]]:
    w = weights("kg.identity")
    found: list[tuple[float, str]] = [(w["link.known"] * math.log1p(candidate.known), "known")]
    if not candidate.named:
        found.append((w["link.by_an_alias"], "by an alias"))
    if len(parse(name, query.kind).words) < 2 and query.kind is Kind.PERSON:
        found.append((w["link.single_name"], "a single name"))
    if query.same_as & set(candidate.also):
        found.append((w["link.same_spot"], "the same place in the gazetteer"))
    elif query.same_as and candidate.also:
        found.append((w["link.other_spot"], "another place in the gazetteer"))
    found += _context(query, candidate)
    return sum(weight for weight, _ in found), [f"{text} ({weight:+.1f})" for weight, text in found]


def _context(query: Query, candidate: KbEntity) -> list[tuple[float, str]]:
    w = weights("kg.identity")
    found: list[tuple[float, str]] = []
    shared = sorted({key_of(name) for name in candidate.related} & (query.neighbours | query.nations))
    if shared:
        found.append((min(w["link.most_tied"], w["link.tied"] * len(shared)), f"tied to {shared[0]}"))
    words = set(candidate.description.lower().replace(",", " ").split())
    told = sorted(words & query.nouns)
    if told:
        found.append((w["link.called_so"], f"a {told[0]}"))
    fields = fields_of(candidate.description)
    if fields and query.fields and query.kind is Kind.PERSON:
        near = any(frozenset((a, b)) in tables().near for a in fields for b in query.fields)
        if fields & query.fields:
            found.append((w["link.same_field"], "of the same field"))
        else:
            weight = w["link.near_field" if near else "link.other_field"]
            found.append((weight, f"in {min(fields)}, not in {min(query.fields)}"))
    if query.begin is not None:
        if candidate.born is not None and candidate.born > query.begin:
            found.append((w["link.born_later"], "born later"))
        elif candidate.died is not None and candidate.died < query.begin - 1:
            weight = w["link.died_but_acts" if query.active else "link.died_before"]
            found.append((weight, f"died in {candidate.died}"))
    return found
