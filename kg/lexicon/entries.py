"""The frozen dataclasses of events: which construction makes a word speak of which kind of event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_OBJECT = "none"
"""In `Condition.obj`: the verb has no direct object. As a slot name: nobody fills this role."""

_NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Condition:
    """The construction that a frame asks for: every part that is given must hold, an empty part always holds.

    `particle` is a phrasal verb's particle ("crack DOWN"); `prep` needs one of these prepositions as a child;
    `obj` is the lemma of the direct object's head, where `none` stands for "no direct object at all";
    `prep_obj` allows only these heads under a preposition ("take" + into: {custody}); `complement` is
    `adj:LEMMA`, `clause`, `to`, `that` or `as`; `obj_kind` the kinds of what fills the patient (Person,
    Organization, Place, Group); `passive` is the verb's voice; `subj` is the lemma of who or what does it ("an
    earthquake struck"). Only verbs have `obj`, `subj` and `passive`.
    """

    particle: str | None = None
    prep: frozenset[str] = frozenset()
    obj: frozenset[str] = frozenset()
    prep_obj: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NOTHING)
    complement: str | None = None
    obj_kind: frozenset[str] = frozenset()
    passive: bool | None = None
    subj: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[object, ...]:
        """A hashable value that two conditions share exactly when they ask for the same construction."""
        return (
            self.particle,
            self.prep,
            self.obj,
            frozenset(self.prep_obj.items()),
            self.complement,
            self.obj_kind,
            self.passive,
            self.subj,
        )

    @property
    def specificity(self) -> int:
        """How much the condition asks for: lexical parts weigh more than grammatical ones; `{}` is 0."""
        return (
            4 * bool(self.particle)
            + 4 * bool(self.obj - {NO_OBJECT})
            + 4 * bool(self.prep_obj)
            + 6 * bool(self.subj)
            + 3 * bool(self.complement)
            + 3 * bool(self.prep)
            + 2 * (self.passive is not None)
            + 1 * bool(self.obj_kind)
            + 1 * (NO_OBJECT in self.obj)
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """One word in one construction, the event class it speaks of and where its agent and patient stand.

    `agent` and `patient` are slot names in order of preference. `symmetric`: whoever takes part acts; the sides
    stand as the sentence puts them.
    `prior` is how likely the word in this construction is an event of the class in news (0 to 1).
    `needs_participant`: no event unless an agent or patient is a named actor, a place or a group of people.
    `example` holds the trigger between asterisks.
    """

    lemma: str
    pos: str
    event_class: str
    agent: tuple[str, ...]
    patient: tuple[str, ...]
    symmetric: bool
    when: Condition
    prior: float
    needs_participant: bool
    example: str


@dataclass(frozen=True, slots=True)
class Idiom:
    """A construction in which a word of the lexicon speaks of no event ("take place", "hit a record")."""

    lemma: str
    pos: str
    when: Condition
    example: str
