"""What the pipeline remembers changes nothing but the time it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import embedding_cache, load_bare, ruler_cache
from kg.builder import SAMPLES

MARKS = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START", "NORM")
# Each rule of several words, or of a pattern, that English pipelines carry; and what could trip them.
ODD = (
    "It ain't over. They're gonna win. You gotta go. Let's see, y'all. C'mon, there's nothin' here.",
    "gon na got ta let 's y' all c'm on ai n't",
    "na gon. all y'",
    "  Two  spaces\n\tand a tab. ",
    "He gets what she got, and got what he gets. The U.S.-Russia talks.",
    "",
    " ",
    "Naïve café — “quoted” ‘text’ …",
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    found = [path.read_text(encoding="utf-8") for path in sorted(Path(SAMPLES).glob("*.txt"))]
    assert found
    return [*found, *ODD]


@pytest.fixture(scope="module")
def bare() -> Language:
    return load_bare()


@pytest.fixture(scope="module")
def marked(bare: Language, texts: list[str]) -> list[Doc]:
    return list(bare.pipe(texts))


def remembering() -> Language:
    nlp = load_bare()
    ruler_cache.remember_rules(nlp)
    assert embedding_cache.remember_embeddings(nlp) >= 2  # of tagger and parser, of names
    return nlp


def same(docs: list[Doc], expected: list[Doc]) -> bool:
    return all(
        np.array_equal(a.to_array(list(MARKS)), b.to_array(list(MARKS)))
        for a, b in zip(docs, expected, strict=True)
    )


def test_same_marks_the_first_time_and_later(texts: list[str], marked: list[Doc]) -> None:
    nlp = remembering()
    assert {"remembered_ruler", "remembered_lemmatizer"} <= set(nlp.pipe_names)
    assert not {"attribute_ruler", "lemmatizer"} & set(nlp.pipe_names)
    assert same(list(nlp.pipe(texts)), marked)
    assert same(list(nlp.pipe(texts)), marked)
    assert same([nlp(text) for text in reversed(texts)], marked[::-1])


def test_same_vectors_bit_for_bit(bare: Language, texts: list[str]) -> None:
    nlp = remembering()
    for text in texts[::-1]:
        a, b = nlp(text).tensor, bare(text).tensor
        assert a.tobytes() == b.tobytes()


def test_words_are_forgotten_past_the_limit(
    texts: list[str], marked: list[Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_cache, "LIMIT", 10)
    monkeypatch.setattr(ruler_cache, "LIMIT", 10)
    nlp = remembering()
    assert same([nlp(text) for text in texts], marked)
    lemmatizer: Any = nlp.get_pipe("remembered_lemmatizer")
    assert len(lemmatizer._known) < len({token.orth for doc in marked for token in doc})


def test_a_rule_with_an_open_span_is_matched_as_ever() -> None:
    made = []
    for remember in (False, True):
        nlp = load_bare()
        rules: Any = nlp.get_pipe("attribute_ruler")
        rules.add([[{"LOWER": "very", "OP": "+"}, {"LOWER": "big"}]], {"LEMMA": "huge"}, index=-1)
        rules.add([[{"LENGTH": {">=": 9}}]], {"POS": "X"})
        if remember:
            ruler_cache.remember_rules(nlp)
        made.append([(t.lemma_, t.pos_) for t in nlp("A very very big impossibility of a big house.")])
    assert made[0] == made[1]
    assert ("huge", "ADJ") in made[0]
    assert any(pos == "X" for _, pos in made[0])


def test_rules_that_set_something_else_stay() -> None:
    nlp = load_bare()
    rules: Any = nlp.get_pipe("attribute_ruler")
    rules.add([[{"LOWER": "big"}]], {"NORM": "large"})
    ruler_cache.remember_rules(nlp)
    assert "attribute_ruler" in nlp.pipe_names
    assert nlp("A big house.")[1].norm_ == "large"


def test_a_pipeline_of_another_design_stays() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler_cache.remember_rules(nlp)
    assert embedding_cache.remember_embeddings(nlp) == 0
    assert nlp.pipe_names == ["sentencizer"]
