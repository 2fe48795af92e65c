"""The tables of nodes and edges as Parquet, by pyarrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from kg.errors import StoreError
from kg.view.tables import Row


def write_parquet(rows: Sequence[Row], columns: Mapping[str, type], out: BinaryIO) -> None:
    """Write rows with these columns; lists are lists, and what is not known is null.

    Raises:
        StoreError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow: pip install 'newskg[cluster]'") from error
    types = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        tuple: pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    values = {name: [_value(row[name]) for row in rows] for name in columns}
    pq.write_table(pa.Table.from_pydict(values, schema), out, compression="zstd")


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8") or None
    return value
