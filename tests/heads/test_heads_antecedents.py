"""The head over antecedents: probabilities of candidates and of none, from vectors and named features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from kg.heads.antecedents import FILE, AntecedentHead
from kg.heads.weights import load_weights

WIDTH, HIDDEN = 6, 4


@pytest.fixture
def head(tmp_path: Path) -> AntecedentHead:
    """A head of small random weights; "near" speaks for a candidate, "nothing" for none."""
    random = np.random.default_rng(3)
    features = random.normal(0, 0.1, (2, HIDDEN + 1)).astype(np.float16)
    features[:, -1] = (3, 5)
    arrays = {
        f"{name}.weight": random.normal(0, 0.1, (WIDTH, HIDDEN)).astype(np.float16)
        for name in ("mention", "alone", "candidate", "product")
    }
    for name in ("out", "none"):
        arrays |= {f"{name}.weight": random.normal(0, 0.1, (HIDDEN, 1)), f"{name}.bias": np.zeros(1)}
    for name in ("mention", "alone"):
        arrays[f"{name}.bias"] = np.zeros(HIDDEN)
    names = np.frombuffer(b"near\nnothing", np.uint8)
    np.savez_compressed(tmp_path / FILE, names=names, features=features, **arrays)
    return AntecedentHead(tmp_path)


@pytest.fixture
def vectors() -> np.ndarray:
    return np.random.default_rng(4).normal(0, 1, (9, WIDTH)).astype(np.float32)


def test_features_and_vectors_make_probabilities(head: AntecedentHead, vectors: np.ndarray) -> None:
    made = head(vectors, 8, [1, 3, 5], (), [(), ("near",), ()])
    assert len(made) == 4
    assert sum(made) == pytest.approx(1, abs=1e-3)
    assert max(made) == made[1]
    none = head(vectors, 8, [1, 3, 5], ("nothing",), [(), ("near",), ()])
    assert none[-1] > made[-1]
    assert head(vectors, 8, [], (), []) == [1.0]


def test_what_was_never_learned_tells_nothing(head: AntecedentHead, vectors: np.ndarray) -> None:
    plain = head(vectors, 8, [1, 3], (), [(), ("near",)])
    assert head(vectors, 8, [1, 3], ("odd",), [("odd", "new"), ("near", "odd")]) == plain


def test_the_order_of_candidates_changes_nothing(head: AntecedentHead, vectors: np.ndarray) -> None:
    one = head(vectors, 8, [1, 3], (), [(), ("near",)])
    other = head(vectors, 8, [3, 1], (), [("near",), ()])
    assert other == [one[1], one[0], one[2]]


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        AntecedentHead(tmp_path)


def test_the_weights_that_ship_are_small_and_loaded() -> None:
    folder = load_weights().folder
    assert (folder / FILE).stat().st_size < 1_000_000
    AntecedentHead(folder)
