"""How long it takes until a command begins: what it does not need is not loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "graph")]

HEAVY = {"spacy", "thinc", "numpy", "onnxruntime", "trafilatura", "lxml", "pandas", "networkx", "pyvis", "jinja2",
         "starlette", "uvicorn", "mcp", "docx", "pypdfium2", "dateparser", "feedparser", "pyparsing"}  # fmt: skip
"""What neither help nor a query needs."""
GRAPH = {"rdflib", "pyoxigraph", "yaml", "pydantic"}
_TOLD = """
import json, sys, time
from kg.cli.main import main
code = main(sys.argv[1:])
loaded = sorted({name.partition(".")[0] for name in sys.modules})
sys.stderr.write(json.dumps([code, time.process_time(), loaded]))
"""
_LOADED = """
import time
import kg.cli.main, kg.querying, kg.store, typer._adapters
print(time.process_time())
"""


def told(*args: str) -> tuple[int, float, set[str]]:
    """Run kg; return its exit code, the seconds of a processor that it took, and what it loaded."""
    ended = subprocess.run([sys.executable, "-c", _TOLD, *args], capture_output=True, text=True, cwd=ROOT)
    code, seconds, loaded = json.loads(ended.stderr.splitlines()[-1])
    return code, seconds, set(loaded)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from graph_facts import both
    from graph_files import to_turtle

    path = tmp_path_factory.mktemp("startup") / "graph.ttl"
    path.write_text(to_turtle(both()), encoding="utf-8")
    return path


def test_help_loads_no_graph_and_no_language() -> None:
    code, _, loaded = told("--help")
    assert code == 0
    assert loaded & (HEAVY | GRAPH) == set()


def test_a_query_of_a_file_loads_what_it_asks_with_alone(graph: Path) -> None:
    code, _, loaded = told("query", "actors", "--data", str(graph))
    assert code == 0
    assert loaded & HEAVY == set()
    assert "pyoxigraph" in loaded


def test_a_command_begins_at_once() -> None:
    """Seconds of a processor, which other programs take nothing of; the best of a few."""
    assert min(told("--help")[1] for _ in range(4)) <= 0.3
    runs = (
        subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, cwd=ROOT)
        for _ in range(4)
    )
    assert min(float(run.stdout) for run in runs) <= 0.6
