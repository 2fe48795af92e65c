"""Finds which of many stretches of a text overlap one, without looking at each of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Generic, TypeVar

from kg.model import Kind, MentionKind, Span, Statement
from kg.parsed import Link, Resolved

T = TypeVar("T")
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "which", "that"})
VAGUE = frozenset({"a", "an", "any", "every", "each", "both", "another", "some"})
_SIZE = 256  # code points of a part of the text


class Overlaps(Generic[T]):
    """Things with the stretches that they stand at, as they are added.

    >>> known = Overlaps()
    >>> known.add(Span(0, 9), "a")
    >>> known.over(Span(8, 12))
    ['a']
    """

    def __init__(self) -> None:
        self._things: list[tuple[Span, T]] = []
        self._parts: dict[int, list[int]] = defaultdict(list)

    def add(self, span: Span, thing: T) -> None:
        """Add a thing."""
        for part in range(span.begin // _SIZE, span.end // _SIZE + 1):
            self._parts[part].append(len(self._things))
        self._things.append((span, thing))

    def over(self, span: Span) -> list[T]:
        """Return the things whose stretches overlap this one, in the order in which they were added."""
        near = {
            n for part in range(span.begin // _SIZE, span.end // _SIZE + 1) for n in self._parts.get(part, ())
        }
        return [thing for own, thing in (self._things[n] for n in sorted(near)) if own.overlaps(span)]


class SpokenOf:
    """What the words of a resolved article speak of, stretch by stretch."""

    def __init__(self, resolved: Resolved) -> None:
        self._tokens = tokens = resolved.parsed.tokens
        self._kinds = {e.id: e.kind for e in resolved.entities}
        at = sorted((tokens[link.head].begin, n) for n, link in enumerate(resolved.links))
        self._links, self._places = resolved.links, [n for _, n in at]
        self._begins = [begin for begin, _ in at]

    def links(self, span: Span) -> list[Link]:
        """Return the mentions whose heads stand in a stretch, in their order."""
        places = self._places[bisect_left(self._begins, span.begin) : bisect_left(self._begins, span.end)]
        return [self._links[n] for n in sorted(places)]

    def about(self, statement: Statement) -> tuple[str, ...]:
        """Return the entities that the words of a statement speak of, but its speaker, in order: those that it names,
        and those that a description or a pronoun means beyond much doubt. A university is no word of its state.
        """
        links = [link for link in self.links(statement.span) if self._is_sure(link)]
        links.sort(key=lambda link: link.first)
        whole = {link.last: link.first for link in reversed(links)}
        found = dict.fromkeys(e for link in links if whole[link.last] == link.first for e in link.entities)
        return tuple(e for e in found if e != statement.speaker)

    def _is_sure(self, link: Link) -> bool:
        """Tell whether a mention is a name, or means one thing of a kind that few others are: "the island" or "it" may
        be many.
        """
        if link.kind is MentionKind.NAME:
            return True
        if len(link.entities) != 1:
            return False
        kind = self._kinds.get(link.entities[0])
        if link.kind is MentionKind.PRONOUN:
            return kind is Kind.PERSON and self._tokens[link.head].lemma.lower() not in PLURAL
        return kind in (Kind.PERSON, Kind.ORGANIZATION) and self._tokens[link.first].text.lower() not in VAGUE
