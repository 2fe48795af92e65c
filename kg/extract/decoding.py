"""The thresholds by which the scores of the heads become facts, chosen on articles that no head was trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from kg.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probabilities, and what a stretch of text must be worth.

    - `trigger`: of a word that tells of a happening
    - `whole`: of a trigger, its class and its modality together
    - `alone`: of a trigger without anybody or anything beside it
    - `apart`: of a time that a clause or modifier holds in which the trigger does not stand
    - `behind`: how much less likely than the likeliest of its slot a participant may be, `beyond` one outside the
      clause
    - `untold`: of indirect speech that no verb of saying by itself tells of
    - `phrase`: the same where it has no verb of its own
    - `sourceless`: of speech of either kind that no verb tells of, and nobody, or at no word
    - `former`: that a role is held no longer
    - `implicit`: by slot, that an event takes over what another telling names
    - `relations`: by the name of the net and its own; `costs`: by task (`kg.heads.spans`)
    """

    trigger: float
    whole: float
    alone: float
    apart: float
    behind: float
    beyond: float
    untold: float
    phrase: float
    sourceless: float
    former: float
    implicit: Mapping[str, float]
    relations: Mapping[str, float]
    costs: Mapping[str, float]

    def of(self, net: str, relation: str) -> float:
        """Return the least probability of a relation."""
        return self.relations[f"{net}.{relation}"]


@cache
def impossible_classes() -> Mapping[str, frozenset[str]]:
    """Return by lemma the classes that it never tells of, from `data/impossible.yaml`.

    >>> impossible_classes()["injure"]
    frozenset({'nkg:Die'})
    """
    text = (resources.files("kg.extract") / "data" / "impossible.yaml").read_text(encoding="utf-8")
    found: defaultdict[str, set[str]] = defaultdict(set)
    for event_class, words in yaml.safe_load(text).items():
        for word in words:
            found[word].add(event_class)
    return {word: frozenset(classes) for word, classes in found.items()}


@cache
def load_thresholds() -> Thresholds:
    """Return the thresholds of `data/decoding.yaml`. Raises LexiconError when it lacks one."""
    text = (resources.files("kg.extract") / "data" / "decoding.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    try:
        relations, costs, implicit = (
            {k: float(v) for k, v in loaded.pop(name).items()} for name in ("relations", "costs", "implicit")
        )
        single = {name: float(value) for name, value in loaded.items()}
        return Thresholds(relations=relations, costs=costs, implicit=implicit, **single)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"decoding.yaml: lacks a threshold: {error}") from error
