"""Paths in object stores and cluster file systems (`s3://…`, `gs://…`, `hdfs://…`), by fsspec where installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from kg.errors import ReadError, UsageError, install
from kg.model import Reject
from kg.read.record import Blob, clean_name

PROTOCOLS = ("s3", "gs", "gcs", "az", "abfs", "adl", "hdfs", "webhdfs", "oci", "file", "local", "memory")
"""What is read: stores of files, not arbitrary servers."""


def is_remote(name: str) -> bool:
    """Tell whether a name is a path that fsspec opens."""
    return name.partition("://")[0].lower() in PROTOCOLS and "://" in name


def check_remote(name: str) -> None:
    """Raise UsageError when a remote path can't be opened here, or nothing stands there."""
    if importlib.util.find_spec("fsspec") is None:
        raise UsageError(f"{clean_name(name)}: reading there needs fsspec: {install('cluster')}")
    fs, path = _opened(name)
    try:
        if not _paths(fs, path):
            raise UsageError(f"{clean_name(name)}: no such file or folder")
    except OSError as error:
        raise UsageError(f"{clean_name(name)}: {error}") from error


def remote_blobs(name: str, endings: frozenset[str]) -> Iterator[Blob | Reject]:
    """Yield the files at a path, a pattern or in a folder, sorted; of a folder those with a known ending."""
    fs, path = _opened(name)
    protocol = name.partition("://")[0]
    folder = fs.isdir(path)
    root = path.rstrip("/") if folder else str(PurePosixPath(path.partition("*")[0]).parent)
    count = 0
    for found in _paths(fs, path):
        ending = PurePosixPath(found).suffix.lower()
        if folder and ending not in endings:
            continue
        count += 1
        label = clean_name(
            found.removeprefix(root).lstrip("/") if "*" in path or folder else PurePosixPath(found).name
        )
        key = label.removesuffix(PurePosixPath(label).suffix)
        yield Blob(clean_name(f"{protocol}://{found.lstrip('/')}"), label, key, ending, _opener(fs, found))
    if not count:
        yield Reject(clean_name(name), "the folder holds no file of a known format")


def _opener(fs: Any, path: str) -> Any:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with fs.open(path, "rb") as stream:
            yield cast(BinaryIO, stream)

    return opened


def _opened(name: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    try:
        fs, path = url_to_fs(name)
    except (ImportError, ValueError, OSError) as error:
        raise ReadError(" ".join(str(error).split()), clean_name(name)) from error
    return fs, str(path)


def _paths(fs: Any, path: str) -> list[str]:
    if "*" in path or "?" in path:
        return sorted(str(found) for found in fs.glob(path) if fs.isfile(found))
    if fs.isdir(path):
        return sorted(str(found) for found in fs.find(path))
    return [path] if fs.exists(path) else []
