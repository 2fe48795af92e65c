"""Which bodies of other sentences a position may be held in."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import ModelError
from kg.heads.affiliation import MOST, Affiliations, Body, HeldTitle, candidates, load_affiliation
from kg.heads.narrative import TokenMention

REDUCED = np.arange(60, dtype=np.float32)[:, None]
DIRECTOR = HeldTitle("ana", ("director",), 21, 2, None, frozenset())


def article(**bodies: tuple[TokenMention, ...]) -> Affiliations:
    """Positions held by "ana", and bodies spoken of at these places."""
    return Affiliations(
        (DIRECTOR,),
        {name: Body("Organization", frozenset({name}), where) for name, where in bodies.items()},
        {"ana": (TokenMention(2, 20),)},
        np.zeros((60, 4), np.float32),
    )


def test_only_bodies_that_other_sentences_alone_speak_of_are_asked_about() -> None:
    told = article(
        museum=(TokenMention(0, 3), TokenMention(4, 44)),
        club=(TokenMention(2, 25), TokenMention(3, 30)),
        nowhere=(),
    )
    names, features = candidates(told, 0, REDUCED)
    assert names == ["museum"]
    assert len(features) == 1


def test_vectors_are_those_of_title_nearest_and_first_mention_and_holder() -> None:
    told = article(museum=(TokenMention(0, 3), TokenMention(1, 15)))
    _, features = candidates(told, 0, REDUCED)
    assert features[0, -6:].tolist() == [21, 15, 3, 20, 15 * 21, 15 * 20]


def test_of_many_bodies_the_nearest_are_asked_about() -> None:
    many = {f"b{n:03}": (TokenMention(30 + n, 300 + n),) for n in range(2 * MOST)}
    names, _ = candidates(article(**many), 0, np.zeros((600, 4), np.float32))
    assert names == sorted(many)[:MOST]


def test_an_article_without_bodies_asks_nothing() -> None:
    assert candidates(article(), 0, REDUCED)[0] == []
    head = load_affiliation()
    empty = Affiliations((DIRECTOR,), {}, {}, np.zeros((60, 384), np.float32))
    assert head.scores(empty, [0]) == [{}]
    assert head.scores(empty, []) == []


def test_features_are_finite_without_mentions_of_the_holder() -> None:
    told = Affiliations(
        (DIRECTOR, DIRECTOR),
        {"museum": Body("Place", frozenset(), (TokenMention(5, 50),))},
        {},
        np.zeros((60, 4), np.float32),
    )
    assert np.isfinite(candidates(told, 0, REDUCED)[1]).all()


def test_missing_weights_are_told_in_one_line(tmp_path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        load_affiliation(tmp_path)
