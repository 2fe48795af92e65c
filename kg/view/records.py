"""What the page knows about a graph, as frozen records: things, facts, their evidence and the articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ThingRecord:
    """An actor, a place or an unnamed group; `kind` is a key of `kinds` in `data/styles.yaml`."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    mentions: int = 0
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """A source; `date` is an ISO date or empty, `url` is kept only where it is http or https.

    `free` tells that nothing in the graph forbids to hand the text on.
    """

    iri: str
    identifier: str
    headline: str
    date: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    language: str = ""
    text: str = ""
    free: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A sentence that carries a fact; `marks` are code points within `text`: where the trigger stands.

    `of` is the IRI of what the graph derives from it, where several of the graph's nodes are one fact here, and
    `state` what it says of a role: former, planned and the like.
    """

    article: str
    begin: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    of: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class FactRecord:
    """An event, a statement, a role or a relation between things.

    `parts` are pairs of a part's name (agent, patient, place, speaker, addressee, about, member,
    organization, subject, object) and the IRI of who fills it. `words` is how the fact reads as the label of
    an edge, `at` the same before a place. `mutual` tells that all who take part do, or are, the same to one another.
    `themes` are what an event is about in words, where that is nobody. `according_to` is the IRI of the statement
    that reports an event, `post` that of a role's title.
    """

    iri: str
    kind: str
    cls: str
    label: str
    words: str
    stance: str
    at: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    trigger: str = ""
    date: str = ""
    end: str = ""
    modality: str = "Asserted"
    according_to: str = ""
    confidence: float = 1.0
    text: str = ""
    direct: bool = False
    cue: str = ""
    former: bool = False
    post: str = ""
    mutual: bool = False
    themes: tuple[str, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()

    def who(self, *names: str) -> list[str]:
        """Return who fills the parts of these names, in order."""
        return [iri for part, iri in self.parts if part in names]


@dataclass(frozen=True, slots=True)
class Story:
    """All that a graph tells, each tuple sorted by IRI.

    `classes` are the user's own classes of events by their IRIs, with entries like those of the styles.
    """

    things: tuple[ThingRecord, ...] = ()
    facts: tuple[FactRecord, ...] = ()
    articles: tuple[ArticleRecord, ...] = ()
    classes: tuple[tuple[str, Mapping[str, Any]], ...] = ()
