"""The table of formats: which reader takes which ending, media type or beginning."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint
from typing import cast

from kg.errors import PluginError, ReadError, UsageError
from kg.plugins import installed, load, shown
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


DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[str, Format] = {
    "plain": Format("kg.read.plain:read", (".txt", ".text"), ("text/plain",)),
    "html": Format(
        "kg.read.html_page:read", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")
    ),
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
    "pdf": Format("kg.read.pdf:read", (".pdf",), ("application/pdf",)),
    "docx": Format("kg.read.docx:read", (".docx",), (DOCX_TYPE,)),
    "eml": Format("kg.read.mail:read", (".eml",), ("message/rfc822",)),
    "mbox": Format("kg.read.mail:read_box", (".mbox",), ("application/mbox",)),
    "markdown": Format("kg.read.markdown:read", (".md", ".markdown"), ("text/markdown",)),
    "subtitles": Format("kg.read.subtitles:read", (".vtt", ".srt"), ("text/vtt", "application/x-subrip")),
}

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_XHTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
_BOX = re.compile(rb"From \S+.*\d\d:\d\d.*\r?\n[A-Za-z-]+: ")
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z-]{1,40}):[ \t]", re.MULTILINE)
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,7}|\.\d[a-z]\w{0,6}")
"""What is an ending, and no part of a name such as "story v1.2 (final)" or "report.2031"."""
_MAGIC = ((b"PAR1", "parquet"), (b"WARC/", "warc"), (b"filedesc://", "warc"), (b"%PDF-", "pdf"))
_COMMENTS = re.compile(rb"(?:\s*<!--(?:[^-]|-(?!->))*-->)+")
_COLUMNS = re.compile(
    r"(?:^|[,;\t])\"?(?:text|html|maintext|content_text|content_html|articlebody)\"?(?:[,;\t]|$)"
)
_LISTS = re.compile(rb"\"(?:articles|items)\"\s*:\s*\[\s*\{", re.IGNORECASE)
_ROWS = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
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
    if blob.ending == ".docx" and head.startswith(b"PK"):
        return _reader("docx")
    kind = binary_kind(head)
    if kind is not None and not (blob.ending in _ROWS and _begins_with_text(head)):
        raise ReadError(f"{kind}, not text", blob.name)
    return _reader(_detect(blob, head))


def _begins_with_text(head: bytes) -> bool:
    """Tell a file whose first line is text: what broke in another costs that line alone."""
    line, end, _ = head.partition(b"\n")
    return bool(end) and bool(line.strip()) and binary_kind(line) is None


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
    if sniffed == "plain" and blob.url is None and _ENDING.fullmatch(blob.ending):
        raise ReadError(
            f"files that end in {blob.ending} are not known; --format plain reads one as text all the same",
            blob.name,
        )
    return sniffed


def _sniff(head: bytes) -> str:
    if _BOX.match(head):
        return "mbox"
    if _is_mail(head):
        return "eml"
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
    found = _sniff_json(first, rest)
    if found is not None:
        return found
    if _TOLD.match(head):
        return "csv"
    return "csv" if _COLUMNS.search(first.decode("utf-8", "replace").strip().lower()) else "plain"


def _sniff_json(first: bytes, rest: bytes) -> str | None:
    """Tell one object or list from a line of JSON each, and both from a text that begins with a bracket."""
    if first.startswith(b"{"):
        if not rest.strip() and _LISTS.search(first):
            return "json"
        return "jsonl" if _is_object(first) or not rest else "json"
    if first.startswith(b"[") and first[1:].lstrip()[:1] in {b"", b"{"}:
        return "json" if first[1:].strip() or rest.lstrip().startswith(b"{") else "plain"
    return None


def _is_mail(head: bytes) -> bool:
    """Tell whether `head` begins with the headers of a mail."""
    if _HEADER.match(head) is None:
        return False
    names = {found[1].lower() for found in _HEADER.finditer(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0])}
    return b"from" in names and len(names & {b"date", b"subject", b"message-id", b"to", b"received"}) >= 2


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


@cache
def _plugins() -> Mapping[str, EntryPoint]:
    """Return the readers that other packages bring, by ending without its dot."""
    return {name.lower().lstrip("."): point for name, point in installed(_ENTRY_POINTS).items()}


def _reader(name: str) -> Reader:
    plugin = _plugins().get(name)
    if plugin is not None:
        reader = load(plugin)
        if not callable(reader):
            raise PluginError(f"{shown(plugin)} is {reader!r}, nothing that reads")
        return cast(Reader, reader)
    module, _, function = FORMATS[name].target.partition(":")
    return cast(Reader, getattr(import_module(module), function))
