"""`kg serve`: a store or a graph file as a SPARQL endpoint on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import say
from kg.errors import UsageError


def serve(
    file: Annotated[
        Path | None,
        Argument(metavar="FILE", help="A graph file (.ttl, .trig, .nt, .nq), instead of a store."),
    ] = None,
    store: Annotated[
        Path | None, Option("--store", metavar="DIR", help="The store that kg build --store wrote.")
    ] = None,
    host: Annotated[str, Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int, Option("--port", "-p", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8080,
) -> None:
    """Serve a graph: a SPARQL endpoint at /sparql."""
    if (file is None) == (store is None):
        raise UsageError("name either a graph file or --store DIR")
    from kg.serve import serve as run

    source = file if store is None else store
    assert source is not None
    run(source, host=host, port=port, on_ready=lambda url: say(f"Serving {source} at {url}sparql"))
