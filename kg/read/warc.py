"""WARC archives of web pages, and ARC ones, record by record; needs warcio."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from kg.errors import ReadError, install
from kg.model import Reject
from kg.read.decode import decode, page_charset
from kg.read.html_page import extract
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, clean_name
from kg.read.streams import HEAD

_PAGES = ("text/html", "application/xhtml+xml")


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield a record or a reject for each page that answered with 200; its id is its address without `http://`.

    The day of the crawl is not taken for the article's date.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise ReadError(f"a WARC archive; to read it: {install('cluster')}", blob.name) from None
    number = 0
    try:
        archive = ArchiveIterator(_Piecemeal(stream), arc2warc=True)
        headers_of = archive.loader.load_http_headers
        # of a record that does not tell its address it would ask what that begins with
        archive.loader.load_http_headers = lambda kind, uri, *rest: headers_of(kind, uri or "http:", *rest)
        for entry in archive:
            number += 1
            source = f"{blob.name}:{number}"
            try:
                if entry.rec_type in {"response", "resource"} and _is_page(entry):
                    yield _page(entry, blob, source, options)
            except ReadError as error:
                yield Reject(error.source, error.reason)
            except (EOFError, UnicodeError, ValueError, AttributeError, TypeError, zlib.error) as error:
                yield Reject(source, f"a broken record ({' '.join(str(error).split())[:200]})")
    except (ArchiveLoadFailed, EOFError, UnicodeError, ValueError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadError(
            f"damaged or truncated WARC data after record {number} ({reason})", blob.name
        ) from None


class _Piecemeal:
    """Reads what is there at once, so that damage is met only after all that stands before it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = HEAD) -> bytes:
        """Return up to `size` bytes."""
        return cast(io.BufferedReader, self._stream).read1(size)

    def close(self) -> None:
        """Leave the stream to its owner."""


def _is_page(entry: Any) -> bool:
    headers = entry.http_headers
    if headers is None:
        kind = entry.rec_headers.get_header("Content-Type") or ""
    elif headers.get_statuscode() != "200":
        return False
    else:
        kind = headers.get_header("Content-Type") or ""
    return str(kind).partition(";")[0].strip().lower() in _PAGES


def _page(entry: Any, blob: Blob, source: str, options: ReadOptions) -> Record:
    url = clean_name(entry.rec_headers.get_header("WARC-Target-URI") or "")
    data = entry.content_stream().read(options.max_record_bytes + 1)
    if len(data) > options.max_record_bytes:
        raise ReadError(f"larger than the limit of {options.max_record_bytes:,} bytes", source)
    raw = entry.raw_stream
    if getattr(raw, "limit", 0) > 0 and not raw.read(1):
        raise ReadError("truncated WARC data: the record is shorter than it says", source)
    kind = entry.http_headers.get_header("Content-Type") if entry.http_headers is not None else None
    charset = str(kind).lower().partition("charset=")[2].strip(" \"';") or None
    html = decode(data, source, options.encoding, charset or page_charset(data[:HEAD]))
    address = (
        url.partition("://")[2].rstrip("/") or f"{blob.key}-{entry.rec_headers.get_header('WARC-Record-ID')}"
    )
    return extract(html, Record(source, source, address, address, "", url=url or None), options.warn)
