"""Writes a set of files so that each is there whole or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError, UsageError


@dataclass(frozen=True, slots=True)
class File:
    """A file to write: its name in the folder, and what writes it; None takes away an earlier run's."""

    name: str
    write: Callable[[BinaryIO], object] | None


def check_out(folder: Path, inputs: Iterable[str | Path] = ()) -> None:
    """Tell before the work begins whether files can be written to `folder`, which need not exist yet.

    Raises:
        UsageError: it is no folder, may not be written to, or lies in an input folder, to be read next time.
    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise UsageError(f"{folder}: can't write there, {there} is no folder; choose another with --out")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"{folder}: no permission to write there; choose another folder with --out")
    place = folder.resolve()
    for name in inputs:
        root = Path(name)
        if name != "-" and root.is_dir() and place.is_relative_to(root.resolve()):
            raise UsageError(
                f"{folder}: the output folder lies in the input folder {name} and would be read as news; "
                "choose another with --out"
            )


def write_files(
    folder: Path, files: Sequence[File], told: Callable[[str, int], None] = lambda step, done: None
) -> tuple[Path, ...]:
    """Write the files into `folder`, which is made if need be, and return their paths.

    All are written under other names first and take their places only when the last is safe on the disk; if
    anything goes wrong before, the folder is as it was.

    Raises:
        OutputError: the disk refuses, or a folder bears the name of a file.
    """
    parts: dict[str, Path] = {}
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            if (folder / file.name).is_dir():
                raise OutputError(f"{folder / file.name}: a folder stands where a file is to be written")
        try:
            for file in files:
                if file.write is not None:
                    told(file.name, 0)
                    parts[file.name] = _new_part(folder, file.name)
                    _write_part(parts[file.name], file.write)
            for name, part in parts.items():
                part.replace(folder / name)
            for file in files:
                if file.write is None:
                    (folder / file.name).unlink(missing_ok=True)
            _sync(folder)
        finally:
            for part in parts.values():
                part.unlink(missing_ok=True)
            if new and not any(folder.iterdir()):
                folder.rmdir()
    except OSError as error:
        raise OutputError(
            f"{error.filename or folder}: can't be written: {error.strerror or error}"
        ) from error
    return tuple(folder / name for name in parts)


def clear_parts(folder: Path, files: Iterable[File]) -> None:
    """Take away what a build that was killed left half written; the caller knows that no other is at work there."""
    for file in files:
        for part in folder.glob(f".{glob.escape(file.name)}.*.part"):
            part.unlink(missing_ok=True)


def _new_part(folder: Path, name: str) -> Path:
    handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    if hasattr(os, "fchmod"):  # elsewhere the folder's own rights hold
        umask = os.umask(0)
        os.umask(umask)
        os.fchmod(handle, 0o666 & ~umask)  # mkstemp lets only the owner read
    os.close(handle)
    return Path(path)


def _write_part(part: Path, write: Callable[[BinaryIO], object]) -> None:
    with part.open("wb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
