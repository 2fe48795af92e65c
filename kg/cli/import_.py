"""`kg import`: graph files into a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import Meter, say
from kg.cli.options import Quiet


def import_(
    files: Annotated[
        list[Path], Argument(metavar="FILE", help="Graph files (.ttl, .trig, .nt, .nq, .rdf, .jsonld).")
    ],
    store: Annotated[Path, Option("--store", metavar="DIR", help="The store; made if it is not there.")],
    graph: Annotated[
        str | None,
        Option("--graph", metavar="IRI", help="The named graph that files without graph names go into."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Load graph files into a store.

    TriG, N-Quads and JSON-LD name their graphs themselves: import graph.trig, and each article stands in a
    graph of its own and can be forgotten. A file with a mistake in it changes nothing.

    \b
    Examples:
      kg import output/graph.trig --store news.db
      kg import more.ttl --store news.db --graph https://example.org/more
    """
    from kg.errors import UsageError
    from kg.store import ArticleStore, check_file, declared_base, has_inferred, infer

    with Meter(quiet) as meter:
        for file in files:
            if not file.exists():
                raise UsageError(f"{file}: no such file")
            meter(f"nothing yet: reading {file}", 0)
            check_file(file, graph)
        with ArticleStore(store, base=declared_base(files[0])) as opened:
            for file in files:
                meter(f"{file} into the store", 0)
                count = opened.load(file, graph, checked=True)
                if not quiet:
                    say(f"{file}: {count:,} new triples")
            if has_inferred(opened):
                meter("what follows from them", 0)
                infer(opened)
