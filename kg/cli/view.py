"""`kg view`: a graph file to an interactive page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import Meter, graph_file, say
from kg.cli.options import DATA, Quiet


def view(
    file: Annotated[
        Path, Argument(metavar="FILE", help="A graph that kg build wrote (.ttl, .trig, .nt, .nq).")
    ] = DATA,
    out: Annotated[
        Path | None, Option("--out", "-o", metavar="FILE", help="The page; else beside FILE, as .html.")
    ] = None,
    with_text: Annotated[
        bool,
        Option("--with-text", help="Carry the articles' texts in the page, but none whose licence keeps it."),
    ] = False,
    title: Annotated[str | None, Option("--title", help="The page's title.")] = None,
    quiet: Quiet = False,
) -> None:
    """Draw a graph file as one HTML page that needs no network.

    \b
    Examples:
      kg view output/graph.ttl
      kg view output/graph.ttl --out strait.html --title "The strait dispute"
    """
    from kg.api import load
    from kg.errors import GraphError

    target = out if out is not None else file.with_suffix(".html")
    with Meter(quiet) as meter:
        meter(str(target), 0)
        graph = load(graph_file(file))
        if not graph.graph:
            raise GraphError(f"{file}: the graph is empty")
        graph.view(target, title, texts=with_text)
    if not quiet:
        say(f"Written: {target}")
