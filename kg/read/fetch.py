"""One http(s) URL to bytes, within limits of size, time and redirects."""

from __future__ import annotations

import io
import re
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from types import MappingProxyType
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.read.network import Gate, PrivateAddressError
from kg.read.options import ReadOptions

AGENT = "newskg/0.1 (news-to-graph builder)"
_CHUNK = 65536
_KEPT_HEADERS = ("etag", "last-modified", "cache-control")


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What a server answered: the bytes, its media type and charset in lower case, and the final URL.

    `headers` are those by which it can be asked again whether it has changed.
    """

    data: bytes
    media_type: str | None
    charset: str | None
    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class StatusError(ReadError):
    """A server answered with something else than a page."""

    def __init__(self, code: int, reason: str, source: str) -> None:
        super().__init__(f"the server answered {code} {reason}".rstrip(), source)
        self.code = code


class UnreachableError(ReadError):
    """No server answered in time, or at all."""


def is_url(text: str) -> bool:
    """Tell whether `text` is an http or https URL."""
    return text.lower().startswith(("http://", "https://"))


def fetch(
    url: str,
    options: ReadOptions,
    *,
    gate: Gate | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
    on_redirect: Callable[[str], None] | None = None,
) -> FetchedPage:
    """Return the page at `url`.

    A URL that the user named may lie in the local network, but nothing public redirects there; a `gate` says
    otherwise. `headers` go with the request; `on_redirect` is told where it leads, and may raise ReadError.

    Raises:
        StatusError: the server answered, but with no page (304 where `headers` ask whether it has changed).
        UnreachableError: no answer came.
        ReadError: it can't be had for another reason; one clear line.
    """
    _, host = _checked(url, url)
    gate = gate or Gate(first=True)
    request = urllib.request.Request(  # noqa: S310 - _checked lets only http and https through
        url, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}
    )
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        *gate.handlers(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(url, options.max_redirects, on_redirect),
    ):
        opener.add_handler(handler)
    deadline = time.monotonic() + options.timeout
    try:
        with opener.open(request, timeout=options.timeout) as answer:
            data = _unpacked(_body(answer, url, options, deadline), answer.headers, url, options)
            told = answer.headers
            media_type = told.get_content_type() if told.get("Content-Type") else None
            kept = {name: str(told[name]) for name in _KEPT_HEADERS if told[name]}
            return FetchedPage(data, media_type, told.get_content_charset(), answer.geturl(), kept)
    except urllib.error.HTTPError as error:
        raise StatusError(error.code, _line(error.reason), _shown(url)) from None
    except TimeoutError:
        raise UnreachableError(f"no full answer within {options.timeout:g} s", _shown(url)) from None
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        if isinstance(why, PrivateAddressError):
            raise ReadError(_refused(host, why), _shown(url)) from None
        raise UnreachableError(f"can't be fetched: {_line(why)}", _shown(url)) from None


def _refused(host: str, why: PrivateAddressError) -> str:
    told = _line(why)
    return told if told.startswith(host) else f"redirects into the local network: {told}"


@contextmanager
def page_stream(page: FetchedPage) -> Iterator[BinaryIO]:
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
            raise UnreachableError(f"no full answer within {options.timeout:g} s", _shown(url))
        parts.append(chunk)
    return b"".join(parts)


def _unpacked(data: bytes, headers: HTTPMessage, url: str, options: ReadOptions) -> bytes:
    """Undo the gzip that was agreed on with the server; a file that is gzip by itself stays so."""
    coding = str(headers.get("Content-Encoding") or "identity").strip().lower()
    if coding in {"identity", ""}:
        return data
    if coding not in {"gzip", "x-gzip"}:
        raise ReadError(f"the server sent it as {coding[:20]}, which nobody asked for", _shown(url))
    out: list[bytes] = []
    size = 0
    try:
        while data:
            step = zlib.decompressobj(wbits=31)
            out.append(step.decompress(data, options.max_file_bytes - size + 1))
            size += len(out[-1])
            if size > options.max_file_bytes:
                raise ReadError(f"larger than the limit of {options.max_file_bytes:,} bytes", _shown(url))
            if not step.eof:
                raise ReadError("its gzip data are cut off", _shown(url))
            data = step.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise ReadError(f"its gzip data are damaged ({_line(error)})", _shown(url)) from None
    return b"".join(out)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, to http(s) only; the gate stands before where they lead."""

    max_repeats = max_redirections = 1_000_000  # the limit given here speaks first

    def __init__(self, url: str, limit: int, told: Callable[[str], None] | None) -> None:
        self.first = url
        self.left = limit
        self.limit = limit
        self.told = told

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
        _checked(newurl, self.first)
        self.left -= 1
        if self.left < 0:
            raise ReadError(f"more than {self.limit} redirects", _shown(self.first))
        if self.told is not None:
            self.told(newurl)
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


def max_age(page: FetchedPage) -> int:
    """Return for how many seconds a server says that its page may be used without asking again."""
    told = page.headers.get("cache-control", "").lower()
    found = re.search(r"max-age\s*=\s*\"?(\d{1,9})", told)
    return int(found[1]) if found and "no-cache" not in told else 0


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _shown(url: str) -> str:
    # A password must not reach a log.
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
