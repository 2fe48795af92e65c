"""`kg build` as a person meets it: what it says, what it writes, and one clear line for what is wrong."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.builder import Built

STORY = (
    "PARIS, March 3, 2031 - Foreign Minister Anna Bergstrom of Sweden met her Norwegian counterpart, Erik "
    'Solberg, in Paris on Monday. "We agreed on the quota," Bergstrom said. Solberg accused Iceland of delay.'
)
FRENCH = (
    "La ministre des Affaires étrangères a rencontré lundi à Paris son homologue norvégien. Ils ont parlé de "
    "la pêche et des quotas, mais aussi de la guerre. Les deux pays ne sont pas d'accord avec l'Islande, qui "
    "dit que les négociations sont trop lentes et que personne ne veut céder avant la fin du mois."
)
OUTPUTS = {"graph.ttl", "graph.trig", "graph.graphml", "graph.html"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".kg"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_summary_tells_what_was_found_and_what_to_type_next(kg: Any, story: Path) -> None:
    ended = kg("build", story, "--out", "g")
    assert ended.code == 0 and ended.err == ""
    assert ended.out.startswith("Built 1 article:\n")
    assert "Main actors: " in ended.out and "Bergstrom" in ended.out
    assert "quote" in ended.out and "event" in ended.out
    assert f"Written: {Path('g/graph.ttl')}" in ended.out
    asked = ended.out.rstrip().rpartition("type: kg ")[2].split()
    assert kg(*asked).code == 0
    assert set(contents(Path("g"))) == OUTPUTS


def test_samples_without_a_path(samples: Built) -> None:
    assert [facts.article.id for facts in samples.facts] == ["election", "harbour", "merger"]
    assert {path.name for path in samples.files} == OUTPUTS
    assert samples.rejects == ()


def test_quiet_says_nothing(kg: Any, story: Path) -> None:
    assert kg("build", story, "--quiet", "--no-view") == (0, "", "")


def test_no_view_leaves_the_page_out_and_takes_an_old_one_away(kg: Any, story: Path) -> None:
    kg("build", story)
    assert Path("output/graph.html").exists()
    assert kg("build", story, "--no-view").code == 0
    assert set(contents(Path("output"))) == OUTPUTS - {"graph.html"}


def test_standard_input(kg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    assert kg("build", "-", "--no-view").code == 0
    assert "Bergstrom" in Path("output/graph.ttl").read_text(encoding="utf-8")


def test_options_reach_the_graph(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Anna Bergstrom met Erik Solberg in Oslo on Monday, she said.", encoding="utf-8"
    )
    whole = kg("build", "a.txt", "--no-view", "--date", "2031-03-05", "--base-iri", "https://news.test/kb")
    turtle = Path("output/graph.ttl").read_text(encoding="utf-8")
    assert '"2031-03-05"^^xsd:date' in turtle
    assert "@base <https://news.test/kb/> ." in turtle
    sure = kg("build", "a.txt", "--no-view", "--min-confidence", "1")
    assert (", 1 quote," in whole.out, ", 0 quotes," in sure.out) == (True, True)  # no quote is ever certain


# -- what is wrong is one line


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nowhere.txt"], 2, "nowhere.txt: no such file or folder"),
        ([""], 2, "an empty path is no input"),
        (["a.txt", "--out", ""], 2, "--out is empty"),
        (["news/*.txt"], 2, "no file fits this pattern"),
        (["ftp://example.org/a"], 2, "only http and https"),
        (["a.txt", "--date", "soon-ish"], 2, "YYYY-MM-DD"),
        (["a.txt", "--encoding", "utf-99"], 2, "unknown text encoding"),
        (["a.txt", "--format", "rtf"], 2, "unknown format 'rtf'"),
        (["a.txt", "--format", "pdf"], 1, "a.txt: "),
        (["a.txt", "--base-iri", "here"], 2, "no base IRI"),
        (["a.txt", "--min-confidence", "7"], 2, "between 0 and 1"),
        (["a.txt", "--min-confidence", "much"], 2, "--min-confidence"),
        (["a.txt", "--lexicon", "nowhere"], 2, "no such folder"),
        (["a.txt", "--model", "no_such_pipeline"], 1, "no_such_pipeline"),
        (["a.txt", "--out", "a.txt"], 2, "a.txt"),
        (["a.txt", "--out", "a.txt/b"], 2, "no folder"),
        ([".", "--out", "inside"], 2, "lies in the input folder"),
        (["--frobnicate"], 2, "--frobnicate"),
        (["empty.txt"], 1, "empty.txt: the file is empty"),
        (["binary.txt"], 1, "binary.txt: "),
        (["french.txt"], 1, "only English"),
        (["folder"], 1, "folder"),
    ],
)
def test_one_clear_line(kg: Any, tmp_path: Path, args: list[str], code: int, words: str) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "french.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    ended = kg("build", *args)
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.line
    assert not (tmp_path / "output").exists()


def test_a_bad_record_costs_itself_only(kg: Any, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "good", "text": STORY}),
        "{broken",
        json.dumps({"id": "empty", "text": " "}),
        json.dumps({"id": "undated", "text": STORY, "date": "the day before"}),
        json.dumps({"id": "huge", "text": "x" * 50_000_000}),
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ended = kg("build", "news.jsonl", "--no-view")
    assert ended.code == 0
    assert "Built 2 articles" in ended.out and "Rejected 3 records" in ended.out
    assert "the day before" in ended.line
    rejects = [json.loads(line) for line in Path("output/rejects.jsonl").read_text("utf-8").splitlines()]
    assert [set(reject) for reject in rejects] == [{"source", "reason", "id"}] * 3
    assert [reject["source"].partition(":")[0] for reject in rejects] == ["news.jsonl"] * 3
    assert all(len(reject["reason"]) < 200 for reject in rejects)

    strict = kg("build", "news.jsonl", "--no-view", "--strict", "--quiet")
    assert strict.code == 3 and "3 rejected" in strict.line

    (tmp_path / "news.jsonl").write_text(lines[0], encoding="utf-8")
    assert kg("build", "news.jsonl", "--no-view", "--strict").code == 0
    assert not Path("output/rejects.jsonl").exists()


def test_when_nothing_can_be_built_the_old_files_stay(kg: Any, story: Path, tmp_path: Path) -> None:
    kg("build", story, "--no-view")
    before = contents(tmp_path / "output")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert kg("build", "empty.txt").code == 1
    assert contents(tmp_path / "output") == before


# -- a failing build leaves everything as it was


def test_a_stage_that_fails_costs_its_article_only(
    kg: Any, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.txt").write_text(STORY.replace("Bergstrom", "Boom"), encoding="utf-8")
    module = sys.modules["kg.pipeline"]
    for name in ("resolve", "facts_to_triples", "annotate"):
        with monkeypatch.context() as patch:
            real = getattr(module, name)

            def fails(given: Any, *more: Any, real: Any = real) -> Any:
                if "Boom" in repr(given):
                    raise ValueError("a bug\nof ours")
                return real(given, *more)

            patch.setattr(module, name, fails)
            ended = kg("build", story, "bad.txt", "--no-view")
        assert ended.code == 0
        assert "Built 1 article" in ended.out
        assert "bad.txt: the builder failed on it: ValueError: a bug of ours" in ended.out


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), RuntimeError("a bug")])
def test_a_failing_write_leaves_the_old_files(
    kg: Any, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    kg("build", story)
    before = contents(tmp_path / "output")
    story.write_text(STORY * 2, encoding="utf-8")

    def fails(*_: Any) -> str:
        raise error

    monkeypatch.setattr("kg.view.render_html", fails)
    if isinstance(error, OSError):
        ended = kg("build", story)
        assert ended.code == 1 and "No space left on device" in ended.line
    else:
        with pytest.raises(RuntimeError):
            kg("build", story)
    assert contents(tmp_path / "output") == before
    new = tmp_path / "new"
    with pytest.raises(RuntimeError) if isinstance(error, RuntimeError) else monkeypatch.context():
        kg("build", story, "--out", new)
    assert contents(new) == {}, "only what is done is kept, in .kg"


def test_a_folder_in_the_place_of_a_file(kg: Any, story: Path, tmp_path: Path) -> None:
    (tmp_path / "output" / "graph.html").mkdir(parents=True)
    ended = kg("build", story)
    assert ended.code == 1 and "a folder stands where a file is to be written" in ended.line
    assert {path.name for path in (tmp_path / "output").iterdir()} == {"graph.html", ".kg"}


def test_files_can_be_read_by_others(kg: Any, story: Path, tmp_path: Path) -> None:
    kg("build", story, "--no-view")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "output" / "graph.ttl").stat().st_mode & 0o777 == 0o666 & ~umask


# -- the same bytes on every run


def test_another_process_writes_the_same_bytes(samples: Built, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", "--quiet", "--out", str(tmp_path)]
    done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert contents(tmp_path) == contents(samples.files[0].parent)
