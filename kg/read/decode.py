"""Bytes to text: byte-order mark, then UTF-8, then detection; newlines stay as they are."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.options import ReadOptions
from kg.read.record import Blob
from kg.read.streams import read_all

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite file"),
)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ODD = re.compile(rb"[\x80-\xff]+")
_TAR_MARK = slice(257, 262)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b\x1a")


_FEW_NULS = 3
"""So many NULs in the beginning of a file are slips of whatever wrote it."""
_MOST_ODD = 0.2
"""A text in a western code page has fewer letters than this share outside ASCII."""


def mark_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte-order mark at the beginning of `head` tells, if any."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def binary_kind(head: bytes) -> str | None:
    """Tell what `head` is the beginning of when it is no text ("a PDF file", "a binary file"), else None."""
    if mark_encoding(head) is not None:
        return None
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[_TAR_MARK] == b"ustar":
        return "a tar archive"
    sample = head[:8192]
    controls = sum(byte in _CONTROLS for byte in sample)
    if controls == 0:
        return None
    if sample.count(0) > _FEW_NULS:
        if sample[1::2].count(0) > len(sample) * 0.4 or sample[::2].count(0) > len(sample) * 0.4:
            return None  # UTF-16 without a mark
        return "a binary file"
    return "a binary file" if controls > len(sample) * 0.02 else None


def read_text(blob: Blob, stream: BinaryIO, options: ReadOptions) -> str:
    """Return the text of a file that is one article; raise ReadError when it is too long, or no encoding fits."""
    data = read_all(stream, options.max_record_bytes, blob.name)
    return decode(data, blob.name, options.encoding, blob.charset)


def decode(data: bytes, source: str, encoding: str | None = None, hint: str | None = None) -> str:
    """Return the text of `data`, without a byte-order mark.

    `encoding` is the user's word and final; `hint` is what a server or page says, used if UTF-8 fails.
    Raises ReadError when no encoding fits.
    """
    marked = mark_encoding(data)
    if encoding is not None:
        return _strict(data, encoding, source)
    if marked is not None:
        return _strict(data, marked, source)
    try:
        return data.decode("utf-8") if b"\0" not in data[:64] else _wide(data)
    except UnicodeDecodeError:
        pass
    spoilt = _spoilt(data)
    if spoilt is not None:
        return spoilt
    if hint is not None:
        try:
            return data.decode(hint)
        except (UnicodeError, LookupError):
            pass
    return _western(data) or _detected(data, source)


def _spoilt(data: bytes) -> str | None:
    """Return the text of UTF-8 with a bad byte here and there, which become U+FFFD; None if it is another encoding.

    Letters outside ASCII stand in it as sequences of bytes that no other encoding is likely to have.
    """
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    good = sum(map(len, _SEQUENCE.findall(data))) // 2
    return text if good > lost and b"\0" not in data[:64] else None


def _western(data: bytes) -> str | None:
    """Return the text of what is nearly ASCII: detection takes short texts for Chinese."""
    odd = sum(map(len, _ODD.findall(data)))
    if odd > _MOST_ODD * max(1, len(data)) or b"\0" in data[:64]:
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def page_charset(head: bytes) -> str | None:
    """Return the encoding that an HTML page's own `<meta>` names, if any."""
    found = _META_CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        raise ReadError(f"not valid {encoding} (byte {at})", source) from None


def _wide(data: bytes) -> str:
    # NULs at odd offsets: little endian. What is neither fails and goes on to detection.
    sample = data[:4096]
    if sample[1::2].count(0) > len(sample) * 0.4:
        return data.decode("utf-16-le")
    if sample[::2].count(0) > len(sample) * 0.4:
        return data.decode("utf-16-be")
    return data.decode("utf-8")


def _detected(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise ReadError("its encoding can't be told: not UTF-8, nor any that detection knows", source)
    # Short western text fits many code pages equally well: take the one that news files are really in.
    for match in matches:
        if match.encoding == "cp1252" and match.chaos <= best.chaos:
            best = match
    return str(best).removeprefix("\ufeff")
