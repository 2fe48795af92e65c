"""Parquet with columns named as JSONL's keys, read batch by batch; needs pyarrow."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from kg.errors import ReadError, install
from kg.model import Reject
from kg.read.fields import columns, has_text, record_of
from kg.read.options import ReadOptions
from kg.read.record import Blob, Record

_ROWS = 64


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
            names = [str(name) for name in table.schema_arrow.names]
            if not has_text(names, options):
                raise ReadError('it has no column "text" or "html"', blob.name)
            number = 0
            for batch in table.iter_batches(_ROWS, columns=sorted(columns(names, options))):
                for place in range(batch.num_rows):
                    number += 1
                    row = {name: _cell(batch.column(name), place) for name in batch.schema.names}
                    try:
                        yield record_of(row, blob, number, options)
                    except ReadError as error:
                        yield Reject(error.source, error.reason)
        except (pa.ArrowException, OSError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ReadError(f"damaged or truncated Parquet data ({reason})", blob.name) from None


def _cell(column: Any, place: int) -> object:
    """Return the value of a cell, dates as words; what Python has no value for is told as near as can be, or None."""
    import pyarrow as pa

    cell = column[place]
    kind = column.type
    try:
        value = cell.as_py()
    except UnicodeDecodeError:
        return str(cell.as_buffer().to_pybytes(), "utf-8", "replace")
    except (ValueError, OverflowError, LookupError, TypeError, pa.ArrowException):
        if not pa.types.is_timestamp(kind):
            return None  # a day outside the calendar
        # a time zone that nobody knows, a part of a microsecond: the day is told all the same
        seconds = int(cell.value) // {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]
        try:
            return datetime.fromtimestamp(seconds, UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return None
    return value.isoformat() if hasattr(value, "isoformat") else value
