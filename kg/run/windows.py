"""Long articles in windows: cut at paragraph bounds before the stages, joined into one set of facts after.

The stages look back over the whole of an article, so that their time grows faster than its length. An article
of up to `LONG` code points (some 20,000 words) is never cut.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.graph.iris import name_key
from kg.model import Article, Entity, Facts, Kind, Span
from kg.renaming import Renaming

LONG = 120_000
WINDOW = 40_000


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a long article as an article of its own, and where it begins."""

    begin: int
    article: Article


def is_long(article: Article) -> bool:
    """Tell whether an article is done in windows."""
    return len(article.text) > LONG


def cut(article: Article) -> tuple[Window, ...]:
    """Return the windows of a long article.

    Windows end after a paragraph, or a line, or a sentence, whichever stands in their last quarter; text with
    none of them is cut where it is.
    """
    windows, begin = [], 0
    while begin < len(article.text):
        end = _end(article, begin)
        windows.append(Window(begin, _part(article, begin, end)))
        begin = end
    return tuple(windows)


def _end(article: Article, begin: int) -> int:
    text, latest = article.text, begin + WINDOW
    if latest + WINDOW // 4 >= len(text):
        return len(text)
    kept = [*article.furniture, *article.captions, *([article.title_span] if article.title_span else [])]
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, begin + WINDOW * 3 // 4, latest)
        if found >= 0 and not any(span.begin < found + len(mark) < span.end for span in kept):
            return found + len(mark)
    return latest


def _part(article: Article, begin: int, end: int) -> Article:
    def within(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(
            Span(max(s.begin, begin) - begin, min(s.end, end) - begin)
            for s in spans
            if s.begin < end and s.end > begin
        )

    text = article.text[begin:end]
    titles = within([article.title_span] if article.title_span else [])
    return replace(
        article,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        title=article.title if begin == 0 else None,
        title_span=titles[0] if titles else None,
        furniture=within(article.furniture),
        captions=within(article.captions),
    )


def join(article: Article, parts: Sequence[tuple[int, Facts]]) -> Facts:
    """Return the facts of a long article from those of its windows, each with where the window begins.

    Things of one kind and name are one; a person called by one word joins the only person of that surname.
    """
    moved = [_moved(facts, begin, f"w{number}-") for number, (begin, facts) in enumerate(parts, 1)]
    one = _groups([entity for facts in moved for entity in facts.entities])
    as_one = Renaming(entities=lambda identifier: one.get(identifier, identifier))
    told = as_one.of_all(moved)
    gathered: dict[str, list[Entity]] = defaultdict(list)
    for facts in told:
        for entity in facts.entities:
            gathered[entity.id].append(entity)
    return Facts(
        article,
        tuple(map(_joined, gathered.values())),
        tuple(role for facts in told for role in facts.roles),
        tuple(event for facts in told for event in facts.events),
        tuple(statement for facts in told for statement in facts.statements),
        tuple(relation for facts in told for relation in facts.relations),
        tuple(sorted({one for facts in told for one in facts.classes}, key=lambda one: one.curie)),
    )


def _groups(entities: Sequence[Entity]) -> Mapping[str, str]:
    """Return for each entity the id of the first that is the same thing."""
    first: dict[tuple[Kind, str], str] = {}
    surnames: dict[str, set[str]] = defaultdict(set)
    one: dict[str, str] = {}
    for entity in entities:
        key = name_key(entity.name)
        if entity.kind is Kind.GROUP:
            one[entity.id] = entity.id
            continue
        one[entity.id] = first.setdefault((entity.kind, key), entity.id)
        if entity.kind is Kind.PERSON and " " in key:
            surnames[key.rpartition(" ")[2]].add(one[entity.id])
    for entity in entities:
        bearers = surnames.get(name_key(entity.name), set()) if entity.kind is Kind.PERSON else set()
        if len(bearers) == 1:
            (one[entity.id],) = bearers
    return one


def _joined(entities: Sequence[Entity]) -> Entity:
    best = max(entities, key=lambda e: len(e.name.split()))  # of equals the first
    if len(entities) == 1:
        return best

    def all_of(part: Callable[[Entity], tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for entity in entities for value in part(entity)))

    aliases = all_of(lambda e: (e.name, *e.aliases))
    return replace(
        best,
        aliases=tuple(alias for alias in aliases if alias != best.name),
        classes=all_of(lambda e: e.classes),
        mentions=tuple(sorted(m for e in entities for m in e.mentions)),
        same_as=all_of(lambda e: e.same_as),
        former_names=all_of(lambda e: e.former_names),
        confidence=max(e.confidence for e in entities),
    )


def _moved(facts: Facts, by: int, prefix: str) -> Facts:
    """Return the facts with every span moved and every id of the article's own led by a prefix."""
    led = prefix.__add__
    return Renaming(led, led, lambda span: Span(span.begin + by, span.end + by)).of(facts)
