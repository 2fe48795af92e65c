"""`kg merge`: say that two things of a graph are one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import graph_file, say
from kg.cli.decided import By, On, Why, kept, told
from kg.cli.options import Decisions


def merge(
    one: Annotated[str, Argument(metavar="A", help="A thing: its IRI, its path (person/…) or its name.")],
    other: Annotated[str, Argument(metavar="B", help="What is the same thing.")],
    data: Annotated[Path, Option("--data", metavar="FILE", help="The graph that both stand in.")] = Path(
        "output/graph.ttl"
    ),
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Say that two things are one; the decision holds from the next kg build on.

    \b
    Examples:
      kg merge 'Tim Cook' 'Timothy D. Cook'
      kg merge person/john-smith person/john-smith~2 --data out/graph.ttl
    """
    from kg.errors import IdentityError
    from kg.identity import Merge, find_node
    from kg.store import load_graph

    graph = load_graph(graph_file(data))
    left, right = find_node(graph, one), find_node(graph, other)
    if left.node == right.node:
        raise IdentityError(f"'{one}' and '{other}' are one thing already: {left.node}")
    file = kept(Merge(left, right, told(by, on, why)), data, identity)
    say(f"From the next build on, {right.node} is {left.node}. Kept in {file}")
