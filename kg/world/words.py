"""Words sorted into classes of like use, from the word vectors that `benchmarks/train_names.py` clustered."""

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
