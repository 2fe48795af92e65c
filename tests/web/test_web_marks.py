"""Marks over a text: nested, overlapping, in code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.web.marks import Mark, cut
from kg.serve.web.records import EvidenceSentence, PageLink


def mark(begin: int, end: int, kind: str = "person", name: str = "") -> Mark:
    return Mark(begin, end, PageLink(f"http://x.example/{name or kind}", name or kind, kind))


def test_nested_marks_lead_to_the_innermost() -> None:
    text = "the Valdorian minister"
    pieces = cut(text, [mark(0, 22), mark(4, 13, "place"), mark(14, 22, "membership")])
    assert [p.text for p in pieces] == ["the ", "Valdorian", " ", "minister"]
    assert [p.link and p.link.kind for p in pieces] == ["person", "place", None, "membership"]
    assert [p.looks for p in pieces] == [
        "in-person",
        "in-place out-person",
        "in-person",
        "in-membership out-person",
    ]


def test_overlapping_marks_are_cut_at_every_edge() -> None:
    pieces = cut("abcdef", [mark(0, 4), mark(2, 6, "place")])
    assert [(p.text, len(p.over)) for p in pieces] == [("ab", 1), ("cd", 2), ("ef", 1)]


def test_a_statement_is_a_ground_and_no_link() -> None:
    (piece,) = cut("We go", [mark(0, 5, "statement")])
    assert piece.link is None
    assert piece.looks == "statement"


def test_offsets_are_code_points() -> None:
    pieces = cut("\U0001f600 Ada e\u0301", [mark(2, 5)])
    assert [p.text for p in pieces if p.over] == ["Ada"]


def test_anchors_stand_where_spans_begin() -> None:
    pieces = cut("ab cd", [mark(0, 2)], [(0, 2), (0, 5), (3, 5), (9, 12), (5, 3)])
    assert [(p.text, p.anchors) for p in pieces] == [
        ("ab", ("char=0,2", "char=0,5")),
        (" ", ()),
        ("cd", ("char=3,5",)),
    ]


@pytest.mark.parametrize("text", ["", "x"])
def test_marks_beyond_the_text_are_cut_off(text: str) -> None:
    pieces = cut(text, [mark(-5, 99), mark(7, 9), mark(1, 1)])
    assert "".join(p.text for p in pieces) == text


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32), st.sampled_from("abc")), max_size=12),
)
def test_pieces_are_the_text_and_each_mark_covers_its_own(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    marks = {mark(b, e, "person", n) for b, e, n in spans}
    pieces = cut(text, marks, [(b, e) for b, e, _ in spans])
    assert "".join(p.text for p in pieces) == text
    for one in marks:
        begin, end = max(one.begin, 0), min(one.end, len(text))
        covered = "".join(
            p.text
            for p in pieces
            if any(m.link == one.link and m.begin <= p.begin and m.end >= p.end for m in p.over)
        )
        assert begin >= end or text[begin:end] in covered or len(marks) > 1


def test_a_sentence_is_cut_at_its_marks() -> None:
    sentence = EvidenceSentence("s", PageLink("a", "a"), "", 0, "He said so", ((3, 7), (5, 10), (3, 3)))
    assert [(p.text, p.marked) for p in sentence.pieces] == [("He ", False), ("said", True), (" so", True)]
