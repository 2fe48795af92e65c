"""The working form of an entity while its mentions are gathered; frozen into `kg.model.Entity` at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.model import Kind, MentionKind
from kg.world import Place


@dataclass(frozen=True, slots=True)
class Found:
    """One mention: tokens `first` to `last` (exclusive) with its head token; `nested` is one within another's name."""

    first: int
    last: int
    head: int
    kind: MentionKind
    adjectival: bool = False
    confidence: float = 1.0
    reason: str = ""
    nested: bool = False


@dataclass(slots=True)
class Thing:
    """An entity in the making.

    `descriptors` are the lemmas of nouns that the article calls it by ("president", "journalist"), `callings` those
    that a well-known body is called by anywhere; `lands` the countries (codes) and towns (names) that a body is said
    to be of; `offices` the positions that its names stand beside; `kin` tells that a name is announced as somebody's
    relative ("his father, A"); `gender` is `m`, `f` or empty; `plural` tells that "they" is its pronoun, too.
    """

    kind: Kind
    name: str
    names: Counter[str] = field(default_factory=Counter)
    place: Place | None = None
    institution: str | None = None
    found: list[Found] = field(default_factory=list)
    descriptors: set[str] = field(default_factory=set)
    callings: frozenset[str] = frozenset()
    nationalities: set[str] = field(default_factory=set)
    lands: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    offices: set[str] = field(default_factory=set)
    kin: bool = False
    former_names: list[str] = field(default_factory=list)
    extra_aliases: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    confidence: float = 0.9
    id: str = ""

    @property
    def first(self) -> int:
        """The token where it is first spoken of."""
        return min((f.first for f in self.found), default=1 << 30)

    def last_before(self, token: int) -> int:
        """Return the head of its last mention before `token`, or -1."""
        best = -1
        for f in self.found:
            if best < f.head < token:
                best = f.head
        return best
