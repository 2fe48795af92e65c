"""PDF files to text and the pages that it stands on, by pypdfium2; words in pictures are not read."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.flow import text_of, without_edges
from kg.read.headline import folded
from kg.read.layout import Word, columns_of
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, clean_name, record_of_file, split_authors, whole
from kg.read.streams import read_all

_MAX_PAGES = 2000
_MAX_CHARACTERS = 100_000
"""On one page; more is a map or a drawing."""
_FEW = 8
"""So many characters at most has a page that is a picture: its number, a scanner's mark."""
_SHOWN = 5


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of a PDF file, with the place where each page begins.

    Raises ReadError for a file that is damaged, locked with a password, or nothing but pictures of text.
    """
    import pypdfium2

    data = read_all(stream, options.max_file_bytes, blob.name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise ReadError(
            "a PDF file locked with a password" if locked else "damaged PDF data", blob.name
        ) from None
    try:
        yield _record(document, blob, options)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"damaged PDF data ({' '.join(str(error).split())})", blob.name) from None
    finally:
        document.close()


def _record(document: Any, blob: Blob, options: ReadOptions) -> Record:
    if len(document) > _MAX_PAGES:
        raise ReadError(f"a PDF file of more than {_MAX_PAGES:,} pages", blob.name)
    pages: list[tuple[list[Word], float]] = []
    pictures: list[int] = []
    for number in range(len(document)):
        page = document[number]
        words = _words(page, blob.name)
        if sum(len(word.text) for word in words) <= _FEW and _has_picture(page):
            pictures.append(number + 1)
        pages.append((words, page.get_height()))
        page.close()
    if pictures:
        _tell_scanned(pictures, len(pages), blob, options)
    kept = without_edges(pages)
    text, begins = text_of([column for n, words in enumerate(kept, 1) for column in columns_of(words, n)])
    if len(text.encode("utf-8", "replace")) > options.max_record_bytes:
        raise ReadError(f"larger than the limit of {options.max_record_bytes:,} bytes", blob.name)
    if not text:
        raise ReadError("a PDF file without any text", blob.name)
    told = document.get_metadata_dict()
    title, author = (" ".join(clean_name(told.get(key) or "").split()) for key in ("Title", "Author"))
    head = folded(text[:2000])
    return replace(
        record_of_file(blob, whole(text)),
        # programs write their own names and those of files there: only what the page says itself counts
        title=title if title and folded(title) in head else None,
        authors=split_authors(author) if author and folded(author) in head else (),
        pages=_starts(begins, len(pages), len(text)),
    )


def _tell_scanned(pictures: list[int], count: int, blob: Blob, options: ReadOptions) -> None:
    """Say which pages are pictures; raise ReadError when all are."""
    way = "make text of them first, with ocrmypdf for one"
    if len(pictures) == count:
        what = "its page is a picture" if count == 1 else "its pages are pictures"
        raise ReadError(f"a scanned PDF file, {what} of text; {way}", blob.name)
    shown = ", ".join(map(str, pictures[:_SHOWN])) + (", …" if len(pictures) > _SHOWN else "")
    one = len(pictures) == 1
    options.warn(
        f"{blob.name}: page{'' if one else 's'} {shown} {'is a picture' if one else 'are pictures'} of text and "
        f"left out; {way}"
    )


def _starts(begins: dict[int, int], count: int, length: int) -> tuple[int, ...]:
    """Return where each page begins; one without text begins where the next does."""
    found: list[int] = []
    after = length
    for number in range(count, 0, -1):
        after = begins.get(number, after)
        found.append(after)
    return tuple(reversed(found))


def _words(page: Any, source: str) -> list[Word]:
    """Return the words of a page with their places."""
    import pypdfium2.raw as raw

    told = page.get_textpage()
    count = told.count_chars()
    if count > _MAX_CHARACTERS:
        raise ReadError(f"a PDF page with more than {_MAX_CHARACTERS:,} characters", source)
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    words: list[Word] = []
    letters: list[str] = []
    left = right = base = size = 0.0

    def end() -> None:
        if letters:
            words.append(Word("".join(letters), left, right, base, size))
            letters.clear()

    for number in range(count):
        code = raw.FPDFText_GetUnicode(told, number)
        letter = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "
        if letter == "\x02" or raw.FPDFText_IsHyphen(told, number) == 1:
            letter = "\u00ad"  # a hyphen at a line's end
        if letter.isspace() or (letter < " "):
            end()
            continue
        if not raw.FPDFText_GetLooseCharBox(told, number, box) or not raw.FPDFText_GetCharOrigin(
            told, number, x, y
        ):
            continue
        height = abs(box.top - box.bottom)
        if letters and (abs(y.value - base) > 0.3 * size or not -size < box.left - right < 0.25 * size):
            end()
        if not letters:
            left, base, size = box.left, y.value, height
        right = max(box.right, box.left)
        letters.append(letter)
    end()
    told.close()
    return [word for word in words if word.size > 0]


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
