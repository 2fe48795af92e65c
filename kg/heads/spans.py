"""Stretches of tokens from the scores of B, I and O tags: the likeliest sequence, in which beginning one costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.heads.weights import Array

QUIET = 0.97  # where nothing is likelier than this, no stretch can be worth its beginning
LEAST = 1e-4
UNMARKED = 0.3  # of what speaks for going on counts for beginning, where nothing has begun


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to `last` (exclusive) of one `kind`, and the mean probability of their tags."""

    first: int
    last: int
    kind: str
    probability: float


def stretches(
    scores: Array, values: Sequence[str], breaks: Collection[int], cost: float = 0.0
) -> list[Stretch]:
    """Return the stretches of the likeliest sequence of tags (Viterbi), in order; none runs over a break.

    `scores` are (tokens, values) probabilities; `cost` is what each beginning takes off the sum of logarithms: the
    more, the fewer and longer the stretches.

    >>> import numpy
    >>> stretches(numpy.array([[0.1, 0.8, 0.1], [0.2, 0.1, 0.7], [0.9, 0.0, 0.1]]), ("O", "B-x", "I-x"), ())
    [Stretch(first=0, last=2, kind='x', probability=0.85)]
    """
    kinds = sorted({v[2:] for v in values if v != "O"})
    columns = [(values.index(f"B-{k}"), values.index(f"I-{k}")) for k in kinds]
    outside = scores[:, values.index("O")].tolist()
    begin = [scores[:, b].tolist() for b, _ in columns]
    inside = [scores[:, i].tolist() for _, i in columns]
    cut, out, first = set(breaks), list[Stretch](), 0
    size = len(outside)
    while first < size:
        if outside[first] >= QUIET:
            first += 1
            continue
        last = first
        while last < size and outside[last] < QUIET:
            last += 1
        # a quiet word or two within belong to it: the sequence decides
        while last < size and any(o < QUIET for o in outside[last : last + 3]):
            last += 1
        out += _best(first, last, outside, begin, inside, kinds, cut, cost)
        first = last
    return out


def _best(
    first: int,
    last: int,
    outside: list[float],
    begin: list[list[float]],
    inside: list[list[float]],
    kinds: list[str],
    cut: set[int],
    cost: float,
) -> list[Stretch]:
    """Return the stretches of the best path through the states O, and for each kind its begun and its going on."""
    count = len(kinds)
    score = [0.0, *([float("-inf")] * (2 * count))]
    back: list[list[int]] = []
    for i in range(first, last):
        best = max(score)
        broken = i in cut
        fresh = 1.0 if broken or i == first else UNMARKED
        came = [score.index(best)] * (1 + count)  # the first of the best
        now = [best + math.log(max(outside[i], LEAST))]
        for opened, going in zip(begin, inside, strict=True):
            now.append(best - cost + math.log(max(opened[i] + going[i] * fresh, LEAST)))
        for k, going in enumerate(inside, 1):
            on = k if score[k] >= score[count + k] else count + k
            came.append(on)
            now.append(float("-inf") if broken else score[on] + math.log(max(going[i], LEAST)))
        back.append(came)
        score = now
    state = score.index(max(score))
    path = [0] * (last - first)
    for i in range(last - first - 1, -1, -1):
        path[i] = state
        state = back[i][state]
    return _read(path, first, begin, inside, kinds)


def _read(
    path: list[int], first: int, begin: list[list[float]], inside: list[list[float]], kinds: list[str]
) -> list[Stretch]:
    count, out, opened = len(kinds), list[Stretch](), -1
    for n, state in enumerate([*path, 0]):
        if opened >= 0 and state <= count:
            kind = (path[opened] - 1) % count
            taken = range(first + opened, first + n)
            mean = sum(begin[kind][i] + inside[kind][i] for i in taken) / len(taken)
            out.append(Stretch(first + opened, first + n, kinds[kind], round(mean, 4)))
            opened = -1
        if state and opened < 0:
            opened = n
    return out
