"""Heads over single tokens: is it a trigger, of which class, how sure is the text, does a name begin here."""

from __future__ import annotations

import numpy as np

from kg.heads.weights import Array, Dense, Weights

DECIMALS = 4  # scores are rounded before they are compared: the last bits differ between processors


class TagHeads:
    """Pure functions from vectors to probabilities, by the name of the task."""

    def __init__(self, weights: Weights) -> None:
        self._layers: dict[str, tuple[Dense, Dense]] = {
            task: (weights.dense(f"{task}.inner"), weights.dense(f"{task}.outer")) for task in weights.tags
        }

    def __call__(self, task: str, vectors: Array) -> Array:
        """Return (n, values) probabilities of a task's values for (n, width) vectors."""
        inner, outer = self._layers[task]
        return softmax(outer(gelu(inner(vectors))))


def gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit, by its usual approximation (Hendrycks and Gimpel 2016)."""
    # 0.5 * x * (1 + tanh(0.7978845608 * (x + 0.044715 * x³))), in that order, in one array instead of one a step
    made: Array = 0.044715 * x
    made *= x
    made *= x
    made += x
    made *= 0.7978845608
    np.tanh(made, out=made)
    made += 1
    made *= 0.5 * x
    return made


def softmax(scores: Array) -> Array:
    """Return probabilities over the last axis, rounded."""
    grown = scores - scores.max(axis=-1, keepdims=True)
    np.exp(grown, out=grown)
    grown /= grown.sum(axis=-1, keepdims=True)
    made: Array = np.round(grown, DECIMALS, out=grown)
    return made


def sigmoid(scores: Array) -> Array:
    """Return probabilities of single choices, rounded."""
    made: Array = np.round(1 / (1 + np.exp(-np.clip(scores, -30, 30))), DECIMALS)
    return made
