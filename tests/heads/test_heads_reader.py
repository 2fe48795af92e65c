"""The learned reader: features of words, chunks of pieces, and scores that depend on the article alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders import article

from kg.annotate import annotate
from kg.annotate.subwords import MAX_PIECES, chunks
from kg.builder import Resources
from kg.errors import ModelError
from kg.heads.features import candidates, distance, path, word_features
from kg.heads.weights import load_weights
from kg.parsed import Parsed

TEXT = (
    'Police in Orlen arrested the mayor, Hedda Quist, on Monday.\nShe "did nothing wrong", her lawyer said.'
)


@pytest.fixture(scope="module")
def parsed(resources: Resources) -> Parsed:
    return next(iter(annotate([article(TEXT)], resources.nlp)))


def word(parsed: Parsed, text: str) -> int:
    return next(t.i for t in parsed.tokens if t.text == text)


@pytest.mark.model
def test_features_tell_grammar_shape_and_what_the_lexicon_knows(parsed: Parsed, resources: Resources) -> None:
    features = word_features(parsed, resources.lexicon)
    assert {"tag=VBD", "shape=lower", "class=plover:Coerce", "has=nsubj"} <= set(
        features[word(parsed, "arrested")]
    )
    assert "title" in features[word(parsed, "mayor")]
    assert "quoted" in features[word(parsed, "nothing")] and "quoted" not in features[word(parsed, "lawyer")]
    assert "cue=speech" in features[word(parsed, "said")]


@pytest.mark.model
def test_paths_and_distances_tell_where_a_word_stands(parsed: Parsed) -> None:
    arrested, police = word(parsed, "arrested"), word(parsed, "Police")
    assert path(parsed, arrested, police) == "nsubj"
    assert path(parsed, police, arrested) == "^nsubj"
    assert path(parsed, arrested, word(parsed, "said")) == "apart"
    assert (distance(5, 3), distance(5, 6), distance(5, 30)) == ("-2", "+1", "+21")


@pytest.mark.model
def test_candidates_are_heads_of_mentions_of_the_sentence(parsed: Parsed) -> None:
    arrested = word(parsed, "arrested")
    found = {parsed.tokens[i].text for i in candidates(parsed, "event", arrested, arrested)}
    assert {"Police", "Orlen", "mayor", "Quist", "Monday"} <= found
    assert "lawyer" not in found and "the" not in found


@pytest.mark.model
def test_chunks_hold_every_token_once_and_no_more_pieces_than_fit(resources: Resources) -> None:
    long = article(
        " ".join(["Envoys of both lands met in Orlen and left."] * 60) + " " + "very " * 400 + "late."
    )
    made = next(iter(annotate([long], resources.nlp)))
    parts = chunks(made, resources.reader.pieces)
    assert [t for c in parts for t in range(c.first, c.last)] == list(range(len(made.tokens)))
    assert all(len(c.ids) <= MAX_PIECES and len(c.at) == c.last - c.first for c in parts)


@pytest.mark.model
def test_what_is_read_beside_an_article_does_not_change_its_scores(resources: Resources) -> None:
    texts = [TEXT, "Nordex bought Velkom.", TEXT + "\n" + TEXT]
    together = [
        resources.reader.read(p, resources.lexicon) for p in annotate(map(article, texts), resources.nlp)
    ]
    for text, reading in zip(texts, together, strict=True):
        alone = resources.reader.read(next(iter(annotate([article(text)], resources.nlp))), resources.lexicon)
        assert np.array_equal(alone.vectors, reading.vectors)
        assert np.array_equal(alone.probabilities("trigger"), reading.probabilities("trigger"))


@pytest.mark.model
def test_an_empty_article_has_no_scores(resources: Resources) -> None:
    reading = resources.reader.read(next(iter(annotate([article("")], resources.nlp))), resources.lexicon)
    assert reading.vectors.shape[0] == 0 and reading.choices("class", []) == []
    assert reading.related("event", []) == []


def test_weights_that_are_not_there_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"lacks encoder\.onnx"):
        load_weights(tmp_path)
