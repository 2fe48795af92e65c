"""`kg build --engine ray`: the build as Ray Data's operators over shards.

Reading and annotating are one stream: its actors load the model once, and a worker that is lost is replaced and
its batches done again. The facts wait as Parquet; who is who is decided by one process over the records of all
entities; then each file of facts becomes a shard of quads.
"""

from __future__ import annotations

import importlib.util
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from kg.cluster.quads import put, rows_of, write_shard
from kg.cluster.tasks import Annotate, Read, Write
from kg.errors import NothingBuiltError, UsageError
from kg.graph import DEFAULT_BASE, check_base
from kg.graph.turtle import Spelling
from kg.identity import (
    Overrides,
    Record,
    identify,
    identity_graph,
    identity_triples,
    load_overrides,
)
from kg.identity.kb.link import load_linker
from kg.model import Reject
from kg.pipeline import Corpus, Setup
from kg.read import ReadOptions
from kg.read.shards import shards
from kg.world import load_world

BATCH = 64
"""So many articles go to an actor at once."""


@dataclass(frozen=True, slots=True)
class RayBuilt:
    """What was written: where, how many articles and quads, and what was rejected."""

    folder: str
    articles: int
    quads: int
    rejects: tuple[Reject, ...]


def build_on_ray(
    inputs: Iterable[str | Path] | str | Path,
    out: str | Path,
    *,
    actors: int = 1,
    date: str | None = None,
    format: str | None = None,  # noqa: A002 - named as the option is
    encoding: str | None = None,
    any_language: bool = False,
    model: str | None = None,
    lexicon: Path | None = None,
    base_iri: str | None = None,
    min_confidence: float | None = None,
    identity: str | Path | None = None,
    kb: str | None = None,
    on_progress: Callable[[str, int], None] | None = None,
) -> RayBuilt:
    """Build shards of files on a Ray cluster, or on this machine if none is connected.

    `out` is a folder that all workers reach (a path or an fsspec address). Written are `facts/` (Parquet),
    `quads/part-*.nq.zst`, `parquet/part-*.parquet` and `rejects.jsonl`. The triples are those of a build on one
    machine.

    Raises:
        UsageError: Ray is not installed, a path is missing, or an option makes no sense.
        NothingBuiltError: not one record could be built.
    """
    if importlib.util.find_spec("ray") is None:
        raise UsageError("--engine ray needs Ray: pip install 'newskg[ray]'")
    import ray

    told = on_progress or (lambda step, done: None)
    base = check_base(base_iri or DEFAULT_BASE)
    options = ReadOptions(date=date, check_language=not any_language, encoding=encoding, format=format)
    overrides = load_overrides(Path(identity)) if identity is not None else Overrides()
    found, rejected = shards(inputs, options)
    folder = _folder(out)
    if not ray.is_initialized():
        ray.init(
            include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False
        )
    told("articles", 0)
    files = _annotate(ray, found, folder, options, Setup(model, lexicon), min_confidence, actors)
    twice, noted = _twice(files)
    rejects = [(-1, reject) for reject in rejected] + noted
    told("identity", 0)
    world = load_world()
    records = map(Record.from_json, _records(files, twice))
    corpus = Corpus(identify(records, world, overrides, linker=load_linker(world, kb)))
    told("triples", 0)
    rows = [{"file": file, "number": number} for number, file in enumerate(files)]
    made = (
        ray.data.from_items(rows, override_num_blocks=max(1, len(rows)))
        .map(
            cast("Any", Write),
            fn_constructor_args=(corpus, base, folder, frozenset(twice)),
            concurrency=max(1, min(actors, len(rows))),
        )
        .take_all()
    )
    for row in made:
        for text in json.loads(row["failed"]):
            seq, values = json.loads(text)
            rejects.append((seq, Reject(**values)))
    judged = rows_of(
        identity_graph(base), list(identity_triples(corpus.identity, base)), Spelling(short=False)
    )
    if judged:
        write_shard(folder, len(files), judged)
    told_rejects = tuple(reject for _, reject in sorted(rejects, key=lambda pair: pair[0]))
    articles = sum(int(row["articles"]) for row in made)
    if not articles:
        raise NothingBuiltError(f"nothing could be built: {len(told_rejects)} records were rejected")
    if told_rejects:
        lines = "".join(json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in told_rejects)
        put(f"{folder}/rejects.jsonl", lines.encode("utf-8", "backslashreplace"))
    return RayBuilt(folder, articles, sum(int(row["quads"]) for row in made) + len(judged), told_rejects)


def _folder(out: str | Path) -> str:
    """Return the folder's address, which must hold nothing of another build."""
    from fsspec.core import url_to_fs

    folder = str(out) if "://" in str(out) else str(Path(out).resolve())
    fs, path = url_to_fs(folder)
    for name in ("facts", "quads", "parquet"):
        if fs.exists(f"{path}/{name}"):
            raise UsageError(
                f"{out}: an earlier build's {name} are there; take them away, or choose another folder"
            )
    return folder


def _annotate(
    ray: Any,
    found: list[Any],
    folder: str,
    options: ReadOptions,
    setup: Setup,
    threshold: float | None,
    actors: int,
) -> list[str]:
    """Read and annotate all shards, and return the files of facts, in the order of their names."""
    from fsspec.core import url_to_fs

    rows = [{"shard": n, "name": shard.name, "label": shard.label} for n, shard in enumerate(found)]
    facts = (
        ray.data.from_items(rows, override_num_blocks=max(1, len(rows)))
        .flat_map(Read(options))
        .map_batches(
            Annotate,
            fn_constructor_args=(setup, threshold),
            batch_size=BATCH,
            concurrency=actors,
        )
    )
    facts.write_parquet(f"{folder}/facts")
    fs, path = url_to_fs(f"{folder}/facts")
    names = sorted(str(name) for name in fs.find(path) if str(name).endswith(".parquet"))
    return [str(fs.unstrip_protocol(name)) if "://" in folder else name for name in names]


def _columns(files: list[str], *names: str) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq
    from fsspec.core import url_to_fs

    for file in files:
        fs, path = url_to_fs(file)
        with fs.open(path, "rb") as stream:
            for batch in pq.ParquetFile(stream).iter_batches(1024, columns=list(names)):
                yield from batch.to_pylist()


def _twice(files: list[str]) -> tuple[set[int], list[tuple[int, Reject]]]:
    """Return the places of records whose id an earlier one has, and all rejects with their places."""
    first: dict[str, tuple[int, str]] = {}
    later: list[tuple[int, str, str]] = []
    rejects: list[tuple[int, Reject]] = []
    for row in _columns(files, "seq", "path", "digest", "reject"):
        seq, path, digest = int(row["seq"]), str(row["path"]), str(row["digest"])
        if row["reject"]:
            rejects.append((seq, Reject(**json.loads(row["reject"]))))
            continue
        there = first.get(path)
        if there is None or seq < there[0]:
            first[path] = (seq, digest)
            if there is not None:
                later.append((there[0], path, there[1]))
        else:
            later.append((seq, path, digest))
    for seq, path, digest in later:
        other = "" if digest == first[path][1] else ", with another text"
        reason = f"the id {path!r} was already taken by an earlier record of this run{other}"
        rejects.append((seq, Reject(path, reason)))
    return {seq for seq, _, _ in later}, rejects


def _records(files: list[str], twice: set[int]) -> Iterator[str]:
    for row in _columns(files, "seq", "records"):
        if row["records"] and int(row["seq"]) not in twice:
            yield from bytes(row["records"]).decode("utf-8", "surrogatepass").split("\n")
