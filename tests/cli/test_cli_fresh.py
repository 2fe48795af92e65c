"""What a newcomer types and meets: the program by its name, the way to an extra, no library that is not needed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.cli.console import typed
from kg.errors import install

Run = Callable[..., Any]


@pytest.mark.parametrize("called", ["/usr/lib/python3/site-packages/kg/__main__.py", "kg/__main__.py"])
def test_called_as_a_module_it_says_so(monkeypatch: pytest.MonkeyPatch, called: str) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    assert typed() == f"{sys.executable} -m kg"


def test_the_bare_name_is_said_only_where_the_shell_finds_this_very_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours, other = tmp_path / "my env" / "bin" / "kg", tmp_path / "other" / "kg"
    for file in (ours, other):
        file.parent.mkdir(parents=True)
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(ours)])
    monkeypatch.setenv("PATH", str(ours.parent))
    assert typed() == "kg"
    monkeypatch.setenv("PATH", f"{other.parent}{os.pathsep}{ours.parent}")
    assert typed() == f"'{ours}'"
    monkeypatch.setenv("PATH", "")
    assert typed() == f"'{ours}'"


def test_the_way_to_an_extra_names_the_environment_unless_the_shell_is_in_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=False)
    folder = tmp_path / "env" / "bin"
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    monkeypatch.setenv("PATH", "")
    assert install("validate") == f"{folder / 'python'} -m pip install 'newskg[validate]'"
    (folder / "pip").write_text("#!/bin/sh\n")
    (folder / "pip").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert install("validate") == "pip install 'newskg[validate]'"


def test_what_only_the_page_needs_is_loaded_for_the_page_alone(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from kg.cli.main import main\n"
        "assert main(['build', '--no-view', '--out', 'out', '--quiet']) == 0\n"
        "assert main(['query', 'actors', '--data', 'out/graph.ttl']) == 0\n"
        "drawing = {'pyvis', 'IPython', 'jedi', 'prompt_toolkit'} & set(sys.modules)\n"
        "assert not drawing, drawing\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True)


def test_a_field_is_named_on_the_command_line(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,story\nx1,Mayor Elena Rask met Omar Reyes in Oslo on Monday.\n")
    assert (
        kg("build", "a.csv", "--out", "out", "--no-view", "--field", "text=story", "--field", "id=nr").code
        == 0
    )
    assert "article/x1" in (tmp_path / "out" / "graph.ttl").read_text()
    refused = kg("build", "a.csv", "--out", "out", "--field", "story")
    assert (refused.code, refused.line) == (2, "--field 'story': write it as NAME=COLUMN, such as text=story")
    assert kg("build", "a.csv", "--out", "out", "--field", "words=story").code == 2
