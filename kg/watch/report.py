"""Where news goes: the end of a file of JSON lines, or a webhook on a host that was named."""

from __future__ import annotations

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

from kg import __version__
from kg.errors import OutputError, UsageError
from kg.watch.news import News
from kg.watch.told import Told

_AT_ONCE = 100
_SECONDS = 20.0
_WORDS = 20


class Report(Protocol):
    """A place that news is told to; `name` tells it from others."""

    @property
    def name(self) -> str:
        """What it is known by."""

    def there(self) -> set[str]:
        """Return the ids of what has arrived, as far as one can know."""

    def tell(self, news: Sequence[News]) -> None:
        """Tell some news: all of it arrives, or OutputError is raised."""


def report_to(report: Report, told: Told, found: Sequence[News]) -> list[News]:
    """Tell a report what it was not told yet, and return that; what doesn't arrive is told the next time.

    Raises:
        OutputError: it can't be told; what was told before that is remembered.
    """
    new = told.new(report.name, found)
    if told.cut_off(report.name):
        arrived = report.there()
        told.done(report.name, [one for one in new if one.id in arrived])
        new = [one for one in new if one.id not in arrived]
    for begin in range(0, len(new), _AT_ONCE):
        some = new[begin : begin + _AT_ONCE]
        told.begin(report.name)
        report.tell(some)
        told.done(report.name, some)
    if not new:
        told.done(report.name, ())
    return new


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file that grows by a line of JSON for each piece of news."""

    path: Path

    @property
    def name(self) -> str:
        """Its whole path."""
        return str(self.path.resolve())

    def there(self) -> set[str]:
        """Return the ids in the file."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return set()
        except OSError as error:
            raise _unwritten(self.path, error) from error
        return {found for line in lines if (found := _id_of(line))}

    def tell(self, news: Sequence[News]) -> None:
        """Put lines at the end of the file; a line that was cut off stays alone on its own."""
        lines = "".join(json.dumps(one.to_json(), ensure_ascii=False) + "\n" for one in news)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as out:
                end = out.tell()
                if end:
                    out.seek(end - 1)
                    lines = lines if out.read(1) == b"\n" else "\n" + lines
                out.write(lines.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise _unwritten(self.path, error) from error


def _unwritten(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: can't be written: {error.strerror or error}")


def _id_of(line: str) -> str:
    try:
        found = json.loads(line)
    except ValueError:
        return ""
    return str(found.get("id", "")) if isinstance(found, dict) else ""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes news as JSON by POST; redirects are not followed, as they lead to hosts not named.

    The same news sent again, after a failure that may have been one of the answer alone, has the same
    `Idempotency-Key`.
    """

    url: str

    @property
    def name(self) -> str:
        """Its address."""
        return self.url

    def there(self) -> set[str]:
        """Return nothing: it can't be asked."""
        return set()

    def tell(self, news: Sequence[News]) -> None:
        """Send some news."""
        key = hashlib.sha256("\n".join(one.id for one in news).encode()).hexdigest()[:32]
        more = len(news) - _WORDS
        words = [one.line() for one in news[:_WORDS]] + ([f"and {more} more"] if more > 0 else [])
        told = {"text": "\n".join(words), "news": [one.to_json() for one in news]}
        request = urllib.request.Request(  # noqa: S310 - `webhook` lets only http and https through
            self.url,
            json.dumps(told).encode("ascii"),
            {
                "Content-Type": "application/json",
                "User-Agent": f"newskg/{__version__}",
                "Idempotency-Key": key,
            },
        )
        try:
            with urllib.request.build_opener(_NoRedirects()).open(request, timeout=_SECONDS) as answer:
                answer.read(1)
        except urllib.error.HTTPError as error:
            raise self._untold(f"it answered {error.code} {' '.join(str(error.reason).split())}") from None
        except TimeoutError:
            raise self._untold(f"no answer within {_SECONDS:g} s") from None
        except (urllib.error.URLError, HTTPException, OSError) as error:
            raise self._untold(" ".join(str(getattr(error, "reason", None) or error).split())) from None

    def _untold(self, why: str) -> OutputError:
        # the path of a webhook is often its password
        return OutputError(
            f"the webhook at {urlsplit(self.url).hostname} was not told: {why}; the next round tells it"
        )


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], *rest: object) -> None:
        return None


def webhook(url: str) -> Webhook:
    """Return the webhook at an address.

    Raises:
        UsageError: it is no http or https address that names a host, or has a password in it.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        host is None
        or parts.scheme not in {"http", "https"}
        or any(c.isspace() or not c.isprintable() for c in url)
    ):
        raise UsageError(
            "a webhook is an http or https address that names its host: https://hooks.example.org/kg"
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError("a webhook's address may not have a name or password before its host")
    return Webhook(url)
