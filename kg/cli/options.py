"""Options that several commands take, each with one name, one metavar and one line of help; and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import graph_file, typed
from kg.errors import UsageError

DATA = Path("output/graph.ttl")
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
GraphFile = Annotated[
    Path | None,
    Argument(
        metavar="FILE",
        help="A graph file (.ttl, .trig, .nt, .nq, .rdf, .jsonld); without it and --store, output/graph.ttl.",
    ),
]
Store = Annotated[Path | None, Option("--store", metavar="DIR", help="A store instead of a file.")]
Decisions = Annotated[
    Path | None,
    Option("--identity", metavar="FILE", help="The file of decisions; else identity.yaml beside the graph."),
]
Timeout = Annotated[
    float, Option("--timeout", min=0.1, max=3600, metavar="SECONDS", help="How long a query may take.")
]
Quiet = Annotated[bool, Option("--quiet", "-q", help="Say nothing but errors.")]


def source_of(data: Path | None, store: Path | None, option: str | None = "--data") -> Path:
    """Return the file or folder that is there; without either, what `kg build` writes.

    Raises:
        UsageError: both are named, or there is none; the message says how to come by one.
    """
    if store is None:
        return graph_file(data or DATA, option)
    if data is not None:
        raise UsageError(f"name a graph file or a store, not both: {data}, {store}")
    from kg.store import is_store

    if not is_store(store):
        raise UsageError(f"{store}: no store there; make one with {typed()} build --store {store}")
    return store


def pairs(option: str, given: Iterable[str], form: str, empty: bool = False) -> dict[str, str]:
    """Return the values by name of an option that is written as NAME=VALUE; `empty` ones where those mean something.

    Of a name that is given twice the last value counts, as with all options.

    Raises:
        UsageError: one is not written so; the message tells the `form` it is to have.
    """
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not (empty or value.strip()):
            raise UsageError(f"{option} {text!r}: write it as {form}")
        found[name.strip()] = value if empty else value.strip()
    return found


def components(given: Iterable[str]) -> dict[str, str]:
    """Return the names of components by kind.

    Raises:
        UsageError: one is not written as KIND=NAME.
    """
    found = pairs("--component", given, "KIND=NAME, such as event=NAME")
    return {kind.lower(): name for kind, name in found.items()}


def dates(given: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """Return the date for all articles, if there's one, and the dates by name.

    >>> dates(["2016-09-28", "strait=2031-03-04"])
    ('2016-09-28', {'strait': '2031-03-04'})

    Raises:
        UsageError: two dates are for all articles, or a name or a date is missing.
    """
    everywhere: list[str] = []
    named: dict[str, str] = {}
    for option in given:
        name, sign, date = option.rpartition("=")
        if not sign:
            everywhere.append(date)
        elif name and date:
            named[name] = date
        else:
            raise UsageError(f"--date {option}: write it as NAME=YYYY-MM-DD")
    if len(everywhere) > 1:
        raise UsageError(
            f"--date {everywhere[1]}: one date for all is given already; write NAME={everywhere[1]}"
        )
    return (everywhere[0] if everywhere else None), named
