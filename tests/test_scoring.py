"""The tables of weights: every entry loads, has its sentence, and is asked for somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.scoring import read_weights, weights

ROOT = Path(__file__).parents[1]
PACKAGES = ("kg.identity", "kg.resolve")
GOOD = {"feature": "shared", "weight": 0.3, "because": "Both are one."}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_feature_is_asked_for(package: str) -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / package.replace(".", "/")).rglob("*.py")
    )
    asked = set(re.findall(r"\b[a-z_]+\b", "".join(re.findall(r"\"[^\"\n]*\"", code))))
    for name in weights(package):
        section, _, feature = name.partition(".")
        assert section in asked, f"{name}: nothing asks for its section"
        words = feature.split("_")
        parts = {"_".join(words[a:b]) for a, b in ((0, n) for n in range(1, len(words) + 1))}
        parts |= {"_".join(words[n:]) for n in range(len(words))}
        assert parts & asked, f"{name}: nothing asks for it"


def test_a_table_is_read_by_section_and_feature() -> None:
    assert read_weights({"fields": [GOOD]}, "x.yaml") == {"fields.shared": 0.3}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"feature": "shared", "weight": 0.3}, "an entry is feature, weight and a sentence why"),
        (GOOD | {"because": "no sentence"}, "an entry is feature, weight and a sentence why"),
        (GOOD | {"weight": "much"}, "much is no weight"),
        (GOOD | {"weight": True}, "True is no weight"),
    ],
)
def test_a_bad_entry_is_refused(entry: dict[str, object], message: str) -> None:
    with pytest.raises(LexiconError, match=f"x.yaml: fields.*{message}"):
        read_weights({"fields": [entry]}, "x.yaml")


def test_no_feature_stands_twice() -> None:
    with pytest.raises(LexiconError, match=r"fields\.shared stands twice"):
        read_weights({"fields": [GOOD, GOOD]}, "x.yaml")
