"""Given names and their usual gender, from the lists that `training.tables.make_given_names` collected."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources


def load_given_names() -> Mapping[str, str]:
    """Return given name → `m`, `f` or `u` (used for both); names are capitalised as written."""
    table: dict[str, str] = {}
    for file in ("given_names.tsv", "given_names_more.tsv"):
        text = (resources.files("kg.world") / "data" / file).read_text(encoding="utf-8")
        for line in text.splitlines():
            name, gender = line.split("\t")
            table[name] = gender
    return table
