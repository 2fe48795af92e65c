"""Who matters and who belongs together: PageRank and Louvain communities, on numbered nodes."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np

from kg.view.force_layout import Floats, Ints


def pagerank(
    n: int, source: Ints, target: Ints, weight: Floats, told: Floats, damping: float = 0.85
) -> Floats:
    """Return the PageRank of each node over undirected weighted edges; it sums to one.

    The jumps land on a node as often as the texts speak of it (`told`, at least one each): with even jumps, two
    who are tied only to each other would rank as high as the average.
    networkx's own needs scipy for it; forty rounds of this give six digits, and the same digits every time.
    """
    if n == 0:
        return np.zeros(0)
    strength = np.bincount(source, weight, n) + np.bincount(target, weight, n)
    share = np.divide(1.0, strength, out=np.zeros(n), where=strength > 0)
    start = told / told.sum()
    rank = start.copy()
    for _ in range(40):
        flow = rank * share
        spread = np.bincount(target, weight * flow[source], n) + np.bincount(source, weight * flow[target], n)
        lost = rank[strength == 0].sum()
        rank = (1 - damping) * start + damping * (spread + lost * start)
    result: Floats = rank
    return result


def communities(n: int, source: Sequence[int], target: Sequence[int], weight: Sequence[float]) -> list[int]:
    """Number the community of each node, the largest first; nodes without edges get -1."""
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(zip(source, target, weight, strict=True))
    lone = [node for node in range(n) if graph.degree(node) == 0]
    graph.remove_nodes_from(lone)
    found = nx.community.louvain_communities(graph, weight="weight", seed=7) if graph else []
    member = [-1] * n
    for number, group in enumerate(sorted((sorted(g) for g in found), key=lambda g: (-len(g), g))):
        for node in group:
            member[node] = number
    return member
