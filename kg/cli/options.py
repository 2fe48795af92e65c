"""Options that several commands take, each with one name, one metavar and one line of help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

Model = Annotated[
    str | None,
    Option("--model", metavar="NAME", help="An installed spaCy pipeline, by package name or folder."),
]
LexiconFolder = Annotated[
    Path | None,
    Option("--lexicon", metavar="FOLDER", help="Your own lexicon files, put before the built-in ones."),
]
Component = Annotated[
    list[str] | None,
    Option(
        "--component",
        metavar="KIND=NAME",
        help="A stage that another package brings, such as event=NAME; repeatable.",
    ),
]
MinConfidence = Annotated[
    float | None, Option("--min-confidence", metavar="0..1", help="Leave out what is less sure than this.")
]
Data = Annotated[
    Path | None,
    Option("--data", "-d", metavar="FILE", help="A graph file; without --store, output/graph.ttl."),
]
Store = Annotated[Path | None, Option("--store", metavar="DIR", help="A store instead of a file.")]
Decisions = Annotated[
    Path | None,
    Option("--identity", metavar="FILE", help="The file of decisions; else identity.yaml beside the graph."),
]
Quiet = Annotated[bool, Option("--quiet", "-q", help="Say nothing but errors.")]
