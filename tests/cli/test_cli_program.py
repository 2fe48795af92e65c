"""The program as a whole: help, version, completion, interrupts, pipes, and a light start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cli_progress import without_progress

from kg import __version__
from kg.builder import Built
from kg.cli.console import Meter

KG = [sys.executable, "-m", "kg"]


def test_version(kg: Any) -> None:
    assert kg("--version") == (0, f"kg {__version__}\n", "")


@pytest.mark.parametrize("command", ["build", "query", "view", "validate"])
def test_help_has_examples(kg: Any, command: str) -> None:
    ended = kg(command, "--help")
    assert ended.code == 0
    assert "Example" in ended.out and f"kg {command}" in ended.out


def test_unknown_command_is_one_line(kg: Any) -> None:
    ended = kg("bild")
    assert ended.code == 2 and "bild" in ended.line


def test_what_is_wrong_ends_before_the_way_to_the_help(kg: Any) -> None:
    assert "65535. See kg --help." in kg("serve", "--port", "99999").line


@pytest.mark.parametrize("call", [(), ("kb",), ("fix",)])
def test_a_call_without_a_command_gets_the_help_line_by_line(kg: Any, call: tuple[str, ...]) -> None:
    ended = kg(*call)
    assert ended.code == 2 and ended.out == ""
    assert ended.err.startswith("Usage: kg") and "\n\nCommands:\n  " in ended.err


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from kg.cli.main import main; main(['--help']);"
        "print(sorted({'spacy', 'rdflib', 'networkx', 'pyvis', 'pydantic', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_completion_knows_commands_and_named_queries() -> None:
    def complete(words: str) -> str:
        env = {
            **os.environ,
            "_KG_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
        return subprocess.run(KG, env=env, capture_output=True, text=True).stdout

    assert {"build", "query", "view", "validate"} <= set(complete("kg ").split())
    assert "quotes-by" in complete("kg query quo")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_is_quiet_and_leaves_no_graph(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*KG, "build", "--out", out],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # a shell starts what it puts in the background, as this test run may be, with SIGINT ignored
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    maps = Path(f"/proc/{process.pid}/maps")
    while process.poll() is None and "/onnxruntime/" not in maps.read_text():
        time.sleep(0.1)  # until it is at work, however slow the machine
    time.sleep(0.3)  # what is being imported may catch whatever is raised
    process.send_signal(sent)
    out_said, err_said = process.communicate(timeout=120)
    assert (process.returncode, out_said, without_progress(err_said.decode())) == (code, b"", "")
    # what an interrupted build goes on from, and nothing that looks like a graph
    assert [file.name for file in out.glob("*")] in ([], [".kg"])


def test_a_closed_pipe_is_quiet(samples: Built) -> None:
    command = " ".join([*KG, "query", "evidence", "--data", str(samples.files[0]), "--format", "csv"])
    done = subprocess.run(["bash", "-c", f"{command} | head -1"], capture_output=True, text=True)
    assert done.stdout.count("\n") == 1 and done.stderr == ""


def test_without_a_terminal_a_line_now_and_then_says_how_far_the_work_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = [100.0]
    monkeypatch.setattr("kg.cli.console.time.monotonic", lambda: clock[0])
    for quiet, told in ((False, ["kg: Building: 7 articles", "kg: Making triples"]), (True, [])):
        with Meter(quiet) as meter:
            for after, step, done in (
                (1, "load", 0),
                (30, "articles", 7),
                (31, "articles", 9),
                (61, "triples", 0),
            ):
                clock[0] = 100.0 + after
                meter(step, done)
        clock[0] = 100.0
        assert capsys.readouterr().err.splitlines() == told
