"""The inputs as a user names them (paths, globs, folders, "-", URLs, archives) to a stream of blobs."""

from __future__ import annotations

import glob
import gzip
import io
import os
import stat
import sys
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.errors import ReadError, UsageError
from kg.model import Reject
from kg.read.fetch import fetch, is_url, page_stream
from kg.read.formats import known_endings
from kg.read.options import ReadOptions
from kg.read.progress import Share
from kg.read.record import Blob, clean_name
from kg.read.remote import PROTOCOLS, check_remote, is_remote, remote_blobs
from kg.read.streams import DAMAGE, HEAD, Unpacked, peek, read_all
from kg.read.unique_ids import OwnId, renamed, repeated, told_apart

_PACKED = {".gz": "gzip", ".zip": "zip"}
_WORD = ".docx"  # an archive for programs, and one document for people
_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_MAX_MEMBERS = 1_000_000
_ENCRYPTED = 0x1
_NO_NAMES: Mapping[str, OwnId] = {}


def check_inputs(inputs: Iterable[str | Path] | str | Path) -> list[str]:
    """Return the inputs as strings; raise UsageError for a missing path or a glob that fits nothing."""
    names = [os.fspath(item) for item in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    for name in names:
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


def unpack(blob: Blob, options: ReadOptions, nested: bool = False) -> Iterator[Blob | Reject]:
    """Yield `blob` itself, or what it holds if its first bytes are those of gzip or zip."""
    try:
        with blob.open() as raw:
            head, stream = peek(raw, HEAD)
            packed = head.startswith(_GZIP_MAGIC) or (head.startswith(_ZIP_MAGIC) and blob.ending != _WORD)
            if packed:
                if nested:
                    raise ReadError("an archive within an archive is not unpacked", blob.name)
                if head.startswith(_GZIP_MAGIC):
                    yield _gunzipped(blob, raw, stream, options)
                else:
                    yield from _unzipped(blob, raw, stream, options)
            elif blob.ending in _PACKED:
                what = "is empty" if not head else f"is no {_PACKED[blob.ending]} archive, despite its name"
                raise ReadError(f"the file {what}", blob.name)
            else:
                yield _with_stream(blob, stream)
    except ReadError as error:
        yield Reject(error.source, error.reason)
    except OSError as error:
        yield Reject(blob.name, f"can't be read: {error.strerror or error}")


def named(name: str, options: ReadOptions, share: Share) -> Iterator[Blob | Reject]:
    """Yield the files that one checked input names, archives as they are."""
    if name == "-":
        yield Blob("-", "stdin", "stdin", "", _stdin)
    elif is_url(name):
        yield _url_blob(name, options)
    elif is_remote(name):
        yield from remote_blobs(name, known_endings() | _PACKED.keys())
    elif Path(name).is_dir():
        yield from _folder(name, options, share)
    elif _exists(name):
        yield file_blob(name, Path(name).name, share)
    else:
        root = _glob_root(name)
        for path in _expand(name):
            yield file_blob(path, os.path.relpath(path, root), share)


def _folder(root: str, options: ReadOptions, share: Share) -> Iterator[Blob | Reject]:
    known = known_endings() | _PACKED.keys()
    left_out: set[str] = set()
    number = 0
    count = 0
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118 - surrogate-escaped names stay as they are
            ending = _ending(name)
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

    return Blob(name, label, _key(label), _ending(label), opened)


@contextmanager
def _stdin() -> Iterator[BinaryIO]:
    yield sys.stdin.buffer


def _url_blob(url: str, options: ReadOptions) -> Blob:
    page = fetch(url, options)
    name = clean_name(url)
    label = name.split("://", 1)[1].split("#")[0].rstrip("/")
    path = label.split("?")[0]
    ending = _ending(path) if "/" in path else ""
    key = _key(path) + label[len(path) :] if ending in known_endings() | _PACKED.keys() else label
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


def _gunzipped(blob: Blob, raw: BinaryIO, stream: BinaryIO, options: ReadOptions) -> Blob:
    inner = Unpacked(gzip.GzipFile(fileobj=stream), blob.name, "gzip", options.max_unpacked_bytes, _size(raw))
    head, whole = peek(inner, HEAD)
    if head.startswith(_GZIP_MAGIC) or head.startswith(_ZIP_MAGIC):
        raise ReadError("an archive within an archive is not unpacked", blob.name)
    ending = _ending(blob.key.removesuffix(".gz")) if blob.ending == ".gz" else blob.ending
    # a key that ends in .gz is whole on purpose: without its endings it would be another file's
    key = _key(blob.key) if ending in known_endings() and not blob.key.endswith(".gz") else blob.key
    return _with_stream(replace(blob, key=key, ending=ending), whole)


def _unzipped(blob: Blob, raw: BinaryIO, stream: BinaryIO, options: ReadOptions) -> Iterator[Blob | Reject]:
    if raw.seekable():
        raw.seek(0)
        file: BinaryIO = raw
    else:
        file = io.BytesIO(read_all(stream, options.max_file_bytes, blob.name))
    try:
        archive = _zip_of(file, options)
    except DAMAGE as error:
        raise ReadError(f"damaged zip archive ({' '.join(str(error).split())})", blob.name) from None
    with archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:  # whatever it is called
            file.seek(0)
            yield _with_stream(replace(blob, ending=_WORD), file)
            return
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise ReadError("an Office document or e-book, not text", blob.name)
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        if len(members) > _MAX_MEMBERS:
            raise ReadError(f"more than {_MAX_MEMBERS:,} files in one archive", blob.name)
        left = options.max_unpacked_bytes
        known = known_endings() | _PACKED.keys()
        count = 0
        double = repeated(_key(clean_name(m.filename)) for m in members if _ending(m.filename) in known)
        for member in members:
            parts = PurePosixPath(member.filename.replace("\\", "/")).parts
            if parts[:1] == ("__MACOSX",) or parts[-1:] == () or parts[-1].startswith("."):
                continue
            name = f"{blob.name}!{clean_name(member.filename)}"
            if ".." in parts or parts[0].startswith("/") or parts[0].endswith(":"):
                yield Reject(name, "its name points outside the archive")
                continue
            if _ending(parts[-1]) not in known:
                continue
            count += 1
            yield from _member(archive, member, blob, name, left, options, double)
            left -= member.file_size
            if left <= 0:
                raise ReadError(f"unpacks to more than {options.max_unpacked_bytes:,} bytes", blob.name)
        if count == 0:
            raise ReadError("the archive holds no file of a known format", blob.name)


def _zip_of(file: BinaryIO, options: ReadOptions) -> zipfile.ZipFile:
    """Open a zip; names that say they are UTF-8 and are not are read as bytes, so that the rest can be read."""
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError:
        file.seek(0)
        data = bytearray(file.read(options.max_file_bytes + 1))
        if len(data) > options.max_file_bytes:
            raise
        for magic, flags in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
            at = data.find(magic)
            while at >= 0:
                if at + flags < len(data):
                    data[at + flags] &= ~0x08 & 0xFF  # "the name is in UTF-8"
                at = data.find(magic, at + 4)
        return zipfile.ZipFile(io.BytesIO(bytes(data)))


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    blob: Blob,
    name: str,
    left: int,
    options: ReadOptions,
    double: Collection[str],
) -> Iterator[Blob | Reject]:
    if member.flag_bits & _ENCRYPTED:
        yield Reject(name, "the archive is encrypted; unpack it first")
        return
    inside = clean_name(member.filename.replace("\\", "/"))

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        entered = False
        try:
            with archive.open(member) as packed:
                entered = True
                inner = Unpacked(packed, name, "zip", left, member.compress_size)
                yield io.BufferedReader(inner, HEAD)
        except (EOFError, *DAMAGE) as error:
            if isinstance(error, zipfile.BadZipFile) or not entered:
                raise ReadError(f"damaged zip data ({' '.join(str(error).split())})", name) from None
            raise

    label = f"{blob.label}!{inside}"
    key = f"{blob.key}/{inside if _key(inside) in double else _key(inside)}"
    yield from unpack(Blob(name, label, key, _ending(inside), opened), options, True)


def _with_stream(blob: Blob, stream: BinaryIO) -> Blob:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        yield stream

    return replace(blob, open=opened)


def _size(raw: BinaryIO) -> int | None:
    try:
        return os.fstat(raw.fileno()).st_size or None
    except (OSError, ValueError):
        return None


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _key(label: str) -> str:
    ending = PurePosixPath(label).suffix
    return label[: -len(ending)] if ending else label
