# ruff: noqa: E501 - a case stands on one line
"""What counts as right: each kind of error, made on purpose, is found once, counted, and names its fact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from evaluate_gold import TEXT, entities, event, facts, gold, judged, role, span, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluate import Fault
from kg.evaluate.alike import near, norm, overlap, tight
from kg.evaluate.findings import FindingKind, Judged
from kg.evaluate.measures import PrecisionRecall, rows, total
from kg.model import Kind as Top
from kg.model import Mention, MentionKind, Modality, Span, TimeRef


def faults(found: Judged) -> list[Fault]:
    return sorted(finding.fault for finding in found.findings if finding.fault is not None)


def right(found: Judged, kind: FindingKind) -> list[bool]:
    return [verdict.right for verdict in found.verdicts if verdict.kind is kind]


def test_what_is_annotated_is_all_right(tmp_path: Path) -> None:
    found = judged(tmp_path, facts())
    assert faults(found) == []
    assert {name: row.f for name, row in rows(found.counts).items()} == dict.fromkeys(found.counts, 1.0)
    assert [verdict.confidence for verdict in found.verdicts] == [0.9, 0.7, 0.8]
    assert all(verdict.right and verdict.found for verdict in found.verdicts)


def changed(key: str, **more: Any) -> tuple[Any, ...]:
    things = entities()
    return tuple((things | {key: replace(things[key], **more)}).values())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"entities": changed("p", name="Elm Bay")}, [Fault.ENTITY_MISSED, Fault.ENTITY_EXTRA, Fault.MENTION, Fault.ROLE_ORGANIZATION]),
        ({"entities": changed("m", kind=Top.ORGANIZATION)}, [Fault.TYPE]),
        ({"entities": changed("t", mentions=entities()["t"].mentions[:1])}, [Fault.MENTION_MISSED]),
        ({"roles": ()}, [Fault.ROLE_MISSED]),
        ({"roles": (role(), role(title="chief engineer"))}, [Fault.ROLE_EXTRA]),
        ({"roles": (role(former=True),)}, [Fault.ROLE_ORGANIZATION]),
        ({"roles": (role(organization=None),)}, [Fault.ROLE_ORGANIZATION]),
        ({"statements": ()}, [Fault.QUOTE_MISSED]),
        ({"statements": (statement(speaker="t"),)}, [Fault.SPEAKER]),
        ({"statements": (statement(), statement(id="s2", text="dumping oil", span=span(TEXT, "dumping oil")))}, [Fault.QUOTE_EXTRA]),
        ({"events": ()}, [Fault.EVENT_MISSED]),
        ({"events": (event(), event(id="v2", trigger="dumping", spans=(span(TEXT, "dumping"),)))}, [Fault.EVENT_EXTRA]),
        ({"events": (event(event_class="plover:Threaten"),)}, [Fault.EVENT_TYPE]),
        ({"events": (event(patients=()),)}, [Fault.ARGUMENT]),
        ({"events": (event(time=TimeRef("2024-03-01")),)}, [Fault.ARGUMENT]),
        ({"events": (event(modality=Modality.PLANNED),)}, [Fault.MODALITY]),
    ],
)  # fmt: skip
def test_each_error_is_found_once(tmp_path: Path, change: dict[str, Any], told: list[Fault]) -> None:
    assert faults(judged(tmp_path, facts(**change))) == sorted(told)


def test_a_verdict_asks_for_the_whole_fact(tmp_path: Path) -> None:
    found = judged(
        tmp_path,
        facts(
            roles=(role(former=True),),
            statements=(statement(speaker="t"),),
            events=(event(event_class="plover:Threaten"),),
        ),
    )
    assert [(v.kind, v.right, v.found) for v in found.verdicts] == [
        (FindingKind.ROLE, False, True),
        (FindingKind.QUOTE, False, True),
        (FindingKind.EVENT, False, True),
    ]
    assert right(judged(tmp_path, facts(events=(event(patients=()),))), FindingKind.EVENT) == [True]


def test_a_happening_told_twice_may_be_one_event(tmp_path: Path) -> None:
    annotation = gold()
    again = dict(annotation["events"][0], trigger=[span(TEXT, "dumping").begin, span(TEXT, "dumping").end])
    annotation["events"].append(again)
    twice = event(spans=(span(TEXT, "accused"), span(TEXT, "dumping")), sentences=event().sentences * 2)
    assert judged(tmp_path, facts(events=(twice,)), annotation).counts["events"] == PrecisionRecall(2, 2, 2)


def test_ignored_things_and_named_events_cost_nothing(tmp_path: Path) -> None:
    extra = replace(
        entities()["p"], id="x", name="Oil Fair", mentions=(Mention(span(TEXT, "oil"), MentionKind.NAME),)
    )
    things = (*entities().values(), extra)
    assert Fault.ENTITY_EXTRA in faults(judged(tmp_path, facts(entities=things)))
    assert faults(judged(tmp_path, facts(entities=things), gold() | {"ignore": ["The Oil Fair"]})) == []


def test_things_alone_are_scored_where_the_rest_is_not_annotated(tmp_path: Path) -> None:
    found = judged(tmp_path, facts(), gold() | {"roles": None, "quotes": None, "events": None})
    assert set(found.counts) == {"entities", "types", "mentions"} and found.verdicts == ()
    assert total([found.counts])["events"] == PrecisionRecall()


def test_two_nodes_of_one_thing_cost_precision(tmp_path: Path) -> None:
    double = replace(entities()["m"], id="m2", mentions=entities()["m"].mentions[1:])
    found = judged(tmp_path, facts(entities=(*entities().values(), double)))
    assert found.counts["entities"] == PrecisionRecall(3, 4, 3)


spans = st.builds(lambda b, n: Span(b, b + n), st.integers(0, 30), st.integers(1, 30))


@settings(deadline=None)
@given(spans, spans)
def test_likeness_of_spans_is_mutual_and_tight_is_stricter(a: Span, b: Span) -> None:
    assert near(a, b) == near(b, a) and tight(a, b) == tight(b, a) and near(a, a) and tight(a, a)
    assert near(a, b) or not tight(a, b)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_overlap_is_mutual_and_lies_between_0_and_1(a: str, b: str) -> None:
    assert overlap(a, b) == overlap(b, a) and 0 <= overlap(a, b) <= 1
    assert norm(norm(a)) == norm(a)
