"""Tells the whole noun phrase that a mention heads, with what hangs to its right: "A, a nurse from Lima who left"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Kind, MentionKind, Span
from kg.parsed import BlockKind, Parsed, Token
from kg.resolve.entity_drafts import Found, Thing

BEHIND = frozenset({"of", "in", "at", "from", "for"})
"""Prepositions that tell more of a noun before them; others mostly belong to the verb."""


def phrase(parsed: Parsed, found: Found, thing: Thing, owner: Mapping[int, Thing]) -> Span | None:
    """Return the noun phrase that the mention heads, where it is wider than the mention."""
    head = parsed.tokens[found.head]
    if found.kind is MentionKind.PRONOUN or found.adjectival or head.dep in ("compound", "nmod", "amod"):
        return None
    first, last = found.first, found.last
    for child in parsed.dependents(head):
        if (
            child.i < first
            and child.dep in ("det", "amod", "compound", "nmod", "poss", "nummod", "predet")
            and child.right + 1 == first
        ):
            first = child.left
        elif (
            child.i < first
            and child.dep in ("det", "amod", "compound", "nmod", "poss", "nummod")
            and child.left < first
        ):
            first = child.left if all(t.pos != "VERB" for t in parsed.tokens[child.left : first]) else first
        elif found.kind is MentionKind.NOMINAL and child.dep == "prep" and child.text.lower() == "of":
            if child.i == last:  # a name ends where it ends: "accused the FCM of the strike"
                last = child.right + 1
    whole = parsed.span(first, _end(parsed, head, last, thing, owner))
    return whole if whole != parsed.span(found.first, found.last) else None


def _end(parsed: Parsed, head: Token, last: int, thing: Thing, owner: Mapping[int, Thing]) -> int:
    """Return where the phrase ends: behind clauses, prepositions and appositions that follow without a gap."""
    tokens = parsed.tokens
    if parsed.blocks[head.block].kind is BlockKind.DATELINE:
        return last
    for child in parsed.dependents(head, "acl", "relcl", "prep", "appos"):
        if child.i < last or not _tells_more(child, thing, owner):
            continue
        gap = [t.text for t in tokens[last : child.left]]
        after = tokens[child.right + 1].text if child.right + 1 < len(tokens) else ""
        if gap in ([], [","]):
            last = child.right + 1
        elif gap == ["("] and after == ")":
            last = child.right + 2
    return last


def _tells_more(child: Token, thing: Thing, owner: Mapping[int, Thing]) -> bool:
    """Whether what hangs on a noun belongs to its phrase: what is named beside it may be another in a list."""
    if child.dep == "prep":
        return child.text.lower() in BEHIND
    other = owner.get(child.i) if child.dep == "appos" else None
    return other is None or other is thing or (thing.kind is Kind.PLACE and other.kind is Kind.PLACE)
