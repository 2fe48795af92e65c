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
import json, sys
from kg.cli.main import main
code = main(sys.argv[1:])
loaded = sorted({name.partition(".")[0] for name in sys.modules})
sys.stderr.write(json.dumps([code, loaded]))
"""
_STANDARD = """
import argparse, asyncio, concurrent.futures, csv, dataclasses, email.message, http.client, json, logging.config
import multiprocessing, re, sqlite3, tempfile, typing, unittest, urllib.request, xml.dom.minidom
"""
"""What Python itself brings, for a measure of how fast this machine loads modules."""
_HELP = "import sys; from kg.cli.main import main; main(['--help'])"
_LOADED = "import kg.cli.main, kg.querying, kg.store, typer._adapters"
_TIMED = "\nimport sys, time; sys.stderr.write(f'\\n{time.process_time()}')"


def told(*args: str) -> tuple[int, set[str]]:
    """Run kg; return its exit code and what it loaded."""
    ended = subprocess.run([sys.executable, "-c", _TOLD, *args], capture_output=True, text=True, cwd=ROOT)
    code, loaded = json.loads(ended.stderr.splitlines()[-1])
    return code, set(loaded)


def seconds(program: str) -> float:
    """Return the seconds of a processor that a new process takes for a program."""
    command = [sys.executable, "-c", program + _TIMED]
    return float(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stderr.splitlines()[-1])


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from graph_facts import both
    from graph_files import to_turtle

    path = tmp_path_factory.mktemp("startup") / "graph.ttl"
    path.write_text(to_turtle(both()), encoding="utf-8")
    return path


def test_help_loads_no_graph_and_no_language() -> None:
    code, loaded = told("--help")
    assert code == 0
    assert loaded & (HEAVY | GRAPH) == set()


def test_a_query_of_a_file_loads_what_it_asks_with_alone(graph: Path) -> None:
    code, loaded = told("query", "actors", "--data", str(graph))
    assert code == 0
    assert loaded & HEAVY == set()
    assert "pyoxigraph" in loaded


def test_a_command_begins_at_once() -> None:
    """Against some modules of Python's own (0.1 s): help costs 1.3 times that, all a query needs 4 times."""
    rounds = [[seconds(program) for program in (_STANDARD, _HELP, _LOADED)] for _ in range(4)]
    standard, help_, loaded = map(min, zip(*rounds, strict=True))
    assert help_ < 3 * standard
    assert loaded < 7 * standard
