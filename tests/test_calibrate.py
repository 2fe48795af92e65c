"""The script that fits confidences, and the one that writes figures down, on made-up numbers."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.extract.calibration import FEATURES

ROOT = Path(__file__).parents[1]


def script(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def calibrate() -> ModuleType:
    return script("benchmarks/calibrate.py")


def made_up(calibrate: ModuleType, right: Any) -> list[Any]:
    """Statements of ten articles; `right` gives the chance of each from its raw score and features."""
    chance = random.Random(7)
    rows = []
    for n in range(300):
        raw = chance.uniform(0.1, 0.9)
        its = {name: float(chance.random() < 0.5) for name in FEATURES["statement"]}
        rows.append(calibrate.Row(f"a{n % 10}", raw, its, chance.random() < right(raw, its)))
    return rows


def test_what_tells_nothing_gets_no_weight(calibrate: ModuleType) -> None:
    fit = calibrate.learn("statement", made_up(calibrate, lambda raw, its: raw))
    assert fit.model is None or (not fit.model.weights and 0.6 < fit.model.slope < 1.5)


def test_scores_that_are_too_low_are_raised_and_a_telling_feature_is_found(calibrate: ModuleType) -> None:
    rows = made_up(calibrate, lambda raw, its: 0.5 + raw / 2 - 0.4 * its["unnamed_speaker"])
    fit = calibrate.learn("statement", rows)
    assert fit.model.slope > 0 and set(fit.model.weights) == {"unnamed_speaker"}
    assert fit.model.weights["unnamed_speaker"] < 0
    assert calibrate.log_loss(fit.left_out, fit.right) < calibrate.log_loss(fit.raw, fit.right)
    assert calibrate.calibration_error(fit.left_out, fit.right) < 0.08
    lines = list(calibrate.report([fit], {"statement": 300}))
    assert lines[2].startswith("| statement | 300 |")
    assert "unnamed_speaker:" in calibrate.data([fit])


def test_only_the_marked_part_of_the_document_is_renewed(calibrate: ModuleType) -> None:
    text = f"before\n{calibrate.BEGIN}\nold\n{calibrate.END}\nafter\n"
    once = calibrate.renewed(text, "new\n")
    assert once.startswith("before\n") and once.endswith("after\n") and "old" not in once and "new" in once
    assert calibrate.renewed(once, "new\n") == once
    with pytest.raises(ValueError, match="lacks the marks"):
        calibrate.renewed("nothing", "new\n")


def test_the_marks_stand_in_the_document(calibrate: ModuleType) -> None:
    text = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert calibrate.BEGIN in text and calibrate.END in text


def test_a_version_s_column_is_added_once_and_then_replaced() -> None:
    figures = script("docs/figures.py")
    text = "\n".join((*figures.FIGURES, *figures.ERRORS))
    scores = {"measures": {"events": {"f": 0.5}}, "errors": {"event missed": 2, "event extra": 3}}
    one = figures.renewed(text, "0.1", scores)
    assert "| events, F | 0.500 |" in one and one.index("event extra") < one.index("event missed")
    two = figures.renewed(one, "0.2", {**scores, "coded": {"found": {"share": 0.9}}})
    assert "| measure | 0.1 | 0.2 |" in two and "| events, F | 0.500 | 0.500 |" in two
    assert "| coded sentences: found |  | 0.900 |" in two
    again = figures.renewed(two, "0.2", {**scores, "measures": {"events": {"f": 0.7}}})
    assert "| events, F | 0.500 | 0.700 |" in again
    assert figures.renewed(again, "0.2", {**scores, "measures": {"events": {"f": 0.7}}}) == again
