"""The networkx graph and its exports: right, and the same on every run."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDFS
from view_harbour import harbour
from view_stories import BASE

from kg.view import network, to_csv, to_gexf, to_graphml, to_json
from kg.view.graph_reader import read
from kg.view.multigraph import pairs


@pytest.fixture(scope="module")
def made() -> nx.MultiDiGraph:
    return network(harbour())


def test_nodes_of_every_kind(made: nx.MultiDiGraph) -> None:
    kinds = [d["kind"] for _, d in made.nodes(data=True)]
    assert {k: kinds.count(k) for k in set(kinds)} == {
        "person": 10, "organization": 11, "place": 7, "group": 4, "event": 35, "statement": 8, "article": 4,
    }  # fmt: skip


def test_edges_say_part_and_words(made: nx.MultiDiGraph) -> None:
    maro, velmark = str(BASE["person/ilse-maro"]), str(BASE["place/velmark"])
    assert "foreign minister of" in {
        d["label"] for *_, d in made.edges(maro, data=True) if d["part"] == "role"
    }
    assert {d["part"] for *_, d in made.edges(data=True)} == {
        "agent", "patient", "place", "speaker", "addressee", "about", "role", "relation", "said in", "reported in",
    }  # fmt: skip
    assert any(d["part"] == "relation" for d in made.get_edge_data(maro, velmark).values())


def test_folding_links_who_acts_on_whom() -> None:
    facts = {f.label: f for f in read(harbour()).facts}
    name = lambda f: [(a.rsplit("/")[-1], b.rsplit("/")[-1]) for a, b in pairs(facts[f])]  # noqa: E731
    assert name("Verhagen threatened the Sorrel Isles") == [("otto-verhagen", "sorrel")]
    assert name("Maro and Sefton signed a truce") == [("dame-ruth-sefton", "ilse-maro")]
    assert name("Protesters marched through Aldis") == [("protesters", "aldis")]
    assert name("A sailor died") == [("sailors", "kelm-harbour")]


def hostile() -> Graph:
    graph = harbour()
    node = BASE["person/ilse-maro"]
    graph.remove((node, RDFS.label, None))
    graph.add((node, RDFS.label, Literal("=cmd|' /C calc'!A0\x00\x0b<&>\ufffe\ud800")))
    return graph


def test_graphml_reads_back() -> None:
    text = to_graphml(hostile())
    back = nx.parse_graphml(text.decode(), force_multigraph=True)
    made = network(harbour())
    assert len(back) == len(made) and back.number_of_edges() == made.number_of_edges()
    assert text == to_graphml(hostile())
    assert {type(v) for _, d in back.nodes(data=True) for v in d.values()} <= {str, int, float}


def test_gexf_reads_back_and_bears_no_date() -> None:
    text = to_gexf(hostile())
    assert b"lastmodified" not in text
    back = nx.read_gexf(io.BytesIO(text))
    assert len(back) == len(network(harbour()))
    for _, data in back.nodes(data=True):
        assert {"color", "size", "position"} <= set(data["viz"])
    people = [d["viz"]["color"] for _, d in back.nodes(data=True) if d["kind"] == "person"]
    assert all((c["r"], c["g"], c["b"]) == (0xC7, 0x7D, 0x00) for c in people)


def test_csv_rows_and_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(hostile()).decode())))
    assert len(rows) == network(harbour()).number_of_edges()
    assert any(r["source_label"].startswith("'=cmd") for r in rows)


def test_json_reads_back() -> None:
    back = nx.node_link_graph(json.loads(to_json(harbour())), edges="edges")
    assert nx.utils.graphs_equal(
        nx.MultiDiGraph(back.edges(keys=True)), nx.MultiDiGraph(network(harbour()).edges(keys=True))
    )
