"""English goes through, other languages are named, and what is too short to tell goes through."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.read.language import other_language

CASES = yaml.safe_load((Path(__file__).parent / "language_cases.yaml").read_text(encoding="utf-8"))
ENGLISH: list[str] = CASES["english"]
OTHERS: dict[str, str] = CASES["others"]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_goes_through(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_named(name: str) -> None:
    assert name in (other_language(OTHERS[name]) or "")


@pytest.mark.parametrize("name", OTHERS)
def test_too_short_to_tell(name: str) -> None:
    assert other_language(OTHERS[name][:40]) is None


def test_a_foreign_quotation_does_not_matter() -> None:
    assert other_language(f"{ENGLISH[2]} {ENGLISH[3]} He quoted: {OTHERS['French']} {ENGLISH[2]}") is None
