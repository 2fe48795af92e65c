"""The schema of the event files: compact YAML in, frames out; anything unknown is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from kg.event_classes import FLAGS, EventClass, Stance, event_classes
from kg.lexicon.entries import Condition, Frame, Idiom

PREPOSITIONS = frozenset(
    {"to", "with", "against", "on", "from", "for", "of", "at", "over", "into", "about", "between", "by", "in"}
    | {"toward", "among"}
)
VERB_SLOTS = PREPOSITIONS | {"subj", "obj", "iobj", "comp_subj", "none"}
NOUN_SLOTS = PREPOSITIONS | {"poss", "mod", "none"}
ADJECTIVE_SLOTS = PREPOSITIONS | {"subj", "none"}
SLOTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"verb": VERB_SLOTS, "noun": NOUN_SLOTS, "adj": ADJECTIVE_SLOTS}
)
DEFAULT_SLOTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "verb": (("subj",), ("obj",)),
        "noun": (("poss", "by", "mod"), ("of", "on", "against")),
        "adj": (("subj",), ("to", "of", "against", "on")),
    }
)
OWN = re.compile(r"own:[A-Z][A-Za-z0-9]*")
"""The form of the CURIE of a user's own class."""
KINDS = frozenset({"Person", "Organization", "Place", "Group"})
COMPLEMENT = re.compile(r"adj:[a-z-]+|clause|to|that|as")
DEFAULT_PRIOR = 0.8


def words(value: object) -> object:
    """Let a list of words be written as one string: `obj: election vote`; an empty word is a slip that fits all."""
    found = () if value is None else value.split() if isinstance(value, str) else value
    if isinstance(found, list | tuple) and any(word is None or not str(word).strip(" ,") for word in found):
        raise ValueError("there is an empty word in the list")
    return found


Words = Annotated[tuple[str, ...], BeforeValidator(words)]
WordSet = Annotated[frozenset[str], BeforeValidator(words)]


