"""The table of formats: which reader takes which ending, media type or beginning."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from kg.errors import ReadError, UsageError
from kg.read.decode import binary_kind, mark_encoding
from kg.read.options import ReadOptions
from kg.read.record import Blob, Reader

_ENTRY_POINTS = "kg.readers"


@dataclass(frozen=True, slots=True)
class Format:
    """One input format: `target` is its reader as `module:function`, imported when first needed."""

    target: str
    endings: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    "plain": Format("kg.read.plain:read", (".txt", ".text"), ("text/plain",)),
    "html": Format("kg.read.page:read", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
    "jsonl": Format(
        "kg.read.jsonl:read", (".jsonl", ".ndjson"), ("application/x-ndjson", "application/jsonl")
    ),
    # not among the endings that a folder is searched for: a .json beside an article is rarely an article
    "json": Format("kg.read.jsonl:read_document", (), ("application/json",)),
    "csv": Format("kg.read.tabular:read", (".csv", ".tsv"), ("text/csv", "text/tab-separated-values")),
    "feed": Format(
        "kg.read.feed:read", (".rss", ".atom", ".xml"), ("application/rss+xml", "application/atom+xml")
    ),
    "parquet": Format("kg.read.parquet:read", (".parquet",), ("application/vnd.apache.parquet",)),
    "warc": Format(
        "kg.read.warc:read", (".warc", ".arc"), ("application/warc", "application/x-internet-archive")
    ),
}

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_XHTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
_MAGIC = ((b"PAR1", "parquet"), (b"WARC/", "warc"), (b"filedesc://", "warc"))
_COMMENTS = re.compile(rb"(?:\s*<!--(?:[^-]|-(?!->))*-->)+")
_COLUMNS = re.compile(
    r"(?:^|[,;\t])\"?(?:text|html|maintext|content_text|content_html|articlebody)\"?(?:[,;\t]|$)"
)
_LISTS = re.compile(rb"\"(?:articles|items)\"\s*:\s*\[\s*\{", re.IGNORECASE)
_TOLD = re.compile(rb"\"?sep=.\"?\r?\n", re.IGNORECASE)


@cache
def known_endings() -> frozenset[str]:
    """Return the endings, in lower case, that a folder or archive is searched for."""
    own = {ending for form in FORMATS.values() for ending in form.endings}
    return frozenset(own | {f".{name}" for name in _plugins()})


def check_format(name: str | None) -> None:
    """Raise UsageError when `name` is neither None nor a known format."""
    if name is not None and name not in FORMATS and name not in _plugins():
        raise UsageError(f"unknown format {name!r}; there are {', '.join(sorted({*FORMATS, *_plugins()}))}")


def reader_for(blob: Blob, head: bytes, options: ReadOptions) -> Reader:
    """Return the reader for `blob`, whose first bytes are `head`.

    Raises ReadError for an empty or binary blob. `options.format` was checked before.
    """
    if options.format is not None:
        return _reader(options.format)
    if not head:
        raise ReadError("the file is empty" if blob.name != "-" else "standard input is empty", blob.name)
    if blob.ending[1:] in _plugins():
        return _reader(blob.ending[1:])
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _reader(name)
    kind = binary_kind(head)
    if kind is not None:
        raise ReadError(f"{kind}, not text", blob.name)
    return _reader(_detect(blob, head))


def _detect(blob: Blob, head: bytes) -> str:
    sniffed = _sniff(head)
    if sniffed in {"html", "feed"}:
        return sniffed  # unmistakable, whatever the file is called
    for name, form in FORMATS.items():
        if blob.ending in form.endings and blob.url is None:
            return "html" if name == "feed" else name
    if blob.ending == ".json" and blob.url is None:
        return "jsonl" if sniffed == "jsonl" else "json"
    if sniffed == "plain" and blob.media_type is not None:
        for name, form in FORMATS.items():
            if blob.media_type in form.media_types and name != "feed":
                return name
    return sniffed


def _sniff(head: bytes) -> str:
    if mark_encoding(head) is not None and b"\0" in head[:64]:
        head = head.replace(b"\0", b"")  # good enough for markup and field names
    head = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    comment = _COMMENTS.match(head)
    if comment is not None:
        head = head[comment.end() :]
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        start = _COMMENTS.sub(b"", head)[:4096]
        if _FEED.search(start):
            return "feed"
        if _XHTML.search(start):
            return "html"
    first, _, rest = head.lstrip().partition(b"\n")
    if first.startswith(b"{"):
        if not rest.strip() and _LISTS.search(first):
            return "json"
        return "jsonl" if _is_object(first) or not rest else "json"
    if first.startswith(b"[") and first[1:].lstrip()[:1] in {b"", b"{"}:
        return "json" if first[1:].strip() or rest.lstrip().startswith(b"{") else "plain"
    if _TOLD.match(head):
        return "csv"
    return "csv" if _COLUMNS.search(first.decode("utf-8", "replace").strip().lower()) else "plain"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


@cache
def _plugins() -> Mapping[str, object]:
    """Return the readers that other packages bring, by ending without its dot."""
    return {point.name.lower().lstrip("."): point for point in entry_points(group=_ENTRY_POINTS)}


def _reader(name: str) -> Reader:
    plugin = _plugins().get(name)
    if plugin is not None:
        return cast(Reader, plugin.load())  # type: ignore[attr-defined]
    module, _, function = FORMATS[name].target.partition(":")
    return cast(Reader, getattr(import_module(module), function))
