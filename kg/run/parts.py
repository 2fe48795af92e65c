"""Writes the files of a large graph in parts, a process each; joined they are the bytes that one process writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.graph.external_sort import SortedRange, cuts, merged_within
from kg.graph.turtle import header
from kg.run.gather import SortedLines, write_blocks, write_graphs
from kg.run.summary import Tally


@dataclass(frozen=True, slots=True)
class Part:
    """A cut of the sorted runs, of blocks or, if `named`, of whole graphs, and the `file` to write it to."""

    runs: tuple[Path, ...]
    named: bool
    cut: SortedRange
    base: str
    file: Path


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of graph.ttl and of graph.trig, in order."""

    turtle: tuple[Part, ...]
    trig: tuple[Part, ...]

    def clear(self) -> None:
        """Take away the runs, once the parts are written."""
        for path in {run for part in (*self.turtle, *self.trig) for run in part.runs}:
            path.unlink(missing_ok=True)


def parts_of(stretches: Sequence[SortedLines], count: int, base: str, folder: Path) -> Parts | None:
    """Share out stretches into `count` parts each, to be written to `folder`; None if not all are in files."""
    blocks = tuple(one.turtle for one in stretches if isinstance(one.turtle, Path))
    graphs = tuple(one.trig for one in stretches if isinstance(one.trig, Path))
    if len(blocks) + len(graphs) < 2 * len(stretches):
        return None
    return Parts(
        *(_parts(runs, named, count, base, folder) for runs, named in ((blocks, False), (graphs, True)))
    )


def _parts(runs: tuple[Path, ...], named: bool, count: int, base: str, folder: Path) -> tuple[Part, ...]:
    ending = "trig" if named else "ttl"
    return tuple(
        Part(runs, named, cut, base, folder / f"part-{cut.number:04}.{ending}-run")
        for cut in cuts(runs, count)
    )


def write_parts(_: object, parts: Sequence[Part]) -> list[Tally]:
    """Write parts, and return what was counted in each; graphs are not counted, their blocks are."""
    return [_write(part) for part in parts]


def _write(part: Part) -> Tally:
    tally = Tally(part.base)
    rows = merged_within(part.runs, part.cut)
    with part.file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        if part.named:
            write_graphs(rows, out)
        else:
            write_blocks(tally.watch(rows), out, part.base)
    return tally


def join(parts: Iterable[Part], base: str, out: BinaryIO) -> None:
    """Write a file from its parts, which are taken away one by one."""
    out.write(header(base).encode("utf-8"))
    for part in parts:
        with part.file.open("rb") as stream:
            shutil.copyfileobj(stream, out, 1 << 20)
        part.file.unlink()
