"""Work in several processes with results in the order of the work, and a killed worker costing nobody else."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_AHEAD = 2
"""So many pieces of work a process wait or run at once, so that none is idle while a result is taken."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
KILLED = "the process that built it was ended by the system; perhaps memory ran out"

_state: Any = None
_trouble: Exception | None = None


Work = Callable[[Any, Sequence[Item]], Sequence[Made]]
"""Takes a process's state and some items, gives one result an item, in order."""
Lost = Callable[[Item, str], Made]
"""Gives the result of an item whose process was killed each time it was tried, or raises."""


def give_back() -> None:
    """Give the memory that is free back to the system, where the C library can; loading a model leaves much."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)


class Here:
    """The same as a Pool, in this process; a kill takes all of it."""

    def __init__(self, state: object) -> None:
        self._state = state

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """Return the answer from the state."""
        return question(self._state)

    def rest(self) -> None:
        """Let go of the state, and give its memory back to the system where the C library can."""
        self._state = None
        give_back()

    def map(
        self, work: Work[Item, Made], batches: Iterable[Sequence[Item]], lost: Lost[Item, Made]
    ) -> Iterator[Sequence[Made]]:
        """Yield the results of each batch."""
        for batch in batches:
            yield work(self._state, batch)


class Pool:
    """Processes that each set themselves up once and then work on what they are given; use it in a `with` block.

    `setup` makes a process's state (a loaded model). It and the work are pickled, so they are functions of
    modules, or objects of their classes. Processes are spawned, not forked: a fork would inherit threads and
    locks. BLAS gets one thread in each.
    """

    def __init__(self, jobs: int, setup: Callable[[], Any]) -> None:
        self._jobs, self._setup = jobs, setup
        self._pool = self._new(jobs)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def rest(self, setup: Callable[[], Any] | None = None) -> None:
        """Let the processes end, and with them their memory; those that `setup` prepares take their places, if any.

        Without any it waits until the memory is free.
        """
        self._pool.shutdown(wait=setup is None, cancel_futures=True)
        if setup is not None:
            self._setup = setup
            self._pool = self._new(self._jobs)

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """Return what one of the processes answers from its state; errors of `setup` come up here."""
        return self._pool.submit(_call, question).result()

    def map(
        self, work: Work[Item, Made], batches: Iterable[Sequence[Item]], lost: Lost[Item, Made]
    ) -> Iterator[Sequence[Made]]:
        """Yield the results of each batch, in the order of the batches, whatever the timing."""
        waiting: deque[tuple[Sequence[Item], Future[Sequence[Made]]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(work, batch)))
            while len(waiting) >= self._jobs * _AHEAD:
                yield self._first(waiting, work, lost)
        while waiting:
            yield self._first(waiting, work, lost)

    def _submit(self, work: Work[Item, Made], batch: Sequence[Item]) -> Future[Sequence[Made]]:
        try:
            return self._pool.submit(_call, work, batch)
        except BrokenProcessPool as error:
            broken: Future[Sequence[Made]] = Future()
            broken.set_exception(error)
            return broken

    def _first(
        self,
        waiting: deque[tuple[Sequence[Item], Future[Sequence[Made]]]],
        work: Work[Item, Made],
        lost: Lost[Item, Made],
    ) -> Sequence[Made]:
        batch, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            # all that was under way is lost with it, and nothing tells which of the batches did it
            behind = list(waiting)
            waiting.clear()
            made = self._carefully(batch, work, lost)
            for other, kept in behind:
                waiting.append((other, kept if _is_done(kept) else self._submit(work, other)))
            return made

    def _carefully(
        self, batch: Sequence[Item], work: Work[Item, Made], lost: Lost[Item, Made]
    ) -> Sequence[Made]:
        """Do a batch again in a process of its own; if that is killed too, item by item."""
        try:
            try:
                self._pool = self._new(1)
                return self._pool.submit(_call, work, batch).result()  # type: ignore[no-any-return]
            except BrokenProcessPool:
                return [self._alone(item, work, lost) for item in batch]
        finally:
            self._pool.shutdown()
            self._pool = self._new(self._jobs)

    def _alone(self, item: Item, work: Work[Item, Made], lost: Lost[Item, Made]) -> Made:
        for _ in range(2):  # its process may be gone because of the item before
            try:
                return self._pool.submit(_call, work, [item]).result()[0]  # type: ignore[no-any-return]
            except BrokenProcessPool:
                self._pool = self._new(1)
        return lost(item, KILLED)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        with _one_thread():
            pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self._setup,))
            for _ in range(jobs):
                pool.submit(_ready)  # processes start when they are given work, and inherit the environment
        return pool


def _is_done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
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


def _begin(setup: Callable[[], Any]) -> None:
    """Set a new process up; what goes wrong is kept for the first work, where the parent hears of it."""
    global _state, _trouble
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(
            "500", encoding="ascii"
        )  # rather a worker than the parent
    try:
        _state = setup()
        give_back()
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        _trouble = error


def _end_with(sentinel: int) -> None:
    """End this process when its parent is gone, however that ended."""
    wait([sentinel])
    os._exit(1)


def _ready() -> None:
    return None


def _call(function: Callable[..., Any], *args: Any) -> Any:
    if _trouble is not None:
        raise _trouble
    return function(_state, *args)
