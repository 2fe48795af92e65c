"""Load `data/styles.yaml` and its colours: shapes, and the names of classes of events and relations."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]

from kg.graph.ontology import ontology
from kg.view.palette import palette
from kg.view.terms import NKG, curie


@cache
def load() -> dict[str, Any]:
    """Return the whole table, read once; the stance of an event class is the one that the ontology gives it."""
    text = resources.files("kg.view").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    stances = {
        curie(str(c)): curie(str(s)).partition(":")[2].lower()
        for c, s in ontology().subject_objects(NKG.stance)
    }
    for cls, entry in table["events"].items():
        entry["stance"] = stances.get(cls, "neutral")
    for group in ("kinds", "stances"):
        for name, entry in table[group].items():
            entry["light"], entry["dark"] = palette()[group][name]
    table["communities"] = {
        mode: [pair[k] for pair in palette()["communities"]] for k, mode in enumerate(("light", "dark"))
    }
    return table


def event(cls: str) -> dict[str, Any]:
    """Return the entry of an event class; an unknown class reads like `nkg:Other` under its own name."""
    events: dict[str, dict[str, Any]] = load()["events"]
    return events.get(cls) or {**events["nkg:Other"], "name": cls.rpartition(":")[2] or cls}


def relation(predicate: str) -> dict[str, str]:
    """Return the entry of a relation; an unknown predicate is worded by its own name."""
    found: dict[str, str] | None = load()["relations"].get(predicate)
    name = predicate.rpartition(":")[2]
    return found or {"stance": "neutral", "name": name, "words": name}
