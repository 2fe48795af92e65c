"""How much of the input was read: the bytes of files, against the size of all that are named."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_EVERY = 20
"""Told after so many records."""
LARGE = 16 << 20
"""Some 10,000 articles, in bytes."""


class Share:
    """Watches the files that are read and tells `told` their share of the whole, 0 to 1.

    Of standard input, URLs and remote paths no size is known: with one of them among `names` nothing is told.
    """

    def __init__(self, names: Iterable[str], told: Callable[[float], None] | None) -> None:
        self._told = told
        self._total = _size(names) if told is not None else 0
        self._done = 0
        self._records = 0
        self._stream: BinaryIO | None = None

    @contextmanager
    def watch(self, stream: BinaryIO) -> Iterator[BinaryIO]:
        """Count a file that is read from begin to end."""
        self._stream = stream
        try:
            yield stream
        finally:
            self._stream = None
            try:
                self._done += os.fstat(stream.fileno()).st_size
            except (OSError, ValueError):
                return

    def record(self) -> None:
        """Note that a record was read."""
        self._records += 1
        if self._told is None or not self._total or self._records % _EVERY:
            return
        try:
            here = self._stream.tell() if self._stream is not None else 0
        except (OSError, ValueError):
            here = 0
        self._told(min(1.0, (self._done + here) / self._total))


def is_large(names: Iterable[str | Path]) -> bool:
    """Tell whether so much is named that a build had better not keep its model's memory to the end."""
    return _size(map(str, names)) >= LARGE


def _size(names: Iterable[str]) -> int:
    total = 0
    for name in names:
        if name == "-" or "://" in name:
            return 0
        for path in [name] if Path(name).exists() else glob.glob(name, recursive=True):  # noqa: PTH207 - as read
            total += _size_of(Path(path))
    return total


def _size_of(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size
    except OSError:
        return 0
