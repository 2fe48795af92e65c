"""Parquet with columns named as JSONL's keys, read batch by batch; needs pyarrow."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError, install
from kg.model import Reject
from kg.read.fields import record_of
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record

_ROWS = 64
_COLUMNS = ("id", "text", "html", "title", "date", "author", "authors", "publisher", "url")


def read(blob: Blob, stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Reject]:
    """Yield a record or a reject for each row; `source` ends in the row's number, counted from 1."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ReadError(f"a Parquet file; to read it: {install('cluster')}", blob.name) from None
    with tempfile.TemporaryFile() as file:  # Parquet is read from its end, and a stream has none
        shutil.copyfileobj(stream, file)
        file.seek(0)
        try:
            table = pq.ParquetFile(file)
            names = {str(name).lower(): str(name) for name in table.schema_arrow.names}
            wanted = [names[name] for name in _COLUMNS if name in names]
            if "text" not in names and "html" not in names:
                raise ReadError('it has no column "text" or "html"', blob.name)
            number = 0
            for batch in table.iter_batches(_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        yield record_of(_plain(row), blob, number, options)
                    except ReadError as error:
                        yield Reject(error.source, error.reason)
        except (pa.ArrowException, OSError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ReadError(f"damaged or truncated Parquet data ({reason})", blob.name) from None


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Give columns their names in small letters, and dates as words."""
    return {
        name.lower(): value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
    }
