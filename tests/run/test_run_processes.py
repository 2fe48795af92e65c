"""Processes: order kept, a killed worker costs nothing, an item that kills each worker costs itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.run.processes import KILLED, Here, Pool


def nothing() -> str:
    return "state"


def other() -> str:
    return "other"


def number(_: str) -> int:
    return os.getpid()


def broken() -> str:
    raise ModelError("no such model")


def doubled(state: str, items: Sequence[int]) -> list[int]:
    assert state == "state"
    time.sleep(0.02 * (items[0] % 3))  # later batches end sooner
    return [2 * item for item in items]


def poisoned(state: str, items: Sequence[int]) -> list[int]:
    if 5 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(state, items)


def once(state: str, items: Sequence[str]) -> list[str]:
    for item in items:
        mark = Path(item)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return list(items)


def lost(item: int, why: str) -> int:
    assert why == KILLED
    return -item


def threads(state: str) -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


BATCHES = [[2, 3], [1], [4], [5, 6, 7], [8], [9]]


def test_results_come_in_the_order_of_the_work() -> None:
    expected = list(Here("state").map(doubled, BATCHES, lost))
    with Pool(2, nothing) as pool:
        assert list(pool.map(doubled, BATCHES, lost)) == expected == [[2 * n for n in b] for b in BATCHES]
        assert pool.ask(threads) == "1"
    assert os.environ.get("OMP_NUM_THREADS") != "1" or "OMP_NUM_THREADS" in os.environ


def test_processes_that_rest_end_and_others_take_their_places() -> None:
    with Pool(1, nothing) as pool:
        first = pool.ask(number)
        pool.rest(other)
        assert pool.ask(number) != first
        assert pool.ask(str) == "other"
        pool.rest()
        with pytest.raises(RuntimeError):
            pool.ask(number)


def test_what_kills_every_process_is_lost_and_nothing_else() -> None:
    with Pool(2, nothing) as pool:
        assert list(pool.map(poisoned, BATCHES, lost)) == [[4, 6], [2], [8], [-5, 12, 14], [16], [18]]


def test_a_process_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in "abcd"]
    Path(names[0]).touch()
    Path(names[1]).touch()
    Path(names[3]).touch()
    with Pool(2, nothing) as pool:
        assert list(pool.map(once, [names[:2], names[2:]], lost)) == [names[:2], names[2:]]  # type: ignore[arg-type]


def test_what_goes_wrong_in_setting_up_is_told() -> None:
    with Pool(2, broken) as pool, pytest.raises(ModelError, match="no such model"):
        pool.ask(threads)
