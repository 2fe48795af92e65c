"""`kg validate`: does a graph file keep to the model?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option

from kg.cli.console import Meter, graph_file, say
from kg.cli.options import DATA


def validate(
    file: Annotated[Path, Argument(metavar="FILE", help="A graph file (.ttl, .trig, .nt, .nq).")] = DATA,
    warnings: Annotated[
        bool, Option("--warnings", help="Name also what is no error but could be better known.")
    ] = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Check a graph file against the model's SHACL shapes.

    Exit code 1 if it breaks one. Needs pySHACL: pip install 'newskg[validate]'.

    \b
    Example:
      kg validate output/graph.ttl
    """
    from kg.graph import validate as check
    from kg.store import load_graph

    with Meter(quiet) as meter:
        meter("the report", 0)
        graph = load_graph(graph_file(file))
        found = check(graph, warnings)
    for violation in found:
        say(f"{violation.severity}: {violation}")
    if any(violation.severity == "Violation" for violation in found):
        raise Exit(1)
    if not quiet:
        say(f"{file}: valid, {len(graph):,} triples")
