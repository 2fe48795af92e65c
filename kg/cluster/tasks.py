"""What Ray's workers do: read a shard, build articles with a model that an actor loads once, write quads.

Between the steps stand rows of plain columns: `seq` (shard and record, in the order of the input), `path`,
`facts` and `records` as a manifest keeps them, `digest` of the text, `reject` as JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kg.cluster.quads import rows_of, write_shard
from kg.graph.turtle import Spelling
from kg.model import Article, Facts, Reject
from kg.pipeline import Corpus, Setup, Task, Work, triples_of
from kg.read import ReadOptions
from kg.read.shards import Shard, read_shard
from kg.run.codec import decode, encode

Row = dict[str, Any]
PLACES = 1 << 32
"""So many records fit into a shard."""


@dataclass(frozen=True, slots=True)
class Read:
    """Reads shards into rows whose `facts` hold the article alone."""

    options: ReadOptions

    def __call__(self, row: Row) -> Iterator[Row]:
        """Yield the rows of one shard."""
        shard = Shard(row["name"], row["label"])
        for number, item in enumerate(read_shard(shard, self.options)):
            yield _row(row["shard"] * PLACES + number, item)


def _row(seq: int, item: Article | Reject) -> Row:
    if isinstance(item, Reject):
        reject = json.dumps(asdict(item))
        return {"seq": seq, "path": "", "facts": b"", "records": b"", "digest": "", "reject": reject}
    digest = hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "seq": seq,
        "path": item.path,
        "facts": encode(Facts(item)),
        "records": b"",
        "digest": digest,
        "reject": "",
    }


class Annotate:
    """An actor: loads the model once, then turns articles into facts, batch by batch."""

    def __init__(self, setup: Setup, threshold: float | None) -> None:
        self._resources = setup()
        self._work = Work(threshold)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """Return the batch with the facts in place of the articles."""
        columns = {name: list(values) for name, values in batch.items()}
        places = [n for n, reject in enumerate(columns["reject"]) if not reject]
        tasks = [Task(n, "", decode(columns["facts"][n]).article) for n in places]
        for made in self._work(self._resources, tasks):
            if made.reject is not None:
                columns["facts"][made.seq], columns["path"][made.seq] = b"", ""
                columns["reject"][made.seq] = json.dumps(asdict(made.reject))
            else:
                columns["facts"][made.seq], columns["records"][made.seq] = made.facts, made.records
        return columns


class Write:
    """An actor: turns facts into quads in the terms of the whole corpus, and writes them, a shard a file."""

    def __init__(self, corpus: Corpus, base: str, folder: str, left_out: frozenset[int]) -> None:
        self._corpus, self._base, self._folder, self._left_out = corpus, base, folder, left_out

    def __call__(self, row: Row) -> Row:
        """Write the shard of one file of facts; return how much it holds and what failed."""
        import pyarrow.parquet as pq
        from fsspec.core import url_to_fs

        spelling = Spelling(short=False)
        quads: list[tuple[str, str, str, str]] = []
        failed: list[str] = []
        fs, path = url_to_fs(row["file"])
        with fs.open(path, "rb") as stream:
            table = pq.read_table(stream, columns=["seq", "facts", "reject"])
        articles = 0
        for one in sorted(table.to_pylist(), key=lambda r: int(r["seq"])):
            if one["reject"] or one["seq"] in self._left_out:
                continue
            made = triples_of(decode(one["facts"]), self._corpus, self._base)
            if isinstance(made, Reject):
                failed.append(json.dumps([one["seq"], asdict(made)]))
            else:
                articles += 1
                quads += rows_of(*made, spelling)
        write_shard(self._folder, row["number"], quads)
        return {"articles": articles, "quads": len(quads), "failed": json.dumps(failed)}
