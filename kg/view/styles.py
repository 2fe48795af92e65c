"""Load `data/styles.yaml`: colours, shapes, and the words for classes of events and relations."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]

_PREPOSITIONS = {"with", "against", "on", "from", "to", "at"}
_MODAL_PREFIX = {"Planned": "plans to", "Hypothetical": "may", "Negated": "did not"}


@cache
def load() -> dict[str, Any]:
    """Return the whole table, read once."""
    text = resources.files("kg.view").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


def event(cls: str) -> dict[str, str]:
    """Return the entry of an event class; an unknown class reads like `nkg:Other` under its own name."""
    events: dict[str, dict[str, str]] = load()["events"]
    return events.get(cls) or {**events["nkg:Other"], "name": cls.rpartition(":")[2] or cls}


def relation(predicate: str) -> dict[str, str]:
    """Return the entry of a relation; an unknown predicate is worded by its own name."""
    found: dict[str, str] | None = load()["relations"].get(predicate)
    name = predicate.rpartition(":")[2]
    return found or {"stance": "neutral", "name": name, "words": name}


def event_words(cls: str, trigger: str, modality: str) -> tuple[str, str]:
    """Word an event as the label of an edge, between two actors and before a place.

    "Kerry threatened Russia": the trigger is used where it is a past form, the class's words otherwise
    ("the bombardment of Aleppo": attacked); "did not threaten", "plans to meet", "may attack" tell modality.
    """
    entry = event(cls)
    prefix = _MODAL_PREFIX.get(modality)
    if prefix:
        phrase = f"{prefix} {entry['base']}"
        if entry.get("place") == entry["past"]:  # "plans to go to": the place is what the verb asks for
            return phrase, phrase
        body, _, last = phrase.rpartition(" ")
        return phrase, f"{body if last in _PREPOSITIONS else phrase} in"
    word = trigger.strip().lower()
    own = word.isalpha() and (word.endswith("ed") or word in load()["past_forms"])
    tail = entry["past"].partition(" ")[2]
    past = entry["past"] if not own else f"{word} {tail}" if tail in {"with", "against"} else word
    place = entry.get("place") or f"{past} in"
    return past, place
