"""The lexicon as one frozen value: what the stages know about English words and well-known names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.event_classes import EventClass
from kg.lexicon.entries import Frame, Idiom
from kg.lexicon.governors import Governors
from kg.lexicon.name_schema import RelationCue
from kg.lexicon.officeholders import Officeholders
from kg.lexicon.word_schema import Wording
from kg.lexicon.words import Kinship, LightVerb, SpeechVerb

if TYPE_CHECKING:
    from kg.lexicon.tables import Tables

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cues:
    """How speech is marked: verbs by lemma, nouns with priors."""

    verbs: Mapping[str, SpeechVerb]
    nouns: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Relations:
    """Cues of relations between things: kinship nouns, and verbs and nouns by (lemma, part of speech)."""

    kinship: Mapping[str, Kinship]
    cues: Mapping[Key, tuple[RelationCue, ...]]


@dataclass(frozen=True, slots=True)
class SpellingVariants:
    """Spellings that the entries don't use, and compounds written apart."""

    endings: Mapping[str, str]
    words: Mapping[str, str]
    compounds: Mapping[str, str]

    def variants(self, phrase: str) -> set[str]:
        """Return a phrase of the entries with its other spellings: "defense minister" → "defence minister" too."""
        found = {phrase}
        parts = phrase.split(" ")
        for other, usual in self.words.items():
            if usual in parts:
                found.add(" ".join(other if part == usual else part for part in parts))
        for other, usual in self.endings.items():
            if phrase.endswith(usual):
                found.add(phrase[: -len(usual)] + other)
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of it. Mappings are keyed by lower-case lemmas, or (lemma, pos) with pos verb, noun or adj."""

    classes: Mapping[str, EventClass]
    frames: Mapping[Key, tuple[Frame, ...]]
    idioms: Mapping[Key, tuple[Idiom, ...]]
    cues: Cues
    governors: Governors
    light_verbs: Mapping[str, tuple[LightVerb, ...]]
    officeholders: Officeholders
    relations: Relations
    wording: Wording
    spelling: SpellingVariants
    tables: Tables

    def frames_of(self, lemma: str, pos: str) -> tuple[Frame, ...]:
        """Return the frames of a word, the most specific first; British spellings find theirs too."""
        return self.frames.get((lemma, pos), ())

    def compound_frames(self, modifier: str, head: str) -> tuple[Frame, ...]:
        """Return the frames of a noun compound ("phone call"); none when only its head is known."""
        found = self.frames.get((f"{modifier} {head}", "noun"))
        if found is not None:
            return found
        joined = self.spelling.compounds.get(f"{modifier}+{head}")
        return self.frames.get((joined, "noun"), ()) if joined else ()
