"""What a process of a pool is: its state, set up once, and the calls that use it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from kg.run.memory import give_back, keep

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

_state: Any = None
_trouble: Exception | None = None


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Set the number of BLAS threads for the processes that start meanwhile."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def begin(setup: Callable[[], Any]) -> None:
    """Set a new process up; what goes wrong is kept for the first work, where the parent hears of it."""
    behave()
    load(setup)


def behave() -> None:
    """Let this process end when its parent does, and not by Ctrl-C; the system rather ends it than the parent."""
    ignore_interrupts()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def load(setup: Callable[[], Any]) -> None:
    """Make the state of this process, and of those that it forks."""
    global _state, _trouble
    try:
        _state = setup()
        give_back()
        keep()
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        _trouble = error


def ready() -> None:
    """Do nothing: processes start when they are given work."""


def call(function: Callable[..., Any], *args: Any) -> Any:
    """Return what a function makes of the state and `args`."""
    if _trouble is not None:
        raise _trouble
    return function(_state, *args)


def _end_with(sentinel: int) -> None:
    """End this process when its parent is gone, however that ended."""
    wait([sentinel])
    os._exit(1)