class Strict(BaseModel):
    """Base of all schemas: frozen, and an unknown key is an error, never silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ConditionModel(Strict):
    """`when:` of an entry."""

    particle: str | None = None
    prep: WordSet = frozenset()
    obj: WordSet = frozenset()
    prep_obj: dict[str, WordSet] = Field(default_factory=dict)
    complement: str | None = None
    obj_kind: WordSet = frozenset()
    passive: bool | None = None
    subj: WordSet = frozenset()

    @field_validator("complement")
    @classmethod
    def _known_complement(cls, value: str | None) -> str | None:
        if value is not None and not COMPLEMENT.fullmatch(value):
            raise ValueError(f"unknown complement '{value}'")
        return value

    @field_validator("obj_kind")
    @classmethod
    def _known_kinds(cls, value: frozenset[str]) -> frozenset[str]:
        if unknown := value - KINDS:
            raise ValueError(f"unknown kind '{min(unknown)}'")
        return value

    def build(self) -> Condition:
        """Turn the validated mapping into the dataclass of the extractor."""
        return Condition(**{**dict(self), "prep_obj": MappingProxyType(self.prep_obj)})


class EntryModel(Strict):
    """One entry of an event file, after the short forms have been written out."""

    lemma: str = Field(min_length=1)
    agent: Words | None = None
    patient: Words | None = None
    symmetric: bool = False
    when: ConditionModel | None = None
    prior: float | None = Field(default=None, gt=0, le=1)
    needs_participant: bool = False
    example: str = ""

    @model_validator(mode="before")
    @classmethod
    def _write_out(cls, value: Any) -> Any:
        return written_out(value)


class HeaderModel(Strict):
    """The part of an event file that names its class, and of a user's own class all that is said of it.

    A class of the model is described in `ontologies/events/classes.yaml`; its file has the name alone. A class of the
    user's own is called `own:Name` and has a `parent` of the model, a `name` for the legend and a `definition`; its
    stance and flags are those of its parent where they are not given.
    """

    curie: str = Field(alias="class")
    parent: str | None = None
    name: str | None = Field(default=None, min_length=1)
    definition: str | None = Field(default=None, min_length=1)
    stance: Stance | None = None
    flags: WordSet | None = None
    iri: str | None = None
    prior: float = Field(default=DEFAULT_PRIOR, gt=0, le=1)

    @model_validator(mode="after")
    def _whole(self) -> HeaderModel:
        known = event_classes()
        told = [
            key for key in ("parent", "name", "definition", "stance", "flags", "iri") if getattr(self, key)
        ]
        if self.curie in known:
            if told:
                raise ValueError(f"{self.curie} is a class of the model, whose {told[0]} stands in its table")
            return self
        if not OWN.fullmatch(self.curie):
            raise ValueError(f"unknown event class '{self.curie}'; one of your own is called own:Name")
        if self.parent not in known:
            raise ValueError(f"{self.curie} needs a parent, one of the model's classes, not '{self.parent}'")
        if self.name is None or self.definition is None:
            raise ValueError(f"{self.curie} needs a name for the legend and a definition")
        if unknown := (self.flags or frozenset()) - FLAGS:
            raise ValueError(f"there is no flag '{min(unknown)}'; there are {', '.join(sorted(FLAGS))}")
        if self.iri is not None and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", self.iri):
            raise ValueError(f"'{self.iri}' is no http(s) IRI")
        return self


class EventFile(HeaderModel):
    """A whole event file: one class with its verbs, nouns and adjectives."""

    verbs: list[EntryModel] = Field(default_factory=list)
    nouns: list[EntryModel] = Field(default_factory=list)
    adjectives: list[EntryModel] = Field(default_factory=list)

    def event_class(self) -> EventClass:
        """Return the class that the file is on."""
        if self.curie in event_classes():
            return event_classes()[self.curie]
        above = event_classes()[str(self.parent)]
        return EventClass(
            self.curie,
            str(self.name),
            str(self.definition),
            self.stance or above.stance,
            above.flags if self.flags is None else self.flags,
            parent=self.parent,
            iri=self.iri,
        )

    def frames(self) -> list[Frame]:
        """Return the frames of the file with every default filled in."""
        parts = (("verb", self.verbs), ("noun", self.nouns), ("adj", self.adjectives))
        return [self._frame(pos, entry) for pos, entries in parts for entry in entries]

    def _frame(self, pos: str, entry: EntryModel) -> Frame:
        agent, patient = DEFAULT_SLOTS[pos]
        agent = agent if entry.agent is None else entry.agent
        patient = patient if entry.patient is None else entry.patient
        for slot in (*agent, *patient):
            if slot not in SLOTS[pos]:
                raise ValueError(f"entry '{entry.lemma}': unknown slot '{slot}' of a {pos}")
        return Frame(
            lemma=entry.lemma,
            pos=pos,
            event_class=self.curie,
            agent=agent,
            patient=patient,
            symmetric=entry.symmetric,
            when=entry.when.build() if entry.when else Condition(),
            prior=self.prior if entry.prior is None else entry.prior,
            needs_participant=entry.needs_participant,
            example=entry.example,
        )


class IdiomModel(Strict):
    """One construction that is no event."""

    lemma: str = Field(min_length=1)
    pos: Literal["verb", "noun", "adj"] = "verb"
    when: ConditionModel = Field(default_factory=ConditionModel)
    example: str = ""

    def build(self) -> Idiom:
        """Turn the validated mapping into the dataclass of the extractor."""
        return Idiom(self.lemma, self.pos, self.when.build(), self.example)


class IdiomFile(Strict):
    """`idioms.yaml`."""

    idioms: list[IdiomModel]


def written_out(value: object) -> object:
    """Write a short form out: `accuse`, `accuse: an example` and `accuse: {prior: 0.9}` get a `lemma`."""
    if isinstance(value, str):
        return {"lemma": value}
    if isinstance(value, dict) and len(value) == 1 and "lemma" not in value:
        ((lemma, rest),) = value.items()
        if isinstance(rest, str):
            return {"lemma": lemma, "example": rest}
        if isinstance(rest, dict):
            return {"lemma": lemma, **rest}
    return value
