"""Plain text: the whole file is one article, its characters as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.model import Reject
from kg.read.decode import decode
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record
from kg.read.streams import read_all


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield the one record of a plain text file; newlines are not translated."""
    data = read_all(stream, options.max_record_bytes, blob.name)
    text = decode(data, blob.name, options.encoding, blob.charset)
    yield Record(blob.name, blob.label, blob.stem, blob.key, text, url=blob.url)
