"""What the reader finds, what cues tell and what labels name: which of them decides where they meet."""

from __future__ import annotations

from dataclasses import replace

from builders import span

from kg.extract.speech.fusion import joined
from kg.model import Ground, Statement

TEXT = "Officials say that Roth said the gate was shut, and that nobody came."
OUTER, INNER = "Roth said the gate was shut", "the gate was shut"


def statement(
    words: str, speaker: str | None, cue: str | None, sure: float = 0.95, **more: object
) -> Statement:
    """A statement of these words of `TEXT`."""
    where = span(TEXT, words)
    made = Statement("s", words, where, span(TEXT, TEXT), speaker, False, cue, confidence=sure)
    return replace(made, **more)  # type: ignore[arg-type]


def read_at(cue: str) -> tuple[Ground, ...]:
    """What the reader notes of the cue that it chose."""
    return (Ground("head quote.cue", "cue", "", 0.9, span(TEXT, cue)),)


def test_the_cue_beside_the_words_tells_who_speaks() -> None:
    read = statement(INNER, "gate", "said", grounds=read_at("said"))
    (found,) = joined([read], [statement(INNER, "roth", "said")])
    assert found.speaker == "roth"


def test_a_cue_of_other_words_does_not() -> None:
    read = statement(INNER, "roth", "said", grounds=read_at("said"))
    (found,) = joined([read], [statement(OUTER, "officials", "say")])
    assert found.speaker == "roth"
    outer = statement(OUTER, "officials", "say", grounds=read_at("say"))
    (found,) = joined([outer], [statement(INNER, "roth", "said")])
    assert found.speaker == "officials"
    assert not any(g.kept for g in found.grounds if g.part == "speaker" and g.entity == "roth")


def test_who_is_missing_is_taken_from_any_cue() -> None:
    read = statement(INNER, None, "said", grounds=read_at("said"))
    (found,) = joined([read], [statement(INNER, "roth", "say")])
    assert found.speaker == "roth"


def test_what_only_the_reader_finds_must_be_likely() -> None:
    assert joined([statement(INNER, "roth", "said", 0.6)], []) == []
    assert len(joined([statement(INNER, "roth", "said", 0.8)], [])) == 1
    assert joined([statement(INNER, "roth", None, 0.8)], []) == []
    assert joined([statement(INNER, None, "said", 0.8)], []) == []
    assert len(joined([statement(INNER, None, "said", 0.6)], [statement(INNER, "roth", "said")])) == 1


def test_a_phrase_that_only_the_reader_finds_must_be_likelier() -> None:
    read = statement("the gate", "roth", "cited", 0.72)
    assert joined([read], [], phrases=[read.id]) == []
    assert len(joined([read], [])) == 1
    assert len(joined([replace(read, confidence=0.8)], [], phrases=[read.id])) == 1


def test_what_stands_in_a_turn_of_an_interview_is_part_of_it() -> None:
    turn = statement(OUTER, "roth", None, direct=True)
    found = joined([statement(INNER, "gate", "said")], [statement(INNER, "gate", "said")], [turn])
    assert [(s.text, s.speaker) for s in found] == [(OUTER, "roth")]
