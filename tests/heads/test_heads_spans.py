"""The likeliest sequence of tags: stretches begin and end where the scores say so, and beginning one costs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.heads.spans import Stretch, stretches

VALUES = ("O", "B-x", "I-x", "B-y", "I-y")


def rows(*tags: str) -> np.ndarray:
    """Scores that are sure of these tags."""
    out = np.full((len(tags), len(VALUES)), 0.01)
    for i, tag in enumerate(tags):
        out[i, VALUES.index(tag)] = 0.96
    return out


def test_stretches_are_read_off_sure_tags() -> None:
    found = stretches(rows("O", "B-x", "I-x", "O", "B-y", "B-y"), VALUES, ())
    assert [(s.first, s.last, s.kind) for s in found] == [(1, 3, "x"), (4, 5, "y"), (5, 6, "y")]


def test_a_stretch_without_a_beginning_begins() -> None:
    assert [(s.first, s.last) for s in stretches(rows("O", "I-x", "I-x"), VALUES, ())] == [(1, 3)]


def test_none_runs_over_a_break() -> None:
    found = stretches(rows("B-x", "I-x", "I-x"), VALUES, {2})
    assert [(s.first, s.last) for s in found] == [(0, 2), (2, 3)]


def test_a_doubtful_word_within_does_not_part_what_is_one() -> None:
    scores = rows("B-x", "I-x", "O", "I-x", "I-x")
    scores[2] = [0.6, 0.0, 0.4, 0.0, 0.0]
    assert [(s.first, s.last) for s in stretches(scores, VALUES, (), cost=2.0)] == [(0, 5)]


def test_what_is_worth_less_than_its_beginning_is_none() -> None:
    scores = rows("O", "O", "O")
    scores[1] = [0.4, 0.6, 0.0, 0.0, 0.0]
    assert stretches(scores, VALUES, (), cost=0.0) == [Stretch(1, 2, "x", 0.6)]
    assert stretches(scores, VALUES, (), cost=2.0) == []


def test_a_costly_end_or_beginning_moves_to_where_it_costs_nothing() -> None:
    scores = rows("O", "B-x", "I-x", "O", "O", "O")
    closing, opening = [0.0] * 7, [0.0] * 7
    assert [(s.first, s.last) for s in stretches(scores, VALUES, (), 0.0, opening, closing)] == [(1, 3)]
    scores[3] = [0.8, 0.0, 0.2, 0.0, 0.0]
    closing[3] = 3.0  # the last word has its noun behind it
    assert [(s.first, s.last) for s in stretches(scores, VALUES, (), 0.0, opening, closing)] == [(1, 4)]
    scores[0], scores[1] = [0.7, 0.1, 0.2, 0.0, 0.0], [0.04, 0.5, 0.46, 0.0, 0.0]
    opening[1] = 3.0
    assert [(s.first, s.last) for s in stretches(scores, VALUES, (), 0.0, opening, closing)] == [(0, 4)]


@pytest.mark.parametrize("cost", [0.0, 2.0])
@given(data=st.data())
def test_stretches_are_in_order_and_apart(cost: float, data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 12))
    raw = data.draw(
        st.lists(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), min_size=size, max_size=size)
    )
    scores = np.array(raw).reshape(size, 5)
    scores = scores / scores.sum(axis=1, keepdims=True)
    breaks = data.draw(st.sets(st.integers(0, 12)))
    found = stretches(scores, VALUES, breaks, cost)
    for one, other in pairwise(found):
        assert one.last <= other.first
    for one in found:
        assert one.first < one.last and 0 <= one.probability <= 1
        assert not any(one.first < b < one.last for b in breaks)
