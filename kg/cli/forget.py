"""`kg forget`: withdraw articles from a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from kg.cli.console import Meter, say
from kg.cli.options import Quiet
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store import ArticleStore


def forget(
    docs: Annotated[
        list[str] | None, Argument(metavar="DOC", help="An article, by its id or its IRI.")
    ] = None,
    store: Annotated[Path | None, Option("--store", metavar="DIR", help="The store.")] = None,
    restore: Annotated[
        bool, Option("--restore", help="Let withdrawn articles come back: the next kg build of them does it.")
    ] = False,
    listed: Annotated[bool, Option("--list", help="Tell which articles were withdrawn.")] = False,
    quiet: Quiet = False,
) -> None:
    """Withdraw articles from a store for good, with all that only they tell of.

    A thing that another article mentions stays, with what that article says of it. All the articles must be
    there, or none is withdrawn. A later build of the same feed or folder leaves them out.

    \b
    Examples:
      kg forget harbour --store news.db
      kg forget https://example.org/newskg/article/harbour --store news.db
      kg forget --list --store news.db
      kg forget harbour --restore --store news.db
    """
    from kg.store import ArticleStore

    if store is None:
        raise UsageError("name the store with --store")
    if listed == bool(docs) or (listed and restore):
        raise UsageError("name the articles, or give --list alone")
    names = docs or []
    with ArticleStore(store, create=False) as opened, Meter(quiet) as meter:
        if listed:
            for graph, name in opened.stamps.buried().items():
                say(f"{graph}\t{name}")
        elif restore:
            _restore(opened, names, quiet)
        else:
            _withdraw(opened, names, meter, quiet)


def _restore(store: ArticleStore, names: list[str], quiet: bool) -> None:
    from kg.store import restore

    for graph in restore(store, names):
        if not quiet:
            say(f"May come back: {graph}; build it again")


def _withdraw(store: ArticleStore, names: list[str], meter: Meter, quiet: bool) -> None:
    from kg.store import find_article, has_inferred, infer, withdraw

    graphs = list(dict.fromkeys(find_article(store, name) for name in names))
    meter(f"the store without {len(graphs)} graphs", 0)
    counts = withdraw(store, graphs)
    if has_inferred(store):
        meter("what follows from the rest", 0)
        infer(store)
    if not quiet:
        for graph, count in counts.items():
            say(f"Forgotten: {graph} ({count:,} triples)")
