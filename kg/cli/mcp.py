"""`kg mcp`: let an assistant ask a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.options import Store, source_of


def mcp(
    file: Annotated[
        Path | None,
        Argument(metavar="FILE", help="A graph file; without it and --store, what kg build writes."),
    ] = None,
    store: Store = None,
    timeout: Annotated[
        float, Option(min=0.1, max=3600, metavar="SECONDS", help="How long a query may take.")
    ] = 10,
) -> None:
    """Answer an assistant over standard input and output, by the Model Context Protocol.

    It can run the named queries, search, read what is known of a thing and the sentences behind it, and ask
    SPARQL; nothing can be changed, and nothing is asked of other hosts. Needs pip install 'newskg[mcp]'. An
    assistant starts it itself: give it the command with whole paths.

    \b
    Examples:
      kg mcp --store /data/news.db
      kg mcp /data/output/graph.ttl
    """
    source = source_of(file, store, option=None)
    from kg.serve import Limits
    from kg.serve.assistant import serve_assistant

    serve_assistant(source, Limits(seconds=timeout, workers=1))
