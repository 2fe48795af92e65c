"""`kg serve`: a store or a graph file as pages to read and as a SPARQL endpoint."""

from __future__ import annotations

import os
import sys
from typing import Annotated

from typer import Option

from kg.cli.console import say, tell
from kg.cli.options import Decisions, GraphFile, Store, Timeout, source_of
from kg.errors import UsageError

_TOKEN = "KG_TOKEN"  # noqa: S105 - the name of the variable
_SHORTEST = 16


def serve(
    file: GraphFile = None,
    store: Store = None,
    host: Annotated[str, Option("--host", metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, Option("--port", min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")
    ] = 8080,
    public: Annotated[
        bool, Option("--public", help="Let --host be an address that other machines reach.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        Option("--allow-host", metavar="NAME", help="A further name by which the server may be called."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        Option("--allow-origin", metavar="URL", help="A site whose pages may ask (CORS), * for all of them."),
    ] = None,
    allow_update: Annotated[
        bool,
        Option("--allow-update", help=f"Take SPARQL updates that carry the token (${_TOKEN}, or a new one)."),
    ] = False,
    allow_edits: Annotated[
        bool,
        Option("--allow-edits", help="Let the pages correct facts and names, on this machine alone."),
    ] = False,
    identity: Decisions = None,
    timeout: Timeout = 10,
    max_rows: Annotated[
        int, Option(min=1, metavar="N", help="Rows or triples that an answer may have.")
    ] = 100_000,
    max_body: Annotated[int, Option(min=1, metavar="BYTES", help="The longest request.")] = 1_000_000,
    max_memory: Annotated[int, Option(min=512, metavar="MIB", help="The memory of each worker.")] = 2048,
    workers: Annotated[int, Option(min=1, max=64, metavar="N", help="Queries that run at a time.")] = 3,
    max_waiting: Annotated[int, Option(min=0, metavar="N", help="Queries that wait for their turn.")] = 128,
) -> None:
    """Serve a graph as pages and as a SPARQL endpoint, on this machine alone unless told otherwise.

    \b
    Examples:
      kg serve
      kg serve --store news.store --port 0
      curl --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 9' http://127.0.0.1:8080/sparql
    """
    source = source_of(file, store, option=None)
    from kg.serve import Address, Limits, Settings, run

    token, told = _token() if allow_update else (None, "")
    limits = Limits(
        seconds=timeout,
        rows=max_rows,
        body=max_body,
        memory=max_memory << 20,
        workers=workers,
        waiting=max_waiting,
    )
    names = (*Settings().hosts, *(allow_host or ()))
    settings = Settings(token, names, tuple(allow_origin or ()), allow_edits)

    def ready(url: str) -> None:
        if public:
            tell(f"{url} can be reached from other machines, without a password and without encryption")
        if told:
            tell(told)
        say(f"Serving {source} at {url}sparql, pages at {url} (Ctrl-C ends it)")
        sys.stdout.flush()

    run(source, Address(host, port, public), limits, settings, ready, identity)


def _token() -> tuple[str, str]:
    """Return the token for updates, and what to tell of it: one that nobody gave is shown."""
    import secrets

    given = os.environ.get(_TOKEN)
    if given is None:
        made = secrets.token_urlsafe(24)
        return made, f"updates need the token {made} (set {_TOKEN} to choose it)"
    if len(given) < _SHORTEST or not given.isascii() or not given.isprintable() or " " in given:
        raise UsageError(f"{_TOKEN}: a token has {_SHORTEST} or more ASCII characters and no spaces")
    return given, ""
