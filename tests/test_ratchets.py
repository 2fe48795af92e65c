"""The list of functions that may be complex or take many arguments only shrinks: it names no file that is well."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("ruff")

ROOT = Path(__file__).parents[1]
RULES = {"C901", "PLR0913"}
LINT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
EXCEPTIONS = {
    (name, rule) for name, rules in LINT["per-file-ignores"].items() for rule in rules if rule in RULES
}


@pytest.fixture(scope="module")
def too_much() -> set[tuple[str, str]]:
    """Which file breaks which rule, as if nothing were excepted."""
    limits = (
        f"lint.mccabe.max-complexity={LINT['mccabe']['max-complexity']}",
        f"lint.pylint.max-args={LINT['pylint']['max-args']}",
    )
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format", "json"]
    asked = [*ruff, "--select", ",".join(sorted(RULES)), *(f"--config={limit}" for limit in limits)]
    folders = [name for name in ("kg", "training", "benchmarks", "tests") if (ROOT / name).is_dir()]
    told = subprocess.run([*asked, *folders], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode in (0, 1), told.stderr
    found = json.loads(told.stdout)
    return {(Path(one["filename"]).relative_to(ROOT).as_posix(), one["code"]) for one in found}


def test_the_limits_stand() -> None:
    assert set(LINT["select"]) >= RULES
    assert LINT["mccabe"]["max-complexity"] <= 12
    assert LINT["pylint"]["max-args"] <= 6


def test_only_files_that_need_it_are_excepted(too_much: set[tuple[str, str]]) -> None:
    assert not EXCEPTIONS - too_much, "take these off the list in pyproject.toml: they are well"


def test_each_exception_names_one_file() -> None:
    assert [name for name, _ in EXCEPTIONS if not (ROOT / name).is_file()] == []


def test_no_two_classes_bear_one_name() -> None:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "kg").rglob("*.py"))
    names = Counter(n.name for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == [], "call each by what it is"


def test_what_is_told_to_people_is_not_read_by_code() -> None:
    """A `reason` is words for a reader: what code needs of it is a field of its own."""
    read: list[str] = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            looked_at = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            if isinstance(node, ast.Attribute) and node.attr in ("split", "startswith", "partition"):
                looked_at.append(node.value)
            if any(isinstance(one, ast.Attribute) and one.attr == "reason" for one in looked_at):
                read.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert read == []
