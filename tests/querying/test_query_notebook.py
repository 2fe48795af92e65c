"""Answers and graphs show themselves in a notebook, and nothing that articles say is markup there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "graph")]

from graph_facts import both  # noqa: E402 - it lies in the folder just added
from graph_files import to_turtle  # noqa: E402

from kg.api import KnowledgeGraph, load  # noqa: E402

HARM = "<script>window.hurt=1</script><img src=x onerror=1>"


def graph(tmp_path: Path, name: str = "Mira Tessel") -> KnowledgeGraph:
    path = tmp_path / "graph.ttl"
    path.write_text(to_turtle(both()).replace('"Mira Tessel"', f'"{name}"'), encoding="utf-8")
    return load(path)


def test_an_answer_is_a_table(tmp_path: Path) -> None:
    found = graph(tmp_path, HARM).query("SELECT ?name ?one { ?one a schema:Person ; rdfs:label ?name }")
    html = found._repr_html_()
    assert html.count("<tr>") == len(found) + 1
    assert "<th>name</th><th>one</th>" in html
    assert "&lt;script&gt;" in html and not re.search(r"<(?!/?(?:table|thead|tbody|tr|td|th|p|a)\b)", html)


def test_truth_graphs_and_long_answers(tmp_path: Path) -> None:
    one = graph(tmp_path)
    assert one.query("ASK { ?s a schema:Person }")._repr_html_() == "<p>yes</p>"
    made = one.query("CONSTRUCT WHERE { ?s a schema:Person }")._repr_html_()
    assert made.startswith("<pre>") and "schema:Person" in made and "&lt;" in made
    long = one.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert len(long) > 200
    html = long._repr_html_()
    assert html.count("<tr>") == 201 and f"{len(long):,} rows, the first 200 shown" in html
    script = one.query('SELECT (IRI("javascript:alert(1)") AS ?x) {}')._repr_html_()
    assert "href" not in script


def test_a_graph_is_counted_and_drawn(tmp_path: Path) -> None:
    html = graph(tmp_path)._repr_html_()
    assert "2 articles" in html and "7 events" in html
    assert '<iframe title="Knowledge graph" sandbox="allow-scripts allow-downloads"' in html
