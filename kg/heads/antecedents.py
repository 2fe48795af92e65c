"""The head over a mention and what it may speak of: which candidate, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from kg.heads.tags import gelu, softmax
from kg.heads.weights import Array, Dense

FILE = "antecedents.npz"


class AntecedentHead:
    """Scores mentions and candidates by the vectors of their head tokens and by features.

    Each feature adds a row to what goes into the hidden layer, and a number (the row's last) to the score itself.
    """

    def __init__(self, folder: Path) -> None:
        """Load the weights of a folder.

        Raises:
            ModelError: they are missing or broken.
        """
        try:
            with np.load(folder / FILE, allow_pickle=False) as loaded:
                names = bytes(loaded["names"]).decode("utf-8").split("\n")
                arrays = {n: loaded[n].astype(np.float32) for n in loaded.files if n != "names"}
            self._rows = {name: row for row, name in enumerate(names)}
            self._features = arrays["features"]
            self._mention, self._out, self._alone, self._none = (
                Dense(arrays[f"{n}.weight"], arrays[f"{n}.bias"]) for n in ("mention", "out", "alone", "none")
            )
            self._candidate, self._product = arrays["candidate.weight"], arrays["product.weight"]
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder / FILE}: can't be loaded: {error}; reinstall the package") from error

    def __call__(
        self,
        vectors: Array,
        mention: int,
        candidates: Sequence[int],
        own: Sequence[str],
        features: Sequence[Sequence[str]],
    ) -> list[float]:
        """Return the probability of each candidate and, as the last, that it is none of them.

        `vectors` are those of the article's tokens, `mention` and `candidates` tokens; `own` are the features of the
        mention, `features` those of each candidate. What was never learned tells nothing.
        """
        added = self._sums([own, *features])
        vector, others = vectors[mention], vectors[list(candidates)]
        hidden = added[1:, :-1] + added[0, :-1] + self._mention(vector)
        hidden = hidden + others @ self._candidate + (others * vector) @ self._product
        scores = self._out(gelu(hidden))[:, 0] + added[1:, -1]
        none = self._none(gelu(added[0, :-1] + self._alone(vector)))[0] + added[0, -1]
        made: list[float] = softmax(np.append(scores, none)).tolist()
        return made

    def _sums(self, features: Sequence[Sequence[str]]) -> Array:
        """Return (lists, width) sums of the rows of each list of features."""
        rows = [[self._rows[f] for f in names if f in self._rows] for names in features]
        out = np.zeros((len(rows), self._features.shape[1]), np.float32)
        flat = [row for own in rows for row in own]
        if flat:
            full = [n for n, own in enumerate(rows) if own]
            begins = np.cumsum([0, *(len(rows[n]) for n in full[:-1])])
            out[full] = np.add.reduceat(self._features[flat], begins, axis=0)
        return out
