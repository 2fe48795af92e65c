"""The articles that feeds link to: fetched politely, never from the local network, never twice for nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.read.decode import decode, page_charset
from kg.read.fetch import AGENT, FetchedPage, StatusError, UnreachableError, fetch, max_age
from kg.read.html_page import extract
from kg.read.kept_pages import KeptPages
from kg.read.network import Gate
from kg.read.options import ReadOptions
from kg.read.record import Record, clean_name
from kg.read.robots import ALL, NOTHING, Robots
from kg.read.streams import HEAD

_PAUSE = 1.0
"""Seconds between two requests to a host, which its robots.txt may lengthen."""
_PATIENCE = 3
"""A host that so many times in a row gave no answer is not asked again in this run."""
_MOST = 1000
"""So many pages at most are asked for in one run."""
_FRESHEST = 86400
_ROBOTS_BYTES = 500_000
_PAGES = {"text/html", "application/xhtml+xml"}
_NAME = "newskg"


class Follower:
    """Gives the text of linked articles; it keeps what it fetched in `folder`, and each site's wishes for one run.

    With `private` it goes to this machine and the local network, too. `clock` and `sleep` are for tests.
    """

    def __init__(
        self,
        options: ReadOptions,
        folder: Path | None = None,
        private: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = replace(options, max_file_bytes=min(options.max_file_bytes, options.max_record_bytes))
        self._kept = KeptPages(folder)
        self._private = private
        self._clock, self._sleep = clock, sleep
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}
        self._failures: Counter[str] = Counter()
        self._asked = 0

    def __call__(self, url: str, record: Record) -> Record:
        """Return `record` with the text of the article at `url`, and what its page tells beyond the record.

        Raises:
            ReadError: the page can't be had, or has no article; one line that says why.
        """
        page = self._page(url)
        if page.media_type is not None and page.media_type not in _PAGES:
            raise ReadError(f"it is {clean_name(page.media_type)[:40]}, no page", url)
        charset = page.charset or page_charset(page.data[:HEAD])
        html = decode(page.data, url, self._options.encoding, charset)
        found = extract(html, replace(record, text="", title=None))
        return replace(found, title=found.title or record.title)

    def _page(self, url: str) -> FetchedPage:
        kept = self._kept.get(url)
        if kept is not None and kept[1] < min(max_age(kept[0]), _FRESHEST):
            return kept[0]
        if self._asked >= _MOST:
            raise ReadError(f"{_MOST:,} pages were asked for in this run", url)
        self._asked += 1
        headers = {}
        if kept is not None:
            wanted = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
            headers = {wanted[key]: value for key, value in kept[0].headers.items() if key in wanted}
        self._may(url)
        try:
            page = self._fetch(url, headers, self._led_on)
        except StatusError as error:
            if error.code != 304 or kept is None:
                raise
            page = kept[0]
        self._kept.put(url, page)
        return page

    def _may(self, url: str) -> None:
        """Raise ReadError if a site does not want this page to be asked for."""
        if not self._rules(url).allows(url):
            raise ReadError("its robots.txt keeps programs away", url)

    def _led_on(self, url: str) -> None:
        """Look at where a redirect leads as if it were asked for anew."""
        self._may(url)
        self._wait(url)

    def _wait(self, url: str) -> None:
        """Let some time pass between two requests to a host."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        site = self._robots.get(f"{parts.scheme}://{parts.netloc}", ALL)
        wait = self._last.get(host, -1e9) + max(_PAUSE, site.pause) - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._last[host] = self._clock()

    def _rules(self, url: str) -> Robots:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_rules(f"{site}/robots.txt")
        return self._robots[site]

    def _read_rules(self, url: str) -> Robots:
        try:
            page = self._fetch(url, {}, None, replace(self._options, max_file_bytes=_ROBOTS_BYTES))
        except StatusError as error:
            return ALL if 400 <= error.code < 500 else NOTHING  # as RFC 9309 has it
        return Robots.read(page.data.decode("utf-8", "replace"), _NAME)

    def _fetch(
        self,
        url: str,
        headers: dict[str, str],
        on_redirect: Callable[[str], None] | None,
        options: ReadOptions | None = None,
    ) -> FetchedPage:
        host = urlsplit(url).hostname or ""
        if self._failures[host] >= _PATIENCE:
            raise ReadError(f"{clean_name(host)} gave no answer {_PATIENCE} times", url)
        self._wait(url)
        try:
            page = fetch(
                url,
                options or self._options,
                gate=Gate(self._private),
                headers=headers,
                on_redirect=on_redirect,
            )
        except UnreachableError:
            self._failures[host] += 1
            raise
        finally:
            self._last[host] = self._clock()
        self._failures[host] = 0
        return page


assert AGENT.startswith(_NAME)  # what robots.txt calls this program is what it says of itself
