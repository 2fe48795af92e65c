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
from kg.model import Article, Entity, Event, Facts, Ground, Kind, Relation, Role, Span, Statement

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
    entities = [entity for facts in moved for entity in facts.entities]
    one = _groups(entities)
    gathered: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        gathered[one[entity.id]].append(entity)

    def who(identifiers: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.get(i, i) for i in identifiers))

    def same(identifier: str | None) -> str | None:
        return None if identifier is None else one.get(identifier, identifier)

    def why(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
        return tuple(replace(g, entity=same(g.entity)) for g in grounds)

    return Facts(
        article,
        tuple(_joined(same_thing) for same_thing in gathered.values()),
        tuple(
            replace(
                r,
                person=one.get(r.person, r.person),
                organization=same(r.organization),
                grounds=why(r.grounds),
            )
            for facts in moved
            for r in facts.roles
        ),
        tuple(
            replace(
                e,
                agents=who(e.agents),
                patients=who(e.patients),
                places=who(e.places),
                grounds=why(e.grounds),
            )
            for facts in moved
            for e in facts.events
        ),
        tuple(
            replace(
                s,
                speaker=same(s.speaker),
                addressee=same(s.addressee),
                about=who(s.about),
                co_speakers=who(s.co_speakers),
                grounds=why(s.grounds),
            )
            for facts in moved
            for s in facts.statements
        ),
        tuple(
            replace(
                r,
                subject=one.get(r.subject, r.subject),
                object=one.get(r.object, r.object),
                grounds=why(r.grounds),
            )
            for facts in moved
            for r in facts.relations
        ),
        tuple(sorted({one for facts in moved for one in facts.classes}, key=lambda one: one.curie)),
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
        id=entities[0].id,
        aliases=tuple(alias for alias in aliases if alias != best.name),
        classes=all_of(lambda e: e.classes),
        mentions=tuple(sorted(m for e in entities for m in e.mentions)),
        same_as=all_of(lambda e: e.same_as),
        former_names=all_of(lambda e: e.former_names),
        confidence=max(e.confidence for e in entities),
    )


def _moved(facts: Facts, by: int, prefix: str) -> Facts:
    """Return the facts with every span moved and every id of the article's own led by a prefix."""

    def span(one: Span) -> Span:
        return Span(one.begin + by, one.end + by)

    def spans(some: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(map(span, some))

    def name(identifier: str) -> str:
        return prefix + identifier

    def names(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(name, some))

    def maybe(identifier: str | None) -> str | None:
        return None if identifier is None else name(identifier)

    def why(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
        return tuple(
            replace(g, span=None if g.span is None else span(g.span), entity=maybe(g.entity)) for g in grounds
        )

    def entity(e: Entity) -> Entity:
        mentions = tuple(
            replace(m, span=span(m.span), phrase=None if m.phrase is None else span(m.phrase))
            for m in e.mentions
        )
        return replace(e, id=name(e.id), mentions=mentions)

    def role(r: Role) -> Role:
        return replace(
            r,
            person=name(r.person),
            organization=maybe(r.organization),
            span=span(r.span),
            sentence=span(r.sentence),
            grounds=why(r.grounds),
        )

    def event(e: Event) -> Event:
        return replace(
            e,
            id=name(e.id),
            spans=spans(e.spans),
            sentences=spans(e.sentences),
            agents=names(e.agents),
            patients=names(e.patients),
            places=names(e.places),
            according_to=maybe(e.according_to),
            grounds=why(e.grounds),
        )

    def statement(s: Statement) -> Statement:
        return replace(
            s,
            id=name(s.id),
            span=span(s.span),
            sentence=span(s.sentence),
            speaker=maybe(s.speaker),
            addressee=maybe(s.addressee),
            co_speakers=names(s.co_speakers),
            about=names(s.about),
            grounds=why(s.grounds),
        )

    def relation(r: Relation) -> Relation:
        return replace(
            r,
            subject=name(r.subject),
            object=name(r.object),
            sentence=span(r.sentence),
            grounds=why(r.grounds),
        )

    return Facts(
        facts.article,
        tuple(map(entity, facts.entities)),
        tuple(map(role, facts.roles)),
        tuple(map(event, facts.events)),
        tuple(map(statement, facts.statements)),
        tuple(map(relation, facts.relations)),
        facts.classes,
    )
