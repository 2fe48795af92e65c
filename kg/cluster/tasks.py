"""What Ray's workers do: read a shard, build articles with a model that an actor loads once, write quads.

Between the steps stand rows of plain columns: `seq` (shard and record, in the order of the input), `path`,
`facts` and `records` as a manifest keeps them, `digest` of the text, `reject` as JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from kg.cluster.quads import rows_of, write_shard
from kg.graph import Evidence
from kg.graph.turtle import Spelling
from kg.identity import Identity, IdentityRecord, Node
from kg.identity.kb.link import load_linker
from kg.identity.kb.model import Linker
from kg.model import Article, Facts, Reject
from kg.pipeline import Corpus, Setup, Task, Work, triples_of
from kg.read import ReadOptions
from kg.read.shards import Shard, read_shard
from kg.run.codec import decode, encode
from kg.world import load_world

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


@dataclass(frozen=True, slots=True)
class Noted:
    """One record of a file of facts: the file's number, its place in the input, its path, a digest, or its reject."""

    file: int
    seq: int
    path: str
    digest: str
    reject: str


def notes_of(_: None, file: str, number: int) -> list[Noted]:
    """Return what a file of facts says of its records."""
    rows = rows_in(file, "seq", "path", "digest", "reject")
    return [Noted(number, int(row["seq"]), row["path"], row["digest"], row["reject"]) for row in rows]


def records_of(left_out: frozenset[int], file: str) -> list[tuple[IdentityRecord, ...]]:
    """Return the identity records of a file of facts, article by article, but those `left_out` by their places."""
    return [
        tuple(
            map(IdentityRecord.from_json, bytes(row["records"]).decode("utf-8", "surrogatepass").split("\n"))
        )
        for row in rows_in(file, "seq", "records")
        if row["records"] and int(row["seq"]) not in left_out
    ]


def rows_in(file: str, *names: str) -> Iterator[Row]:
    """Yield the rows of a Parquet file."""
    import pyarrow.parquet as pq
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(file)
    with fs.open(path, "rb") as stream:
        for batch in pq.ParquetFile(stream).iter_batches(256, columns=list(names)):
            yield from batch.to_pylist()


@dataclass(frozen=True, slots=True)
class Assigned:
    """The nodes of an article's entities, and the number of the file that has its facts."""

    file: int
    doc: str
    nodes: tuple[tuple[str, Node], ...]


def by_article(thing: Node | Noted) -> Iterator[tuple[str, tuple[str, Node] | int]]:
    """Yield a node for each of its members, and where an article's facts are."""
    if isinstance(thing, Noted):
        yield thing.path, thing.file
        return
    slim = replace(thing, members=())  # which lead to all its articles
    for doc, entity in thing.members:
        yield doc, (entity, slim)


def of_article(doc: str, told: list[tuple[str, Node] | int]) -> Iterator[Assigned]:
    """Yield what is assigned to the entities of an article."""
    (file,) = {one for one in told if isinstance(one, int)}
    yield Assigned(file, doc, tuple(one for one in told if not isinstance(one, int)))


def by_file(one: Assigned) -> Iterator[tuple[int, Assigned]]:
    """Yield it by its file."""
    yield one.file, one


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one file: how many articles and quads, and the rejects with their places."""

    articles: int
    quads: int
    failed: tuple[tuple[int, Reject], ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Turns files of facts into quads in the terms of the whole corpus, and writes them, a shard a file."""

    files: tuple[str, ...]
    base: str
    folder: str
    left_out: frozenset[int]
    evidence: Evidence

    def __call__(self, number: int, assigned: list[Assigned]) -> Iterator[Written]:
        """Write the shard of one file."""
        nodes = {(one.doc, entity): node for one in assigned for entity, node in one.nodes}
        corpus, spelling = Corpus(Identity((), (), nodes)), Spelling(short=False)
        quads: list[tuple[str, str, str, str]] = []
        failed: list[tuple[int, Reject]] = []
        articles = 0
        table = rows_in(self.files[number], "seq", "facts", "reject")
        for one in sorted(table, key=lambda r: int(r["seq"])):
            if one["reject"] or one["seq"] in self.left_out:
                continue
            made = triples_of(decode(one["facts"]), corpus, self.base, self.evidence)
            if isinstance(made, Reject):
                failed.append((int(one["seq"]), made))
            else:
                articles += 1
                quads += rows_of(*made, spelling)
        write_shard(self.folder, number, quads)
        yield Written(articles, len(quads), tuple(failed))


@lru_cache(maxsize=1)
def linker_of(kb: str | None) -> Linker:
    """Return the linker of this process."""
    return load_linker(load_world(), kb)
