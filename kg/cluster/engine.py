"""`kg build --engine ray`: the build as Ray Data's operators over shards.

Reading and annotating are one stream: its actors load the model once, and a worker that is lost is replaced and
its batches done again. The facts wait as Parquet; who is who is decided in rounds of group-bys (`kg.identity` over
`kg.cluster.ray_dataset`); then each file of facts becomes a shard of quads.
"""

from __future__ import annotations

import importlib.util
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg.cluster.quads import put, rows_of, write_shard
from kg.cluster.ray_dataset import Shuffled, tasks
from kg.cluster.tasks import (
    Annotate,
    Noted,
    Read,
    Write,
    by_article,
    by_file,
    linker_of,
    notes_of,
    of_article,
    records_of,
)
from kg.errors import NothingBuiltError, UsageError, install
from kg.graph.turtle import Spelling
from kg.identity import Identity, IdentityRecord, identity_graph, identity_triples
from kg.identity.dataset import Dataset
from kg.identity.entity_resolution import decided
from kg.model import Reject
from kg.options import BuildOptions
from kg.pipeline import Corpus
from kg.read.shards import shards
from kg.world import load_world

BATCH = 64
"""So many articles go to an actor at once."""
_LITTLE = 0.1
"""So much of a core is left beside each actor for reading and writing: where actors take all, nothing feeds them."""
_PARTS = 4
"""A shuffle of the identity step has so many partitions an actor: what is in memory at once is so much less."""


@dataclass(frozen=True, slots=True)
class RayBuilt:
    """What was written: where, how many articles and quads, and what was rejected."""

    folder: str
    articles: int
    quads: int
    rejects: tuple[Reject, ...]


def build_on_ray(
    inputs: Iterable[str | Path] | str | Path, out: str | Path, options: BuildOptions | None = None
) -> RayBuilt:
    """Build shards of files on a Ray cluster, or on this machine if none is connected.

    `out` is a folder that all workers reach (a path or an fsspec address); `jobs` are its actors. Written are
    `facts/` (Parquet), `quads/part-*.nq.zst`, `parquet/part-*.parquet` and `rejects.jsonl`. The triples are those
    of a build on one machine.

    Raises:
        UsageError: Ray is not installed, a path is missing, or an option makes no profile.
        NothingBuiltError: not one record could be built.
    """
    if importlib.util.find_spec("ray") is None:
        raise UsageError(f"--engine ray needs Ray: {install('ray')}")
    import ray

    wanted = options or BuildOptions()
    wanted.check()
    base, overrides = wanted.base, wanted.overrides(None)
    if overrides.corrections:
        raise UsageError(
            f"{wanted.identity}: corrections are not carried out on a cluster; build without --engine ray"
        )
    found, rejected = shards(inputs, wanted.reading)
    folder = _folder(out)
    if not ray.is_initialized():
        ray.init(
            include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False
        )
    if not logging.getLogger("kg").isEnabledFor(logging.DEBUG):
        # its report of each step is for who asks for more
        ray.data.DataContext.get_current().enable_progress_bars = False
    wanted.tell("articles", 0)
    files = _annotate(ray, found, folder, wanted)
    wanted.tell("identity", 0)
    parts = max(2, wanted.jobs * _PARTS)
    notes: Dataset[Noted] = Shuffled(
        tasks(notes_of, [(file, n) for n, file in enumerate(files)], None), parts
    )
    twice = dict(notes.grouped(_by_path, _later).collect())
    left_out = frozenset(twice)
    rejects = [(-1, reject) for reject in rejected] + notes.flat(_rejected).collect() + list(twice.items())
    world = load_world()
    articles: Dataset[tuple[IdentityRecord, ...]] = Shuffled(
        tasks(records_of, [(file,) for file in files], left_out), parts
    )
    who = decided(articles, world, overrides, partial(linker_of, wanted.kb))
    wanted.tell("triples", 0)
    built = notes.flat(partial(_kept, left_out))
    assigned = built.also(who.nodes).grouped(by_article, of_article)
    made = assigned.grouped(
        by_file, Write(tuple(files), base, folder, left_out, wanted.evidence_kind)
    ).collect()
    rejects += [pair for one in made for pair in one.failed]
    corpus = Corpus(Identity((), who.judgements))
    judged = rows_of(
        identity_graph(base), list(identity_triples(corpus.identity, base)), Spelling(short=False)
    )
    if judged:
        write_shard(folder, len(files), judged)
    told_rejects = tuple(reject for _, reject in sorted(rejects, key=lambda pair: pair[0]))
    count = sum(one.articles for one in made)
    if not count:
        raise NothingBuiltError(f"nothing could be built: {len(told_rejects)} records were rejected")
    if told_rejects:
        lines = "".join(json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in told_rejects)
        put(f"{folder}/rejects.jsonl", lines.encode("utf-8", "backslashreplace"))
    return RayBuilt(folder, count, sum(one.quads for one in made) + len(judged), told_rejects)


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


def _annotate(ray: Any, found: list[Any], folder: str, options: BuildOptions) -> list[str]:
    """Read and annotate all shards, and return the files of facts, in the order of their names."""
    from fsspec.core import url_to_fs

    rows = [{"shard": n, "name": shard.name, "label": shard.label} for n, shard in enumerate(found)]
    facts = (
        ray.data.from_items(rows, override_num_blocks=max(1, len(rows)))
        .flat_map(Read(options.reading), num_cpus=_LITTLE)
        .map_batches(
            Annotate,
            fn_constructor_args=(options.setup, options.min_confidence),
            batch_size=BATCH,
            concurrency=options.jobs,
            num_cpus=1 - 2 * _LITTLE,
        )
    )
    facts.write_parquet(f"{folder}/facts", ray_remote_args={"num_cpus": _LITTLE})
    fs, path = url_to_fs(f"{folder}/facts")
    names = sorted(str(name) for name in fs.find(path) if str(name).endswith(".parquet"))
    return [str(fs.unstrip_protocol(name)) if "://" in folder else name for name in names]


def _by_path(noted: Noted) -> Iterator[tuple[str, Noted]]:
    if not noted.reject:
        yield noted.path, noted


def _later(path: str, same: list[Noted]) -> Iterator[tuple[int, Reject]]:
    """Yield the places and rejects of records whose id an earlier one has."""
    first, *others = sorted(same, key=lambda one: one.seq)
    for one in others:
        other = "" if one.digest == first.digest else ", with another text"
        yield (
            one.seq,
            Reject(path, f"the id {path!r} was already taken by an earlier record of this run{other}"),
        )


def _rejected(noted: Noted) -> Iterator[tuple[int, Reject]]:
    if noted.reject:
        yield noted.seq, Reject(**json.loads(noted.reject))


def _kept(left_out: frozenset[int], noted: Noted) -> tuple[Noted, ...]:
    return () if noted.reject or noted.seq in left_out else (noted,)
