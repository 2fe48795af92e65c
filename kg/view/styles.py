"""Load `data/styles.yaml` and its colours: shapes, and the names of classes of events and relations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]

from kg.event_classes import event_classes
from kg.view.palette import palette


@cache
def load() -> dict[str, Any]:
    """Return the whole table, read once, with the classes of events from their own."""
    text = resources.files("kg.view").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    table["events"] = {}
    for cls, one in event_classes().items():
        mutual = {"mutual": True} if "mutual" in one.flags else {}
        table["events"][cls] = {"name": one.name, **mutual, "stance": one.stance}
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


def own_event(above: Iterable[str], label: str, stance: str) -> dict[str, Any] | None:
    """Return the entry of a class of the user's own, from the classes above it; None if none of them is of events.

    Its own `label` and `stance` (`nkg:Hostile`) go before what it has from the class above.
    """
    parent = next((name for name in above if name in load()["events"]), None)
    if parent is None:
        return None
    own = stance.partition(":")[2].lower()
    entry = dict(event(parent))
    return {
        **entry,
        "name": label or entry["name"],
        "stance": own if own in load()["stances"] else entry["stance"],
    }


def relation(predicate: str) -> dict[str, Any]:
    """Return the entry of a relation; an unknown predicate is worded by its own name."""
    found: dict[str, Any] | None = load()["relations"].get(predicate)
    name = predicate.rpartition(":")[2]
    return found or {"stance": "neutral", "name": name, "words": name}
