"""What work costs beside other work of the same run: seconds alone tell how busy or slow a machine is."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def costs(*works: Callable[[], object], rounds: int = 3) -> list[float]:
    """Return the least seconds of the processor that each takes.

    They are done in turns, so that a slow spell of the machine meets all of them; what other tests left in memory is
    not walked through meanwhile.
    """
    least = [float("inf")] * len(works)
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for n, work in enumerate(works):
                begin = time.process_time()
                work()
                least[n] = min(least[n], time.process_time() - begin)
    finally:
        gc.enable()
    return least


def ratio_of_growth(work: Callable[[int], object], size: int, *, rounds: int = 3) -> float:
    """Return how many times as much four times the size costs: 4 where work grows as size does, 16 with its square.

    What is too short to be timed counts as five milliseconds.
    """
    less, more = costs(lambda: work(size), lambda: work(4 * size), rounds=rounds)
    return max(more, 0.005) / max(less, 0.005)
