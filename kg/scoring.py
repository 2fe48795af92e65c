"""What is scored by hand: tables of named features, each with its weight and a sentence that says why it counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from kg.errors import LexiconError


@cache
def weights(package: str, file: str = "weights.yaml") -> Mapping[str, float]:
    """Return the weights of a table in the folder `data` of a package, by `section.feature`.

    Raises:
        LexiconError: an entry lacks its weight or its reason, or stands twice.

    Example:
        >>> weights("kg.identity")["nations.shared"]
        0.8
    """
    text = (resources.files(package) / "data" / file).read_text(encoding="utf-8")
    return read_weights(yaml.safe_load(text), f"{package}: {file}")


def read_weights(loaded: Mapping[str, Any], name: str) -> Mapping[str, float]:
    """Return the weights of sections of entries. Raises LexiconError as `weights` does."""
    found: dict[str, float] = {}
    for section, entries in loaded.items():
        for entry in entries:
            if set(entry) != {"feature", "weight", "because"} or not str(entry["because"]).endswith("."):
                raise LexiconError(
                    f"{name}: {section}: {entry}: an entry is feature, weight and a sentence why"
                )
            if isinstance(entry["weight"], bool) or not isinstance(entry["weight"], int | float):
                raise LexiconError(f"{name}: {section}: {entry['feature']}: {entry['weight']} is no weight")
            if (key := f"{section}.{entry['feature']}") in found:
                raise LexiconError(f"{name}: {key} stands twice")
            found[key] = float(entry["weight"])
    return MappingProxyType(found)
