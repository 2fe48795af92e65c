"""The YAML tables under `data/`: where reading keeps its knowledge."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import cast


def load_table(name: str) -> object:
    """Return the parsed table `data/NAME`."""
    import yaml

    return yaml.safe_load((files("kg.read") / "data" / name).read_text(encoding="utf-8"))


@cache
def word_sets(name: str) -> dict[str, frozenset[str]]:
    """Return the lists of the table `data/NAME`, by what each is called."""
    rows = cast("dict[str, list[str]]", load_table(name))
    return {key: frozenset(row) for key, row in rows.items()}
