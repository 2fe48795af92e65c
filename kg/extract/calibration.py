"""Turns the scores of the extractors into probabilities that a fact is right, by logistic models held as data.

Platt scaling (Platt 1999, "Probabilistic Outputs for Support Vector Machines"), with a few features where they
tell more than the score. `benchmarks/calibrate.py` fits the models.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml

from kg.errors import LexiconError
from kg.model import Event, Facts, Ground, Kind, Relation, Role, Span, Statement

Features = Mapping[str, float]
F = TypeVar("F", Role, Event, Statement, Relation)

_LEAD = 1000
"""News tells first what matters most: so many characters on, being early counts a third of what it does at the top."""


@dataclass(frozen=True, slots=True)
class Context:
    """What features ask of the whole article: entities' kinds and mentions, its direct speech, its furniture."""

    kinds: Mapping[str, Kind]
    mentions: Mapping[str, tuple[Span, ...]]
    quoted: tuple[Span, ...]
    furniture: tuple[Span, ...]

    @classmethod
    def of(cls, facts: Facts) -> Context:
        """Return the context that an article's facts stand in."""
        return cls(
            {entity.id: entity.kind for entity in facts.entities},
            {entity.id: tuple(mention.span for mention in entity.mentions) for entity in facts.entities},
            tuple(statement.span for statement in facts.statements if statement.direct),
            facts.article.furniture,
        )


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, bounded, so that no score is certain."""
    bounded = min(max(probability, 0.02), 0.98)
    return math.log(bounded / (1 - bounded))


def _early(event: Event, context: Context) -> float:
    begin = event.spans[0].begin
    begin -= sum(span.end - span.begin for span in context.furniture if span.end <= begin)
    return math.exp(-begin / _LEAD)


def _in_quotation(event: Event, context: Context) -> float:
    return float(any(span.covers(event.spans[0]) for span in context.quoted))


def _unnamed_speaker(statement: Statement, context: Context) -> float:
    return float(statement.speaker is not None and context.kinds.get(statement.speaker) is Kind.GROUP)


def _told_elsewhere(role: Role, context: Context) -> float:
    """Tell an organisation or country that the role's own sentence does not name."""
    named = context.mentions.get(role.organization or "", ())
    return float(role.organization is not None and not any(role.sentence.covers(span) for span in named))


def _body_read(role: Role, context: Context) -> float:
    """Tell a body that the reader finds as well, or that it finds none either."""
    return float(
        any(g.source == "head title.organization" and g.entity == role.organization for g in role.grounds)
    )


def _sources(role: Role) -> set[str]:
    return {ground.source for ground in role.grounds}


FEATURES: Mapping[str, Mapping[str, Callable[[Any, Context], float]]] = {
    "role": {
        "told_elsewhere": _told_elsewhere,
        "body_read": _body_read,
        "both": lambda role, context: float({"rule patterns", "head title.person"} <= _sources(role)),
        "read_only": lambda role, context: float("rule patterns" not in _sources(role)),
        "no_organization": lambda role, context: float(role.organization is None),
        "former": lambda role, context: float(role.former),
    },
    "statement": {
        "unnamed_speaker": _unnamed_speaker,
        "no_speaker": lambda statement, context: float(statement.speaker is None),
        "long": lambda statement, context: float(len(statement.text.split()) > 15),
    },
    "event": {
        "early": _early,
        "in_quotation": _in_quotation,
        "told_again": lambda event, context: float(len(event.spans) > 1),
    },
    "relation": {
        "location": lambda relation, context: float(relation.predicate == "schema:location"),
        "nationality": lambda relation, context: float(relation.predicate == "schema:nationality"),
    },
}
"""What a model may weigh, a kind of fact each."""


def features(kind: str, fact: object, context: Context) -> dict[str, float]:
    """Return the features of a fact by name."""
    return {name: measure(fact, context) for name, measure in FEATURES[kind].items()}


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: `slope` times the log-odds of the raw score, plus the weights of its features."""

    intercept: float = 0.0
    slope: float = 1.0
    weights: Features = field(default_factory=dict)

    def probability(self, raw: float, features: Features) -> float:
        """Return the probability, two decimals; for the same features it grows with the raw score."""
        score = self.intercept + self.slope * log_odds(raw)
        score += sum(weight * features[name] for name, weight in self.weights.items())
        return round(min(max(1 / (1 + math.exp(-score)), 0.01), 0.99), 2)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A model for each kind of fact; without any, what the extractors give stays as it is."""

    role: Model | None = None
    statement: Model | None = None
    event: Model | None = None
    relation: Model | None = None

    def without(self, kinds: Collection[str]) -> Calibration:
        """Return the models but those of some kinds of fact, whose confidences stay as they are."""
        return replace(self, **dict.fromkeys(kinds)) if kinds else self


@cache
def load_calibration() -> Calibration:
    """Return the models of `data/calibration.yaml`.

    Raises:
        LexiconError: the file lacks a number, names an unknown feature, or turns the order of scores round.
    """
    text = (resources.files("kg.extract") / "data" / "calibration.yaml").read_text(encoding="utf-8")
    return read_calibration(yaml.safe_load(text))


def read_calibration(loaded: Mapping[str, Any]) -> Calibration:
    """Return the calibration that a mapping of kinds holds; see `load_calibration`."""
    models: dict[str, Model] = {}
    for kind, entry in loaded.items():
        if kind not in FEATURES:
            raise LexiconError(f"calibration.yaml: {kind}: no kind of fact")
        try:
            model = Model(
                float(entry["intercept"]),
                float(entry["slope"]),
                dict(entry.get("weights") or {}),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise LexiconError(f"calibration.yaml: {kind}: needs intercept and slope as numbers") from error
        unknown = sorted(set(model.weights) - set(FEATURES[kind]))
        if unknown:
            raise LexiconError(f"calibration.yaml: {kind}: there is no feature '{unknown[0]}'")
        if model.slope <= 0:
            raise LexiconError(f"calibration.yaml: {kind}: the slope must be above 0")
        models[kind] = model
    return Calibration(**models)


def calibrated(facts: Facts, calibration: Calibration) -> Facts:
    """Return the facts with calibrated confidences; which they are, and their order, stays."""
    context = Context.of(facts)
    return replace(
        facts,
        roles=tuple(_sure(x, "role", calibration.role, context) for x in facts.roles),
        events=tuple(_sure(x, "event", calibration.event, context) for x in facts.events),
        statements=tuple(_sure(x, "statement", calibration.statement, context) for x in facts.statements),
        relations=tuple(_sure(x, "relation", calibration.relation, context) for x in facts.relations),
    )


def sure_enough(facts: Facts, threshold: float) -> Facts:
    """Leave out the facts less sure than `threshold`; an event whose statement goes is reported by nobody named."""
    statements = tuple(x for x in facts.statements if x.confidence >= threshold)
    kept = {x.id for x in statements}
    events = (x for x in facts.events if x.confidence >= threshold)
    return replace(
        facts,
        roles=tuple(x for x in facts.roles if x.confidence >= threshold),
        events=tuple(x if x.according_to in kept else replace(x, according_to=None) for x in events),
        statements=statements,
        relations=tuple(x for x in facts.relations if x.confidence >= threshold),
    )


def _sure(fact: F, kind: str, model: Model | None, context: Context) -> F:
    if model is None:
        return fact
    sure = model.probability(fact.confidence, features(kind, fact, context))
    ground = Ground(
        "calibration", "confidence", f"{sure}", fact.confidence, note="from the score of all its parts"
    )
    return replace(fact, confidence=sure, grounds=(*fact.grounds, ground))
