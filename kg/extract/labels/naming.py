"""Which entities the words of an article stand for, and what each is called where no other word of the text will do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Entity, Kind, Mention, MentionKind, Span
from kg.parsed import Parsed

WITHIN = frozenset({"compound", "amod", "nmod", "poss"})
COUNTS = frozenset({"CARDINAL", "ORDINAL", "DATE", "TIME", "QUANTITY", "PERCENT", "MONEY"})
SURE = 0.7  # how sure a mention without a name must be for the name to stand where nothing hangs on it
LONG = 45  # a group that is told of at length is called by its plain name


@dataclass(frozen=True, slots=True)
class Naming:
    """The entities at the head tokens of mentions, how each mention speaks of them, and what they are called.

    `unsure` are the heads of mentions without a name that may well speak of another; `ends` tells where the mention of
    a head ends (token, exclusive).
    `called` holds a name as a sentence needs it ("the United States"); `unnamed` the groups; `places` and `people`
    the named ones; `when` the tokens of dates and times, `capital` those of names, which keep their capitals.
    """

    at: Mapping[int, tuple[str, ...]]
    how: Mapping[int, MentionKind]
    unsure: frozenset[int]
    ends: Mapping[int, int]
    called: Mapping[str, str]
    unnamed: frozenset[str]
    places: frozenset[str]
    people: frozenset[str]
    when: frozenset[int]
    capital: frozenset[int]

    def all_of(self, entities: Iterable[str]) -> str:
        """Return several entities in words: "Anna Berg and the United States"; of many, the first."""
        return joined([self.called[e] for e in dict.fromkeys(entities) if e in self.called])


def naming_of(parsed: Parsed, entities: Iterable[Entity]) -> Naming:
    """Return who stands where in an article, from the mentions of its entities."""
    begins = [t.begin for t in parsed.tokens]
    at: dict[int, list[str]] = defaultdict(list)
    how: dict[int, MentionKind] = {}
    unsure: set[int] = set()
    ends: dict[int, int] = {}
    called: dict[str, str] = {}
    entities = tuple(entities)
    for entity in entities:
        definite = named = 0
        for mention in entity.mentions:
            first, head = _head(parsed, begins, mention.span)
            if head is None or first is None:
                continue
            if entity.id not in at[head]:
                at[head].append(entity.id)
            how.setdefault(head, mention.kind)
            ends.setdefault(head, bisect_left(begins, mention.span.end))
            if mention.kind is not MentionKind.NAME and mention.confidence < SURE:
                unsure.add(head)
            counts = mention.kind is MentionKind.NAME and parsed.tokens[head].dep not in WITHIN
            if counts and not _is_longer_name(mention.span.of(parsed.article.text), entity.name):
                named += 1
                definite += "the" in (
                    parsed.tokens[max(first - 1, 0)].text.lower(),
                    parsed.tokens[first].text.lower(),
                )
        called[entity.id] = _called(parsed, entity, named > 0 and definite * 2 > named)
    return Naming(
        at={head: tuple(found) for head, found in at.items()},
        how=how,
        unsure=frozenset(unsure),
        ends=ends,
        called=called,
        unnamed=frozenset(e.id for e in entities if e.kind is Kind.GROUP),
        places=frozenset(e.id for e in entities if e.kind is Kind.PLACE),
        people=frozenset(e.id for e in entities if e.kind is Kind.PERSON),
        when=frozenset(
            i for n in parsed.names if n.label in ("DATE", "TIME") for i in range(n.first, n.last)
        ),
        capital=frozenset(
            i for n in parsed.names if n.label not in COUNTS for i in range(n.first, n.last)
        ).union(h for h, kind in how.items() if kind is MentionKind.NAME),
    )


def _is_longer_name(words: str, name: str) -> bool:
    """Tell a form that holds the name and more, whose article is not the name's: "the *Republic of* Ireland"."""
    words, name = words.lower().removeprefix("the "), name.lower().removeprefix("the ")
    return words != name and f" {name} " in f" {words} "


def joined(words: list[str]) -> str:
    """Join words as a sentence does: "A", "A and B", "A, B and C", "A, B and others"."""
    if len(words) > 3:
        words = [*words[:2], "others"]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _head(parsed: Parsed, begins: list[int], span: Span) -> tuple[int | None, int | None]:
    """Return the first token of a span and the one that heads it."""
    first = bisect_left(begins, span.begin)
    tops = parsed.tops(first, bisect_left(begins, span.end))
    nouns = [t for t in tops if t.pos in ("NOUN", "PROPN", "PRON")]
    return (first, (nouns or tops)[0].i) if tops else (None, None)


def _called(parsed: Parsed, entity: Entity, definite: bool) -> str:
    name = plain(entity.name)
    if entity.kind is Kind.GROUP:
        return _group(parsed, entity.mentions[0], name) if entity.mentions else name
    article = definite and entity.kind is not Kind.PERSON and not name.lower().startswith("the ")
    return f"the {name}" if article else name


def _group(parsed: Parsed, mention: Mention, name: str) -> str:
    words = plain(mention.span.of(parsed.article.text))
    if not words.lower().endswith(name.lower()) or len(words) > LONG:
        return name
    return re.sub(r"^(a|an|the)\s", "the ", words, flags=re.I)


def plain(text: str) -> str:
    """Return text on one line, without characters that are not for reading (controls, marks of direction)."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    seen = (c if c.isprintable() else " " if c.isspace() else "" for c in text)
    return " ".join("".join(seen).split())
