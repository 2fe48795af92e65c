"""One http(s) URL to bytes, within limits of size, time and redirects."""

from __future__ import annotations

import io
import ipaddress
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.read.options import ReadOptions

_AGENT = "newskg/0.1 (news-to-graph builder)"
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered: the bytes, its media type and charset in lower case, and the final URL."""

    data: bytes
    media_type: str | None
    charset: str | None
    url: str


def is_url(text: str) -> bool:
    """Tell whether `text` is an http or https URL."""
    return text.lower().startswith(("http://", "https://"))


def fetch(url: str, options: ReadOptions) -> Page:
    """Return the page at `url`; raise ReadError with one clear line when it can't be had."""
    parts = _checked(url, url)
    request = urllib.request.Request(  # noqa: S310 - _checked lets only http and https through
        url, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    )
    redirects = _Redirects(url, options.max_redirects, _is_private(parts))
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        redirects,
    ):
        opener.add_handler(handler)
    deadline = time.monotonic() + options.timeout
    try:
        with opener.open(request, timeout=options.timeout) as answer:
            data = _body(answer, url, options, deadline)
            headers = answer.headers
            media_type = headers.get_content_type() if headers.get("Content-Type") else None
            return Page(data, media_type, headers.get_content_charset(), answer.geturl())
    except urllib.error.HTTPError as error:
        raise ReadError(f"the server answered {error.code} {_line(error.reason)}", _shown(url)) from None
    except TimeoutError:
        raise ReadError(f"no full answer within {options.timeout:g} s", _shown(url)) from None
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise ReadError(f"can't be fetched: {_line(why)}", _shown(url)) from None


@contextmanager
def page_stream(page: Page) -> Iterator[BinaryIO]:
    """Give the page's bytes as a stream."""
    with io.BytesIO(page.data) as stream:
        yield stream


def _body(answer: IO[bytes], url: str, options: ReadOptions, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    # read1 returns what has come, so that a server that drips bytes meets the deadline
    read = getattr(answer, "read1", answer.read)
    while chunk := read(_CHUNK):
        size += len(chunk)
        if size > options.max_file_bytes:
            raise ReadError(f"larger than the limit of {options.max_file_bytes:,} bytes", _shown(url))
        if time.monotonic() > deadline:
            raise ReadError(f"no full answer within {options.timeout:g} s", _shown(url))
        parts.append(chunk)
    return b"".join(parts)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, to http(s) only, and never from a public host into the local network."""

    max_repeats = max_redirections = 1_000_000  # the limit given here speaks first

    def __init__(self, url: str, limit: int, private: bool) -> None:
        self.first = url
        self.left = limit
        self.limit = limit
        self.private = private

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request that follows the redirect, or raise ReadError."""
        parts = _checked(newurl, self.first)
        if _is_private(parts) and not self.private:
            raise ReadError("redirects into the local network", _shown(self.first))
        self.left -= 1
        if self.left < 0:
            raise ReadError(f"more than {self.limit} redirects", _shown(self.first))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _checked(url: str, first: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        raise ReadError("not a valid URL", _shown(first)) from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise ReadError(f"only http and https URLs are read, not {parts.scheme}:", _shown(first))
    if not host:
        raise ReadError("the URL names no host", _shown(first))
    if parts.password is not None:
        raise ReadError("URLs with a password in them are not read", _shown(first))
    return parts.scheme, host


def _is_private(parts: tuple[str, str]) -> bool:
    host = parts[1].rstrip(".").lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _shown(url: str) -> str:
    # A password must not reach a log.
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
