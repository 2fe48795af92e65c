"""An assistant asks a graph by the Model Context Protocol: `kg mcp` as a process, and the SDK's own client."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli.main import main
from kg.graph.iris import DEFAULT_BASE

pytest.importorskip("mcp")


def talk(source: list[str], *calls: tuple[str, dict[str, Any]]) -> tuple[list[str], list[tuple[bool, Any]]]:
    """Start `kg mcp`, list its tools, call some, and return what came back: whether it is an error, and what."""
    from mcp import ClientSession, StdioServerParameters, stdio_client

    server = StdioServerParameters(
        command=sys.executable, args=["-m", "kg", "mcp", *source], env=dict(os.environ)
    )

    async def run() -> tuple[list[str], list[tuple[bool, Any]]]:
        async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            found = []
            for name, given in calls:
                answer = await session.call_tool(name, given)
                text = answer.content[0].text  # type: ignore[union-attr]
                found.append((bool(answer.is_error), text if answer.is_error else json.loads(text)))
            return tools, found

    return asyncio.run(asyncio.wait_for(run(), 120))


def test_an_assistant_asks_a_store(articles: Path) -> None:
    person = f"{DEFAULT_BASE}person/amina-yusuf"
    tools, found = talk(
        ["--store", str(articles)],
        ("list_queries", {}),
        ("run_query", {"name": "who-did-what", "parameters": {"name": "Amina Yusuf"}, "limit": 3}),
        ("search", {"words": "amina", "kind": "person"}),
        ("describe", {"iri": person, "section": "events"}),
        ("evidence", {"name": "Amina Yusuf"}),
        ("sparql", {"query": "ASK { ?p a schema:Person }"}),
        ("sparql", {"query": f"CONSTRUCT WHERE {{ <{person}> a ?type }}"}),
        ("sparql", {"query": "INSERT DATA { <urn:a> <urn:b> 1 }"}),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
        ("run_query", {"name": "nothing"}),
        ("describe", {"iri": f"{DEFAULT_BASE}person/nobody"}),
    )
    assert tools == ["list_queries", "run_query", "search", "describe", "evidence", "sparql"]
    wrong, values = [one for one, _ in found], [value for _, value in found]
    assert wrong == [False] * 7 + [True] * 4
    queries, rows, hits, thing, evidence, truth, graph, *errors = values
    assert "who-did-what" in {query["name"] for query in queries["queries"]}
    assert len(rows["rows"]) == 3 and rows["truncated"] is True
    assert person in {hit["iri"] for hit in hits["hits"]}
    assert list(thing["sections"]) == ["events"] and thing["label"] == "Amina Yusuf"
    assert "Amina Yusuf met" in evidence["rows"][0]["sentence"]
    assert truth == {"answer": True} and "schema:Person" in graph["turtle"]
    assert "SERVICE is refused" in errors[1] and "there is no query 'nothing'" in errors[2]
    assert all("Traceback" not in line for line in errors)


def test_without_a_graph_it_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", str(tmp_path / "none.ttl")]) != 0
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1
