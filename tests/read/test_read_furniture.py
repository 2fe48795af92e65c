"""Furniture, captions, headlines: patterns by their examples, texts by cases, spans by properties."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from cost import ratio_of_growth
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, Span
from kg.read.articles import article_of
from kg.read.captions import captions_of, wording
from kg.read.furniture import Pattern, furniture_of, patterns
from kg.read.options import ReadOptions
from kg.read.record import Record
from kg.read.tables import load_table

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "furniture_cases.yaml").read_text())


def article(text: str, title: str | None = None) -> Article:
    return article_of(Record("x", "x", "x", "x", text, title=title), ReadOptions(check_language=False))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = article(case["text"])
    assert [span.of(found.text) for span in found.furniture] == case.get("furniture", [])
    assert [span.of(found.text) for span in found.captions] == case.get("captions", [])
    assert found.title == case.get("title")


@pytest.mark.parametrize("pattern", patterns(), ids=[pattern.example[:40] for pattern in patterns()])
def test_each_pattern_fits_its_example_and_not_its_counterexample(pattern: Pattern) -> None:
    text = pattern.example
    if pattern.close is None:
        assert pattern.regex.fullmatch(text)
        assert pattern.counter is None or not pattern.regex.fullmatch(pattern.counter)
    assert furniture_of(text) == (Span(0, len(text)),)
    if pattern.counter is not None:
        assert furniture_of(pattern.counter) == ()


def test_caption_openings_fit_their_examples() -> None:
    table: Any = load_table("captions.yaml")
    for entry, regex in zip(table["openings"], wording().openings, strict=True):
        assert regex.match(entry["example"]), entry


LINES = st.sampled_from(
    [
        "Share", "0", "$", "Pier shut", "The pier is shut.", "Ida Holm", "<script>", "mayor Ida said so.",
        "</script>", "(AP Photo/Bo Lund)",
        "Gulls rest. REUTERS/Bo LundThe pilot of the port said that it was unsafe.",
        "Image: Ann Lee",
        "Thursday, May 3, 2012", "Home | News | Sport", "", " ", "\t", "é\U0001f6a2", "Photo: ",
        "REUTERS/", "AFPThe",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.builds(
        lambda lines, end: end.join(lines),
        st.lists(LINES, max_size=25),
        st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028"]),
    ),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.sampled_from(["Pier shut", "pier  shut", "Share"])))
def test_spans_lie_in_order_within_the_text(text: str, title: str | None) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not any(character.isalpha() for character in text) or not furniture_leaves_text(text):
        return
    found = article(text, title)
    assert found.text == text
    for spans in (found.furniture, found.captions):
        assert list(spans) == sorted(spans)
        for span in spans:
            assert 0 <= span.begin < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
        for before, after in pairwise(spans):
            assert before.end <= after.begin
    assert not any(caption.overlaps(cut) for caption in found.captions for cut in found.furniture)
    if found.title_span is not None:
        assert found.title_span.of(text) == found.title
        assert not any(found.title_span.overlaps(span) for span in found.furniture + found.captions)


def furniture_leaves_text(text: str) -> bool:
    left = list(text)
    for span in furniture_of(text):
        left[span.begin : span.end] = " " * (span.end - span.begin)
    return any(character.isalpha() for character in left)


@pytest.mark.parametrize(
    "words",
    ["<script>", "a b c d ", "Ann Lee/", "Image: Ann Lee ", " \n", "Share\nIt is.\n", "Ann Lee\n\n",
     "(photo by ", " ", "May 3, 2012 "],
)  # fmt: skip
def test_hostile_texts_cost_as_they_are_long(words: str) -> None:
    def work(size: int) -> None:
        text = words * (size // len(words)) + "x"
        captions_of(text, furniture_of(text))

    work(100)  # what is loaded once
    assert ratio_of_growth(work, 50_000) < 8
