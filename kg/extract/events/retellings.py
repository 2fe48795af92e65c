"""Whether two tellings speak of one happening: what is measured of them, and the logistic model that weighs it.

Event coreference within an article (ECB+, Cybulska and Vossen 2014), as a model of pairs whose weights are data, so
that each joining can be explained. Precise before complete: happenings wrongly joined are worse than one told twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import yaml

from kg.errors import LexiconError
from kg.heads.narrative import akin
from kg.model import Event, Modality, is_named
from kg.parsed import BlockKind, Parsed, Token

KNOWN = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})
NEW = frozenset({"a", "an"})
_OTHER = (
    "another other prior second third fourth new further previous last next separate similar more earlier later "
    "additional future past several many two three four five six subsequent repeated"
)
OTHER = frozenset(_OTHER.split())
ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "new", "next"})
UNREAL = frozenset({Modality.PLANNED, Modality.HYPOTHETICAL})
ELSEWHERE = frozenset({"ccomp", "advcl", "relcl", "conj", "csubj", "nsubj", "nsubjpass", "agent"})
CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})
_FEATURES = (
    "same_word akin same_class agent_shared agent_differs agent_once patient_shared patient_differs patient_once "
    "place_shared place_differs place_once both_sides same_date date_once same_modality unreal_once unreal_both "
    "same_sentence far paragraph headline known known_word new other number bare verb_noun nouns "
    "about_shared about_differs names_differ"
)
FEATURES = frozenset(_FEATURES.split())
"""What may be measured of two tellings."""


@dataclass(frozen=True)
class EventMention:
    """One event with the word that tells it."""

    event: Event
    trigger: Token
    parsed: Parsed

    @cached_property
    def block(self) -> BlockKind:
        """The kind of paragraph that it stands in."""
        return self.parsed.blocks[self.trigger.block].kind

    @cached_property
    def before(self) -> frozenset[str]:
        """The lower-case words that stand before a noun and belong to it."""
        kids = self.parsed.dependents(self.trigger, "det", "amod", "poss", "nummod", "compound")
        return frozenset(c.text.lower() for c in kids if c.i < self.trigger.i)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """What counts or dates a noun: "*1991* agreement", "*24* arrests", "*first* flight"."""
        kids = self.parsed.dependents(self.trigger, "nummod", "amod") if self.is_noun else ()
        return frozenset(c.lemma.lower() for c in kids if c.dep == "nummod" or c.lemma.lower() in ORDINALS)

    @cached_property
    def sorts(self) -> frozenset[str]:
        """What says of which sort a noun is: "*test* flight", "*commercial* flight"."""
        kids = self.parsed.dependents(self.trigger, "compound", "amod") if self.is_noun else ()
        return frozenset(c.lemma.lower() for c in kids) - ORDINALS

    @cached_property
    def is_noun(self) -> bool:
        """Whether a noun tells it."""
        return self.trigger.tag.startswith("NN")

    @cached_property
    def about(self) -> frozenset[str]:
        """The lemmas of nouns, names and numbers that hang on it: whom and what it deals with."""
        below = self._below(self.trigger, ELSEWHERE, 2)
        return frozenset(c.lemma.lower() for c in below if c.pos in CONTENT and c.i not in self._when)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of names in its clause, without its subject and times: "granted *Milken* a pardon"."""
        top = self.trigger
        if self.is_noun and top.dep in ("dobj", "attr", "oprd", "nsubjpass"):
            top = self.parsed.tokens[top.head]
        below = self._below(top, ELSEWHERE - {"nsubjpass"}, 3)
        return frozenset(c.text.lower() for c in below if c.pos == "PROPN" and c.i not in self._when)

    def _below(self, top: Token, elsewhere: frozenset[str], depth: int) -> Iterator[Token]:
        """Yield what hangs below a token, so many steps and one more down, without the parts that are `elsewhere`."""
        for child in self.parsed.dependents(top):
            if child.dep not in elsewhere:
                yield child
                if depth:
                    yield from self._below(child, elsewhere, depth - 1)

    @cached_property
    def _when(self) -> frozenset[int]:
        sentence = self.parsed.sentences[self.trigger.sent]
        return frozenset(
            i
            for n in self.parsed.names
            if n.label in ("DATE", "TIME") and sentence.first <= n.first < sentence.last
            for i in range(n.first, n.last)
        )


