"""What events are called, and what they are about: made from the parse alone, whatever found the event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract.events.themes import themes_of
from kg.extract.labels import LabelledMention, label_of, naming_of
from kg.extract.labels.inflect import cut, third_person
from kg.extract.labels.label import LONGEST
from kg.extract.labels.naming import joined, plain
from kg.model import Article, Entity, Facts, Modality
from kg.parsed import Parsed
from kg.pipeline import facts_of
from kg.resolve import resolve

CASES = yaml.safe_load((Path(__file__).parent / "label_cases.yaml").read_text(encoding="utf-8"))
ODD = (
    "Kenya Togo Anna Berg she they it who which attacked was arrested plans to strike talks of the on with by not "
    "neither nor if and or , . ? : \u201c \u201d 's ' ( ) - \n accused killing rather than may have said no"
)


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_label_and_themes(case: dict[str, Any], resources: Resources) -> None:
    parsed, entities = _read(case["text"], resources)
    telling = _telling(case["event"], parsed, entities)
    naming = naming_of(parsed, entities)
    assert label_of(parsed, telling, naming, resources.lexicon) == case["label"]
    if "themes" in case:
        participants = (*telling.agents, *telling.patients)
        found = themes_of(parsed, telling.triggers, participants, naming, resources.lexicon)
        assert list(found) == case["themes"]


@pytest.mark.model
@pytest.mark.parametrize("modality", Modality)
def test_every_modality_is_told(modality: Modality, resources: Resources) -> None:
    """What the sentence does not say of how sure it is, the label adds."""
    parsed, entities = _read("Norway attacked Sweden.", resources)
    telling = _telling(f"attacked | Norway | Sweden | {modality.value}", parsed, entities)
    label = label_of(parsed, telling, naming_of(parsed, entities), resources.lexicon)
    assert (label == "Norway attacked Sweden") == (modality is Modality.ASSERTED)
    assert "attacked Sweden" in label


@pytest.mark.model
def test_the_same_words_give_the_same_label_on_one_line(resources: Resources) -> None:
    text = (
        "The rebels of\nHoms\u202e attacked\u200b the old\tmarket \u201cnorth\u201d of Aden, <b>he</b> said."
    )
    one, two = (list(facts_of([article(text)], resources)) for _ in range(2))
    assert one == two
    assert isinstance(one[0], Facts)
    for event in one[0].events:
        assert event.label.isprintable()
        assert 0 < len(event.label) <= LONGEST


@pytest.mark.model
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(ODD.split(" ")),
        min_size=2,
        max_size=40,
    )
)
def test_no_parse_is_too_odd(resources: Resources, words: list[str]) -> None:
    parsed = next(iter(annotate([Article("odd", " ".join(words), "odd")], resources.nlp)))
    resolved = resolve(parsed, resources.lexicon, resources.world)
    naming = naming_of(parsed, resolved.entities)
    names = tuple(e.id for e in resolved.entities)
    for token in parsed.tokens:
        if token.pos not in ("SPACE", "PUNCT"):
            telling = LabelledMention((token.i,), names[:1], names[1:2], Modality.REPORTED)
            label = label_of(parsed, telling, naming, resources.lexicon)
            assert label.isprintable()
            assert len(label) <= LONGEST
            themes_of(parsed, (token.i,), names, naming, resources.lexicon)


def test_small_words() -> None:
    assert [third_person(v) for v in ("deny", "play", "pass", "are", "have", "go")] == [
        "denies",
        "plays",
        "passes",
        "is",
        "has",
        "goes",
    ]
    assert joined(["A", "B", "C", "D"]) == "A, B and others"
    assert plain("a\n b\u202e\tc") == "a b c"
    assert cut("Norway promised to send help to the islands", 33) == "Norway promised to send help\u2026"
    assert len(cut("x" * 200, LONGEST)) == LONGEST


def _read(text: str, resources: Resources) -> tuple[Parsed, tuple[Entity, ...]]:
    parsed = next(iter(annotate([article(text)], resources.nlp)))
    return parsed, resolve(parsed, resources.lexicon, resources.world).entities


def _telling(event: str, parsed: Parsed, entities: tuple[Entity, ...]) -> LabelledMention:
    words, agents, patients, modality = event.split(" | ")
    ids = {e.name: e.id for e in entities}
    begin = parsed.article.text.rindex(words)
    inside = (t.i for t in parsed.tokens if begin <= t.begin < begin + len(words))
    return LabelledMention(tuple(inside), _ids(agents, ids), _ids(patients, ids), Modality(modality))


def _ids(names: str, ids: dict[str, str]) -> tuple[str, ...]:
    return () if names == "-" else tuple(ids[name] for name in names.split(", "))
