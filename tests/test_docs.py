"""The documents keep their word: every command, option and query stands in them, and their examples run."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.main import get_command

from kg.builder import SAMPLES
from kg.cli.main import app
from kg.querying import list_queries

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(path for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md"))
COMMANDS: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(kind: str) -> Iterator[str]:
    for path in DOCUMENTS:
        yield from re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", path.read_text(encoding="utf-8"))


def test_every_command_option_and_query_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    below = {
        f"{n} {m}": c for n, group in COMMANDS.items() for m, c in getattr(group, "commands", {}).items()
    }
    for name, command in (COMMANDS | below).items():
        assert f"$ kg {name} --help" in text
        for option in (opt for param in command.params for opt in param.opts if opt.startswith("-")):
            assert option in text, f"{option} of kg {name}"
    for query in list_queries():
        assert query.name in text and query.description in text


@pytest.mark.usefixtures("pinned")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_answers_in_the_documents_are_up_to_date(path: Path, refresh: ModuleType) -> None:
    text = path.read_text(encoding="utf-8")
    assert refresh.renewed(text) == text, "run python docs/refresh.py --text and look at the difference"


def test_every_kg_command_in_a_shell_block_can_be_typed() -> None:
    seen = 0
    inline = re.findall(r"`((?:\.venv/bin/)?kg [^`]+)`", "\n".join(p.read_text("utf-8") for p in DOCUMENTS))
    for line in [line for block in blocks("sh") for line in block.splitlines()] + inline:
        for part in line.split("&&"):
            words = shlex.split(part)
            if not words or words[0].removeprefix(".venv/bin/") != "kg" or words[1].startswith("-"):
                continue
            seen += 1
            command, rest = COMMANDS[words[1]], words[2:]
            while rest and rest[0] in getattr(command, "commands", {}):
                command, rest = command.commands[rest[0]], rest[1:]
            command.make_context(words[1], rest, resilient_parsing=True)
            options = {opt for param in command.params for opt in param.opts}
            assert {word for word in words if word.startswith("--")} <= options, line
    assert seen >= 4


def test_python_in_the_readme_runs(kg: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"(?ms)^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"))
    exec(compile(code, "README.md", "exec"), {})
    assert "Amina Yusuf" in capsys.readouterr().out


def test_python_in_the_guide_runs(kg: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas")
    shutil.copytree(SAMPLES, tmp_path / "news")
    (code,) = re.findall(
        r"(?ms)^```python\n(.*?)^```$", (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    )
    made: dict[str, Any] = {}
    exec(compile(code, "api.md", "exec"), made)
    assert "Amina Yusuf" in capsys.readouterr().out
    assert len(made["frame"]) == len(made["answer"]) > 0 and len(made["network"]) > 0
    assert Path("page.html").is_file() and "<table>" in made["answer"]._repr_html_()


def test_links_lead_somewhere() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_two_commands_of_the_readme_are_there_for_the_gate() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("build", "test"):
        assert re.search(rf"(?m)^<!-- {name} -->\n```sh\npython3 -m venv \.venv && .*\n```$", text), name


def test_the_project_speaks_of_itself_alone() -> None:
    for path in [*DOCUMENTS, *(ROOT / "kg" / "samples").iterdir()]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:work|root|opt|tmp|home)/", text), path.name
