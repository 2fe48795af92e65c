"""HTML pages to text and metadata, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.dates import parse_date
from kg.read.decode import decode, page_charset
from kg.read.options import ReadOptions
from kg.read.paragraphs import Paragraphs
from kg.read.record import Blob, Record, line_of, record_of_file, split_authors, whole
from kg.read.streams import HEAD, read_all

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# parsing is quadratic in the attributes of a tag
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,40})\s[^<>]{20000,}>")
_PUBLISHED = (
    re.compile(
        r"<meta\s[^<>]{0,200}?(?:property|name|itemprop)\s*=\s*[\"']?(?:article:published_time|datePublished)[\"']?"
        r"[^<>]{0,200}?\scontent\s*=\s*[\"']([^\"'<>]{4,60})",
        re.IGNORECASE,
    ),
    re.compile(r"\"datePublished\"\s{0,5}:\s{0,5}\"([^\"<>]{4,60})\""),
    re.compile(
        r"\sitemprop\s*=\s*[\"']datePublished[\"'][^<>]{0,200}?\s(?:datetime|content)\s*=\s*[\"']([^\"'<>]{4,60})"
    ),
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of an HTML page; raises ReadError when the page has no main text."""
    data = read_all(stream, options.max_record_bytes, blob.name)
    html = decode(data, blob.name, options.encoding, blob.charset or page_charset(data[:HEAD]))
    yield extract(html, record_of_file(blob, ""), options.warn)


def extract(html: str, record: Record, warn: Callable[[str], None] | None = None) -> Record:
    """Return `record` with the main text of `html`, and with its metadata where the record has none.

    Paragraphs are parted by a blank line, as in plain text. Where the text stands in several containers of one kind,
    all of them are taken; where paragraphs of the page are left out otherwise, `warn` hears of it. Raises ReadError
    when there is no main text.
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    clean = _LONG_TAG.sub(r"<\1>", _ILLEGAL.sub(" ", whole(_XML_DECLARATION.sub("", html))))
    page = Paragraphs(clean)
    try:
        found = bare_extraction(
            page.shown,
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
    lines = [line.strip() for line in (found.text or "").splitlines() if line.strip()]
    lines, left_out = page.completed(lines)
    if left_out and warn is not None:
        warn(f"{record.source}: {left_out} paragraphs of the page are not taken for its main text")
    text = "\n\n".join(lines)
    return replace(
        record,
        text=whole(text),
        title=record.title or line_of(found.title),
        date=record.date or _published(clean) or line_of(found.date),
        authors=record.authors or split_authors(found.author),
        publisher=record.publisher or line_of(found.sitename),
        url=record.url or line_of(found.url),
    )


def _published(html: str) -> str | None:
    """Return the day of publication where the page tells it as such, and not the one of its last change."""
    for form in _PUBLISHED:
        for found in islice(form.finditer(html), 3):
            told = parse_date(found[1])
            if told is not None:
                return told
    return None
