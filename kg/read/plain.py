"""Plain text: the whole file is one article, its characters as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.model import Reject
from kg.read.decode import read_text
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record, record_of_file


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of a plain text file; newlines are not translated."""
    text = read_text(blob, stream, options)
    yield record_of_file(blob, text)
