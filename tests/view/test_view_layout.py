"""Ranks, communities and the layout: neighbours near, names free, lines clear, and the same on every run."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from view_harbour import harbour
from view_stories import synthetic

from kg.view.graph_reader import read
from kg.view.layout import clear, separate
from kg.view.multigraph import pull
from kg.view.packing import pack
from kg.view.ranking import communities, pagerank
from kg.view.scene import Scene, stage
from kg.view.stress_layout import distances, relax


@pytest.fixture(scope="module")
def scene() -> Scene:
    return stage(read(harbour()))


def places(scene: Scene) -> np.ndarray:
    return np.array([s.actors[:2] for s in scene.spots[: len(scene.story.things)]], dtype=float)


def test_rank_sums_to_one_and_agrees_with_networkx() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 40, 90), rng.integers(40, 80, 90)
    weight, told = rng.random(90) + 0.1, rng.integers(1, 9, 80).astype(float)
    rank = pagerank(80, a, b, weight, told)
    assert abs(rank.sum() - 1) < 1e-9
    graph = nx.Graph()
    graph.add_nodes_from(range(80))
    for x, y, w in zip(a, b, weight, strict=True):
        old = graph.get_edge_data(int(x), int(y), {"weight": 0.0})["weight"]
        graph.add_edge(int(x), int(y), weight=old + w)
    pytest.importorskip("scipy")
    jumps = dict(enumerate(told.tolist()))
    theirs = nx.pagerank(graph, tol=1e-12, max_iter=500, personalization=jumps, dangling=jumps)
    assert max(abs(rank[k] - theirs[k]) for k in range(80)) < 1e-4


def test_a_pair_apart_from_the_story_ranks_low() -> None:
    a, b = np.array([0, 0, 0, 0, 5]), np.array([1, 2, 3, 4, 6])
    rank = pagerank(7, a, b, np.ones(5), np.array([9.0, 4, 4, 4, 4, 1, 1]))
    assert rank[0] == rank.max() and rank[5:].max() < rank[:5].min()


def test_communities_are_found() -> None:
    ring = [(g * 5 + i, g * 5 + j) for g in range(3) for i in range(5) for j in range(i)]
    a, b = zip(*ring, (0, 5), strict=True)
    member = communities(16, a, b, [1.0] * len(a))
    assert len({member[k] for k in range(5)}) == 1 and member[0] != member[5] != member[10]
    assert member[15] == -1


def test_layout_is_the_same_and_fits_its_screens(scene: Scene) -> None:
    assert stage(read(harbour())) == scene
    linked = [k for k, t in enumerate(scene.story.things) if scene.spots[k].community >= 0]
    broad = np.array([scene.spots[k].actors[:2] for k in linked])
    upright = np.array([scene.spots[k].actors[2:] for k in linked])
    assert np.ptp(broad[:, 0]) > np.ptp(broad[:, 1])
    assert np.ptp(upright[:, 0]) < np.ptp(upright[:, 1])


def test_no_node_lies_on_another(scene: Scene) -> None:
    at, size = places(scene), np.array([s.size for s in scene.spots[: len(scene.story.things)]])
    gap = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(len(at)) * 1e9
    assert (gap > size[:, None] + size[None]).all()


def test_neighbours_stand_near() -> None:
    story = read(synthetic(80, 200))
    scene = stage(story)
    at = places(scene)
    tied = [np.hypot(*(at[scene.number[a]] - at[scene.number[b]])) for a, b in pull(story)]
    assert np.mean(tied) < 0.6 * np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)).mean()


def test_no_node_is_lost_and_no_place_is_absurd() -> None:
    for graph in (Graph(), synthetic(3, 0), synthetic(40, 1)):
        scene = stage(read(graph))
        assert len(scene.spots) == len(scene.number)
        assert all(abs(v) < 1e5 for s in scene.spots for v in (*s.actors, *s.full))


def test_stress_makes_lines_as_long_as_wanted() -> None:
    a, b = np.array([0, 1, 2, 2]), np.array([1, 2, 3, 4])
    length = np.array([60.0, 120.0, 80.0, 80.0])
    wanted = distances(5, a, b, length)
    assert wanted[0, 3] == 260 and wanted[3, 4] == 160
    at = relax(np.array([[0.0, 0], [9, 3], [20, 1], [30, 20], [31, -20]]), wanted)
    assert np.abs(np.hypot(*(at[a] - at[b]).T) - length).max() < 12


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(-200, 200), st.integers(-200, 200)), min_size=2, max_size=25))
def test_names_are_pushed_off_one_another(points: list[tuple[int, int]]) -> None:
    at = separate(np.array(points, dtype=float), np.tile([40.0, 10.0, 25.0], (len(points), 1)), 900)
    gap = np.abs(at[:, None] - at[None])
    assert ((gap[..., 0] > 79) | (gap[..., 1] > 34) | np.eye(len(at), dtype=bool)).all()


def test_a_node_leaves_a_line_that_only_passes() -> None:
    at = np.array([[0.0, 0], [200, 0], [100, 1]])
    for _ in range(30):
        at = clear(at, np.full(3, 10.0), np.array([0]), np.array([1]))
    assert at[2, 1] - (at[0, 1] + at[1, 1]) / 2 > 20


def test_packed_drawings_lie_apart_and_fill_the_screen() -> None:
    rng = np.random.default_rng(3)
    shapes = []
    for k in range(100):
        size = 400 if not k else rng.integers(30, 160)
        shapes.append(np.array([[0.0, 0.0, float(size), float(size)]]))
    boxes = np.array([s[0] + np.tile(m, 2) for s, m in zip(shapes, pack(shapes, 1.5), strict=True)])
    low, high = boxes[:, None], boxes[None]
    meet = (
        (low[..., 0] < high[..., 2])
        & (high[..., 0] < low[..., 2])
        & (low[..., 1] < high[..., 3])
        & (high[..., 1] < low[..., 3])
    )
    assert not (meet & ~np.eye(100, dtype=bool)).any()
    assert 1.0 < np.ptp(boxes[:, [0, 2]]) / np.ptp(boxes[:, [1, 3]]) < 2.2
