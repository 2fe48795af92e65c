"""A process that asks a store on behalf of a server, so that a query can be stopped by ending it.

It says that it is ready by an empty line, reads one JSON line for each job from standard input, and writes
one JSON line and that many bytes for each answer. Oxigraph can't be interrupted; a process can: the server
kills it, and the alarm ends it if the server is gone. It has no network, and only so much memory.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KGError, QueryError, StoreError, StoreInUseError
from kg.store.articles import article_graph
from kg.store.ask import Asked, NotAcceptableError, ask, change, checked
from kg.store.called import narrowed_by
from kg.store.folder import STAMPS, shelf_of, state
from kg.store.labels import index_labels
from kg.store.offline import go_offline
from kg.store.reader import StoreReader
from kg.store.store import ArticleStore
from kg.store.unpacked import unpack
from kg.store.withdrawn import withdraw_facts

ALARM = 142
"""How a worker ends whose time is over, where there is no alarm of the system."""
_GRACE = 5
"""How many seconds after the server's limit the worker ends itself, for a server that can't any more."""


def main(memory: str) -> None:
    """Work until standard input ends, in so many bytes of memory (what is mapped but not written does not count)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    _limit(int(memory))
    go_offline()
    desk = SnapshotWorker()
    out = sys.stdout.buffer
    out.write(b"\n")
    out.flush()
    for line in sys.stdin.buffer:
        job = json.loads(line)
        _alarm(job.pop("seconds") + _GRACE)
        head, body = desk.do(job)
        _alarm(0)
        head["bytes"] = len(body)
        out.write(json.dumps(head).encode("ascii") + b"\n")
        out.write(body)
        out.flush()


class SnapshotWorker:
    """Does one job after the other; the snapshot of the last one stays open."""

    def __init__(self) -> None:
        self._path = ""
        self._store: ox.Store | None = None

    def do(self, job: dict[str, Any]) -> tuple[dict[str, object], bytes]:
        """Do one job; what goes wrong is part of the answer."""
        try:
            return self._do(job)
        except NotAcceptableError as error:
            return {"kind": "unacceptable", "error": str(error)}, b""
        except QueryError as error:
            return {"kind": "error", "error": str(error)}, b""
        except (KGError, OSError) as error:
            return {"kind": "broken", "error": str(error)}, b""
        except MemoryError:
            return {"kind": "memory"}, b""

    def _do(self, job: dict[str, Any]) -> tuple[dict[str, object], bytes]:
        kind = job.pop("do")
        if kind == "ask":
            store, names, seen = self._opened(job.pop("store")), job.pop("names"), job.pop("seen")
            asked = Asked(**job)
            with suppress(OSError):  # the store is away for a while
                query = narrowed_by(asked.query, store, Path(names) / STAMPS) if names else asked.query
                # whoever writes to the store just now may have taken names that the snapshot still has
                if names and not set(state(Path(names))).difference(seen):
                    asked = replace(asked, query=query)
            given = ask(store, asked)
            head = asdict(given)
            return head, head.pop("body")
        if kind == "unpack":
            with shelf_of(Path(job["source"])) as shelf:
                docs = shelf.docs() if job["docs"] is None else job["docs"]
                made = unpack(self._opened(job["store"]), shelf, docs, Path(job["target"]))
                made.flush()
            return {"kind": "done"}, b""
        if kind == "article":
            with shelf_of(Path(job["source"])) as shelf:
                return {"kind": "done"}, article_graph(self._opened(job["store"]), shelf, job["doc"])
        if kind == "labels":
            index_labels(self._opened(job["store"]), Path(job["target"]))
            return {"kind": "done"}, b""
        if kind == "withdraw":
            with ArticleStore(job["store"], create=False) as opened:
                gone = withdraw_facts(opened, job["facts"])
                opened.snapshot(Path(job["target"]))
                return {"kind": "done", "state": state(Path(job["store"])), "gone": gone}, b""
        if kind == "change":
            update = checked(job["update"], job["base"], job["default"], job["named"])
            with ArticleStore(job["store"], create=False) as opened:

                def timed(copy: ox.Store, step: str) -> None:
                    after = _alarm(max(0.01, end - time.monotonic()))
                    change(copy, step, job["base"])
                    _alarm(after)

                end = time.monotonic() + job["within"]
                opened.change(update, job["base"], timed)
                opened.snapshot(Path(job["target"]))
                return {"kind": "done", "state": state(Path(job["store"]))}, b""
        return {"kind": "done", "state": _snapshot(**job)}, b""

    def _opened(self, path: str) -> ox.Store:
        if self._store is None or path != self._path:
            try:
                self._store = ox.Store.read_only(path)
            except (OSError, RuntimeError) as error:
                raise StoreError(f"the snapshot {path} can't be opened: {error}") from error
            self._path = path
        return self._store


def _limit(memory: int) -> None:
    """Let this process have so many bytes of memory, where the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows: the server's own watch on time stands alone
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_timer: list[tuple[threading.Timer, float]] = []


def _alarm(seconds: float) -> float:
    """End this process in so many seconds, or not at all (0); return in how many it would have ended till now."""
    if hasattr(signal, "setitimer"):
        return signal.setitimer(signal.ITIMER_REAL, seconds)[0]
    left = 0.0
    while _timer:
        timer, end = _timer.pop()
        timer.cancel()
        left = max(0.0, end - time.monotonic())
    if seconds:
        timer = threading.Timer(seconds, os._exit, (ALARM,))
        timer.daemon = True
        timer.start()
        _timer.append((timer, time.monotonic() + seconds))
    return left


def _snapshot(store: str, target: str, patience: float = 0) -> list[str]:
    """Take a snapshot of a store; beside others that read it, too; wait so many seconds for one that writes."""
    end = time.monotonic() + patience
    while True:
        try:
            return _copied(Path(store), Path(target))
        except StoreInUseError:
            if time.monotonic() >= end:
                raise
        time.sleep(0.1)


def _copied(store: Path, target: Path) -> list[str]:
    try:
        with ArticleStore(store, create=False) as opened:
            opened.snapshot(target)
            return state(store)
    except StoreError:
        with StoreReader(store) as reader:
            reader.ox.backup(str(target))
            if len(reader.ox) != len(ox.Store.read_only(str(target))):  # what a killed writer left in the log
                shutil.rmtree(target)
                raise
            return state(store)


if __name__ == "__main__":
    main(*sys.argv[1:])
