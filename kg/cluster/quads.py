"""Writes the quads of a shard twice: packed N-Quads for stores, Parquet for tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from kg.graph.turtle import Spelling

COLUMNS = ("graph", "subject", "predicate", "object")
Row = tuple[str, str, str, str]


def rows_of(name: Any, triples: Sequence[tuple[Any, Any, Any]], spelling: Spelling) -> list[Row]:
    """Return the quads of one article, each term as N-Quads spell it, sorted and without doubles."""
    graph = spelling[name]
    return sorted({(graph, spelling[s], spelling[p], spelling[o]) for s, p, o in triples})


def write_shard(folder: str, number: int, rows: Sequence[Row]) -> None:
    """Write one shard under `folder` (a path or an fsspec address): each file is there whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    import zstandard

    text = "".join(f"{s} {p} {o} {g} .\n" for g, s, p, o in rows)
    packed = zstandard.ZstdCompressor(level=3).compress(text.encode("utf-8", "backslashreplace"))
    table = io.BytesIO()
    columns = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    types = pa.schema([(name, pa.string()) for name in COLUMNS])
    pq.write_table(pa.table(columns, schema=types), table, compression="zstd")
    put(f"{folder}/quads/part-{number:06}.nq.zst", packed)
    put(f"{folder}/parquet/part-{number:06}.parquet", table.getvalue())


def put(path: str, data: bytes) -> None:
    """Write a file in one go: under another name first, then moved, as far as the file system can."""
    from fsspec.core import url_to_fs

    fs, inside = url_to_fs(path)
    fs.makedirs(fs._parent(inside), exist_ok=True)
    part = f"{inside}.part"
    with fs.open(part, "wb") as out:
        out.write(data)
    fs.mv(part, inside)
