"""Stretches of tokens from the scores of B, I and O tags: the likeliest sequence, in which beginning one costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.heads.weights import Array

QUIET = 0.97  # where nothing is likelier than this, no stretch can be worth its beginning
LEAST = 1e-4
AROUND = 4  # quiet words beside a stretch that it may need to be whole
UNMARKED = 0.3  # of what speaks for going on counts for beginning, where nothing has begun


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to `last` (exclusive) of one `kind`, and the mean probability of their tags."""

    first: int
    last: int
    kind: str
    probability: float


def stretches(
    scores: Array,
    values: Sequence[str],
    breaks: Collection[int],
    cost: float = 0.0,
    opening: Sequence[float] = (),
    closing: Sequence[float] = (),
) -> list[Stretch]:
    """Return the stretches of the likeliest sequence of tags (Viterbi), in order; none runs over a break.

    `scores` are (tokens, values) probabilities; `cost` is what each beginning takes off the sum of logarithms: the
    more, the fewer and longer the stretches. `opening` and `closing` say what a beginning or an end before each token
    (and, the last, behind all) costs beside that.

    >>> import numpy
    >>> stretches(numpy.array([[0.1, 0.8, 0.1], [0.2, 0.1, 0.7], [0.9, 0.0, 0.1]]), ("O", "B-x", "I-x"), ())
    [Stretch(first=0, last=2, kind='x', probability=0.85)]
    """
    kinds = sorted({v[2:] for v in values if v != "O"})
    columns = [(values.index(f"B-{k}"), values.index(f"I-{k}")) for k in kinds]
    tags = _TagScores(
        kinds,
        scores[:, values.index("O")].tolist(),
        [scores[:, b].tolist() for b, _ in columns],
        [scores[:, i].tolist() for _, i in columns],
    )
    size = len(tags.outside)
    edges = _Edges(cost, opening or [0.0] * (size + 1), closing or [0.0] * (size + 1), set(breaks))
    out: list[Stretch] = []
    for region in _regions(tags.outside, AROUND if opening or closing else 0):
        out += _best(region, tags, edges)
    return out


@dataclass(frozen=True, slots=True)
class _TagScores:
    """The probabilities of each token's being outside, and for each kind of its beginning and its going on."""

    kinds: list[str]
    outside: list[float]
    begin: list[list[float]]
    inside: list[list[float]]


@dataclass(frozen=True, slots=True)
class _Edges:
    """What a beginning costs anywhere, a beginning and an end before each token, and what no stretch runs over."""

    cost: float
    opening: Sequence[float]
    closing: Sequence[float]
    breaks: set[int]


def _regions(outside: list[float], around: int) -> list[tuple[int, int, set[int]]]:
    """Return where stretches may be: tokens `first` to `last` (exclusive), and where within something begins to be
    likely; `around` words beside it are looked at as well.
    """
    found: list[tuple[int, int, set[int]]] = []
    size, first = len(outside), 0
    while first < size:
        if outside[first] >= QUIET:
            first += 1
            continue
        last = first
        # a quiet word or two within belong to it: the sequence decides
        while last < size and any(o < QUIET for o in outside[last : last + 3]):
            last += 1
        wide = max(0, first - around), min(size, last + around)
        if found and found[-1][1] > wide[0]:
            begin, _, likely = found.pop()
            found.append((begin, wide[1], likely | {first}))
        else:
            found.append((*wide, {first}))
        first = last
    return found


def _best(region: tuple[int, int, set[int]], tags: _TagScores, edges: _Edges) -> list[Stretch]:
    """Return the stretches of the best path through the states O, and for each kind its begun and its going on."""
    first, last, likely = region
    outside, begin, inside, count = tags.outside, tags.begin, tags.inside, len(tags.kinds)
    score = [0.0, *([float("-inf")] * (2 * count))]
    back: list[list[int]] = []
    for i in range(first, last):
        closing = edges.closing[i]
        ended = [score[0], *[s - closing for s in score[1:]]] if closing else score
        best = max(ended)
        broken = i in edges.breaks
        fresh = 1.0 if broken or i in likely else UNMARKED
        came = [ended.index(best)] * (1 + count)  # the first of the best
        now = [best + math.log(max(outside[i], LEAST))]
        cost = edges.cost + edges.opening[i]
        for opened, going in zip(begin, inside, strict=True):
            now.append(best - cost + math.log(max(opened[i] + going[i] * fresh, LEAST)))
        for k, going in enumerate(inside, 1):
            on = k if score[k] >= score[count + k] else count + k
            came.append(on)
            now.append(float("-inf") if broken else score[on] + math.log(max(going[i], LEAST)))
        back.append(came)
        score = now
    score = [s - edges.closing[last] * (n > 0) for n, s in enumerate(score)]
    state = score.index(max(score))
    path = [0] * (last - first)
    for i in range(last - first - 1, -1, -1):
        path[i] = state
        state = back[i][state]
    return _read(path, first, tags)


def _read(path: list[int], first: int, tags: _TagScores) -> list[Stretch]:
    count, out, opened = len(tags.kinds), list[Stretch](), -1
    for n, state in enumerate([*path, 0]):
        if opened >= 0 and state <= count:
            kind = (path[opened] - 1) % count
            taken = range(first + opened, first + n)
            mean = sum(tags.begin[kind][i] + tags.inside[kind][i] for i in taken) / len(taken)
            out.append(Stretch(first + opened, first + n, tags.kinds[kind], round(mean, 4)))
            opened = -1
        if state and opened < 0:
            opened = n
    return out
