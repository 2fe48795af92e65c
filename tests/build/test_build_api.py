"""The Python API: `from kg import build, load, query`, whatever is imported before or after."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.builder import Built


def test_the_three_names(samples: Built, tmp_path: Path) -> None:
    from kg import load, query

    graph = load(samples.files[0])
    assert len(graph.query("articles").rows) == 3
    assert query("articles", samples.files[0]).rows == graph.query("articles").rows
    assert {str(row[0]) for row in graph.query("quotes-by", name="Amina Yusuf").rows} == {"Amina Yusuf"}
    assert graph.network().number_of_nodes() > 50
    page = graph.view(tmp_path / "page.html", title="Three stories")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    "first",
    [
        "import kg.builder, kg.querying",
        "from kg.querying import run_query",
        "from kg.builder import Resources",
        "pass",
    ],
)
def test_names_stay_functions_in_any_order(first: str) -> None:
    then = "from kg import build, query, load; import kg.querying, kg.builder"
    code = f"{first}\n{then}\nprint(callable(kg.build), callable(kg.query))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="bild"):
        _ = kg.bild  # type: ignore[attr-defined]
