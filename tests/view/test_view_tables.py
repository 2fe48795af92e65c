"""Nodes and edges for property graphs and data frames: `kg export --format neo4j` and `parquet`."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import networkx as nx
import pytest

from kg.cli.main import main
from kg.graph.iris import DEFAULT_BASE

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "graph")]

from graph_facts import both  # noqa: E402 - it lies in the folder just added
from graph_files import to_trig  # noqa: E402

HEAD = re.compile(r"(\w*):(ID|LABEL|START_ID|END_ID|TYPE|(?:string|double|long|boolean)(\[\])?)")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    harm = to_trig(both()).replace("Port Ellin", 'Port; \\"Ellin\\"\\n=1')
    path.write_text(harm, encoding="utf-8")
    return path


def export(graph: Path, form: str, out: Path) -> Path:
    assert main(["export", "--data", str(graph), "--format", form, "--out", str(out), "--quiet"]) == 0
    return out


def read(path: Path) -> list[dict[str, object]]:
    """Read a file as `neo4j-admin database import` does: one line a row, types by the head, empty cells unset."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines, strict=True))
    assert len(rows) == len(lines)
    heads = [HEAD.fullmatch(name) for name in rows[0]]
    assert all(heads)
    found = []
    for row in rows[1:]:
        assert len(row) == len(heads)
        values: dict[str, object] = {}
        for head, cell in zip(heads, row, strict=True):
            assert head is not None
            name, kind = head[1] or head[2], head[2]
            if cell == "":
                continue
            if kind.endswith("[]") or kind == "LABEL":
                values[head[2] if kind == "LABEL" else name] = cell.split(";")
            elif kind in {"double", "long"}:
                values[name] = float(cell) if kind == "double" else int(cell)
            elif kind == "boolean":
                assert cell in {"true", "false"}
                values[name] = cell == "true"
            else:
                values[head[2] if kind in {"ID", "START_ID", "END_ID", "TYPE"} else name] = cell
        found.append(values)
    return found


def test_neo4j_takes_every_node_and_edge(graph: Path, tmp_path: Path) -> None:
    out = export(graph, "neo4j", tmp_path / "out")
    nodes, edges = read(out / "nodes.csv"), read(out / "edges.csv")
    ids = [str(node["ID"]) for node in nodes]
    assert len(set(ids)) == len(ids)
    loaded = nx.MultiDiGraph()
    for node in nodes:
        assert all(re.fullmatch(r"\w+", str(label)) for label in node["LABEL"])  # type: ignore[attr-defined]
        loaded.add_node(node["ID"], **{key: value for key, value in node.items() if key != "ID"})
    for edge in edges:
        assert {edge["START_ID"], edge["END_ID"]} <= set(ids)
        assert re.fullmatch(r"[A-Z_]+", str(edge["TYPE"]))
        loaded.add_edge(edge["START_ID"], edge["END_ID"], key=edge["TYPE"])
    threat = f"{DEFAULT_BASE}event/blockade/v1"
    assert loaded.nodes[threat]["LABEL"] == ["Event", "Threaten"]
    assert loaded.nodes[threat]["confidence"] == 0.93 and loaded.nodes[threat]["sentence"]
    assert loaded.has_edge(threat, f"{DEFAULT_BASE}person/mira-tessel", "AGENT")
    assert loaded.has_edge(threat, f"{DEFAULT_BASE}article/blockade", "REPORTED_IN")
    assert {"Person", "Place", "Organization", "Statement", "Role", "Article"} <= {
        label
        for node in nodes
        for label in node["LABEL"]  # type: ignore[attr-defined]
    }
    assert {"ACCORDING_TO", "SPEAKER", "MEMBER", "NATIONALITY", "MENTIONED_IN"} <= {
        edge["TYPE"] for edge in edges
    }
    port = next(node for node in nodes if str(node.get("label", "")).startswith("Port;"))
    assert port["label"] == 'Port; "Ellin" =1'


def test_parquet_holds_the_same(graph: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    out = export(graph, "parquet", tmp_path / "out")
    nodes, edges = (pq.read_table(out / f"{name}.parquet").to_pylist() for name in ("nodes", "edges"))
    plain = export(graph, "neo4j", tmp_path / "csv")
    assert [row["id"] for row in nodes] == [row["ID"] for row in read(plain / "nodes.csv")]
    assert [(row["source"], row["type"]) for row in edges] == [
        (row["START_ID"], row["TYPE"]) for row in read(plain / "edges.csv")
    ]
    threat = next(row for row in nodes if row["id"].endswith("event/blockade/v1"))
    assert threat["labels"] == ["Event", "Threaten"] and threat["confidence"] == 0.93
    assert threat["latitude"] is None and threat["direct"] is None


@pytest.mark.parametrize("form", ["neo4j", "parquet"])
def test_the_same_bytes_on_each_run_and_a_folder_is_needed(form: str, graph: Path, tmp_path: Path) -> None:
    one, other = export(graph, form, tmp_path / "one"), export(graph, form, tmp_path / "other")
    assert [p.name for p in sorted(one.iterdir())] == [p.name for p in sorted(other.iterdir())]
    assert all(path.read_bytes() == (other / path.name).read_bytes() for path in one.iterdir())
    assert main(["export", "--data", str(graph), "--format", form]) == 2
    assert main(["export", "--data", str(graph), "--format", form, "--out", str(graph)]) == 2
