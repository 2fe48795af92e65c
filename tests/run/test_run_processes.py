"""Processes: order kept, a killed worker costs nothing, an item that kills each worker costs itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import ModelError, ProcessError
from kg.run.foreman import CAN_FORK
from kg.run.processes import KILLED, Here, ProcessPool


def nothing() -> str:
    return "state"


def other() -> str:
    return "other"


def number(_: str) -> int:
    return os.getpid()


def broken() -> str:
    raise ModelError("no such model")


def too_large() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


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


def orphaned(state: str, items: Sequence[str]) -> list[str]:
    mark = Path(items[0])
    if not mark.exists():
        mark.write_text(str(os.getpid()), encoding="ascii")
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return list(items)


def parents(_: str) -> tuple[int, int]:
    time.sleep(0.5)  # so that one process does not answer all
    return os.getpid(), os.getppid()


def asked(pool: ProcessPool, count: int) -> list[tuple[int, int]]:
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(pool.ask, [parents] * count))


def is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def lost(item: int, why: str) -> int:
    assert why == KILLED
    return -item


def threads(state: str) -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


BATCHES = [[2, 3], [1], [4], [5, 6, 7], [8], [9]]


def test_results_come_in_the_order_of_the_work() -> None:
    expected = list(Here("state").map(doubled, BATCHES, lost))
    with ProcessPool(2, nothing) as pool:
        assert list(pool.map(doubled, BATCHES, lost)) == expected == [[2 * n for n in b] for b in BATCHES]
        assert pool.ask(threads) == "1"
    assert os.environ.get("OMP_NUM_THREADS") != "1" or "OMP_NUM_THREADS" in os.environ


def test_processes_that_rest_end_and_others_take_their_places() -> None:
    with ProcessPool(1, nothing) as pool:
        first = pool.ask(number)
        pool.rest(other)
        assert pool.ask(number) != first
        assert pool.ask(str) == "other"
        pool.rest()
        with pytest.raises(RuntimeError):
            pool.ask(number)


def test_what_kills_every_process_is_lost_and_nothing_else() -> None:
    with ProcessPool(2, nothing) as pool:
        assert list(pool.map(poisoned, BATCHES, lost)) == [[4, 6], [2], [8], [-5, 12, 14], [16], [18]]


def test_a_process_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in "abcd"]
    Path(names[0]).touch()
    Path(names[1]).touch()
    Path(names[3]).touch()
    with ProcessPool(2, nothing) as pool:
        assert list(pool.map(once, [names[:2], names[2:]], lost)) == [names[:2], names[2:]]  # type: ignore[arg-type]


@pytest.mark.skipif(not CAN_FORK, reason="processes are forked on Linux alone")
def test_several_processes_are_forked_from_one_that_made_their_state(tmp_path: Path) -> None:
    with ProcessPool(2, nothing) as pool:
        found = asked(pool, 4)
        assert len({own for own, _ in found}) == 2
        assert len({parent for _, parent in found}) == 1
        assert found[0][1] != os.getpid()
    assert not any(is_there(one) for pair in found for one in pair)


@pytest.mark.skipif(not CAN_FORK, reason="processes are forked on Linux alone")
def test_a_foreman_that_is_killed_takes_its_processes_along_and_costs_nothing(tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    with ProcessPool(2, nothing) as pool:
        assert list(pool.map(orphaned, [[mark, "a"], [mark, "b"]], lost)) == [[mark, "a"], [mark, "b"]]  # type: ignore[arg-type]
    assert not is_there(int(Path(mark).read_text(encoding="ascii")))


def test_the_end_of_the_parent_is_the_end_of_all(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from test_run_processes import Pool, asked, nothing\n"
        "if __name__ == '__main__':\n"
        "    with Pool(2, nothing) as pool:\n"
        "        print(*(n for pair in asked(pool, 4) for n in pair), flush=True)\n"
        "        time.sleep(60)\n"
    )
    file = tmp_path / "main.py"
    file.write_text(script, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(file), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    ) as main:
        assert main.stdout is not None
        numbers = [int(one) for one in main.stdout.readline().split()]
        main.kill()
    for _ in range(100):
        if not any(map(is_there, numbers)):
            break
        time.sleep(0.1)
    assert not any(map(is_there, numbers))


def test_what_goes_wrong_in_setting_up_is_told() -> None:
    with ProcessPool(2, broken) as pool, pytest.raises(ModelError, match="no such model"):
        pool.ask(threads)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_state_that_the_system_has_no_memory_for_is_one_line(jobs: int) -> None:
    with ProcessPool(jobs, too_large) as pool, pytest.raises(ProcessError, match="perhaps memory ran out"):
        pool.ask(threads)
