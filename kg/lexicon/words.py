"""Frozen dataclasses of words: verbs of saying, verbs that lend a noun their subject, nouns of kinship."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weight = Literal["speech", "opinion", "denial", "question", "writing"]
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
