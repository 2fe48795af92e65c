"""Pages that were fetched, kept in a folder so that a server need only say that they have not changed."""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from kg.read.fetch import FetchedPage

_DAYS = 30
_DAY = 86400.0


class KeptPages:
    """A folder of pages by URL; those that nobody wanted for 30 days go. Without a folder nothing is kept.

    A page that can't be kept, or read again, costs no more than being fetched anew.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            self._sweep(folder)

    def get(self, url: str) -> tuple[FetchedPage, float] | None:
        """Return a page and how many seconds ago the server last vouched for it."""
        file = self._file(url)
        if file is None:
            return None
        try:
            with gzip.open(file) as stream:
                head = json.loads(stream.readline())
                page = FetchedPage(data=stream.read(), **head["page"])
                age = time.time() - float(head["asked"])
                return (page, age) if head["of"] == url and age >= 0 else None
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, page: FetchedPage) -> None:
        """Keep a page that the server gave, or vouched for, just now."""
        file = self._file(url)
        if file is None:
            return
        head = asdict(replace(page, data=b"", headers=dict(page.headers)))
        del head["data"]
        line = json.dumps({"of": url, "asked": time.time(), "page": head}).encode("ascii")
        beside = file.with_suffix(".new")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(gzip.compress(line + b"\n" + page.data, 6, mtime=0))
            beside.replace(file)

    def _file(self, url: str) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / f"{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}.gz"

    def _sweep(self, folder: Path) -> None:
        with suppress(OSError):
            for file in folder.glob("*.gz"):
                if time.time() - file.stat().st_mtime > _DAYS * _DAY:
                    file.unlink(missing_ok=True)
