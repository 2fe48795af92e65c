"""The most memory that a process has used, and it together with the processes that it started."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks."""


def peak() -> float:
    """Return the most memory that this process has used, in MiB; Linux counts its parent's in `ru_maxrss`."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """Look all the while at what this process and those below it use together; "together" holds the most, in MiB."""
    found, done = {"together": 0.0}, threading.Event()

    def look() -> None:
        while not done.wait(_EVERY):
            found["together"] = max(found["together"], _together())

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


def _together() -> float:
    """Return the proportional set size of this process and its descendants: what they share counts once."""
    total, left = 0, [os.getpid()]
    while left:
        pid = left.pop()
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(rollup.partition("Pss:")[2].split()[0])
            for task in Path(f"/proc/{pid}/task").iterdir():
                left += map(int, (task / "children").read_text().split())
        except (OSError, IndexError, ValueError):
            continue
    return total / 1024