def features(one: EventMention, other: EventMention) -> dict[str, float]:
    """Return what is measured of two tellings, the earlier one first, by name; what is not there counts nothing."""
    a, b = one.event, other.event
    far = other.trigger.sent - one.trigger.sent
    word, word2 = one.trigger.lemma.lower(), other.trigger.lemma.lower()
    found: dict[str, float] = {}
    alike = word == word2
    found["same_word"] = float(alike)
    found["akin"] = float(not alike and akin(one.trigger.text.lower(), other.trigger.text.lower()))
    found["same_class"] = float(a.event_class == b.event_class)
    shares = 0
    for part, mine, theirs in (
        ("agent", a.agents, b.agents),
        ("patient", a.patients, b.patients),
        ("place", a.places, b.places),
    ):
        if mine and theirs:
            both = set(mine) & set(theirs)
            share = 2 * len(both) / (len(set(mine)) + len(set(theirs)))
            found[f"{part}_shared"] = share
            # somebody with a name may be one of those without: "rebels attacked … the attack was led by Hadid"
            found[f"{part}_differs"] = float(not both and _has_name(mine) == _has_name(theirs))
            if part != "place":
                shares += bool(both)
        elif mine or theirs:
            found[f"{part}_once"] = 1.0
    found["both_sides"] = float(shares > 1)
    if a.time and b.time:
        found["same_date"] = float(a.time == b.time)
    elif a.time or b.time:
        found["date_once"] = 1.0
    found["same_modality"] = float(a.modality is b.modality)
    found["unreal_once"] = float((a.modality in UNREAL) != (b.modality in UNREAL))
    found["unreal_both"] = float(a.modality in UNREAL and b.modality in UNREAL)
    found["same_sentence"] = float(far == 0)
    found["far"] = round(math.log1p(far), 3)
    found["paragraph"] = float(one.trigger.block == other.trigger.block)
    found["headline"] = float(one.block is BlockKind.TITLE)
    found["known"] = float(other.is_noun and bool(other.before & KNOWN))
    found["known_word"] = float(found["known"] and (alike or found["akin"]))
    found["new"] = float(other.is_noun and bool(other.before & NEW))
    found["other"] = float(bool(other.before & OTHER))
    found["number"] = float(
        one.is_noun and other.is_noun and (one.trigger.tag.endswith("S") != other.trigger.tag.endswith("S"))
    )
    found["bare"] = float(other.is_noun and not other.before)
    found["verb_noun"] = float(not one.is_noun and other.is_noun)
    found["nouns"] = float(one.is_noun and other.is_noun)
    if one.about and other.about:
        both_about = len(one.about & other.about)
        found["about_shared"] = round(both_about / min(len(one.about), len(other.about)), 3)
        found["about_differs"] = float(not both_about)
    if one.names and other.names:
        found["names_differ"] = float(not one.names & other.names)
    return {name: value for name, value in found.items() if value}


def _has_name(entities: tuple[str, ...]) -> bool:
    return any(is_named(entity) for entity in entities)


def differ(one: Event, other: Event) -> bool:
    """Tell dates that can't be one: "2024-05" holds "2024-05-10"."""
    if one.time is None or other.time is None or one.time == other.time:
        return False
    a, b = one.time, other.time
    if a.end is not None or b.end is not None:
        begin, end = max(a.begin, b.begin), min(a.end or a.begin, b.end or b.begin)
        return begin[: len(end)] > end[: len(begin)]
    return not (a.begin.startswith(b.begin) or b.begin.startswith(a.begin))


