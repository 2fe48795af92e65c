"""HTML pages to text and metadata, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.decode import decode, page_charset
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, clean_name, split_authors, whole
from kg.read.streams import HEAD, read_all

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of an HTML page; raises ReadError when the page has no main text."""
    data = read_all(stream, options.max_record_bytes, blob.name)
    html = decode(data, blob.name, options.encoding, blob.charset or page_charset(data[:HEAD]))
    yield extract(html, Record(blob.name, blob.label, blob.stem, blob.key, "", url=blob.url))


def extract(html: str, record: Record) -> Record:
    """Return `record` with the main text of `html`, and with its metadata where the record has none.

    Paragraphs are parted by a blank line, as in plain text. Raises ReadError when there is no main text.
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    clean = _ILLEGAL.sub(" ", whole(_XML_DECLARATION.sub("", html)))
    try:
        found = bare_extraction(
            clean,
            url=record.url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ReadError(f"the page can't be parsed ({type(error).__name__})", record.source) from None
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ReadError("the page has no main text", record.source)
    text = "\n\n".join(line.strip() for line in (found.text or "").splitlines() if line.strip())
    return replace(
        record,
        text=whole(text),
        title=record.title or _line(found.title),
        date=record.date or _line(found.date),
        authors=record.authors or split_authors(found.author),
        publisher=record.publisher or _line(found.sitename),
        url=record.url or _line(found.url),
    )


def _line(value: object) -> str | None:
    return " ".join(clean_name(value).split()) or None if isinstance(value, str) else None
