"""Processes that share a state: a foreman makes it once and forks them, so that it takes time and memory once.

The foreman is spawned, has no threads when it forks, and only passes on what its processes are asked and answer, as
bytes. Its memory is theirs as long as nobody writes to it (copy on write).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from kg.run import worker

CAN_FORK = sys.platform == "linux" and hasattr(os, "fork")
"""On macOS libraries of the system don't bear a fork, Windows has none."""

_Answer = tuple[int, bytes | None, BaseException | None]


class Foreman:
    """A pool of `jobs` processes as far as `submit` and `shutdown` go; `setup` makes the state that they share.

    If one of them is killed, or the foreman, all that is under way fails with BrokenProcessPool, as in the
    library's pool.
    """

    def __init__(self, jobs: int, setup: Callable[[], Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self._link, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, jobs, setup))
        self._process.start()
        theirs.close()
        self._asked = 0
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._open = True
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Let one of the processes call a function.

        Raises:
            BrokenProcessPool: one of them was killed before.
            RuntimeError: the foreman was sent home.
        """
        future: Future[Any] = Future()
        message = pickle.dumps((function, args))
        with self._lock:
            if not self._open:
                raise RuntimeError("no work is taken after shutdown")
            number = self._asked = self._asked + 1
            self._waiting[number] = future
        try:
            self._link.send_bytes(number.to_bytes(8) + message)
        except OSError:
            self._break()
            raise BrokenProcessPool("the foreman is gone") from None
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work and let the processes end; with `wait` return when they have."""
        with self._lock:
            was_open, self._open = self._open, False
        if was_open:
            with contextlib.suppress(OSError):
                self._link.send_bytes(bytes([cancel_futures]))
        if wait:
            self._process.join()
            self._reader.join()

    def _read(self) -> None:
        """Take answers as they come; at the end nobody waits for one."""
        try:
            while True:
                number, made, error = pickle.loads(self._link.recv_bytes())  # noqa: S301 - our own process wrote it
                future = self._waiting.pop(number, None)
                if future is None:
                    continue
                if error is not None:
                    future.set_exception(error)
                else:
                    future.set_result(pickle.loads(made))  # noqa: S301
        except (EOFError, OSError):
            self._break()

    def _break(self) -> None:
        with self._lock:
            left, self._waiting = list(self._waiting.values()), {}
        for future in left:
            if not future.done():
                future.set_exception(BrokenProcessPool("the foreman is gone"))


def _serve(link: Connection, jobs: int, setup: Callable[[], Any]) -> None:
    worker.ignore_interrupts()
    worker.load(setup)
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("fork"), initializer=worker.behave
    )
    pool.submit(worker.ready)  # forks all of them
    worker.behave()  # not before: it starts a thread
    lock = threading.Lock()
    while True:
        try:
            message = link.recv_bytes()
        except (EOFError, OSError):
            message = b"\1"
        if len(message) < 8:
            break
        number = int.from_bytes(message[:8])
        try:
            pool.submit(_done, message[8:]).add_done_callback(partial(_answer, link, lock, number))
        except BrokenProcessPool as error:
            _send(link, lock, (number, None, error))
    pool.shutdown(cancel_futures=message == b"\1")
    link.close()


def _done(message: bytes) -> bytes:
    function, args = pickle.loads(message)  # noqa: S301 - the parent wrote it
    return pickle.dumps(function(*args))


def _answer(link: Connection, lock: threading.Lock, number: int, future: Future[bytes]) -> None:
    if future.cancelled():
        return
    error = future.exception()
    _send(link, lock, (number, None if error else future.result(), error))


def _send(link: Connection, lock: threading.Lock, answer: _Answer) -> None:
    with lock, contextlib.suppress(OSError):
        link.send_bytes(pickle.dumps(answer))
