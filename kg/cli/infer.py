"""`kg infer`: add what follows by the ontology, or take it away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from kg.cli.console import Meter, say
from kg.cli.options import Data, Quiet, source_of


def infer(
    store: Annotated[Path | None, Option("--store", metavar="DIR", help="The store to add it to.")] = None,
    remove: Annotated[bool, Option("--remove", help="Take it away from the store again.")] = False,
    data: Data = None,
    out: Annotated[
        Path | None,
        Option(
            "--out", "-o", metavar="FILE", help="Where what follows from a file goes (.ttl, .trig, .nt, .nq)."
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Work out what follows from the graph by the ontology: classes, properties, inverses, present roles.

    In a store it stands in the graph BASE/inferred and is kept up to date by kg forget and kg import; of a
    file it is written to a file of its own.

    \b
    Examples:
      kg infer --store news.db
      kg infer --store news.db --remove
      kg infer --data output/graph.ttl --out output/inferred.ttl
    """
    from kg.errors import UsageError

    if store is None:
        if remove:
            raise UsageError("--remove needs --store: of a graph file nothing was kept")
        from kg.export import export_inferred

        source = source_of(data, None)
        with Meter(quiet) as meter:
            meter(str(out or "what follows"), 0)
            count = export_inferred(source, out)
        if out is not None and not quiet:
            say(f"Written: {out} ({count:,} triples)")
        return
    if out is not None:
        raise UsageError(
            "--out is for a graph file; a store keeps what follows in itself (kg export writes it)"
        )
    source_of(data, store)
    from kg.store import ArticleStore, forget_inferred
    from kg.store import infer as run

    with ArticleStore(store, create=False) as opened, Meter(quiet) as meter:
        meter("what follows", 0)
        count = forget_inferred(opened) if remove else run(opened)
    if not quiet:
        say(f"{'Removed' if remove else 'Inferred'}: {count:,} triples")
