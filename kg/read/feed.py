"""RSS and Atom feeds: one record an entry, by feedparser."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, line_of, split_authors, whole
from kg.read.streams import read_all

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "  # noqa: SIM905
    "hr li main nav ol p pre section table td th tr ul".split()
)
_SUMMARY = 1000
"""A description with fewer characters is a summary: some feeds put the whole text there."""
_HIDDEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield a record or a reject for each entry of a feed, counted from 1."""
    import feedparser

    data = read_all(stream, options.max_file_bytes, blob.name)
    headers = {"content-type": f"application/xml; charset={options.encoding}"} if options.encoding else {}
    try:
        # A stream, never a string: feedparser takes strings for URLs and file names too.
        parsed = feedparser.parse(io.BytesIO(_mended(data)), response_headers=headers)
    except (
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        ArithmeticError,
        AssertionError,
        RecursionError,
    ) as error:
        raise ReadError(f"the feed can't be parsed ({type(error).__name__})", blob.name) from None
    if not parsed.entries:
        why = parsed.get("bozo_exception") if parsed.bozo else None
        reason = " ".join(str(why).split()) if why else "the feed has no entries"
        raise ReadError(f"broken feed: {reason}" if why else reason, blob.name)
    publisher = line_of(parsed.feed.get("title"))
    links = _Links(options)
    for number, entry in enumerate(parsed.entries, 1):
        try:
            record = _record(entry, blob, number, publisher)
        except (ValueError, ArithmeticError, AssertionError, RecursionError) as error:
            yield Reject(f"{blob.name}:{number}", f"the entry can't be parsed ({type(error).__name__})")
            continue
        if not entry.get("content") and record.url is not None and len(record.text) < _SUMMARY:
            record = links.followed(record, record.url)
        yield record if record.text else Reject(record.source, "the entry has no text", record.id)
    links.tell(blob.name, len(parsed.entries))


class _Links:
    """Follows the links of entries that hold a summary alone, where that is wished, and tells what stays one."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._summaries = 0
        self._why: Counter[str] = Counter()

    def followed(self, record: Record, url: str) -> Record:
        """Return a record with the text of the article that it links to, or as it is."""
        if self._options.follow is not None:
            try:
                found = self._options.follow(url, record)
            except ReadError as error:
                self._why[error.reason] += 1
            else:
                if len(found.text) >= len(record.text):
                    return found
                self._why["its page has less text than the feed"] += 1
        self._summaries += bool(record.text)
        return record

    def tell(self, name: str, entries: int) -> None:
        """Say of how many entries only the summary was read, and why."""
        if self._options.follow is None:
            if self._summaries:
                of = _of(self._summaries, entries)
                self._options.warn(
                    f"{name}: of {of} only the summary was read, not the article that it links to; "
                    "--follow reads the articles"
                )
        elif self._why:
            (first, _), *more = self._why.most_common()
            others = (
                f", and {len(more)} more reasons"
                if len(more) > 1
                else ", and one more reason"
                if more
                else ""
            )
            of = _of(self._why.total(), entries)
            self._options.warn(f"{name}: of {of} the linked article can't be read ({first}{others})")


def _of(some: int, entries: int) -> str:
    return "the entry" if entries == 1 else f"{some:,} of {entries:,} entries"


_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,4000})|([0-9]{1,4000}));?")
_SECTION = re.compile(rb"<!\[(?!CDATA\[)")


def _mended(data: bytes) -> bytes:
    """Return the bytes of a feed without what trips parsers: characters past Unicode, sections of unknown kinds."""

    def character(found: re.Match[bytes]) -> bytes:
        number = int(found[1], 16) if found[1] else int(found[2][:12])
        return found[0] if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else b"&#xFFFD;"

    return _SECTION.sub(b"&lt;![", _REFERENCE.sub(character, data))


def _record(entry: Mapping[str, object], blob: Blob, number: int, publisher: str | None) -> Record:
    given = line_of(entry.get("id")) or line_of(entry.get("link"))
    source = entry.get("source")
    return Record(
        source=f"{blob.name}:{number}",
        label=f"{blob.label}:{number}",
        id=given or f"{blob.stem}-{number}",
        path=given or f"{blob.key}-{number}",
        text=whole(_body(entry)),
        title=line_of(fragment_text(str(entry.get("title") or ""))),
        date=line_of(entry.get("published")) or line_of(entry.get("updated")),
        authors=split_authors(entry.get("authors")) or split_authors(entry.get("author")),
        publisher=(line_of(source.get("title")) if isinstance(source, Mapping) else None) or publisher,
        url=line_of(entry.get("link")),
    )


def _body(entry: Mapping[str, object]) -> str:
    """Return the longest text that the entry holds: its content, else its summary."""
    content = entry.get("content")
    parts = [*content] if isinstance(content, list) else []
    values = [part.get("value") for part in parts if isinstance(part, Mapping)] + [entry.get("summary")]
    texts = [fragment_text(value) for value in values if isinstance(value, str)]
    return max(texts, key=len, default="")


def fragment_text(html: str) -> str:
    """Return the text of an HTML fragment: blocks parted by a blank line, scripts left out."""
    if "<" not in html:
        return unescape(html).strip()
    parser = _Fragment()
    parser.feed(html.replace("<![", "&lt;!["))
    parser.close()
    blocks = (" ".join(block.split()) for block in "".join(parser.parts).split("\n\n"))
    return "\n\n".join(block for block in blocks if block)


class _Fragment(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))
