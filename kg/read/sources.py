"""The inputs as a user names them (paths, globs, folders, "-", URLs, archives) to a stream of blobs."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError, UsageError
from kg.model import Reject
from kg.read.archives import PACKED, unpack
from kg.read.fetch import fetch, is_url, page_stream
from kg.read.formats import known_endings
from kg.read.options import ReadOptions
from kg.read.progress import Share
from kg.read.record import Blob, clean_name, ending_of, key_of
from kg.read.remote import PROTOCOLS, check_remote, is_remote, remote_blobs
from kg.read.unique_ids import OwnId, renamed, told_apart

_NO_NAMES: Mapping[str, OwnId] = {}


def check_inputs(inputs: Iterable[str | Path] | str | Path) -> list[str]:
    """Return the inputs as strings; raise UsageError for a missing path or a glob that fits nothing."""
    names = [os.fspath(item) for item in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    for name in names:
        if not name.strip():
            raise UsageError("an empty path is no input")
        if name == "-" or is_url(name) or _exists(name):
            continue
        shown = clean_name(name)
        if is_remote(name):
            check_remote(name)
            continue
        if "://" in name:
            raise UsageError(
                f"{shown}: only http and https URLs are read, and {', '.join(PROTOCOLS[:4])} paths"
            )
        if not glob.has_magic(name):
            raise UsageError(f"{shown}: no such file or folder")
        if next(_expand(name), None) is None:
            raise UsageError(f"{shown}: no file fits this pattern")
    return names


def blobs(
    name: str, options: ReadOptions, share: Share, apart: Mapping[str, OwnId] = _NO_NAMES
) -> Iterator[Blob | Reject]:
    """Yield what one checked input holds, archives unpacked, in sorted order; `apart` names some files anew."""
    try:
        for blob in named(name, options, share):
            if isinstance(blob, Reject):
                yield blob
            else:
                yield from unpack(renamed(blob, apart), options)
    except ReadError as error:
        yield Reject(error.source, error.reason)


def names_apart(inputs: Iterable[str], options: ReadOptions) -> Mapping[str, OwnId]:
    """Return the names of those files among checked inputs whose ids would be another file's, too."""
    local = [name for name in inputs if name != "-" and "://" not in name]
    silent = replace(options, on_warning=None, on_share=None)

    def files() -> Iterator[Blob]:
        for name in local:
            yield from (b for b in named(name, silent, Share((), None)) if isinstance(b, Blob))

    return told_apart(files, known_endings())


def named(name: str, options: ReadOptions, share: Share) -> Iterator[Blob | Reject]:
    """Yield the files that one checked input names, archives as they are."""
    if name == "-":
        yield Blob("-", "stdin", "stdin", "", _stdin)
    elif is_url(name):
        yield _url_blob(name, options)
    elif is_remote(name):
        yield from remote_blobs(name, known_endings() | PACKED.keys())
    elif Path(name).is_dir():
        yield from _folder(name, options, share)
    elif _exists(name):
        yield file_blob(name, Path(name).name, share)
    else:
        root = _glob_root(name)
        for path in _expand(name):
            yield file_blob(path, os.path.relpath(path, root), share)


def _folder(root: str, options: ReadOptions, share: Share) -> Iterator[Blob | Reject]:
    known = known_endings() | PACKED.keys()
    left_out: set[str] = set()
    number = 0
    count = 0
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118 - surrogate-escaped names stay as they are
            ending = ending_of(name)
            if name.startswith(".") or not Path(path).is_file():
                continue  # hidden files, and pipes or devices, which would hang
            if ending not in known:
                left_out.add(ending or "no ending")
                number += 1
                continue
            count += 1
            yield file_blob(path, os.path.relpath(path, root), share)
    if number:
        kinds = ", ".join(clean_name(kind) for kind in sorted(left_out)[:6])
        options.warn(f"{clean_name(root)}: {number} files of other kinds left out ({kinds})")
    if count == 0:
        yield Reject(clean_name(root), "the folder holds no file of a known format")


def _expand(pattern: str) -> Iterator[str]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may be absolute
    return (path for path in found if Path(path).is_file())


def _glob_root(pattern: str) -> str:
    parts = Path(pattern).parts
    fixed = next((i for i, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return str(Path(*parts[:fixed])) if fixed else "."


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False


def file_blob(path: str, label: str, share: Share) -> Blob:
    """Return a file as a blob; it is opened when its turn comes."""
    name = clean_name(path)
    label = clean_name(label.replace(os.sep, "/"))

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        mode = Path(path).stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise ReadError("not a regular file", name)
        with Path(path).open("rb") as stream, share.watch(stream):
            yield stream

    return Blob(name, label, key_of(label), ending_of(label), opened)


@contextmanager
def _stdin() -> Iterator[BinaryIO]:
    yield sys.stdin.buffer


def _url_blob(url: str, options: ReadOptions) -> Blob:
    page = fetch(url, options)
    name = clean_name(url)
    label = name.split("://", 1)[1].split("#")[0].rstrip("/")
    path = label.split("?")[0]
    ending = ending_of(path) if "/" in path else ""
    key = key_of(path) + label[len(path) :] if ending in known_endings() | PACKED.keys() else label
    return Blob(
        name,
        name,
        key,
        ending,
        lambda: page_stream(page),
        page.media_type,
        page.charset,
        clean_name(page.url),
    )
