"""Annotated articles: what is read, and one clear line for each way in which a file can be broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evaluate_gold import TEXT, gold, write
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GoldError
from kg.evaluate.gold import load_gold
from kg.evaluate.plover import load_coded
from kg.model import Span


def test_an_annotation_is_read_whole(tmp_path: Path) -> None:
    (one,) = load_gold(write(tmp_path, gold()))
    assert (one.name, one.text) == ("oil", TEXT)
    assert one.entities[0].mentions[0] == Span(0, 11)
    assert one.events is not None and one.events[0].agent == ["e1"]


def test_null_roles_quotes_and_events_mean_not_annotated(tmp_path: Path) -> None:
    (one,) = load_gold(write(tmp_path, gold() | {"roles": None, "quotes": None, "events": None}))
    assert one.roles is None and one.quotes is None and one.events is None


def test_line_ends_count_as_they_stand_in_the_file(tmp_path: Path) -> None:
    (one,) = load_gold(write(tmp_path, {"entities": []}, text="a\r\nb"))
    assert one.text == "a\r\nb"


def _spoil(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    annotation = gold()
    change(annotation)
    return annotation


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ([], "one JSON object"),
        ({}, "entities: Field required"),
        (_spoil(lambda g: g["entities"][1].update(type="Ship")), "entities, entry 2, type"),
        (_spoil(lambda g: g["entities"][0]["mentions"].append([5, 2])), "[5, 2] is no span"),
        (_spoil(lambda g: g["entities"][0]["mentions"].append([1, "x"])), "[begin, end]"),
        (
            _spoil(lambda g: g["entities"][0]["mentions"].append([1, 9999])),
            "mention 3: [1, 9999] lies outside",
        ),
        (_spoil(lambda g: g["entities"][1].update(id="e1")), "two have the id 'e1'"),
        (
            _spoil(lambda g: g["roles"][0].update(person="e9")),
            "roles, entry 1, person: no entity has the id 'e9'",
        ),
        (_spoil(lambda g: g["events"][0].pop("modality")), "events, entry 1, modality"),
    ],
)
def test_a_broken_annotation_is_one_line_that_names_the_entry(
    tmp_path: Path, broken: object, told: str
) -> None:
    with pytest.raises(GoldError) as error:
        load_gold(write(tmp_path, broken))
    assert "oil.gold.json: " in str(error.value) and told in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_missing_or_no_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no such folder"):
        load_gold(tmp_path / "nowhere")
    with pytest.raises(GoldError, match="holds no annotated article"):
        load_gold(tmp_path)
    (tmp_path / "oil.gold.json").write_text("{\n oops")
    with pytest.raises(GoldError, match=r"oil\.txt: missing"):
        load_gold(tmp_path)
    (tmp_path / "oil.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(GoldError, match="is not UTF-8"):
        load_gold(tmp_path)
    (tmp_path / "oil.txt").write_text("ok")
    with pytest.raises(GoldError, match="line 2: broken JSON"):
        load_gold(tmp_path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(key=st.sampled_from(["entities", "roles", "quotes", "events", "ignore"]), value=json_values)
def test_any_json_is_read_or_refused_in_one_line(
    key: str, value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("gold")
    try:
        load_gold(write(folder, gold() | {key: value}))
    except GoldError as error:
        assert "\n" not in str(error)


def test_a_broken_coded_sentence_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    good = '{"id": "1", "text": "A met B.", "event": "CONSULT", "trigger_spans": [[2, 5]], "source": ["A"]}'
    path.write_text(good + "\n\n" + good.replace("[[2, 5]]", "[[2]]") + "\n")
    with pytest.raises(GoldError, match=r"line 3: trigger_spans\.0"):
        load_coded(path)
    path.write_text(good)
    assert load_coded(path)[0].target == []


def test_the_articles_of_our_own_can_be_read() -> None:
    articles = load_gold(Path(__file__).parents[2] / "benchmarks" / "articles")
    assert len(articles) >= 20
    assert all(one.entities and one.roles is not None and one.quotes is not None for one in articles)
