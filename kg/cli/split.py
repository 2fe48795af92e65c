"""`kg split`: say that a thing of a graph is two or more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import graph_file, say
from kg.cli.decided import By, On, Why, kept, told
from kg.cli.options import Decisions


def split(
    node: Annotated[str, Argument(metavar="A", help="A thing: its IRI, its path (person/…) or its name.")],
    articles: Annotated[
        list[str] | None,
        Argument(
            metavar="ARTICLE",
            help="The articles that mean another, as their IRIs end. Without any: each article means its own.",
        ),
    ] = None,
    data: Annotated[Path, Option("--data", metavar="FILE", help="The graph that it stands in.")] = Path(
        "output/graph.ttl"
    ),
    identity: Decisions = None,
    by: By = "",
    on: On = "",
    why: Why = "",
) -> None:
    """Say that what some articles say of a thing is another thing; it holds from the next kg build on.

    \b
    Examples:
      kg split 'John Smith' 2016-09-28-harbour 2016-10-02-council
      kg split person/john-smith
    """
    from kg.errors import IdentityError
    from kg.identity import Split, find_node
    from kg.store import load_graph

    found = find_node(load_graph(graph_file(data)), node)
    if len(found.articles) < 2:
        raise IdentityError(f"{found.node} stands in one article only, so there is nothing to split")
    strange = sorted(set(articles or ()) - set(found.articles))
    if strange:
        raise IdentityError(
            f"{found.node} does not stand in {strange[0]}; it does in {', '.join(found.articles[:5])}"
        )
    if set(articles or ()) == set(found.articles):
        raise IdentityError(f"these are all articles of {found.node}; name those that mean another")
    apart = tuple(dict.fromkeys(articles)) if articles else None
    file = kept(Split(found, apart, told(by, on, why)), data, identity)
    meant = f"in {', '.join(apart)} it is another" if apart else "each article means its own"
    say(f"From the next build on, {found.node} is split: {meant}. Kept in {file}")
