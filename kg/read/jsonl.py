"""JSONL, one record a line, read line by line; and JSON files that hold one record or a list of them."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.decode import decode, mark_encoding
from kg.read.fields import LISTS, has_text, record_of
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record
from kg.read.streams import HEAD, Piecewise, lines, peek, read_all


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield a record or a reject for each line that is not blank; `source` ends in the line's number."""
    for number, line in enumerate(lines(utf8_stream(stream, options), options.max_record_bytes), 1):
        source = f"{blob.name}:{number}"
        if line is None:
            yield Reject(source, f"the line is longer than the limit of {options.max_record_bytes:,} bytes")
        elif line.strip():
            try:
                yield record_of(_object(line, source), blob, number, options)
            except ReadError as error:
                yield Reject(error.source, error.reason)


def read_document(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the records of a JSON file: one object, or a list of objects, counted from 1.

    The list may stand under a key, as in JSON Feed and in what NewsAPI answers.
    """
    data = read_all(stream, options.max_file_bytes, blob.name)
    value = _parsed(decode(data, blob.name, options.encoding, blob.charset), blob.name)
    if isinstance(value, dict) and not has_text(value.keys(), options):
        lower = {key.lower(): inner for key, inner in value.items()}
        value = next((lower[key] for key in LISTS if isinstance(lower.get(key), list)), value)
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        try:
            if not isinstance(item, dict):
                raise ReadError("not a JSON object", f"{blob.name}:{number}")
            yield record_of(item, blob, number if isinstance(value, list) else None, options)
        except ReadError as error:
            yield Reject(error.source, error.reason)


def utf8_stream(stream: BinaryIO, options: ReadOptions) -> BinaryIO:
    """Return `stream` in UTF-8 where a mark or option tells its encoding, so that it can be cut at newlines.

    Without either it is returned as it is, and each line is decoded for itself.
    """
    head, stream = peek(stream, HEAD)
    encoding = options.encoding or mark_encoding(head)
    if encoding is None or codecs.lookup(encoding).name == "utf-8":
        return stream
    return io.BufferedReader(_Transcoded(stream, encoding), HEAD)


class _Transcoded(Piecewise):
    """A stream turned into UTF-8 piece by piece; what can't be decoded becomes U+FFFD."""

    def __init__(self, inner: BinaryIO, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def _next(self, size: int) -> bytes:
        while not self._left:
            data = self._inner.read(HEAD)
            self._left = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        part, self._left = self._left[:size], self._left[size:]
        return part


def _object(line: bytes, source: str) -> dict[str, object]:
    # an encoding was either turned into UTF-8 before or is to be detected for this line
    value = _parsed(decode(line, source), source)
    if not isinstance(value, dict):
        raise ReadError("not a JSON object", source)
    return value


def _parsed(text: str, source: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"broken JSON: {error.msg} at column {error.colno}", source) from None
    except (ValueError, RecursionError):
        raise ReadError("broken JSON: nested too deeply or a number too long", source) from None