def ruled_out(one: EventMention, other: EventMention) -> bool:
    """Tell two tellings that can't be of one happening: of other classes and words, on other dates, denied and not,
    counted otherwise ("the *1991* agreement", "a *new* agreement"), of other sorts in one sentence, where who does it
    in one has it done to him in the other, or where people without a name do it and later somebody with one, and
    nothing else is shared: "thousands marched … Lund marched beside her".
    """
    a, b = one.event, other.event
    words = one.trigger.lemma.lower() == other.trigger.lemma.lower() or akin(
        one.trigger.text.lower(), other.trigger.text.lower()
    )
    return (
        not (words or a.event_class == b.event_class)
        or (a.modality is Modality.NEGATED) != (b.modality is Modality.NEGATED)
        or differ(a, b)
        or bool(one.numbers and other.numbers and one.numbers.isdisjoint(other.numbers))
        or _of_two_sorts(one, other)
        or bool({*a.agents} & {*b.patients} - {*a.patients} or {*a.patients} & {*b.agents} - {*a.agents})
        or _others_act(a, b)
    )


def _of_two_sorts(one: EventMention, other: EventMention) -> bool:
    alike = one.trigger.lemma == other.trigger.lemma and one.trigger.sent == other.trigger.sent
    return alike and bool(one.sorts and other.sorts) and one.sorts.isdisjoint(other.sorts)


def _others_act(a: Event, b: Event) -> bool:
    if not (a.agents and b.agents) or _has_name(a.agents) == _has_name(b.agents):
        return False
    return set(a.patients).isdisjoint(b.patients) and set(a.agents).isdisjoint(b.agents)


def takes_up(one: EventMention, other: EventMention) -> bool:
    """Tell "the attack" right behind "attacked", where nobody takes part in the one who can't in the other."""
    near = other.trigger.sent - one.trigger.sent <= 1 and one.trigger.block == other.trigger.block
    noun = other.is_noun and bool(other.before & KNOWN) and not one.is_noun
    if not (near and noun and akin(one.trigger.text.lower(), other.trigger.text.lower())) or ruled_out(
        one, other
    ):
        return False
    a, b = one.event, other.event
    return not any(
        set(mine).isdisjoint(theirs) and _has_name(mine) and _has_name(theirs)
        for mine, theirs in ((a.agents, b.agents), (a.patients, b.patients), (a.places, b.places))
    )


@dataclass(frozen=True, slots=True)
class Retellings:
    """A logistic model of pairs; tellings are joined from `least` on, none of a happening's below `floor`."""

    intercept: float
    weights: Mapping[str, float]
    least: float
    floor: float

    def probability(self, one: EventMention, other: EventMention) -> float:
        """Return how likely two tellings, the earlier one first, are of one happening."""
        if ruled_out(one, other):
            return 0.0
        score = self.intercept + sum(self.weights[n] * v for n, v in features(one, other).items())
        return 1 / (1 + math.exp(-score))

    def reason(self, one: EventMention, other: EventMention) -> str:
        """Return what speaks most for it, in the names of the features."""
        said = {name: self.weights[name] * value for name, value in features(one, other).items()}
        most = sorted((n for n in said if said[n] > 0), key=lambda n: (-said[n], n))[:3]
        return ", ".join(name.replace("_", " ") for name in most)


@cache
def load_retellings() -> Retellings:
    """Return the model of `data/retellings.yaml`. Raises LexiconError when it lacks a number."""
    text = (resources.files("kg.extract") / "data" / "retellings.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    try:
        weights = {str(name): float(weight) for name, weight in loaded["weights"].items()}
        missing = sorted(FEATURES - weights.keys())
        if missing:
            raise LexiconError(f"retellings.yaml: lacks the weight of '{missing[0]}'")
        return Retellings(float(loaded["intercept"]), weights, float(loaded["least"]), float(loaded["floor"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"retellings.yaml: lacks a number: {error}") from error
