"""`kg build --engine ray`: shards in, shards out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.cli.console import Meter, say
from kg.errors import RejectedError, UsageError


def build_shards(
    engine: str,
    refused: Sequence[str],
    paths: list[str] | None,
    out: str,
    *,
    jobs: int,
    date: str | None,
    dates: Mapping[str, str],
    model: str | None,
    base_iri: str | None,
    min_confidence: float | None,
    format: str | None,  # noqa: A002 - named as the option is
    encoding: str | None,
    any_language: bool,
    lexicon: Path | None,
    components: Mapping[str, str],
    identity: Path | None,
    kb: str | None,
    evidence: str,
    strict: bool,
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
        built = build_on_ray(
            paths,
            out,
            actors=jobs,
            date=date,
            dates=dates,
            model=model,
            base_iri=base_iri,
            min_confidence=min_confidence,
            format=format,
            encoding=encoding,
            any_language=any_language,
            lexicon=lexicon,
            components=components,
            identity=identity,
            kb=kb,
            evidence=evidence,
            on_progress=meter,
        )
    if not quiet:
        say(f"Built {built.articles:,} articles, {built.quads:,} quads.")
        if built.rejects:
            say(f"Rejected {len(built.rejects):,}, as {built.folder}/rejects.jsonl tells.")
        say(f"Written: {built.folder}/quads, {built.folder}/parquet")
    if strict and built.rejects:
        raise RejectedError(f"{len(built.rejects)} rejected; the rest was built")
