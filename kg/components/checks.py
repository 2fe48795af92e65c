"""What a plugged-in component gives, held against what its seam promises; facts get their ids here.

A fact that names an entity that is not there, or words outside the article, would spoil a graph far from its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kg.errors import PluginError
from kg.extract.seams import Discourse
from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.model import Event, Modality, Relation, Role, Span, Statement, TimeRef
from kg.parsed import Parsed, Resolved
from kg.plugins import told
from kg.resolve.name_mention import Name
from kg.world import World

T = TypeVar("T")


class ComponentError(Exception):
    """A component tripped over an article, which costs that article alone."""


@dataclass(frozen=True, slots=True)
class Plugged:
    """A component as messages call it, and what it does."""

    name: str
    run: Callable[..., Any]

    def __call__(self, *args: object) -> Any:
        """Return what it makes of an article.

        Raises:
            ComponentError: it trips over this article.
        """
        try:
            return self.run(*args)
        except Exception as error:
            raise ComponentError(f"{self.name}: {told(error)}") from error

    def wrong(self, what: str) -> PluginError:
        """Return the error that says what it gives instead of what its seam promises."""
        return PluginError(f"{self.name} {what}")

    def many(self, kind: type[T], *args: object) -> list[T]:
        """Return a list of one type that it makes.

        Raises:
            PluginError: it gives something else.
        """
        given = self(*args)
        if isinstance(given, str | bytes) or not isinstance(given, Iterable):
            raise self.wrong(f"returns {_article(type(given).__name__)}, not a list of {kind.__name__}")
        found = list(self._drawn(given))
        for one in found:
            if not isinstance(one, kind):
                raise self.wrong(f"returns {_article(type(one).__name__)} among its {kind.__name__}s")
        return found

    def _drawn(self, given: Iterable[T]) -> Iterable[T]:
        """Draw what a generator yields, whose code runs only now."""
        try:
            yield from given
        except Exception as error:
            raise ComponentError(f"{self.name}: {told(error)}") from error

    def spans(self, what: str, spans: object, text: str) -> None:
        """Raise PluginError unless these are stretches of the text."""
        for span in spans if isinstance(spans, tuple) else (spans,):
            if not isinstance(span, Span) or not 0 <= span.begin < span.end <= len(text):
                raise self.wrong(f"returns {what} at {span!r}, which is no stretch of the article's text")

    def known(self, what: str, names: object, known: Collection[str]) -> None:
        """Raise PluginError unless these are ids of what is there; None is nobody."""
        for name in names if isinstance(names, tuple) else (names,):
            if name is not None and (not isinstance(name, str) or name not in known):
                raise self.wrong(f"returns {what} that names the unknown {name!r}")

    def sure(self, what: str, confidence: object) -> None:
        """Raise PluginError unless this is a probability."""
        if not isinstance(confidence, float | int) or not 0 <= confidence <= 1:
            raise self.wrong(f"returns {what} with the confidence {confidence!r}; it lies between 0 and 1")

    def kind(self, what: str, value: object, kinds: type | tuple[type, ...], name: str) -> None:
        """Raise PluginError unless this is a value of a type."""
        if not isinstance(value, kinds):
            raise self.wrong(f"returns {what} whose {name} is {value!r}")


def _article(word: str) -> str:
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def mentions(
    check: Plugged, parsed: Parsed, lexicon: Lexicon, world: World, reading: Reading | None
) -> Sequence[Name]:
    """Return the names of a `MentionDetector`, in the order of the text."""
    names = check.many(Name, parsed, lexicon, world, reading)
    names.sort(key=lambda name: (name.first, name.last))
    end = 0
    for name in names:
        if not end <= name.first < name.last <= len(parsed.tokens):
            raise check.wrong(
                f"returns a Name from token {name.first} to {name.last}, which overlaps another or lies outside"
            )
        end = name.last
    return names


def coreference(
    check: Plugged,
    parsed: Parsed,
    names: Sequence[Name],
    lexicon: Lexicon,
    world: World,
    reading: Reading | None,
) -> Resolved:
    """Return who is who, as a `CoreferenceResolver` says."""
    wrong, text = check.wrong, parsed.article.text
    found = check(parsed, names, lexicon, world, reading)
    if not isinstance(found, Resolved):
        raise wrong(f"returns {_article(type(found).__name__)}, not a Resolved")
    if found.parsed is not parsed:
        raise wrong("returns a Resolved of another parse than it was given")
    ids = [entity.id for entity in found.entities]
    if len(set(ids)) < len(ids):
        raise wrong("returns two entities of one id")
    for entity in found.entities:
        if not entity.mentions:
            raise wrong(f"returns the entity '{entity.id}' without a mention")
        check.spans("a mention", tuple(m.span for m in entity.mentions), text)
    for link in found.links:
        check.known("a link", link.entities, ids)
        if not 0 <= link.first <= link.head < link.last <= len(parsed.tokens):
            raise wrong(f"returns a link from token {link.first} to {link.last} with the head {link.head}")
    if not all(0 <= place < len(found.links) for place in found.at.values()):
        raise wrong("returns a head in `at` that has no link")
    return found


def _there(discourse: Discourse) -> set[str]:
    """Return the ids of all entities and groups that facts may speak of."""
    groups = discourse.participants.groups.values()
    return {e.id for e in (*discourse.resolved.entities, *groups)}


def statements(check: Plugged, discourse: Discourse) -> Sequence[Statement]:
    """Return the statements of a `StatementExtractor` in the order of the text, ids `s1`, `s2`, …"""
    text = discourse.resolved.parsed.article.text
    found = check.many(Statement, discourse)
    ids = _there(discourse)
    for one in found:
        check.spans("a Statement", (one.span, one.sentence), text)
        check.known("a Statement", (one.speaker, one.addressee, *one.co_speakers, *one.about), ids)
        check.sure("a Statement", one.confidence)
        check.kind("a Statement", one.text, str, "text")
    found.sort(key=lambda one: (one.span.begin, -one.span.end))
    return [replace(one, id=f"s{n}") for n, one in enumerate(found, 1)]


def roles(check: Plugged, discourse: Discourse) -> Sequence[Role]:
    """Return the roles of a `RoleExtractor`."""
    text = discourse.resolved.parsed.article.text
    found = check.many(Role, discourse)
    ids = _there(discourse)
    for one in found:
        check.spans("a Role", (one.span, one.sentence), text)
        check.known("a Role", (one.organization,), ids)
        if one.person not in ids:
            raise check.wrong(f"returns a Role that names the unknown {one.person!r}")
        check.sure("a Role", one.confidence)
        check.kind("a Role", one.modality, Modality, "modality")
    return found


def events(check: Plugged, discourse: Discourse, statements: Sequence[Statement]) -> Sequence[Event]:
    """Return the events of an `EventExtractor` in the order of the text, ids `v1`, `v2`, …"""
    text = discourse.resolved.parsed.article.text
    found = check.many(Event, discourse, statements)
    ids, said = _there(discourse), {s.id for s in statements}
    for one in found:
        if one.event_class not in discourse.lexicon.classes:
            raise check.wrong(f"returns an Event of the unknown class {one.event_class!r}")
        if not one.spans or len(one.spans) != len(one.sentences):
            raise check.wrong("returns an Event without a span and a sentence for each of its tellings")
        check.spans("an Event", (*one.spans, *one.sentences), text)
        check.known("an Event", (*one.agents, *one.patients, *one.places), ids)
        check.known("an Event", (one.according_to,), said)
        check.sure("an Event", one.confidence)
        check.kind("an Event", one.modality, Modality, "modality")
        check.kind("an Event", one.time, (TimeRef, type(None)), "time")
    found.sort(key=lambda one: one.spans)
    return [replace(one, id=f"v{n}") for n, one in enumerate(found, 1)]


def relations(check: Plugged, discourse: Discourse) -> Sequence[Relation]:
    """Return the relations of a `RelationExtractor`."""
    text = discourse.resolved.parsed.article.text
    found = check.many(Relation, discourse)
    ids = _there(discourse)
    for one in found:
        check.spans("a Relation", one.sentence, text)
        for name in (one.subject, one.object):
            if name not in ids:
                raise check.wrong(f"returns a Relation that names the unknown {name!r}")
        check.sure("a Relation", one.confidence)
    return found
