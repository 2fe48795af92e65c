"""The command: what it prints and writes, its errors, and that its figures are those of the reference scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from evaluate_gold import TEXT, gold, write

pytestmark = pytest.mark.model


CODED = {
    "id": "one",
    "text": "Britain accused France of spying on Monday.",
    "event": "DISAPPROVE",
    "trigger_spans": [[8, 15]],
    "source": ["Britain"],
    "target": ["the French"],
}


def test_the_table_the_report_and_the_figures(kg: Any, tmp_path: Path) -> None:
    coded = tmp_path / "coded.jsonl"
    coded.write_text(json.dumps(CODED) + "\n")
    folder = write(tmp_path / "gold", gold())
    ended = kg("eval", folder, "--plover", coded, "--date", "oil=2024-03-04", "--graphs")
    assert ended.code == 0 and ended.err == ""
    assert "quotes_speaker" in ended.out and "1 article " in ended.out and "typed" in ended.out
    figures = json.loads((tmp_path / "evaluation" / "scores.json").read_text())
    assert figures["measures"] == figures["articles"]["oil"]
    assert figures["measures"]["entities"]["gold"] == 3
    assert figures["coded"]["typed"] == {"share": 1.0, "right": 1, "of": 1}
    page = (tmp_path / "evaluation" / "report.html").read_text(encoding="utf-8")
    assert "Tidewater Ltd" in page
    turtle = (tmp_path / "evaluation" / "oil" / "graph.ttl").read_text(encoding="utf-8")
    assert "2024-03-01" in turtle  # Friday, as seen from the given date
    again = kg("eval", folder, "--json", "--quiet", "--date", "oil=2024-03-04", "--plover", coded)
    assert json.loads(again.out) == figures
    assert (tmp_path / "evaluation" / "report.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["nowhere"], 1, "nowhere: no such folder"),
        (["gold", "--date", "2024-03-04"], 2, "NAME=YYYY-MM-DD"),
        (["gold", "--date", "gas=2024-03-04"], 2, "'gas'"),
        (["gold", "--plover", "nowhere.jsonl"], 1, "nowhere.jsonl: can't be read"),
        (["gold", "--min-confidence", "7"], 2, "between 0 and 1"),
        (["gold", "--out", "gold/report"], 2, "lies in the input folder"),
    ],
)
def test_a_mistake_is_one_line(kg: Any, tmp_path: Path, args: list[str], code: int, told: str) -> None:
    write(tmp_path / "gold", gold())
    ended = kg("eval", *args)
    assert ended.code == code and told in ended.line
    assert not (tmp_path / "evaluation").exists()


def test_an_article_that_is_not_read_is_named(kg: Any, tmp_path: Path) -> None:
    write(tmp_path / "gold", {"entities": []}, text="   \n")
    ended = kg("eval", "gold")
    assert ended.code == 1 and "oil.txt" in ended.line


def test_the_figures_are_those_of_the_reference_scorer(kg: Any, tmp_path: Path, shared: Path) -> None:
    """Three annotated articles and some coded sentences, scored here and there, to the digit."""
    source, folder = shared / "gold" / "dev", tmp_path / "gold"
    folder.mkdir()
    # none that quotes one sentence twice: which of the two the reference takes depends on the hashes of strings
    for name in ("asylum", "expo", "worship"):
        for ending in (".txt", ".gold.json"):
            (folder / f"{name}{ending}").write_bytes((source / f"{name}{ending}").read_bytes())
    coded = tmp_path / "coded.jsonl"
    lines = (shared / "gold" / "plover.dev.jsonl").read_text(encoding="utf-8").splitlines()
    coded.write_text("\n".join(lines[:40]) + "\n", encoding="utf-8")
    ended = kg("eval", folder, "--json", "--quiet", "--graphs", "--plover", coded)
    mine = json.loads(ended.out)
    tools = shared / "tools"
    theirs = json.loads(_said(tools / "score.py", folder, tmp_path / "evaluation", "--json"))
    assert {
        name: {"P": row["precision"], "R": row["recall"], "F": row["f"]}
        | {"tp": row["right"], "system": row["system"], "gold": row["gold"]}
        for name, row in mine["measures"].items()
    } == theirs
    assert kg("build", coded, "--no-view").code == 0
    table = _said(tools / "score_plover.py", coded, tmp_path / "output" / "graph.ttl")
    assert [line.split()[0] for line in table.splitlines()] == list(mine["coded"])
    for line in table.splitlines():
        name, rest = line.split(maxsplit=1)
        share = mine["coded"][name]
        assert rest == f"{share['share']:.3f}  ({share['right']} of {share['of']})"


def _said(script: Path, *args: object) -> str:
    words = [sys.executable, str(script), *map(str, args)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def test_the_text_of_the_article_is_the_one_annotated(kg: Any, tmp_path: Path) -> None:
    folder = write(tmp_path / "gold", gold(), text="\ufeff" + TEXT)
    ended = kg("eval", folder)
    assert ended.code == 1 and "byte order mark" in ended.line
