"""The seams of reading who is who: what a detector of names and a resolver of coreference take and give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.parsed import Parsed, Resolved
from kg.resolve.name_mention import Name
from kg.world import World


class MentionDetector(Protocol):
    """Finds the stretches of an article that are names."""

    def __call__(
        self, parsed: Parsed, lexicon: Lexicon, world: World, reading: Reading | None
    ) -> Sequence[Name]:
        """Return the names in the order of the text, none overlapping another, each with its votes for a kind."""
        ...


class CoreferenceResolver(Protocol):
    """Tells which names, descriptions and pronouns of an article speak of one thing."""

    def __call__(
        self,
        parsed: Parsed,
        names: Sequence[Name],
        lexicon: Lexicon,
        world: World,
        reading: Reading | None,
    ) -> Resolved:
        """Return the entities with all their mentions; `Resolved.parsed` is the very `parsed`."""
        ...


@dataclass(frozen=True, slots=True)
class Resolvers:
    """The two stages of `kg.resolve`, each built in or plugged in."""

    mention: MentionDetector
    coreference: CoreferenceResolver
