"""The networkx graph, its layout and its exports: right, quick, and the same on every run."""

from __future__ import annotations

import csv
import io
import json
import time

import networkx as nx
import numpy as np
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDFS
from view_harbour import harbour
from view_stories import BASE, synthetic

from kg.view import network, to_csv, to_gexf, to_graphml, to_json
from kg.view.multigraph import pairs, pull
from kg.view.ranking import communities, pagerank
from kg.view.reading import read
from kg.view.scene import stage


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


def test_rank_sums_to_one_and_agrees_with_networkx() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 40, 90), rng.integers(40, 80, 90)
    weight = rng.random(90) + 0.1
    rank = pagerank(80, a, b, weight)
    assert abs(rank.sum() - 1) < 1e-9
    graph = nx.Graph()
    graph.add_nodes_from(range(80))
    for x, y, w in zip(a, b, weight, strict=True):
        old = graph.get_edge_data(int(x), int(y), {"weight": 0.0})["weight"]
        graph.add_edge(int(x), int(y), weight=old + w)
    pytest.importorskip("scipy")
    theirs = nx.pagerank(graph, tol=1e-12, max_iter=500)
    assert max(abs(rank[k] - theirs[k]) for k in range(80)) < 1e-5


def test_communities_are_found() -> None:
    ring = [(g * 5 + i, g * 5 + j) for g in range(3) for i in range(5) for j in range(i)]
    a, b = zip(*ring, (0, 5), strict=True)
    member = communities(16, a, b, [1.0] * len(a))
    assert len({member[k] for k in range(5)}) == 1 and member[0] != member[5] != member[10]
    assert member[15] == -1


def test_layout_is_the_same_and_apart() -> None:
    story = read(synthetic(120, 400))
    first, second = stage(story), stage(story)
    assert first == second
    spots = [s for s in first.spots[:120] if s.rank > 1]
    at = np.array([(s.x, s.y) for s in spots], dtype=float)
    size = np.array([s.size for s in spots])
    gap = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(len(at)) * 1e9
    assert (gap > (size[:, None] + size[None]) * 0.9).all()
    assert np.ptp(at[:, 0]) > np.ptp(at[:, 1])


def test_neighbours_stand_near() -> None:
    story = read(synthetic(200, 500))
    scene = stage(story)
    at = {iri: np.array([scene.spots[k].x, scene.spots[k].y]) for iri, k in scene.number.items()}
    tied = [np.hypot(*(at[a] - at[b])) for a, b in pull(story)]
    every = np.array([at[t.iri] for t in story.things])
    all_pairs = np.hypot(*(every[:, None] - every[None]).transpose(2, 0, 1)).mean()
    assert np.mean(tied) < 0.6 * all_pairs


def test_no_node_is_lost_and_no_place_is_absurd() -> None:
    for graph in (Graph(), harbour(), synthetic(3, 0), synthetic(40, 1)):
        scene = stage(read(graph))
        assert len(scene.spots) == len(scene.number)
        assert all(abs(s.x) < 1e5 and abs(s.y) < 1e5 for s in scene.spots)


@pytest.mark.parametrize(("actors", "facts", "limit"), [(500, 1500, 3.0), (5000, 20000, 20.0)])
def test_layout_is_quick(actors: int, facts: int, limit: float) -> None:
    story = read(synthetic(actors, facts))
    begin = time.perf_counter()
    stage(story)
    assert time.perf_counter() - begin < limit


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


def test_csv_rows_and_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(hostile()).decode())))
    assert len(rows) == network(harbour()).number_of_edges()
    assert any(r["source_label"].startswith("'=cmd") for r in rows)


def test_json_reads_back() -> None:
    back = nx.node_link_graph(json.loads(to_json(harbour())), edges="edges")
    assert nx.utils.graphs_equal(
        nx.MultiDiGraph(back.edges(keys=True)), nx.MultiDiGraph(network(harbour()).edges(keys=True))
    )
