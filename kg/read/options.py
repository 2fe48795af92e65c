"""What a caller may set for reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.read.dates import parse_date

if TYPE_CHECKING:
    from kg.read.record import Record

FIELDS = ("id", "text", "html", "title", "date", "author", "publisher", "url")
"""What is read of a record."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings of one reading run.

    `date` is the date of articles that have none of their own, neither in their metadata nor as a dateline, `dates`
    the same for single ones, by id, path or file name without its ending. `encoding` overrides detection.
    `format` names a reader ("plain", "html", "jsonl", "json", "csv", "feed", "pdf", "docx", "eml", "mbox",
    "markdown", "subtitles", "parquet", "warc") instead of detecting one. `max_record_bytes` bounds one article
    (one line of JSONL, one page, one plain text), `max_file_bytes` whatever must be held
    whole (a feed, a download, a zip from a pipe), `max_unpacked_bytes` what one archive may unpack to.
    `fields` names the column or key that a field stands in, where it has a name that is not known.
    `follow` gives a record of a feed the text of the article that it links to (`kg.read.follow.Follower`).
    `on_warning` receives one line for each oddity that costs no record; `on_share` the share of the input, 0 to 1,
    that was read so far, now and then.
    """

    date: str | None = None
    dates: Mapping[str, str] = field(default_factory=dict)
    check_language: bool = True
    encoding: str | None = None
    format: str | None = None
    max_record_bytes: int = 10_000_000
    max_file_bytes: int = 50_000_000
    max_unpacked_bytes: int = 4_000_000_000
    timeout: float = 20.0
    max_redirects: int = 5
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    follow: Callable[[str, Record], Record] | None = None
    on_warning: Callable[[str], None] | None = None
    on_share: Callable[[float], None] | None = None

    def warn(self, message: str) -> None:
        """Hand `message` to the caller, if it asked for warnings."""
        if self.on_warning is not None:
            self.on_warning(message)

    def checked_date(self) -> str | None:
        """Return `date` as an ISO date; raise UsageError when it can't be read."""
        return None if self.date is None else _checked(self.date)

    def check(self) -> None:
        """Raise UsageError when an option's value makes no sense."""
        self.checked_date()
        for date in self.dates.values():
            _checked(date)
        if self.encoding is not None:
            try:
                "".encode(self.encoding)  # refuses bytes-to-bytes codecs too, "zlib" for one
            except LookupError:
                raise UsageError(f"unknown text encoding {self.encoding!r}; try utf-8 or cp1252") from None
        for name in self.fields:
            if name not in FIELDS:
                raise UsageError(f"unknown field {name!r}; there are {', '.join(FIELDS)}")
        if min(self.max_record_bytes, self.max_file_bytes, self.max_unpacked_bytes) <= 0 or self.timeout <= 0:
            raise UsageError("size limits and the time limit must be greater than zero")


def _checked(date: str) -> str:
    found = parse_date(date)
    if found is None:
        raise UsageError(f"the date {date!r} can't be read; write it as YYYY-MM-DD")
    return found
