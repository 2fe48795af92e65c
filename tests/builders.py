"""One-line articles, mentions and entities, so that most tests run without a model."""

from __future__ import annotations

import hashlib

from kg.model import Article, Entity, Event, Facts, Kind, Mention, MentionKind, Span


def article(text: str, name: str = "a", **more: object) -> Article:
    """An article of this text and nothing else."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Article(id=name, text=text, path=name, sha256=digest, **more)  # type: ignore[arg-type]


def span(text: str, words: str) -> Span:
    """Where the words stand first in the text."""
    begin = text.index(words)
    return Span(begin, begin + len(words))


def mention(text: str, words: str, kind: MentionKind = MentionKind.NAME) -> Mention:
    """The first mention by these words."""
    return Mention(span(text, words), kind)


def entity(text: str, name: str, kind: Kind = Kind.PERSON, **more: object) -> Entity:
    """An entity mentioned once, by its name; its id is its name."""
    return Entity(id=name, kind=kind, name=name, mentions=(mention(text, name),), **more)  # type: ignore[arg-type]


def facts(text: str, trigger: str, agent: str, patient: str, event_class: str = "plover:Consult") -> Facts:
    """What an article of one sentence says: two people and what the one did to the other."""
    happening = Event(
        id="v1",
        event_class=event_class,
        label=f"{agent} {trigger} {patient}",
        trigger=trigger,
        spans=(span(text, trigger),),
        sentences=(Span(0, len(text)),),
        agents=(agent,),
        patients=(patient,),
    )
    return Facts(article(text), (entity(text, agent), entity(text, patient)), events=(happening,))
