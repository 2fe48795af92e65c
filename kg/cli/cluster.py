"""`kg build --engine ray`: shards in, shards out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.cli.console import Meter, say
from kg.errors import RejectedError, UsageError

if TYPE_CHECKING:
    from kg.options import BuildOptions


def build_shards(
    engine: str,
    refused: Sequence[str],
    paths: list[str] | None,
    out: str,
    options: BuildOptions,
    quiet: bool,
) -> None:
    """Build on a cluster and say what was written.

    Raises:
        UsageError: there is no such engine, or it can't do what an option asks.
        RejectedError: with `strict`, some records were rejected.
    """
    if engine != "ray":
        raise UsageError(f"there is no engine '{engine}'; choose local or ray")
    if refused:
        raise UsageError(f"--engine ray writes shards and takes no {' and no '.join(refused)}")
    if not paths:
        raise UsageError("--engine ray needs the paths of shards")
    from kg.cluster.engine import build_on_ray

    with Meter(quiet) as meter:
        built = build_on_ray(paths, out, replace(options, on_progress=meter))
    if not quiet:
        say(f"Built {built.articles:,} articles, {built.quads:,} quads.")
        if built.rejects:
            say(f"Rejected {len(built.rejects):,}, as {built.folder}/rejects.jsonl tells.")
        say(f"Written: {built.folder}/quads, {built.folder}/parquet")
    if options.strict and built.rejects:
        raise RejectedError(f"{len(built.rejects)} rejected; the rest was built")
