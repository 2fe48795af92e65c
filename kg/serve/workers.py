"""The worker processes: so many jobs at a time, each ended at its limit, so many waiting, the rest sent away."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kg.errors import KGError, QueryError, StoreError

_LINE = 1 << 20
_ALARMS = (-getattr(signal, "SIGALRM", 14), 142)
"""How a worker ends by its own alarm, by the system's or by its own clock (`kg.store.worker`)."""
_START, _LAST_BREATH = 60.0, 2.0
_MEMORY = "stopped: it needs more memory than it may have"
_STOPPING = "the server is being stopped"


class TimeLimitError(KGError):
    """A query took longer than it may and was ended."""


class MemoryLimitError(KGError):
    """A query needed more memory than it may, or crashed its worker, and was ended."""


class BusyError(KGError):
    """So many queries run and wait already that another is not taken."""


class UnacceptableError(KGError):
    """The client takes the answer in no form offered."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, and how many are served at a time.

    `seconds` of work; `rows` of a table or triples of a graph; bytes of its `body` and of its `answer`; bytes
    of `memory`, code included. `workers` work at a time, `waiting` requests wait for one of them to be free,
    for `patience` seconds at most.
    """

    seconds: float = 10.0
    rows: int = 100_000
    body: int = 1_000_000
    answer: int = 64_000_000
    memory: int = 2 << 30
    workers: int = 3
    waiting: int = 128
    patience: float = 30.0


class Pool:
    """The workers of one server."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._workers = [_Worker(limits.memory) for _ in range(limits.workers)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._inside = 0
        self._revivals: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def open(self) -> None:
        """Start the workers.

        Raises:
            StoreError: one can't be started.
        """
        await asyncio.gather(*(worker.start() for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    def stop(self) -> None:
        """Take no more jobs and end those under way; whoever waits for one is told."""
        self._stopped = True
        for worker in self._workers:
            worker.kill()

    async def close(self) -> None:
        """End the workers, whatever they are doing."""
        self.stop()
        for task in self._revivals:
            task.cancel()
        await asyncio.gather(*self._revivals, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))

    async def work(self, job: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Have one of the workers do a job; return the head and the body of its answer.

        Raises:
            QueryError: what was asked is wrong.
            StoreError: the store can't be opened or written.
            TimeLimitError, MemoryLimitError, BusyError, UnacceptableError: as they say.
        """
        if self._inside >= self._limits.workers + self._limits.waiting:
            raise BusyError("too many queries run and wait already; try again in a moment")
        self._inside += 1
        try:
            head, body = await self._use(await self._free(), job, seconds)
        finally:
            self._inside -= 1
        match head["kind"]:
            case "unacceptable":
                raise UnacceptableError(head["error"])
            case "error":
                raise QueryError(head["error"])
            case "broken":
                raise StoreError(head["error"])
            case "memory":
                raise MemoryLimitError(_MEMORY)
        return head, body

    async def _free(self) -> _Worker:
        try:
            async with asyncio.timeout(self._limits.patience):
                return await self._idle.get()
        except TimeoutError:
            raise BusyError("other queries take all the time; try again in a moment") from None

    async def _use(
        self, worker: _Worker, job: dict[str, Any], seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        whole = False
        try:
            if self._stopped:
                raise BusyError(_STOPPING)
            await worker.start()
            async with asyncio.timeout(seconds):
                answer = await worker.exchange(job | {"seconds": seconds})
            whole = True
            return answer
        except TimeoutError:
            raise TimeLimitError(f"stopped at the time limit of {seconds:g} seconds") from None
        except (OSError, asyncio.IncompleteReadError, ValueError):
            if self._stopped:
                raise BusyError(_STOPPING) from None
            if await worker.ended_in_time():
                raise MemoryLimitError(f"{_MEMORY}, or crashed") from None
            raise TimeLimitError("stopped at the time limit") from None
        finally:
            if whole or self._stopped:
                self._idle.put_nowait(worker)
            else:  # at its limit, crashed, or nobody waits for the answer any more
                self._revive(worker)

    def _revive(self, worker: _Worker) -> None:
        async def revive() -> None:
            try:
                await worker.end()
                with suppress(StoreError):  # whoever gets it tries again
                    await worker.start()
            finally:
                self._idle.put_nowait(worker)

        worker.kill()
        task = asyncio.create_task(revive())
        self._revivals.add(task)
        task.add_done_callback(self._revivals.discard)


class _Worker:
    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process if none is running, and wait until it is ready."""
        if self._process is not None and self._process.returncode is None:
            return
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.store.worker", str(self._memory)),
            stdin=pipe,
            stdout=pipe,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE,
            start_new_session=True,  # Ctrl-C is for the server
        )
        assert self._process.stdout is not None
        ready = b""
        with suppress(TimeoutError):
            async with asyncio.timeout(_START):
                ready = await self._process.stdout.readline()
        if ready != b"\n":
            await self.end()
            raise StoreError("a worker process can't be started; has it enough memory?")

    async def exchange(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Hand a job over and read the answer."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(job).encode("ascii") + b"\n")
        await process.stdin.drain()
        line = await process.stdout.readline()
        if not line:
            raise asyncio.IncompleteReadError(line, None)
        head: dict[str, Any] = json.loads(line)
        return head, await process.stdout.readexactly(int(head["bytes"]))

    def kill(self) -> None:
        """End the process now, without waiting for its end."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def ended_in_time(self) -> bool:
        """Tell, of a process that is ending by itself, whether it was not its own alarm that ended it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_BREATH):
                return self._process is None or await self._process.wait() not in _ALARMS
        return True

    async def end(self) -> None:
        """End the process and wait for its end."""
        self.kill()
        process, self._process = self._process, None
        if process is not None:
            await process.wait()
