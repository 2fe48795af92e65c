"""Small networks over features: one hidden layer, several trained apart, their probabilities averaged; and principal
components, which are what such a network can hold of the reader's vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.heads.tags import gelu, sigmoid
from kg.heads.weights import Array


@dataclass(frozen=True, slots=True)
class PrincipalComponents:
    """`mean` (width) is taken off, `basis` (width, components) gives the principal components."""

    mean: Array
    basis: Array

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> PrincipalComponents:
        """Return what the arrays `components.mean` and `components.basis` hold. Raises KeyError without them."""
        return cls(*(arrays[f"components.{part}"].astype(np.float32) for part in cls.__slots__))

    def __call__(self, vectors: Array) -> Array:
        """Return the components, (n, components), of vectors (n, width)."""
        made: Array = (vectors - self.mean) @ self.basis
        return made


@dataclass(frozen=True, slots=True)
class Networks:
    """`mean` and `spread` (features) standardize; `inner` (networks, features, hidden) and its bias (networks,
    hidden), `outer` (networks, hidden) and its bias (networks).
    """

    mean: Array
    spread: Array
    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: Array

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Networks:
        """Return the networks whose arrays are called `NAME.mean`, … Raises KeyError when one is missing."""
        return cls(*(arrays[f"{name}.{part}"].astype(np.float32) for part in cls.__slots__))

    def __call__(self, features: Array) -> list[float]:
        """Return the probability of each row of (n, features), three decimals."""
        x = np.clip((features - self.mean) / self.spread, -5, 5)
        # the networks side by side, as one of k times the width: the same sums, in a fraction of the time
        k, f, h = self.inner.shape
        wide = x @ self.inner.transpose(1, 0, 2).reshape(f, k * h)
        inner = gelu(wide.reshape(len(x), k, h) + self.inner_bias).transpose(1, 0, 2)
        scores = np.einsum("knh,kh->kn", inner, self.outer) + self.outer_bias[:, None]
        found: list[float] = sigmoid(scores).mean(axis=0).astype(np.float64).round(3).tolist()
        return found
