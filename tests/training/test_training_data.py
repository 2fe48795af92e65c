"""What comes with the project to learn from: every line holds, and annotation and text come together again."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import standoff
from training.sentences import AnnotationError, sentences
from training.standoff import TextError, pack, records, unpacked

WRITTEN = sorted((Path(__file__).parents[2] / "training" / "sentences").glob("*.txt"))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda p: p.stem)
def test_every_annotated_sentence_holds(path: Path) -> None:
    made = sentences(path)
    assert len(made) > 400
    assert sum(any(task == "trigger" for task, _, _ in item.tags) for item in made) > 250


def test_some_texts_report_nothing() -> None:
    made = [item for path in WRITTEN for item in sentences(path)]
    silent = [item for item in made if not any(task == "trigger" for task, _, _ in item.tags)]
    assert len(silent) > len(made) / 10


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("event met | CONSULT | asserted", "no text before"),
        ("> Ana met Bo.\nevent saw | CONSULT | asserted", "not in the text"),
        ("> Ana met Bo.\nevent met | MEET | asserted", "no event type"),
        ("> Ana met Bo.\nevent met | CONSULT | A: Ana | maybe", "no modality"),
        ("> Ana met Bo.\nevent met | CONSULT | X: Ana | asserted", "not A:"),
        ("> Ana met Bo.\nnames | Ana", "not P:"),
        ("> Ana met Bo.\nrole Ana | mayor | - | current", "not in the text"),
        ("> Ana met Bo.\nquote Ana | loud | - | met", "neither direct"),
    ],
)
def test_what_does_not_hold_is_told_with_its_line(lines: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(lines + "\n")
    with pytest.raises(AnnotationError, match=rf"a\.txt:\d+: .*{fault}"):
        sentences(path)


def test_a_name_within_a_longer_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("> Bank of Oslo left Oslo.\nnames | O: Bank of Oslo | L: Oslo\n")
    names = [(kind, span) for task, kind, span in sentences(path)[0].tags if task == "names"]
    assert names == [("Organization", (0, 12)), ("Place", (18, 22))]


def test_records_hold_spans_and_no_words() -> None:
    count = 0
    for record in records():
        count += "text" not in record
        ids = {e["id"] for e in record["entities"]}
        for event in record["events"]:
            begin, end = event["trigger"]
            assert begin < end
            assert {f for k in ("agent", "patient", "place") for f in event[k]} <= ids | {None}
        for entity in record["entities"]:
            assert set(entity) == {"id", "type", "names", "mentions"}
        assert all(
            set(r) & {"title", "cue", "speaker_text"} == set() for r in record["roles"] + record["quotes"]
        )
    assert count > 250


GOLD = {
    "id": "x",
    "published": "2024-05-13",
    "source": "made up",
    "licence": "CC0",
    "entities": [
        {"id": "p1", "type": "Person", "name": "Ana Koval", "aliases": ["Koval"], "mentions": [[0, 9], [26, 29]]}
    ],
    "roles": [
        {"person": "p1", "title": "mayor", "organization": None, "former": False, "title_span": [18, 23],
         "person_span": [0, 9], "organization_span": None}
    ],
    "quotes": [],
    "events": [
        {"type": "CONSULT", "trigger": [30, 33], "date": None, "time_span": None, "modality": "asserted",
         "agent": ["p1"], "agent_spans": [[26, 29]], "patient": ["rebels"], "patient_spans": [[34, 40]],
         "place": [], "place_spans": []}
    ],
}  # fmt: skip
TEXT = "Ana Koval became mayor.\n\nShe met rebels."


def packed() -> tuple[dict, dict]:
    gold = {**GOLD, "events": [{**GOLD["events"][0], "trigger": [29, 32]}]}
    gold["entities"] = [{**GOLD["entities"][0], "mentions": [[0, 9], [25, 28]]}]
    return gold, pack(gold, TEXT, [["f.jsonl", "1", 0, 23], ["f.jsonl", "2", 2, 17]], None)


def test_annotation_and_text_come_together_again() -> None:
    gold, record = packed()
    assert "Koval" not in str(record) and "rebels" not in str(record)
    texts = {("f.jsonl", "1"): "Ana Koval became mayor.", ("f.jsonl", "2"): "> She met rebels."}
    text, made = unpacked(record, texts)
    assert text == TEXT
    assert made["entities"][0]["name"] == "Ana Koval"
    assert made["entities"][0]["mentions"] == gold["entities"][0]["mentions"]
    assert made["events"][0]["agent"] == ["p1"]


def test_another_text_is_refused() -> None:
    _, record = packed()
    with pytest.raises(TextError, match="no text"):
        unpacked(record, {})
    with pytest.raises(TextError, match="not those"):
        unpacked(
            record, {("f.jsonl", "1"): "Another text altogether.", ("f.jsonl", "2"): "> She met rebels."}
        )


def test_all_records_find_their_texts(shared: Path, tmp_path: Path) -> None:
    assert standoff.write(shared / "train", tmp_path) == len(list(records()))
    others = sum("text" not in record for record in records())
    assert len(list(tmp_path.glob("*.gold.json"))) == others


def test_written_articles_bring_their_text() -> None:
    written = [record for record in records() if "text" in record]
    assert len(written) > 1000
    for record in written:
        text, gold = unpacked(record, {})  # checks that it is the text that was annotated
        assert record["source"] == "written for this project"
        assert all(0 <= begin < end <= len(text) for e in gold["entities"] for begin, end in e["mentions"])
        assert all(text[slice(*event["trigger"])].strip() for event in gold["events"])
