"""Given names, from the lists of `training.tables.make_given_names`, and words in classes of like use.

The classes are those into which `benchmarks/train_names.py` clustered word vectors.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from importlib import resources


def load_word_classes() -> Mapping[str, int]:
    """Return frequent English word, as it is written → number of its class; an empty mapping without the file."""
    source = resources.files("kg.world") / "data" / "word_classes.txt.gz"
    if not source.is_file():
        return {}
    lines = gzip.decompress(source.read_bytes()).decode("utf-8").splitlines()
    return {word: number for number, line in enumerate(lines) for word in line.split(" ")}


def load_name_weights() -> Mapping[str, tuple[float, ...]]:
    """Return trait of a name → its weights for a person, an organisation, a place and none of them."""
    source = resources.files("kg.world") / "data" / "name_weights.tsv.gz"
    if not source.is_file():
        return {}
    table: dict[str, tuple[float, ...]] = {}
    for line in gzip.decompress(source.read_bytes()).decode("utf-8").splitlines():
        trait, *weights = line.split("\t")
        table[trait] = tuple(float(weight) for weight in weights)
    return table


def load_given_names() -> Mapping[str, str]:
    """Return given name → `m`, `f` or `u` (used for both); names are capitalised as written."""
    table: dict[str, str] = {}
    for file in ("given_names.tsv", "given_names_more.tsv"):
        text = (resources.files("kg.world") / "data" / file).read_text(encoding="utf-8")
        for line in text.splitlines():
            name, gender = line.split("\t")
            table[name] = gender
    return table
