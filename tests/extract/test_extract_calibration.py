"""Confidences: probabilities that keep the order of scores, and what a threshold leaves out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import resources as files
from typing import Any

import pytest
import yaml
from builders import article
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import annotate
from kg.builder import SAMPLES
from kg.errors import LexiconError
from kg.extract import extract
from kg.extract.calibration import (
    FEATURES,
    Calibration,
    Context,
    Model,
    calibrated,
    features,
    load_calibration,
    read_calibration,
    sure_enough,
)
from kg.model import Entity, Event, Facts, Ground, Kind, Mention, MentionKind, Relation, Role, Span, Statement
from kg.pipeline import Resources
from kg.resolve import resolve

TEXT = "x" * 4000
scores = st.floats(0, 1)


def event(begin: int = 0, **more: Any) -> Event:
    span = Span(begin, begin + 5)
    made: dict[str, Any] = {
        "event_class": "plover:Threaten",
        "label": "",
        "trigger": "",
        "sentences": (span,),
    }
    return Event(**{"id": "v1", "spans": (span,)} | made | more)


def statement(**more: Any) -> Statement:
    made: dict[str, Any] = {"id": "s1", "text": "It rains", "span": Span(0, 50), "sentence": Span(0, 60)}
    return Statement(**made | {"speaker": "e", "direct": True} | more)


def test_the_shipped_models_are_read_and_every_weight_is_a_feature() -> None:
    text = (files.files("kg.extract") / "data" / "calibration.yaml").read_text(encoding="utf-8")
    loaded, read = yaml.safe_load(text), load_calibration()
    assert set(loaded) <= set(FEATURES)
    for kind, entry in loaded.items():
        model = getattr(read, kind)
        assert (model.intercept, model.slope) == (entry["intercept"], entry["slope"])
        assert set(model.weights) <= set(FEATURES[kind])


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"rumour": {}}, "rumour"),
        ({"event": {"intercept": 1}}, "event"),
        ({"event": {"intercept": 0, "slope": "steep"}}, "event"),
        ({"event": {"intercept": 0, "slope": -1}}, "slope"),
        ({"role": {"intercept": 0, "slope": 1, "weights": {"early": 1}}}, "early"),
        ({"event": [1]}, "event"),
    ],
)
def test_a_broken_model_is_refused(broken: dict[str, Any], told: str) -> None:
    with pytest.raises(LexiconError, match=told):
        read_calibration(broken)


@settings(deadline=None)
@given(scores, scores, st.floats(-3, 3), st.floats(0.1, 3))
def test_the_order_of_scores_stays(one: float, other: float, intercept: float, slope: float) -> None:
    model = Model(intercept, slope)
    low, high = sorted((one, other))
    assert 0 < model.probability(low, {}) <= model.probability(high, {}) < 1


def test_without_a_model_the_score_stays() -> None:
    facts = Facts(article(TEXT), events=(event(confidence=0.37),))
    assert calibrated(facts, Calibration()) == facts


def test_what_events_weigh() -> None:
    spoken = statement(span=Span(1000, 1100))
    context = Context.of(Facts(article(TEXT, furniture=(Span(0, 500),)), statements=(spoken,)))
    assert features("event", event(500), context)["early"] == 1
    early = [features("event", event(at), context)["early"] for at in (600, 1000, 3000)]
    assert early == sorted(early, reverse=True)
    assert features("event", event(1050), context)["in_quotation"] == 1
    assert features("event", event(1150), context)["in_quotation"] == 0
    assert features("event", event(spans=(Span(0, 5), Span(9, 12))), context)["told_again"] == 1


def test_what_statements_weigh() -> None:
    crowd = Entity("g1", Kind.GROUP, "officials")
    context = Context.of(Facts(article(TEXT), (crowd, Entity("e", Kind.PERSON, "Mira Okafor"))))
    told = features("statement", statement(text="word " * 20), context)
    assert told == {"unnamed_speaker": 0, "no_speaker": 0, "long": 1}
    assert features("statement", statement(speaker="g1"), context)["unnamed_speaker"] == 1
    assert features("statement", statement(speaker=None), context)["no_speaker"] == 1


def test_what_roles_weigh() -> None:
    body = Entity("b", Kind.ORGANIZATION, "Norwind", mentions=(Mention(Span(200, 207), MentionKind.NAME),))
    context = Context.of(Facts(article(TEXT), (body,)))
    near = Role("e", "chief", "b", False, Span(190, 195), Span(180, 240), 0.9)
    seen = {"told_elsewhere": 0, "body_read": 0, "both": 0, "read_only": 1, "no_organization": 0, "former": 0}
    assert features("role", near, context) == seen
    read = replace(near, grounds=(Ground("head title.organization", "organization", entity="b"),))
    assert features("role", read, context) == seen | {"body_read": 1}
    patterns, reader = Ground("rule patterns", "title"), Ground("head title.person", "person")
    assert features("role", replace(near, grounds=(patterns,)), context) == seen | {"read_only": 0}
    agreed = features("role", replace(near, grounds=(patterns, reader)), context)
    assert agreed == seen | {"read_only": 0, "both": 1}
    far = replace(near, sentence=Span(0, 100))
    assert features("role", far, context)["told_elsewhere"] == 1
    assert features("role", replace(near, organization=None), context)["no_organization"] == 1


def test_a_threshold_counts_for_every_kind_of_fact() -> None:
    span = Span(0, 5)
    facts = Facts(
        article(TEXT),
        roles=(Role("a", "mayor", None, False, span, span, confidence=0.4),),
        events=(event(confidence=0.6, according_to="s1"), event(id="v2", confidence=0.4)),
        statements=(statement(confidence=0.4), statement(id="s2", confidence=0.5)),
        relations=(Relation("a", "schema:nationality", "b", span, confidence=0.4),),
    )
    kept = sure_enough(facts, 0.5)
    assert [e.id for e in kept.events] == ["v1"] and kept.events[0].according_to is None
    assert [s.id for s in kept.statements] == ["s2"] and kept.roles == () and kept.relations == ()
    assert sure_enough(facts, 0.4) == facts


@pytest.fixture(scope="module")
def extracted(resources: Resources) -> Callable[..., Facts]:
    """Extract the facts of one sample, parsed once."""
    text = (SAMPLES / "harbour.txt").read_text(encoding="utf-8")
    (parsed,) = annotate([article(text, "harbour")], resources.nlp)
    reading = resources.reader.read(parsed, resources.lexicon)
    resolved = resolve(parsed, resources.lexicon, resources.world, reading)
    return lambda threshold=None: extract(resolved, reading, resources.lexicon, threshold)


@pytest.mark.model
def test_calibrating_changes_nothing_but_confidences(
    extracted: Callable[..., Facts], monkeypatch: pytest.MonkeyPatch
) -> None:
    use = partial(monkeypatch.setattr, sys.modules["kg.extract.article_facts"], "load_calibration")
    after = extracted(0.0)
    use(lambda: Calibration())
    before = extracted(0.0)

    def plain(facts: Facts) -> Facts:
        kinds = ("roles", "events", "statements", "relations")
        return replace(
            facts,
            **{kind: tuple(replace(x, confidence=1.0) for x in getattr(facts, kind)) for kind in kinds},
        )

    assert plain(before) == plain(after) and before != after


@pytest.mark.model
def test_a_higher_threshold_leaves_a_part_of_what_there_was(extracted: Callable[..., Facts]) -> None:
    sizes = []
    before: set[Any] | None = None
    for threshold in (None, 0.4, 0.6, 0.8, 0.95, 1.0):
        facts = extracted(threshold)
        told = {(e.event_class, e.spans, e.agents, e.patients) for e in facts.events}
        told |= {(s.span, s.speaker) for s in facts.statements} | {(r.person, r.title) for r in facts.roles}
        every = (*facts.events, *facts.statements, *facts.roles, *facts.relations)
        assert all(fact.confidence >= (threshold or 0) for fact in every)
        assert before is None or told <= before
        before = told
        sizes.append(len(told))
    assert sizes[0] > sizes[3] > sizes[-1] == 0
    assert len(extracted(0.0).events) >= len(extracted().events)
