"""A process that asks a store on behalf of a server, so that a query can be stopped by ending it.

It reads one JSON line for each job from standard input and writes one JSON line and that many bytes for each
answer. Oxigraph can't be interrupted; a process can: the server kills it, and the alarm kills it if the
server is gone.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KGError
from kg.store.ask import Asked, NotAcceptableError, ask, change
from kg.store.labels import index_labels
from kg.store.store import ArticleStore

MEMORY = 4 << 30
"""A worker that needs more address space than this ends."""


def main() -> None:
    """Work until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    desk = Desk()
    for line in sys.stdin.buffer:
        job = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, float(job.pop("seconds")) + 5)
        head, body = desk.do(job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        head["bytes"] = len(body)
        sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + body)
        sys.stdout.buffer.flush()


class Desk:
    """Does one job after the other; the snapshot of the last one stays open."""

    def __init__(self) -> None:
        self._path = ""
        self._store: ox.Store | None = None

    def do(self, job: dict[str, Any]) -> tuple[dict[str, object], bytes]:
        """Do one job; what goes wrong is part of the answer."""
        try:
            kind = job.pop("do")
            if kind == "ask":
                given = ask(self._opened(job.pop("store")), Asked(**job))
                head = asdict(given)
                return head, head.pop("body")
            if kind == "change":
                _change(**job)
            elif kind == "snapshot":
                _snapshot(**job)
            elif kind == "labels":
                index_labels(self._opened(job["store"]), Path(job["target"]))
            return {"kind": "done"}, b""
        except NotAcceptableError as error:
            return {"kind": "unacceptable", "error": str(error)}, b""
        except KGError as error:
            return {"kind": "error", "error": str(error)}, b""
        except MemoryError:
            return {"kind": "error", "error": "the query needs more memory than it may have"}, b""

    def _opened(self, path: str) -> ox.Store:
        if self._store is None or path != self._path:
            self._store = ox.Store.read_only(path)
            self._path = path
        return self._store


def _change(
    store: str, target: str, update: str, base: str | None, default: list[str], named: list[str]
) -> None:
    with ArticleStore(store, create=False) as opened:
        opened.mistrust()  # an update may touch any article's graph
        change(opened.ox, update, base, default, named)
        opened.snapshot(Path(target))


def _snapshot(store: str, target: str) -> None:
    with ArticleStore(store, create=False) as opened:
        opened.snapshot(Path(target))


if __name__ == "__main__":
    main()
