"""Work in several processes with results in the order of the work, and a killed worker costing nobody else."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from kg.errors import ProcessError
from kg.run.foreman import CAN_FORK, Foreman
from kg.run.memory import give_back
from kg.run.worker import begin, call, one_thread, ready

Item = TypeVar("Item")
Made = TypeVar("Made")

_AHEAD = 2
"""So many pieces of work a process wait or run at once, so that none is idle while a result is taken."""
KILLED = "the process that built it was ended by the system; perhaps memory ran out"

Work = Callable[[Any, Sequence[Item]], Sequence[Made]]
"""Takes a process's state and some items, gives one result an item, in order."""
Lost = Callable[[Item, str], Made]
"""Gives the result of an item whose process was killed each time it was tried, or raises."""


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


class ProcessPool:
    """Processes that each set themselves up once and then work on what they are given; use it in a `with` block.

    `setup` makes a process's state (a loaded model). It and the work are pickled, so they are functions of
    modules, or objects of their classes. Processes are spawned, not forked from this one: a fork would inherit threads
    and locks. Several share the state of a `Foreman`, where the system can fork. BLAS gets one thread in each.
    """

    def __init__(self, jobs: int, setup: Callable[[], Any]) -> None:
        self._jobs, self._setup = jobs, setup
        self._pool = self._new(jobs)

    def __enter__(self) -> ProcessPool:
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
        """Return what one of the processes answers from its state; errors of `setup` come up here.

        Raises:
            ProcessError: the process was killed.
        """
        try:
            return self._pool.submit(call, question).result()
        except BrokenProcessPool:
            raise ProcessError(
                "the process that loads the model was ended by the system; perhaps memory ran out: close other "
                "programs, or choose a smaller --model or fewer --jobs"
            ) from None

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
            return self._pool.submit(call, work, batch)
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
        self._pool.shutdown(cancel_futures=True)
        try:
            try:
                self._pool = self._new(1)
                return self._pool.submit(call, work, batch).result()  # type: ignore[no-any-return]
            except BrokenProcessPool:
                return [self._alone(item, work, lost) for item in batch]
        finally:
            self._pool.shutdown()
            self._pool = self._new(self._jobs)

    def _alone(self, item: Item, work: Work[Item, Made], lost: Lost[Item, Made]) -> Made:
        for _ in range(2):  # its process may be gone because of the item before
            try:
                return self._pool.submit(call, work, [item]).result()[0]  # type: ignore[no-any-return]
            except BrokenProcessPool:
                self._pool = self._new(1)
        return lost(item, KILLED)

    def _new(self, jobs: int) -> Foreman | ProcessPoolExecutor:
        with one_thread():
            if jobs > 1 and CAN_FORK:
                return Foreman(jobs, self._setup)
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=begin, initargs=(self._setup,))
            for _ in range(jobs):
                pool.submit(ready)  # they start with the environment of this moment
        return pool


def _is_done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
