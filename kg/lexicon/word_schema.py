"""The schemas of the word files: each checks one YAML file, and gives what it holds as look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kg.lexicon import words as w
from kg.lexicon.schema import PREPOSITIONS, Strict, Words, WordSet

Prior = Annotated[float, Field(gt=0, le=1)]


def _phrases(value: object) -> object:
    """Let a list of phrases be written as one string with commas."""
    return [phrase.strip() for phrase in value.split(",")] if isinstance(value, str) else value


def _pairs(value: object) -> object:
    """Let a mapping of words be written as `from=to` pairs in one string; a pair without `=` is refused."""
    return dict(pair.split("=", 1) for pair in value.split()) if isinstance(value, str) else value


Phrases = Annotated[tuple[str, ...], BeforeValidator(_phrases)]
Pairs = Annotated[dict[str, str], BeforeValidator(_pairs)]
RELATION_SLOTS = PREPOSITIONS | {"subj", "obj", "poss", "near"}
Slot = Annotated[str, Field(pattern="^(" + "|".join(sorted(RELATION_SLOTS)) + ")$")]
Slots = Annotated[tuple[Slot, ...], BeforeValidator(lambda v: v.split() if isinstance(v, str) else v)]
Curie = Annotated[str, Field(pattern=r"^(schema|nkg|org):[A-Za-z]+$")]


class SpeechVerbGroup(Strict):
    """Speech verbs of one kind."""

    weight: w.Weight
    direct: bool
    indirect: bool
    prior: Prior
    lemmas: Words


class NounGroup(Strict):
    """Nouns for something said."""

    prior: Prior
    lemmas: Words


class CueFile(Strict):
    """`cues.yaml`. The first group that names a verb decides: the likelier kinds stand first."""

    verbs: list[SpeechVerbGroup]
    nouns: list[NounGroup]

    def build_verbs(self) -> dict[str, w.SpeechVerb]:
        """Return the verbs by lemma."""
        found: dict[str, w.SpeechVerb] = {}
        for g in self.verbs:
            for lemma in g.lemmas:
                found.setdefault(lemma, w.SpeechVerb(lemma, g.weight, g.direct, g.indirect, g.prior))
        return found

    def build_nouns(self) -> dict[str, float]:
        """Return the nouns with their priors."""
        found: dict[str, float] = {}
        for group in self.nouns:
            for lemma in group.lemmas:
                found.setdefault(lemma.replace("_", " "), group.prior)
        return found


class TitleModifiers(Strict):
    """Words beside a title that tell when it is held."""

    former: WordSet


class TitleFile(Strict):
    """`titles.yaml`."""

    titles: list[Phrases]
    heads: WordSet
    modifiers: TitleModifiers


class HonorificPrefixes(Strict):
    """Honorifics by the gender that they tell."""

    m: Words
    f: Words
    none: Words


class HonorificFile(Strict):
    """`honorifics.yaml`."""

    prefixes: HonorificPrefixes

    def genders(self) -> dict[str, str]:
        """Return the gender that each prefix tells, or nothing."""
        told = self.prefixes
        return dict.fromkeys(told.none, "") | dict.fromkeys(told.m, "m") | dict.fromkeys(told.f, "f")


class PersonGroup(Strict):
    """Person nouns of one gender."""

    gender: Literal["m", "f", "none"]
    lemmas: Words


class PersonFile(Strict):
    """`person_nouns.yaml`."""

    persons: list[PersonGroup]
    kinship: WordSet
    groups: dict[str, Words]
    collectives: WordSet
    service_heads: WordSet

    def genders(self) -> dict[str, str]:
        """Return the gender that each noun tells, or nothing; the first group that names a noun decides."""
        found: dict[str, str] = {}
        for group in self.persons:
            for lemma in group.lemmas:
                found.setdefault(lemma, group.gender.removeprefix("none"))
        return found


class LightVerbGroup(Strict):
    """Light verbs of one role and aspect."""

    role: Literal["agent", "patient", "both"]
    aspect: Literal["none", "begin", "continue", "end"]
    particle: str | None = None
    prep: WordSet = frozenset()
    lemmas: Words


class LightVerbFile(Strict):
    """`light_verbs.yaml`."""

    verbs: list[LightVerbGroup]

    def build(self) -> dict[str, tuple[w.LightVerb, ...]]:
        """Return the readings of each verb, those with a particle or preposition first."""
        found: dict[str, list[w.LightVerb]] = {}
        for g in self.verbs:
            for lemma in g.lemmas:
                found.setdefault(lemma, []).append(w.LightVerb(lemma, g.role, g.aspect, g.particle, g.prep))
        return {k: tuple(sorted(v, key=lambda x: not (x.particle or x.prep))) for k, v in found.items()}


class SpellingFile(Strict):
    """`spelling.yaml`."""

    endings: dict[str, str]
    words: Pairs
    compounds: Pairs


class Hedge(Strict):
    """What tells how the article stands to a happening: an adverb of the clause (empty where none will do), or the
    words before a phrase.
    """

    adverb: str
    before: str = Field(min_length=2)


class Wording(Strict):
    """The words that labels of events are chosen by, each explained in `wording.yaml`; `hedges` go by modality."""

    adverbs: WordSet
    circumstances: WordSet
    of_times: WordSet
    pointing: WordSet
    pronouns: WordSet
    third_person: WordSet
    every: WordSet
    asides: Annotated[frozenset[str], BeforeValidator(_phrases)]
    hedges: Mapping[Annotated[str, Field(pattern="^(Reported|Planned|Hypothetical|Negated)$")], Hedge]
    about: WordSet
    about_verbs: WordSet
    hollow: WordSet
