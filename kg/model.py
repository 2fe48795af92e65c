"""The frozen dataclasses that pass between the stages: no behaviour beyond derived values.

Every offset is a Unicode code point into `Article.text`, the decoded input as it was given.
Identifiers (`Entity.id`, `Statement.id`) are unique within one article only; IRIs are minted in `kg.graph`.
The `grounds` of a fact tell why it is what it is: they do not count where facts are compared, and are not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, TypeAlias

EntityId: TypeAlias = Annotated[str, "an entity"]
"""The id of an entity of the article."""
FactId: TypeAlias = Annotated[str, "an event or statement"]
"""The id of an event or a statement of the article."""
_UNNAMED = "g"


def unnamed_id(token: int) -> EntityId:
    """Return the id of the unnamed people that a noun or pronoun speaks of, from the place of its token."""
    return f"{_UNNAMED}{token}"


def is_named(entity: EntityId) -> bool:
    """Tell whether an id is of what the article names or describes, and not of unnamed people."""
    return not entity.startswith(_UNNAMED)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Article.text`: code points `begin` (inclusive) to `end` (exclusive)."""

    begin: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.begin : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.begin < other.end and other.begin < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A calendar time, as coarse as the text gives it.

    `begin` and `end` are ISO 8601 prefixes: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. `end` is None unless the text
    speaks of a span of time; both ends are inclusive.
    """

    begin: str
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One record of input, decoded. Equality is by value; `id` is the record's own id or the file's stem.

    `path` is the id that IRIs are minted from (the record's id, or the path relative to the given root without
    its ending). `furniture` lists stretches of `text` that are page furniture and not annotated; `captions` are
    annotated, but apart from their neighbours. `date` is an ISO date or None; `sha256` is of the UTF-8 text.
    `title_span` is where the headline stands in `text`, None when it is not part of it. `pages` are the places in
    `text` where the pages of a paged document begin, empty for any other.
    """

    id: str
    text: str
    path: str
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    source: str | None = None
    sha256: str = ""
    furniture: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    title_span: Span | None = None
    pages: tuple[int, ...] = ()


class Kind(StrEnum):
    """The top class of an entity; GROUP is an unnamed collective and carries none of the schema.org classes."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    PLACE = "Place"
    GROUP = "Group"


class MentionKind(StrEnum):
    """How a mention speaks of its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One stretch of text that speaks of an entity: `span` the name or head, `phrase` the whole noun
    phrase where it differs.
    """

    span: Span
    kind: MentionKind
    phrase: Span | None = None
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that the article speaks of.

    `classes` are finer classes as CURIEs (`schema:Country`, `nkg:ArmedGroup`); the top class follows from `kind`.
    `same_as` are IRIs of its identity elsewhere (Wikidata, GeoNames). `latitude`/`longitude` are WGS 84 degrees.
    """

    id: EntityId
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    same_as: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    confidence: float = 1.0


class Modality(StrEnum):
    """How the article stands to a happening; the value is the local name of the `nkg:` individual."""

    ASSERTED = "Asserted"
    REPORTED = "Reported"
    PLANNED = "Planned"
    HYPOTHETICAL = "Hypothetical"
    NEGATED = "Negated"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for a part of a fact: what spoke, for what, how surely, and of which words.

    `source` is a head ("head trigger", "head event.agent") or a rule ("rule governors"), `part` the field of the fact
    that it speaks of, `value` what it says of it, `entity` whom it names, where it names somebody. `score` is a
    probability. `kept` is False where what it names was ruled out, and `note` says by what.
    """

    source: str
    part: str
    value: str = ""
    score: float | None = None
    span: Span | None = None
    entity: EntityId | None = None
    kept: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """`person` holds, or held, the position `title` in `organization` (entity ids; the organisation may be a place).

    `modality` is ASSERTED where the article says so; one hoped for, planned, denied or only claimed has another.
    `present`: a verb in the present tense tells it ("who is the minister"), whatever else may speak for former.
    `written` is the title in the text's words where these are of several people ("ministers"), else empty.
    """

    person: EntityId
    title: str
    organization: EntityId | None
    former: bool
    span: Span
    sentence: Span
    confidence: float = 1.0
    reason: str = ""
    modality: Modality = Modality.ASSERTED
    present: bool = False
    written: str = ""
    grounds: tuple[Ground, ...] = field(default=(), compare=False, repr=False)

    @property
    def words(self) -> str:
        """The title as the text writes it."""
        return self.written or self.title


@dataclass(frozen=True, slots=True)
class Event:
    """One happening. `event_class` is a CURIE (`plover:Threaten`, `nkg:Die`); participants are entity ids.

    `spans` are the triggers, one a telling; `sentences` their sentences, in the same order. `according_to` is the
    id of the statement that carries it when `modality` is REPORTED. `themes` are what it is about in words, where
    that is no entity ("the award").
    """

    id: FactId
    event_class: str
    label: str
    trigger: str
    spans: tuple[Span, ...]
    sentences: tuple[Span, ...]
    agents: tuple[EntityId, ...] = ()
    patients: tuple[EntityId, ...] = ()
    places: tuple[EntityId, ...] = ()
    time: TimeRef | None = None
    modality: Modality = Modality.ASSERTED
    according_to: FactId | None = None
    confidence: float = 1.0
    reason: str = ""
    themes: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """One contiguous stretch of reported speech; `text` is without its outer quotation marks, `span` is
    where it stands.

    `speaker` and `addressee` are entity ids (an unnamed source is an entity of kind GROUP), `co_speakers` those of who
    speaks with the first in a joint statement.
    """

    id: FactId
    text: str
    span: Span
    sentence: Span
    speaker: EntityId | None
    direct: bool
    cue: str | None = None
    addressee: EntityId | None = None
    about: tuple[EntityId, ...] = ()
    time: TimeRef | None = None
    confidence: float = 1.0
    reason: str = ""
    co_speakers: tuple[EntityId, ...] = ()
    grounds: tuple[Ground, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact between two things that is no event: `predicate` is a CURIE (`schema:nationality`), subject
    and object entity ids.
    """

    subject: EntityId
    predicate: str
    object: EntityId
    sentence: Span
    confidence: float = 1.0
    reason: str = ""
    grounds: tuple[Ground, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class of events of the user's own: a kind of `parent`, which is one of the model's (both as CURIEs).

    `iri` is None where it is to be one below the graph's base.
    """

    curie: str
    parent: str
    name: str
    definition: str
    stance: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one article says, with the article itself; `classes` are the user's own ones that its events have."""

    article: Article
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    classes: tuple[OwnClass, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """One input record that was left out: where it came from, why, and its id where it had one."""

    source: str
    reason: str
    id: str | None = None
