"""The learned reader: one article's tokens in, what the heads think of them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from kg.annotate.encoder import Encoder
from kg.heads.antecedents import AntecedentHead
from kg.heads.features import Words, candidates, word_features
from kg.heads.pairs import PairHead
from kg.heads.tags import TagHeads
from kg.heads.weights import Array, Weights, load_weights
from kg.lexicon import Lexicon
from kg.parsed import Parsed

MOST_KEPT = 20_000  # words, and sums of features, that are not worked out again


class Candidate(NamedTuple):  # of which a build makes more than of anything else, and a tuple is made fast
    """A token and the probability that it stands in a relation to an anchor."""

    token: int
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the reader thinks of one article; asked for, head by head, by those who decide."""

    parsed: Parsed
    vectors: Array
    _tags: TagHeads
    _pairs: dict[str, PairHead]
    _values: dict[str, tuple[str, ...]]
    _antecedents: AntecedentHead | None = None
    _kept: dict[str, Array] = field(default_factory=dict)

    def probabilities(self, task: str) -> Array:
        """Return (tokens, values) probabilities of a task for all tokens."""
        if task not in self._kept:
            self._kept[task] = self._tags(task, self.vectors)
        return self._kept[task]

    def values(self, task: str) -> tuple[str, ...]:
        """Return the names of a task's values, in the order of the columns."""
        return self._values[task]

    def choices(self, task: str, tokens: Sequence[int]) -> list[dict[str, float]]:
        """Return for each of some tokens the probability of each value of a task."""
        if not tokens:
            return []
        rows = self._tags(task, self.vectors[list(tokens)]).tolist()
        return [dict(zip(self._values[task], row, strict=True)) for row in rows]

    def antecedents(
        self, mention: int, candidates: Sequence[int], own: Sequence[str], features: Sequence[Sequence[str]]
    ) -> list[float]:
        """Return the probability that a mention speaks of each candidate and, as the last, of none of them.

        `own` and `features` are what is known of the mention and of it and each candidate, by name
        (`kg.resolve.references.antecedent_features`).
        """
        if self._antecedents is None:
            return [*(0.0 for _ in candidates), 1.0]
        return self._antecedents(self.vectors, mention, candidates, own, features)

    def related(self, net: str, anchors: Sequence[tuple[int, int]]) -> list[dict[str, list[Candidate]]]:
        """Return for each anchor, by its first and last token, the candidates of each relation of a net with their
        probabilities, in the order of the text.
        """
        head = self._pairs[net]
        tokens = [candidates(self.parsed, net, first, last) for first, last in anchors]
        found: list[dict[str, list[Candidate]]] = []
        columns: list[list[float]] = [[] for _ in head.relations]
        if any(tokens):
            columns = head(self.parsed, self.vectors, anchors, tokens).T.tolist()
        begin = 0
        for own in tokens:
            end = begin + len(own)
            found.append(
                {
                    name: list(map(Candidate, own, column[begin:end]))
                    for name, column in zip(head.relations, columns, strict=True)
                }
            )
            begin = end
        return found


class LearnedReader:
    """The encoder and all heads, loaded once."""

    def __init__(self, weights: Weights | None = None, antecedents: bool = True) -> None:
        """Load the weights, by default the program's own; `antecedents=False` before that head has learned."""
        self.weights = weights or load_weights()
        self._encoder = Encoder(self.weights.folder)
        self.pieces = self._encoder.pieces
        self._tags = TagHeads(self.weights)
        self._pairs = {net: PairHead(self.weights, net) for net in self.weights.relations}
        self._values = dict(self.weights.tags)
        self._antecedents = AntecedentHead(self.weights.folder) if antecedents else None
        self._sums: dict[tuple[str, ...], Array] = {}
        self._words: tuple[Lexicon | None, Words] = None, {}  # what is known of words, and by which lexicon

    def read(self, parsed: Parsed, lexicon: Lexicon) -> Reading:
        """Return what the heads think of an article. The same article gives the same, whatever is read beside it."""
        if self._words[0] is not lexicon or len(self._words[1]) > MOST_KEPT:
            self._words = lexicon, {}
        features = word_features(parsed, lexicon, self._words[1])
        added = np.zeros((0, self._width), np.float32)
        if features:
            added = np.concatenate([self._sum(f) for f in features]).reshape(len(features), -1)
        vectors = self._encoder(parsed, added)
        return self.reading(parsed, vectors, self._antecedents)

    def reading(self, parsed: Parsed, vectors: Array, antecedents: AntecedentHead | None) -> Reading:
        """Return what the heads think of an article whose vectors are known."""
        return Reading(parsed, vectors, self._tags, self._pairs, self._values, antecedents)

    @property
    def _width(self) -> int:
        return int(self.weights.features.shape[1])

    def _sum(self, features: tuple[str, ...]) -> Array:
        """Return the sum of the vectors of features; the same few come again and again."""
        kept = self._sums.get(features)
        if kept is None:
            if len(self._sums) > MOST_KEPT:
                self._sums.clear()
            rows = self.weights.inventory.rows_of(features)
            kept = self._sums[features] = self.weights.features[rows].sum(axis=0)
        return kept
