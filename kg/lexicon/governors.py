"""What stands above a happening and what it makes of it: `governors.yaml` as checked, frozen tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pydantic import Field, model_validator

from kg.lexicon.schema import PREPOSITIONS, Strict, WordSet

Effect = Literal["reported", "hypothetical", "planned", "negated", "passes", "presupposed"]
GovernorPart = Literal[
    "verb", "noun", "adj", "prep", "adverb", "mark", "modifier", "quantifier", "aux", "fiction"
]
Remainder = Literal["asserted", "reported", "hypothetical"]
EMBEDDING = frozenset({"verb", "noun", "adj"})
HANGS = PREPOSITIONS | {"to", "that", "wh", "ing", "obj", "subj", "mod", "towards"}


@dataclass(frozen=True, slots=True)
class Governor:
    """A word above a happening: its `effect` where the happening hangs under it by one of `via`.

    `hard`: what it governs is never a fact, whatever else speaks for it. `when_negated` is what remains of a
    negated happening where the word itself is negated ("did not prevent the attack"). `example` holds the happening
    between asterisks.
    """

    word: str
    pos: GovernorPart
    effect: Effect
    hard: bool
    via: frozenset[str]
    when_negated: Remainder
    example: str


@dataclass(frozen=True, slots=True)
class Governors:
    """All of them: by (word, part of speech); the first words of phrasal verbs ("rule out") are in `phrasal` too.

    `forms` maps the regular forms of verbs to them; the other sets are explained in `governors.yaml`.
    """

    by_word: Mapping[tuple[str, GovernorPart], tuple[Governor, ...]]
    phrasal: frozenset[str]
    forms: Mapping[str, str]
    performing: frozenset[str]
    ranks: frozenset[str]
    shares: frozenset[str]
    temporal: frozenset[str]
    neg_raising: frozenset[str]
    means: frozenset[str]
    proving: frozenset[str]
    depicting: frozenset[str]

    def all(self) -> list[Governor]:
        """Return every entry, in the order of its word."""
        return [g for _, found in sorted(self.by_word.items()) for g in found]

    def word(self, word: str, pos: GovernorPart) -> Governor | None:
        """Return the entry of a word that governs in one way only ("without", "may", "alleged")."""
        found = self.by_word.get((word, pos))
        return found[0] if found else None

    def under(self, word: str, pos: GovernorPart, via: str) -> Governor | None:
        """Return the entry of a verb, noun or adjective for what hangs under it by `via`."""
        for governor in self.by_word.get((word, pos), ()):
            if via in governor.via:
                return governor
        return None


class GovernorGroup(Strict):
    """Words of one part of speech with one effect, each with an example."""

    effect: Effect
    hard: bool = False
    pos: GovernorPart
    via: WordSet = frozenset()
    when_negated: Remainder = "asserted"
    words: dict[str, str] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> GovernorGroup:
        if unknown := self.via - HANGS:
            raise ValueError(f"unknown way of hanging '{min(unknown)}'")
        if bool(self.via) != (self.pos in EMBEDDING):
            raise ValueError(f"via is for verbs, nouns and adjectives, and they need it: {self.pos}")
        for word, example in self.words.items():
            if example.count("*") != 2:
                raise ValueError(f"'{word}': the example needs its happening between asterisks")
        return self


class GovernorFile(Strict):
    """`governors.yaml`. Where two groups name a word for the same way of hanging, the first decides."""

    governors: list[GovernorGroup]
    performing: WordSet
    ranks: WordSet
    shares: WordSet
    temporal: WordSet
    neg_raising: WordSet
    means: WordSet
    proving: WordSet
    depicting: WordSet

    def build(self) -> Governors:
        """Return the tables."""
        found: dict[tuple[str, GovernorPart], list[Governor]] = {}
        for g in self.governors:
            for word, example in g.words.items():
                found.setdefault((word, g.pos), []).append(
                    Governor(word, g.pos, g.effect, g.hard, g.via, g.when_negated, example)
                )
        verbs = sorted(word for word, pos in found if pos == "verb" and " " not in word)
        sets = {name: value for name, value in self if name != "governors"}
        return Governors(
            MappingProxyType({key: tuple(value) for key, value in found.items()}),
            frozenset(word.split()[0] for word, pos in found if pos == "verb" and " " in word),
            MappingProxyType({form: verb for verb in verbs for form in _forms(verb)}),
            **sets,
        )


def _forms(verb: str) -> list[str]:
    """Return the regular forms of a verb, by which headlines in capitals are read: denies, denied, denying."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2:-1] not in "aeou":
        return [f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    plural = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return [f"{verb}{plural}", f"{stem}ed", f"{stem}ing", f"{stem}{stem[-1]}ed", f"{stem}{stem[-1]}ing"]
