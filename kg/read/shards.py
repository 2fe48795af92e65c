"""The files of an input as pieces of work that other machines can read, each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import UsageError
from kg.model import Article, Reject
from kg.read.archives import unpack
from kg.read.articles import records_of, to_article
from kg.read.formats import check_format
from kg.read.options import ReadOptions
from kg.read.progress import Share
from kg.read.record import Blob
from kg.read.sources import check_inputs, file_blob, named, names_apart
from kg.read.unique_ids import renamed


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: its path or address, its name relative to the root that the user gave, and what ids are made from."""

    name: str
    label: str
    key: str | None = None


def shards(
    inputs: Iterable[str | Path] | str | Path, options: ReadOptions
) -> tuple[list[Shard], list[Reject]]:
    """Return the files of paths, folders, globs and remote paths, in order, without reading them.

    Raises:
        UsageError: a path does not exist, an option makes no sense, or an input is no file.
    """
    options.check()
    check_format(options.format)
    found: list[Shard] = []
    rejects: list[Reject] = []
    names = check_inputs(inputs)
    apart = names_apart(names, options)
    for name in names:
        if name == "-" or name.startswith(("http://", "https://")):
            raise UsageError(
                f"{name}: a cluster reads files; standard input and pages are built by one machine"
            )
        for blob in named(name, options, Share((), None)):
            if isinstance(blob, Reject):
                rejects.append(blob)
            else:
                blob = renamed(blob, apart)
                found.append(Shard(blob.name, blob.label, blob.key))
    return found, rejects


def read_shard(shard: Shard, options: ReadOptions) -> Iterator[Article | Reject]:
    """Yield the records of one file as articles and rejects, as `read_articles` would; ids may come twice."""
    given = options.checked_date()
    blob = _blob(shard, options)
    if isinstance(blob, Reject):
        yield blob
        return
    for part in unpack(blob, options):
        if isinstance(part, Reject):
            yield part
            continue
        for item in records_of(part, options):
            yield item if isinstance(item, Reject) else to_article(item, options, given)


def _blob(shard: Shard, options: ReadOptions) -> Blob | Reject:
    if "://" not in shard.name:
        local = file_blob(shard.name, shard.label, Share((), None))
        return replace(local, key=shard.key or local.key)
    (blob,) = named(shard.name, options, Share((), None))
    if isinstance(blob, Reject):
        return blob
    key = shard.label.removesuffix(blob.ending) if blob.ending else shard.label
    return replace(blob, label=shard.label, key=key)
