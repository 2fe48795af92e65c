"""Loads what the heads have learned: arrays of numbers, and the names of their rows and columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.heads.features import Inventory

Array = NDArray[np.float32]
LATER = ("implicit.npz", "affiliation.npz", "antecedents.npz")  # learned apart, and loaded by their own heads
FILES = ("encoder.onnx", "embeddings.npz", "heads.npz", "heads.json", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Dense:
    """A linear map: (inputs, outputs) weights and (outputs,) biases."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """Return x · weight + bias, (n, outputs)."""
        made: Array = x @ self.weight
        made += self.bias
        return made


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned beside the encoder's layers.

    `features` (rows, width) are added to the vectors of words; `arrays` hold the heads by name; `tags` and
    `relations` name the columns of each head's scores; `version` is the hash of the files.
    """

    folder: Path
    inventory: Inventory
    features: Array
    arrays: Mapping[str, Array]
    tags: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, tuple[str, ...]]
    version: str

    def dense(self, name: str) -> Dense:
        """Return the linear map of a name."""
        return Dense(self.arrays[f"{name}.weight"], self.arrays[f"{name}.bias"])


@cache
def load_weights(folder: Path | None = None) -> Weights:
    """Return the weights of a folder, by default those that come with the program.

    Raises:
        ModelError: a file is missing or does not fit the others.
    """
    place = folder or Path(str(resources.files("kg.heads") / "weights"))
    missing = [name for name in FILES if not (place / name).is_file()]
    if missing:
        raise ModelError(f"{place}: the learned reader lacks {missing[0]}; reinstall the package")
    try:
        described: dict[str, Any] = json.loads((place / "heads.json").read_text(encoding="utf-8"))
        with np.load(place / "heads.npz", allow_pickle=False) as loaded:
            arrays = {name: loaded[name].astype(np.float32) for name in loaded.files}
        inventory = Inventory(*(tuple(described[k]) for k in ("words", "paths", "distances")))
        tags = {task: tuple(values) for task, values in described["tags"].items()}
        relations = {net: tuple(names) for net, names in described["relations"].items()}
        features = arrays.pop("features")
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{place}: the learned reader can't be loaded: {error}") from error
    return Weights(place, inventory, features, arrays, tags, relations, _version(place))


def _version(place: Path) -> str:
    digest = hashlib.sha256()
    for name in (*FILES, *(n for n in LATER if (place / n).is_file())):
        digest.update((place / name).read_bytes())
    return digest.hexdigest()[:16]
