"""Answer queries on snapshots of a store, that no write disturbs, and take updates one after the other."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from kg.errors import KGError, StoreError, UsageError
from kg.graph.iris import DEFAULT_BASE
from kg.identity.overrides import FILE as DECISIONS
from kg.serve.withdrawn import without_withdrawn
from kg.serve.workers import Limits, Pool
from kg.store import ArticleStore, declared_base, is_store, settings
from kg.store.ask import WrittenAnswer
from kg.store.folder import packed, state
from kg.store.labels import Hit, find_labels
from kg.store.loading import FORMATS
from kg.store.scope import Scope, scope_of

_WATCH = 2.0
_PATIENCE = 5.0
_ROOM = ".serving"
_KEPT = 4
"""So many copies of a snapshot with articles' graphs in them are kept."""
_SLOW = 600.0
"""Seconds for what no client asked for: a snapshot, the index of names, the order of the store."""


class Engine:
    """A store, or a graph file, being asked; use it in an `async with` block, which may be entered again.

    `base` is the base IRI of what is in it; `generation` grows with each snapshot. `decisions` is the file of what
    people decided, identity.yaml beside the source unless another is named: facts of a graph file that were withdrawn
    there are not served (from a store they are taken when that is decided).

    Raises (on entering):
        StoreError: the store or file can't be opened.
        UsageError: there is neither.
        IdentityError: the file of decisions can't be read.
    """

    def __init__(self, source: Path, limits: Limits = Limits(), decisions: Path | None = None) -> None:  # noqa: B008 - frozen
        self.source = source
        self.decisions = decisions or (source if source.is_dir() else source.parent) / DECISIONS
        self.limits = limits
        self.base = ""
        self.generation = 0
        self._entered = 0
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._store = source
        self._users: Counter[Path] = Counter()
        self._current = Path()
        self._seen: set[str] = set()
        self._pool = Pool(limits)
        self._writing = asyncio.Lock()
        self._indexing = asyncio.Lock()
        self._unpacking = asyncio.Lock()
        self._watcher: asyncio.Task[None] | None = None

    @property
    def is_file(self) -> bool:
        """Whether a graph file is served, which no update changes."""
        return self.source.is_file()

    async def __aenter__(self) -> Engine:
        self._entered += 1
        if self._entered > 1:
            return self
        try:
            await asyncio.to_thread(self._open)
            await self._pool.open()
            await self._take("snapshot", _SLOW, patience=_PATIENCE)  # another server may be taking its own
        except BaseException:
            await self.__aexit__()
            raise
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._entered -= 1
        if self._entered:
            return
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        await self._pool.close()
        self._tidy()

    async def ask(self, query: str, seconds: float | None = None, **more: Any) -> WrittenAnswer:
        """Ask a query; `more` are the fields of `kg.store.ask.Asked`.

        Raises:
            QueryError: it can't be parsed or run, or asks another host.
            TimeLimitError, MemoryLimitError, BusyError, UnacceptableError: as they say.
        """
        more.setdefault("most", self.limits.rows)
        more.setdefault("size", self.limits.answer)
        job = {"do": "ask", "query": query, "names": "" if self.is_file else str(self._store), **more}
        job["seen"] = sorted(self._seen)
        scope = scope_of(query, more.get("base"), [*(more.get("default") or ()), *(more.get("named") or ())])
        async with self._snapshot() as path:
            if scope and not self.is_file:
                path = await self._unpacked(path, scope)
            head, body = await self._pool.work(job | {"store": str(path)}, seconds or self.limits.seconds)
        return WrittenAnswer(str(head["kind"]), str(head["form"]), body, bool(head["cut"]))

    async def _unpacked(self, path: Path, scope: Scope) -> Path:
        """Return a snapshot that holds the articles' graphs that a query names; the last one stays for the next."""
        docs = await asyncio.to_thread(packed, self._store, scope)
        if not docs:
            return path
        words = "every" if scope.every else "\n".join(docs)
        target = path.with_suffix(f".graphs-{hashlib.sha256(words.encode()).hexdigest()[:16]}")
        async with self._unpacking:
            if not target.is_dir():
                fresh = path.with_suffix(".unpacking")
                await asyncio.to_thread(shutil.rmtree, fresh, True)
                job = {"do": "unpack", "store": str(path), "source": str(self._store), "target": str(fresh)}
                await self._pool.work(job | {"docs": None if scope.every else docs}, _SLOW)
                kept = sorted(path.parent.glob(f"{path.name}.graphs-*"), key=lambda p: p.stat().st_mtime)
                for old in kept[: len(kept) - _KEPT + 1]:
                    await asyncio.to_thread(shutil.rmtree, old, True)
                fresh.rename(target)
        return target

    async def article(self, iri: str) -> bytes:
        """Return what an article says, as N-Triples; of a graph file what leads to its text.

        Raises:
            StoreError, TimeLimitError, MemoryLimitError, BusyError: as they say.
        """
        async with self._snapshot() as path:
            job = {"do": "article", "store": str(path), "source": str(self._store), "doc": iri}
            _, body = await self._pool.work(job, self.limits.seconds)
        return body

    async def rows(self, query: str, seconds: float | None = None) -> list[dict[str, dict[str, str]]]:
        """Return the rows of a SELECT as SPARQL JSON has them.

        Raises:
            QueryError, TimeLimitError, MemoryLimitError, BusyError: as they say.
        """
        answer = await self.ask(query, seconds)
        found: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
        return found

    async def search(self, words: str, most: int = 12, kind: str = "") -> list[Hit]:
        """Return the things, of a kind if one is named, whose names have these words.

        The index is made when it is first needed.

        Raises:
            StoreError, TimeLimitError, MemoryLimitError, BusyError: as they say.
        """
        async with self._snapshot() as path:
            index = path.with_suffix(".labels")
            async with self._indexing:
                if not index.is_file():
                    fresh = path.with_suffix(".new")
                    fresh.unlink(missing_ok=True)
                    await self._pool.work({"do": "labels", "store": str(path), "target": str(fresh)}, _SLOW)
                    fresh.rename(index)
            return await asyncio.to_thread(find_labels, index, words, most, kind)

    async def change(
        self,
        update: str,
        base: str | None = None,
        default: list[str] | None = None,
        named: list[str] | None = None,
    ) -> None:
        """Run an update; the answers after it show it.

        Raises:
            QueryError: it can't be parsed or run, or asks another host; nothing is changed then.
            StoreError: another process writes to the store.
            TimeLimitError, MemoryLimitError, BusyError: as they say.
        """
        dataset = {"default": default or [], "named": named or []}
        # the limit holds for the update itself; the store is put in order again after it, however long it takes
        within = self.limits.seconds
        await self._take("change", _SLOW, within=within, update=update, base=base, **dataset)

    async def withdraw(self, facts: list[str]) -> list[str]:
        """Take facts out, with what rests on them alone; return which are gone. The answers after it show it.

        Of a graph file the file itself stays as it is.

        Raises:
            StoreError: another process writes to the store.
            TimeLimitError, MemoryLimitError, BusyError: as they say.
        """
        head = await self._take("withdraw", _SLOW, facts=facts)
        return [str(iri) for iri in head["gone"]]

    def stop(self) -> None:
        """Take no more queries and end those that run; whoever waits for one is told."""
        self._pool.stop()

    def check(self) -> None:
        """Tell before anything is started whether there is something to serve.

        Raises:
            UsageError: there is neither a store nor a graph file.
        """
        if self.source.is_file() and self.source.suffix.lower() not in FORMATS:
            raise UsageError(f"{self.source}: the ending tells no format; known are {', '.join(FORMATS)}")
        if not self.source.is_file() and not is_store(self.source):
            raise UsageError(f"{self.source}: no such store or graph file; make one with kg build")

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Path]:
        """Keep the present snapshot on disk for as long as it is asked."""
        path = self._current
        self._users[path] += 1
        try:
            yield path
        finally:
            self._users[path] -= 1
            if not self._users[path]:
                del self._users[path]
                if path != self._current:
                    await asyncio.to_thread(_remove, path)

    def _open(self) -> None:
        self.check()
        if is_store(self.source):
            self.base = settings(self.source)["base"]
            self._own = _room(self.source / _ROOM)
            return
        self._own = tempfile.TemporaryDirectory(prefix="kg-serve-")
        self._store = Path(self._own.name) / "store"
        with ArticleStore(self._store) as store:
            store.load(self.source, checked=True)  # if it is bad, this store is thrown away
            without_withdrawn(store, self.decisions)
        self.base = declared_base(self.source) or DEFAULT_BASE

    async def _take(self, do: str, seconds: float, **more: object) -> dict[str, Any]:
        """Have the store opened, perhaps changed, and put a new snapshot in the place of the present one.

        Returns what the worker tells of it.
        """
        async with self._writing:
            self.generation += 1
            assert self._own is not None
            target = Path(self._own.name) / f"snapshot-{self.generation}"
            job = {"do": do, "store": str(self._store), "target": str(target), **more}
            try:
                head, _ = await self._pool.work(job, seconds)
            except BaseException:
                _remove(target)
                raise
            before, self._current = self._current, target
            self._seen = set(head["state"])
        if before != Path() and not self._users[before]:
            await asyncio.to_thread(_remove, before)
        return dict(head)

    async def _watch(self) -> None:
        """Take a new snapshot when another process has written to the store and let go of it."""
        while True:
            await asyncio.sleep(_WATCH)
            with suppress(KGError, OSError):  # it is being written to, or away for a while
                if (
                    not self._writing.locked()
                    and set(await asyncio.to_thread(state, self._store)) - self._seen
                ):
                    await self._take("snapshot", _SLOW)

    def _tidy(self) -> None:
        if self._own is not None:
            self._own.cleanup()
            with suppress(OSError):  # other servers have theirs there
                if not self.is_file:
                    Path(self._own.name).parent.rmdir()


def _room(path: Path) -> tempfile.TemporaryDirectory[str]:
    """Return a folder for this server's snapshots; those of servers that were killed are taken away."""
    try:
        path.mkdir(exist_ok=True)
        for left in path.iterdir():
            if not _alive(left.name.partition("-")[0]):
                shutil.rmtree(left, ignore_errors=True)
        return tempfile.TemporaryDirectory(prefix=f"{os.getpid()}-", dir=path)
    except OSError as error:
        raise StoreError(f"{path}: a place for snapshots can't be made: {error.strerror}") from error


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    for suffix in (".labels", ".new"):
        path.with_suffix(suffix).unlink(missing_ok=True)
    for other in (path.with_suffix(".unpacking"), *path.parent.glob(f"{path.name}.graphs-*")):
        shutil.rmtree(other, ignore_errors=True)


def _alive(pid: str) -> bool:
    if not pid.isdigit():
        return False
    if sys.platform == "win32":
        return True  # os.kill would end it there; what a killed server left is small
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
