"""Word documents to text, by python-docx: their paragraphs in order, without headers, notes and what was struck out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, clean_name, record_of_file, split_authors, whole
from kg.read.streams import read_all

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COPIES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", _COPIES})
_TITLES = frozenset({"Title", "Heading 1"})
_RATIO = 250
_RATIO_FROM = 10_000_000
_ANYBODY = frozenset(
    {"python-docx", "user", "windows user", "microsoft office user", "admin", "administrator"}
)


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of a Word document; raises ReadError for one that is damaged, locked or empty."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    data = read_all(stream, options.max_file_bytes, blob.name)
    _check_size(data, blob, options)
    try:
        document = Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document, blob, options))
        told = document.core_properties
        title, author = told.title, told.author
    except ReadError:
        raise
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, OSError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ReadError(f"a damaged Word document ({reason})", blob.name) from None
    except Exception as error:  # noqa: BLE001 - lxml's own errors, which are of no common class here
        raise ReadError(f"a damaged Word document ({type(error).__name__})", blob.name) from None
    text = "\n\n".join(words for words, _ in paragraphs)
    if not text.strip():
        raise ReadError("a Word document without any text", blob.name)
    headings = [words for words, style in paragraphs[:3] if style in _TITLES and "\n" not in words]
    yield replace(
        record_of_file(blob, whole(text)),
        title=headings[0] if headings else _title(title, paragraphs[0][0]),
        authors=_authors(author),
    )


def _check_size(data: bytes, blob: Blob, options: ReadOptions) -> None:
    """Raise ReadError for a bomb: what stands in the archive must not be much larger than it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError(f"a damaged Word document ({' '.join(str(error).split())})", blob.name) from None
    if size > options.max_unpacked_bytes:
        raise ReadError(f"unpacks to more than the limit of {options.max_unpacked_bytes:,} bytes", blob.name)
    if size > max(_RATIO_FROM, len(data) * _RATIO):
        raise ReadError(f"unpacks to more than {_RATIO} times its size: left out as a bomb", blob.name)


def _paragraphs(document: Any, blob: Blob, options: ReadOptions) -> Iterator[tuple[str, str]]:
    """Yield the words and the style's name of each paragraph that is not empty, those in tables and frames too."""
    size = 0
    names = {style.style_id: style.name for style in document.styles if style.style_id}
    for element in _walk(document.element.body):
        words = "".join(_pieces(element))
        lines = [" ".join(line.split()) for line in words.split("\n")]
        words = "\n".join(line for line in lines if line)
        size += len(words)
        if size > options.max_record_bytes:
            raise ReadError(f"larger than the limit of {options.max_record_bytes:,} bytes", blob.name)
        if words:
            found = element.find(f"{_W}pPr/{_W}pStyle")
            yield words, names.get(found.get(f"{_W}val") if found is not None else None) or ""


def _walk(element: Any) -> Iterator[Any]:
    """Yield the paragraphs below an element; one within another, as in a text frame, comes after it."""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{_W}p":
            yield child
        yield from _walk(child)


def _pieces(element: Any) -> Iterator[str]:
    """Yield the words of a paragraph, without those of paragraphs within it and without what was struck out."""
    for child in element:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n" if child.get(f"{_W}type") is None else " "
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)


def _title(title: str, first: str) -> str | None:
    """Return the title of the document's properties where the text begins with it; programs put there anything."""
    words = " ".join(clean_name(title).split())
    return words if words and words.casefold() == first.casefold() else None


def _authors(author: str) -> tuple[str, ...]:
    return tuple(name for name in split_authors(author) if " " in name and name.casefold() not in _ANYBODY)
