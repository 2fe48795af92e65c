"""Who matters most and who belongs together, on graphs small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kg.view.ranking import communities, pagerank


def ranks(n: int, edges: list[tuple[int, int, float]], told: list[float] | None = None) -> list[float]:
    source, target, weight = (np.array(column) for column in zip(*edges, strict=True))
    return pagerank(n, source, target, weight.astype(float), np.array(told or [1.0] * n)).tolist()


def test_the_middle_of_a_star_ranks_first_and_all_ranks_sum_to_one() -> None:
    found = ranks(4, [(0, 1, 1.0), (0, 2, 1.0), (3, 0, 1.0)])
    assert sum(found) == pytest.approx(1.0)
    assert found[0] > 2 * found[1]
    assert found[1] == pytest.approx(found[3])  # in which direction an edge is drawn is nothing


def test_who_is_spoken_of_more_ranks_higher_where_ties_are_alike() -> None:
    often, seldom = ranks(2, [(0, 1, 1.0)], told=[9.0, 1.0])
    assert often > seldom


def test_who_has_no_ties_keeps_a_share() -> None:
    assert all(rank > 0 for rank in ranks(3, [(0, 1, 1.0)]))
    assert pagerank(0, *[np.zeros(0, dtype=np.int64)] * 2, *[np.zeros(0)] * 2).tolist() == []


def test_two_groups_with_one_tie_between_them_are_two_communities_and_a_loner_is_in_none() -> None:
    triangle = [(0, 1), (1, 2), (2, 0)]
    edges = [*triangle, *((a + 3, b + 3) for a, b in triangle), (3, 6), (2, 3)]
    found = communities(8, [a for a, _ in edges], [b for _, b in edges], [1.0] * len(edges))
    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] == found[5] == found[6]
    assert found[0] != found[3]
    assert found[3] == 0  # the largest comes first
    assert found[7] == -1
    assert communities(2, [], [], []) == [-1, -1]
