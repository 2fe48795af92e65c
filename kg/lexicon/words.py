"""The frozen dataclasses of all but events: who speaks, who holds what, what names and nouns denote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Weight = Literal["speech", "opinion", "denial", "question", "writing"]
Gender = Literal["m", "f"]
Part = Literal["verb", "noun", "adj"]


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that reports speech or thought; `direct` frames quotations, `indirect` takes a that-clause."""

    lemma: str
    weight: Weight
    direct: bool
    indirect: bool
    prior: float


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A common noun for one person, with the gender that it tells."""

    lemma: str
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class Organization:
    """A well-known organisation: `names[0]` is the full name, the others acronyms and variants; `called` are nouns that
    tell what it is, where its names do not ("carmaker").
    """

    names: tuple[str, ...]
    cls: str
    country: str | None
    wikidata: str | None
    called: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Metonym:
    """A place name that stands for an institution ("Kremlin"); `country` is an ISO 3166 code or None."""

    names: tuple[str, ...]
    stands_for: str
    country: str | None


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that lends its subject to the noun of an event, as its agent, its patient or both."""

    lemma: str
    role: Literal["agent", "patient", "both"]
    aspect: Literal["none", "begin", "continue", "end"]
    particle: str | None
    prep: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinship:
    """ "X's LEMMA Y": X `predicate` Y, and Y `inverse` X."""

    lemma: str
    predicate: str
    inverse: str


@dataclass(frozen=True, slots=True)
class RelationCue:
    """A word whose slots `subject` and `object` stand in the relation `predicate` (slots as in `Frame`)."""

    lemma: str
    pos: Part
    predicate: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    symmetric: bool
    example: str


@dataclass(frozen=True, slots=True)
class Hedge:
    """What tells how sure something is: an `adverb` of the clause (empty where no adverb will do), or the words
    `before` a phrase.
    """

    adverb: str
    before: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that labels of events are chosen by: see `wording.yaml`. `hedges` by the value of a modality."""

    adverbs: frozenset[str]
    circumstances: frozenset[str]
    of_times: frozenset[str]
    pointing: frozenset[str]
    pronouns: frozenset[str]
    third_person: frozenset[str]
    every: frozenset[str]
    asides: frozenset[str]
    hedges: Mapping[str, Hedge]
    about: frozenset[str]
    about_verbs: frozenset[str]
    hollow: frozenset[str]
