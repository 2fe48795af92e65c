"""Answer queries in worker processes, ended at the time limit, on snapshots that no write disturbs."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KGError, QueryError, StoreError, UsageError
from kg.store import ArticleStore, is_store, settings
from kg.store.store import FORMATS

_LINE = 1 << 20
_WATCH = 2.0
_ROOM = ".serving"


class TimeLimitError(KGError):
    """A query took longer than it may and was ended."""


class BusyError(KGError):
    """So many queries run and wait already that another is not taken."""


class UnacceptableError(KGError):
    """The client takes the answer in no form offered."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds, rows, bytes of its body, bytes of its answer; how many at a time.

    `waiting` requests may wait for one of `workers` to be free.
    """

    seconds: float = 10.0
    rows: int = 100_000
    body: int = 1_000_000
    answer: int = 64_000_000
    workers: int = 3
    waiting: int = 128


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: its kind (rows, truth, graph), form, bytes, and whether it was cut at a limit."""

    kind: str
    form: str
    body: bytes
    cut: bool = False


@dataclass(slots=True)
class _Worker:
    process: asyncio.subprocess.Process | None = None
    seen: Path | None = field(default=None)


class Engine:
    """A store, or a graph file, being asked; use it in an `async with` block.

    Raises (on entering):
        StoreError: the store or file can't be opened.
        UsageError: there is neither.
    """

    def __init__(self, source: Path, limits: Limits = Limits()) -> None:
        self.source = source
        self.limits = limits
        self.base = ""
        self.generation = 0
        self._room = Path()
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._store = source
        self._users: Counter[Path] = Counter()
        self._current = Path()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers = [_Worker() for _ in range(limits.workers)]
        self._waiting = 0
        self._writing = asyncio.Lock()
        self._watcher: asyncio.Task[None] | None = None
        self._mark = 0

    async def __aenter__(self) -> Engine:
        try:
            await asyncio.to_thread(self._open)
            for worker in self._workers:
                self._idle.put_nowait(worker)
            await self._renew()
        except BaseException:
            self._tidy()
            raise
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        for worker in self._workers:
            await _end(worker)
        self._tidy()

    @property
    def labels(self) -> Path:
        """The full-text index of the names in the present snapshot."""
        return self._current.with_suffix(".labels")

    async def ask(self, query: str, seconds: float | None = None, **more: Any) -> Answer:
        """Ask a query; `more` are the fields of `kg.store.ask.Asked`.

        Raises:
            QueryError: it can't be parsed or run, or asks another host.
            TimeLimitError, BusyError, UnacceptableError: as they say.
        """
        more.setdefault("most", self.limits.rows)
        more.setdefault("size", self.limits.answer)
        job = {"do": "ask", "query": query, **more}
        async with self._snapshot() as path:
            head, body = await self._work(job | {"store": str(path)}, seconds or self.limits.seconds)
        return Answer(str(head["kind"]), str(head["form"]), body, bool(head["cut"]))

    async def change(
        self,
        update: str,
        base: str | None = None,
        default: list[str] | None = None,
        named: list[str] | None = None,
    ) -> None:
        """Run an update; the answers after it show it.

        Raises:
            QueryError, StoreError, TimeLimitError, BusyError: as they say.
        """
        async with self._writing:
            target = self._next()
            job = {
                "do": "change",
                "store": str(self._store),
                "target": str(target),
                "update": update,
                "base": base,
                "default": default or [],
                "named": named or [],
            }
            await self._work(job, self.limits.seconds)
            await self._switch(target)

    async def rows(self, query: str, seconds: float | None = None) -> list[dict[str, dict[str, str]]]:
        """Return the rows of a SELECT as SPARQL JSON has them.

        Raises:
            QueryError, TimeLimitError, BusyError: as they say.
        """
        answer = await self.ask(query, seconds)
        found: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
        return found

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Path]:
        """Keep the present snapshot on disk for as long as it is asked."""
        path = self._current
        self._users[path] += 1
        try:
            yield path
        finally:
            self._users[path] -= 1
            if not self._users[path] and path != self._current:
                await asyncio.to_thread(_remove, path)

    async def _work(self, job: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        if self._waiting >= self.limits.waiting:
            raise BusyError("too many queries wait already; try again in a moment")
        self._waiting += 1
        try:
            worker = await self._idle.get()
        finally:
            self._waiting -= 1
        try:
            head, body = await asyncio.wait_for(_exchange(worker, job | {"seconds": seconds}), seconds)
        except TimeoutError:
            await _end(worker)
            raise TimeLimitError(f"stopped at the time limit of {seconds:g} seconds") from None
        except (OSError, asyncio.IncompleteReadError, ValueError):
            await _end(worker)
            raise QueryError("it needs more memory than it may have, or crashed, and was stopped") from None
        except asyncio.CancelledError:
            await _end(worker)
            raise
        finally:
            self._idle.put_nowait(worker)
        if head["kind"] == "unacceptable":
            raise UnacceptableError(str(head["error"]))
        if head["kind"] == "error":
            raise QueryError(str(head["error"]))
        return head, body

    def check(self) -> None:
        """Tell before anything is started whether there is something to serve.

        Raises:
            UsageError: there is neither a store nor a graph file.
        """
        if self.source.is_file() and self.source.suffix.lower() not in FORMATS:
            raise UsageError(f"{self.source}: the ending tells no format; known are {', '.join(FORMATS)}")
        if not self.source.is_file() and not is_store(self.source):
            raise UsageError(f"{self.source}: no such store or graph file; make one with kg build")

    def _open(self) -> None:
        self.check()
        if is_store(self.source):
            self.base = settings(self.source)["base"]
            self._room = self.source / _ROOM
            self._room.mkdir(exist_ok=True)
            for left in self._room.iterdir():
                if not _alive(left.name.partition("-")[0]):
                    _remove(left)
        else:
            self._own = tempfile.TemporaryDirectory(prefix="kg-serve-")
            self._room = Path(self._own.name)
            self._store = self._room / "store"
            with ArticleStore(self._store) as store:
                store.load(self.source)
                self.base = store.base

    def _next(self) -> Path:
        self.generation += 1
        return self._room / f"{os.getpid()}-{self.generation}"

    async def _renew(self) -> None:
        target = self._next()
        self._mark = self._marked()
        try:
            job = {"do": "snapshot", "store": str(self._store), "target": str(target)}
            await self._work(job, 120)
        except QueryError as error:
            raise StoreError(str(error)) from error
        await self._switch(target)

    async def _switch(self, target: Path) -> None:
        labels = {"do": "labels", "store": str(target), "target": str(target.with_suffix(".labels"))}
        await self._work(labels, 120)
        before, self._current = self._current, target
        self._mark = self._marked()
        if before != Path() and not self._users[before]:
            await asyncio.to_thread(_remove, before)

    def _marked(self) -> int:
        with suppress(OSError):
            return (self._store / "articles.sqlite").stat().st_mtime_ns
        return 0

    async def _watch(self) -> None:
        """Take a new snapshot when another process has written to the store and let go of it."""
        while True:
            await asyncio.sleep(_WATCH)
            if self._marked() != self._mark and not self._writing.locked():
                with suppress(KGError):
                    async with self._writing:
                        await self._renew()

    def _tidy(self) -> None:
        if self._own is not None:
            self._own.cleanup()
        elif self._room != Path():
            for left in self._room.glob(f"{os.getpid()}-*"):
                _remove(left)
            with suppress(OSError):
                self._room.rmdir()


async def _exchange(worker: _Worker, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    process = worker.process
    if process is None or process.returncode is not None:
        pipe = asyncio.subprocess.PIPE
        process = worker.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.store.worker",
            stdin=pipe,
            stdout=pipe,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE,
            start_new_session=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(job).encode("ascii") + b"\n")
    await process.stdin.drain()
    line = await process.stdout.readline()
    if not line:
        raise asyncio.IncompleteReadError(line, None)
    head: dict[str, Any] = json.loads(line)
    return head, await process.stdout.readexactly(int(head["bytes"]))


async def _end(worker: _Worker) -> None:
    process, worker.process = worker.process, None
    if process is not None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.with_suffix(".labels").unlink(missing_ok=True)
    if path.is_file():
        path.unlink(missing_ok=True)


def _alive(pid: str) -> bool:
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
