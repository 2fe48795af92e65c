"""`kg forget`: withdraw articles from a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from kg.cli.console import Meter, say


def forget(
    docs: Annotated[list[str], Argument(metavar="DOC", help="An article, by its id or its IRI.")],
    store: Annotated[Path, Option("--store", metavar="DIR", help="The store.")],
    quiet: Annotated[bool, Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Withdraw articles from a store, with all that only they tell of.

    A thing that another article mentions stays, with what that article says of it. All the articles must be
    there, or none is withdrawn.

    \b
    Examples:
      kg forget harbour --store news.db
      kg forget https://example.org/newskg/article/harbour --store news.db
    """
    from kg.store import ArticleStore, find_article, has_inferred, infer

    with ArticleStore(store, create=False) as opened, Meter(quiet) as meter:
        graphs = list(dict.fromkeys(find_article(opened, doc) for doc in docs))
        counts = {}
        for graph in graphs:
            meter(f"the store without {graph}", 0)
            counts[graph] = opened.forget(graph)
        if has_inferred(opened):
            meter("what follows from the rest", 0)
            infer(opened)
    if not quiet:
        for graph, count in counts.items():
            say(f"Forgotten: {graph} ({count:,} triples)")
