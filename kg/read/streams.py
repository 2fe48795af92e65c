"""Byte streams with limits: unpacking that stops at a bomb, and lines that stop at a length."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Iterator
from gzip import BadGzipFile
from typing import BinaryIO, Protocol
from zipfile import BadZipFile

from kg.errors import ReadError

HEAD = 65536
_RATIO = 250  # news text packs 3 to 10 times, repetitive JSONL 50 times, a bomb about 1000 times
_RATIO_FROM = 10_000_000


DAMAGE = (
    BadGzipFile,
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What decompressors raise on broken data."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Piecewise(io.RawIOBase):
    """A raw stream that is given piece by piece: `_next` returns up to `size` bytes, none at the end."""

    def _next(self, size: int) -> bytes:
        raise NotImplementedError

    def readable(self) -> bool:
        """Tell that the stream can be read."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill `buffer` with the next piece; return how many bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._next(len(view))
        view[: len(data)] = data
        return len(data)


class Unpacked(Piecewise):
    """What a decompressor gives, as a raw stream; damage and bombs raise ReadError.

    `packed_size` is the size of the packed bytes (None when unknown), `limit` the most that may come out,
    `what` how messages call the container ("gzip").
    """

    def __init__(self, inner: _Readable, source: str, what: str, limit: int, packed_size: int | None) -> None:
        # one step at a time: what stands before damage is given before the damage is met
        self._step = getattr(inner, "read1", inner.read)
        self._source = source
        self._what = what
        self._limit = limit
        self._packed = packed_size
        self.count = 0

    def _next(self, size: int) -> bytes:
        try:
            data = self._step(size)
        except EOFError:
            raise ReadError(f"truncated {self._what} data", self._source) from None
        except DAMAGE as error:
            raise ReadError(f"damaged {self._what} data ({_line(error)})", self._source) from None
        self.count += len(data)
        if self.count > self._limit:
            raise ReadError(f"unpacks to more than the limit of {self._limit:,} bytes", self._source)
        if self._packed is not None and self.count > max(_RATIO_FROM, self._packed * _RATIO):
            raise ReadError(f"unpacks to more than {_RATIO} times its size: left out as a bomb", self._source)
        return data


class Rejoined(Piecewise):
    """A stream with the bytes that were read ahead put back before it."""

    def __init__(self, head: bytes, rest: _Readable) -> None:
        self._head = head
        # what is there at once: to fill a buffer would lose what stands before damage
        self._step = getattr(rest, "read1", rest.read)

    def _next(self, size: int) -> bytes:
        if not self._head:
            return self._step(size)
        data, self._head = self._head[:size], self._head[size:]
        return data


def peek(stream: _Readable, size: int = HEAD) -> tuple[bytes, BinaryIO]:
    """Return the first `size` bytes of `stream` (fewer at its end), and a stream that gives them again.

    Where damage follows the first bytes, they are returned, and reading on meets it again.
    """
    parts: list[bytes] = []
    left = size
    step = getattr(stream, "read1", stream.read)
    try:
        while left > 0 and (data := step(left)):
            parts.append(data)
            left -= len(data)
    except ReadError:
        if not parts:
            raise
    head = b"".join(parts)
    return head, io.BufferedReader(Rejoined(head, stream), HEAD)


def read_all(stream: BinaryIO, limit: int, source: str) -> bytes:
    """Return all of `stream`; raise ReadError when it is longer than `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(f"larger than the limit of {limit:,} bytes", source)
    return data


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of `stream` with their ends; None stands for a skipped line longer than `limit`."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(HEAD)):
            pass
        yield None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
