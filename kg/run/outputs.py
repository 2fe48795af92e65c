"""The files of a build: which there are, and what writes each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from kg.model import Reject
from kg.run.files import File
from kg.run.gather import SortedLines, turtle, write_trig, write_turtle
from kg.run.summary import Tally

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph.turtle import Writable

TITLE = "Who did what to whom"
DRAWN = 200_000
"""Past so many triples a page is too slow to be of use, and rdflib's graph, which it is drawn from, too large."""


def outputs(
    stretches: Sequence[SortedLines],
    graph: Callable[[], Graph],
    rejects: Iterable[Reject] | None,
    tally: Tally,
    *,
    view: bool = True,
) -> list[File]:
    """List the files of a build; each is made only when its turn comes.

    `stretches` hold the lines of all articles, `graph` gives all of them as one rdflib graph, `tally` counts what
    is written. Without `view` the page is left out, without rejects their file, past `DRAWN` triples the page and
    GraphML; those of an earlier run are taken away.
    """
    whole, base = cache(graph), tally.base

    def turtle_file(out: Writable) -> None:
        write_turtle(tally.watch(turtle(stretches)), out, base)

    def trig(out: Writable) -> None:
        write_trig(stretches, out, base)

    def graphml(out: BinaryIO) -> None:
        from kg.view import to_graphml

        out.write(to_graphml(whole()))

    def page(out: BinaryIO) -> None:
        from kg.view import render_html

        out.write(render_html(whole(), TITLE).encode("utf-8"))

    def rejected(out: Writable) -> None:
        for reject in rejects or ():
            out.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")

    small = is_small(stretches)
    return [
        File("graph.ttl", _as_text(turtle_file)),
        File("graph.trig", _as_text(trig)),
        File("graph.graphml", graphml if small else None),
        File("graph.html", page if view and small else None),
        File("rejects.jsonl", _as_text(rejected) if rejects is not None else None),
    ]


def is_small(stretches: Sequence[SortedLines]) -> bool:
    """Tell whether the graph is small enough for a page and for GraphML."""
    return sum(stretch.triples for stretch in stretches) <= DRAWN


def _as_text(write: Callable[[Writable], None]) -> Callable[[BinaryIO], None]:
    """Let what writes text write to a file of bytes: UTF-8 with plain line ends on every system."""

    def encoded(out: BinaryIO) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="\n")
        write(text)
        text.flush()
        text.detach()

    return encoded
