"""Heads over two tokens: who takes part in what, who says it, whose office it is."""

from __future__ import annotations

from collections.abc import Sequence

from kg.heads.features import distance, paths_from
from kg.heads.tags import gelu, sigmoid
from kg.heads.weights import Array, Weights
from kg.parsed import Parsed


class PairHead:
    """The scores of one net: relations between an anchor and candidates."""

    def __init__(self, weights: Weights, net: str) -> None:
        arrays = weights.arrays
        self.net, self.relations = net, weights.relations[net]
        self._inventory = weights.inventory
        self._anchor = weights.dense(f"{net}.anchor")
        self._end, self._candidate, self._product = (
            arrays[f"{net}.{name}.weight"] for name in ("end", "candidate", "product")
        )
        self._paths, self._distances = arrays[f"{net}.paths.weight"], arrays[f"{net}.distances.weight"]
        self._out = weights.dense(f"{net}.out")
        self._gaps: dict[int, int] = {}  # rows of distances

    def __call__(
        self,
        parsed: Parsed,
        vectors: Array,
        anchors: Sequence[tuple[int, int]],
        candidates: Sequence[list[int]],
    ) -> Array:
        """Return (pairs, relations) probabilities: of each anchor, by its first and last token, with each of its
        candidates, in order.
        """
        known = self._inventory
        firsts, lasts, others = list[int](), list[int](), list[int]()
        paths, distances = list[int](), list[int]()
        for (first, last), own in zip(anchors, candidates, strict=True):
            firsts += [first] * len(own)
            lasts += [last] * len(own)
            others += own
            paths += map(known.path_row, paths_from(parsed, first, own))
            distances += [self._gap(i - (first if i < first else last)) for i in own]
        # what is asked of one token is worked out once
        begins, at_first = _distinct(firsts)
        ends, at_last = _distinct(lasts)
        other, at_other = _distinct(others)
        x = self._anchor(vectors[begins])[at_first]
        # added in place: the arrays are large, and copies of them cost more than the sums
        x += (vectors[ends] @ self._end)[at_last]
        x += (vectors[other] @ self._candidate)[at_other]
        both = vectors[firsts]
        both *= vectors[others]
        x += both @ self._product
        x += self._paths[paths]
        x += self._distances[distances]
        return sigmoid(self._out(gelu(x)))

    def _gap(self, gap: int) -> int:
        """Return the row of a distance in tokens."""
        row = self._gaps.get(gap)
        if row is None:
            row = self._gaps[gap] = self._inventory.distance_row(distance(0, gap))
        return row


def _distinct(tokens: list[int]) -> tuple[list[int], list[int]]:
    """Return tokens in order, each once, and where each of all is among them."""
    once = sorted(set(tokens))
    at = {token: n for n, token in enumerate(once)}
    return once, [at[token] for token in tokens]
