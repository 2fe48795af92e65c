"""How sure an extracted event is, as a probability from a small logistic model held as data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from kg.extract.frames import Match
from kg.extract.sources import Filler
from kg.model import Modality


@cache
def weights() -> tuple[float, float, Mapping[str, float]]:
    """Return the threshold, intercept and weights of `data/confidence.yaml`."""
    text = (resources.files("kg.extract") / "data" / "confidence.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    return float(loaded["threshold"]), float(loaded["intercept"]), loaded["weights"]


def event_confidence(
    match: Match, agents: list[Filler], patients: list[Filler], placed: bool, modality: Modality
) -> float:
    """Return the probability, two decimals, that a matched frame is an event worth telling; `placed`: a
    place or time is known.
    """
    _, intercept, table = weights()
    score = intercept
    for name, value in features(match, agents, patients, placed, modality).items():
        score += table[name] * value
    return round(1 / (1 + math.exp(-score)), 2)


def features(
    match: Match, agents: list[Filler], patients: list[Filler], placed: bool, modality: Modality
) -> dict[str, float]:
    """Return the features of the model by name; see `data/confidence.yaml` for what each says."""
    frame, trigger = match.frame, match.trigger
    prior = min(max(frame.prior, 0.02), 0.98)
    named_agent = any(not f.entity.startswith("g") for f in agents)
    named_patient = any(not f.entity.startswith("g") for f in patients)
    noun = frame.pos == "noun"
    return {
        "prior": math.log(prior / (1 - prior)),
        "noun": noun,
        "adjective": frame.pos == "adj",
        "agent": named_agent,
        "patient": named_patient,
        "group": bool(agents or patients) and not named_agent and not named_patient,
        "alone": not agents and not patients,
        "root": trigger.dep == "ROOT" and frame.pos == "verb",
        "attributive": trigger.dep in ("amod", "compound", "nmod", "acomp", "attr", "appos"),
        "participle": trigger.dep == "acl",
        "adverbial": trigger.dep == "advcl",
        "object": noun and trigger.dep in ("dobj", "pobj") and match.light is None,
        "subject": trigger.dep in ("nsubj", "nsubjpass"),
        "where_or_when": placed,
        "irreal": modality in (Modality.HYPOTHETICAL, Modality.PLANNED),
        "negated": modality is Modality.NEGATED,
        "reported": modality is Modality.REPORTED,
    }
