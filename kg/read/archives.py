"""What an archive holds: gzip and zip unpacked as they are read, within limits, each member a blob of its own."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Reject
from kg.read.formats import known_endings
from kg.read.options import ReadOptions
from kg.read.record import Blob, clean_name, ending_of, key_of
from kg.read.streams import DAMAGE, HEAD, Unpacked, peek, read_all
from kg.read.unique_ids import repeated

PACKED = {".gz": "gzip", ".zip": "zip"}
_WORD = ".docx"  # an archive for programs, and one document for people
_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_MAX_MEMBERS = 1_000_000
_ENCRYPTED = 0x1


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
            elif blob.ending in PACKED:
                what = "is empty" if not head else f"is no {PACKED[blob.ending]} archive, despite its name"
                raise ReadError(f"the file {what}", blob.name)
            else:
                yield _with_stream(blob, stream)
    except ReadError as error:
        yield Reject(error.source, error.reason)
    except OSError as error:
        yield Reject(blob.name, f"can't be read: {error.strerror or error}")


def _gunzipped(blob: Blob, raw: BinaryIO, stream: BinaryIO, options: ReadOptions) -> Blob:
    inner = Unpacked(gzip.GzipFile(fileobj=stream), blob.name, "gzip", options.max_unpacked_bytes, _size(raw))
    head, whole = peek(inner, HEAD)
    if head.startswith(_GZIP_MAGIC) or head.startswith(_ZIP_MAGIC):
        raise ReadError("an archive within an archive is not unpacked", blob.name)
    ending = ending_of(blob.key.removesuffix(".gz")) if blob.ending == ".gz" else blob.ending
    # a key that ends in .gz is whole on purpose: without its endings it would be another file's
    key = key_of(blob.key) if ending in known_endings() and not blob.key.endswith(".gz") else blob.key
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
        known = known_endings() | PACKED.keys()
        count = 0
        double = repeated(key_of(clean_name(m.filename)) for m in members if ending_of(m.filename) in known)
        for member in members:
            parts = PurePosixPath(member.filename.replace("\\", "/")).parts
            if parts[:1] == ("__MACOSX",) or parts[-1:] == () or parts[-1].startswith("."):
                continue
            name = f"{blob.name}!{clean_name(member.filename)}"
            if ".." in parts or parts[0].startswith("/") or parts[0].endswith(":"):
                yield Reject(name, "its name points outside the archive")
                continue
            if ending_of(parts[-1]) not in known:
                continue
            count += 1
            yield from _member(_Zip(archive, blob, options, double), member, name, left)
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


@dataclass(frozen=True, slots=True)
class _Zip:
    """A zip, the blob that holds it, and the keys that several of its members would have."""

    archive: zipfile.ZipFile
    blob: Blob
    options: ReadOptions
    double: Collection[str]


def _member(of: _Zip, member: zipfile.ZipInfo, name: str, left: int) -> Iterator[Blob | Reject]:
    if member.flag_bits & _ENCRYPTED:
        yield Reject(name, "the archive is encrypted; unpack it first")
        return
    inside = clean_name(member.filename.replace("\\", "/"))

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        entered = False
        try:
            with of.archive.open(member) as packed:
                entered = True
                inner = Unpacked(packed, name, "zip", left, member.compress_size)
                yield io.BufferedReader(inner, HEAD)
        except (EOFError, *DAMAGE) as error:
            if isinstance(error, zipfile.BadZipFile) or not entered:
                raise ReadError(f"damaged zip data ({' '.join(str(error).split())})", name) from None
            raise

    label = f"{of.blob.label}!{inside}"
    key = f"{of.blob.key}/{inside if key_of(inside) in of.double else key_of(inside)}"
    yield from unpack(Blob(name, label, key, ending_of(inside), opened), of.options, True)


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
