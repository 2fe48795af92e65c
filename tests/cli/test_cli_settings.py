"""`newskg.toml`: options that stand there hold as if they were typed, and mistakes are one line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "graph")]

from graph_facts import both  # noqa: E402 - it lies in the folder just added
from graph_files import to_turtle  # noqa: E402

from kg.cli.main import main  # noqa: E402


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    Path("graph.ttl").write_text(to_turtle(both()), encoding="utf-8")

    def run(*args: str) -> tuple[int, str, str]:
        code = main(args)
        return (code, *capsys.readouterr())

    return run


def test_options_of_a_file_hold_and_typed_ones_go_before(kg: Any) -> None:
    Path("newskg.toml").write_text(
        '[query]\ndata = "graph.ttl"\nformat = "csv"\n[export]\ndata = "graph.ttl"\nformat = "nt"\n',
        encoding="utf-8",
    )
    code, out, _ = kg("query", "people")
    assert (code, "Mira Tessel" in out, "\r\n" in out) == (0, True, True)
    assert "{" in kg("query", "people", "--format", "json")[1]
    assert kg("export")[1].startswith("<http")
    Path("other.toml").write_text('[query]\ndata = "none.ttl"\n', encoding="utf-8")
    assert "none.ttl" in kg("--config", "other.toml", "query", "people")[2]


def test_arguments_lists_flags_and_dates(kg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def build(paths: object, **more: object) -> None:
        given.update(more, paths=paths)
        raise SystemExit

    monkeypatch.setattr(sys.modules["kg.builder"], "build", build)
    Path("newskg.toml").write_text(
        '[build]\npaths = ["a.txt", "b.txt"]\ndate = 2031-03-04\nmin-confidence = 0.5\njobs = 2\n'
        "any_language = true\nno-view = true\n[serve]\nallow-host = ['kg.example']\n",
        encoding="utf-8",
    )
    with pytest.raises(SystemExit):
        kg("build")
    assert given["paths"] == ["a.txt", "b.txt"]
    options = given["options"]
    assert (options.date, options.min_confidence, options.jobs) == ("2031-03-04", 0.5, 2)
    assert (options.any_language, options.view) == (True, False)


def test_what_is_typed_puts_out_what_can_not_stand_beside_it(
    kg: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def build(paths: object, **more: object) -> None:
        given.update(more)
        raise SystemExit

    monkeypatch.setattr(sys.modules["kg.builder"], "build", build)
    Path("newskg.toml").write_text(
        '[build]\nstore = "news.db"\n[query]\nstore = "news.db"\n[fix.list]\nstore = "news.db"\n',
        encoding="utf-8",
    )
    with pytest.raises(SystemExit):
        kg("build", "graph.ttl", "--out", "made")
    assert (given["out"], given["store"]) == ("made", None)
    with pytest.raises(SystemExit):
        kg("build", "graph.ttl")
    assert (given["out"], str(given["store"])) == (None, "news.db")
    assert "Mira Tessel" in kg("query", "people", "--data", "graph.ttl")[1]
    assert kg("fix", "list", "--data", "graph.ttl") == (0, "", "")
    # two that are typed are still one too many, and two of the file are the file's mistake
    assert "not both" in kg("query", "people", "--data", "graph.ttl", "--store", "news.db")[2]
    Path("both.toml").write_text('[build]\nstore = "news.db"\nout = "made"\n', encoding="utf-8")
    code, out, err = kg("--config", "both.toml", "build", "graph.ttl")
    assert (code, out, err) == (2, "", "kg: both.toml: build has out and store, of which one can be\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[biuld]\n", "there is no command 'biuld'; did you mean 'build'?"),
        ("[build]\nformt = 'csv'\n", "kg build has no option 'formt'; did you mean 'format'?"),
        ("[build]\njobs = [1]\n", "build: jobs takes one value, no list"),
        ("[build]\njobs = 'many'\n", "--jobs"),
        ("[build]\nquiet = 'yes'\n", "build: quiet is true or false"),
        ("[build]\ndate = true\n", "build: date takes words or a number"),
        ("[kb.build]\nnothing = 1\n", "kg kb build has no option 'nothing'"),
        ("store = 'x'\n", "there is no command 'store'"),
        ("[build\n", "no TOML"),
    ],
)
def test_mistakes_are_one_line(kg: Any, text: str, message: str) -> None:
    Path("newskg.toml").write_text(text, encoding="utf-8")
    code, out, err = kg("build", "graph.ttl")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert "can't be read" in kg("--config", "none.toml", "query", "people")[2]
