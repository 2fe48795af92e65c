"""CSV and TSV with a header line of the same names as JSONL's keys, read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.decode import decode
from kg.read.fields import has_text, record_of
from kg.read.jsonl import utf8_stream
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record
from kg.read.streams import lines


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield a record or a reject for each row; `source` ends in the line's number that the row begins on."""
    # The csv module's limit is one for the whole process and by default (131,072 characters) shorter than a
    # long article: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_record_bytes))
    text = _Lines(utf8_stream(stream, options), blob, options)
    header_line = next(text, "")
    told = _TOLD.fullmatch(header_line.strip())
    if told is not None:  # a first line for spreadsheets, "sep=;"
        header_line = next(text, "")
    delimiter = told[1] if told is not None else _delimiter(header_line, blob.ending)
    try:
        header = [name.strip().lower() for name in next(csv.reader([header_line], delimiter=delimiter), [])]
    except csv.Error as error:
        raise ReadError(f"broken CSV: {error}", f"{blob.name}:{text.number}") from None
    if not has_text(header, options):
        raise ReadError('the header line names no column "text" or "html"', blob.name)
    rows = csv.reader(text, delimiter=delimiter, strict=True)  # a quote left open is an error
    while True:
        number = text.number + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except (csv.Error, ReadError) as error:
            reason = error.reason if isinstance(error, ReadError) else f"broken CSV: {error}"
            yield Reject(f"{blob.name}:{number}", reason)
            continue
        if not any(field.strip() for field in row):
            continue
        try:
            yield record_of(dict(zip(header, row, strict=False)), blob, number, options)
        except ReadError as error:
            yield Reject(error.source, error.reason)


_TOLD = re.compile(r"\"?sep=(.)\"?", re.IGNORECASE)


class _Lines:
    """The decoded lines of a stream, newlines kept; one too long or undecodable raises, is passed over."""

    def __init__(self, stream: BinaryIO, blob: Blob, options: ReadOptions) -> None:
        self._lines = lines(stream, options.max_record_bytes)
        self._blob = blob
        self._limit = options.max_record_bytes
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        source = f"{self._blob.name}:{self.number}"
        if line is None:
            raise ReadError(f"the line is longer than the limit of {self._limit:,} bytes", source)
        return decode(line, source)


def _delimiter(header: str, ending: str) -> str:
    if ending == ".tsv":
        return "\t"
    return max(",;\t", key=header.count)
