"""The files of a build: which there are, and what writes each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from kg.graph import write_trig, write_turtle
from kg.model import Reject
from kg.run.files import File

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

    from kg.graph.sheet import Triple
    from kg.graph.turtle import Writable

TITLE = "Who did what to whom"


def outputs(
    triples: Mapping[URIRef, list[Triple]],
    graph: Callable[[], Graph],
    rejects: Sequence[Reject],
    base: str,
    view: bool = True,
) -> list[File]:
    """List the files of a build; each is made only when its turn comes.

    `triples` holds those of each article under the name of its graph, `graph` gives all of them as one rdflib
    graph. Without `view` the page is left out, without rejects their file; those of an earlier run are taken
    away.
    """
    whole = cache(graph)

    def turtle(out: Writable) -> None:
        write_turtle(chain.from_iterable(triples.values()), out, base)

    def trig(out: Writable) -> None:
        write_trig(triples, out, base)

    def graphml(out: BinaryIO) -> None:
        from kg.view import to_graphml

        out.write(to_graphml(whole()))

    def page(out: BinaryIO) -> None:
        from kg.view import render_html

        out.write(render_html(whole(), TITLE).encode("utf-8"))

    def rejected(out: Writable) -> None:
        for reject in rejects:
            out.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")

    return [
        File("graph.ttl", _as_text(turtle)),
        File("graph.trig", _as_text(trig)),
        File("graph.graphml", graphml),
        File("graph.html", page if view else None),
        File("rejects.jsonl", _as_text(rejected) if rejects else None),
    ]


def _as_text(write: Callable[[Writable], None]) -> Callable[[BinaryIO], None]:
    """Let what writes text write to a file of bytes: UTF-8 with plain line ends on every system."""

    def encoded(out: BinaryIO) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="\n")
        write(text)
        text.flush()
        text.detach()

    return encoded
