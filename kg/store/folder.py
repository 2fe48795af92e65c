"""A store's folder: what is in it, and what it tells without its graphs being opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from kg.graph.iris import DEFAULT_BASE
from kg.store.scope import Scope
from kg.store.shelf import Shelf
from kg.store.stamps import Stamps

GRAPHS, STAMPS = "graphs", "articles.sqlite"
WHOLE, CHANGES = "unfinished", "changes"
"""Settings that a writer leaves behind who is cut off: the graph under way, and what is still to be changed."""


def is_store(path: Path) -> bool:
    """Tell whether a folder is a store."""
    return (path / STAMPS).is_file() and (path / GRAPHS / "CURRENT").is_file()


def settings(path: Path) -> Mapping[str, str]:
    """Return the settings of a store without opening its graphs.

    `base` is the base IRI of what is built into it, `unfinished` a derived graph whose making was interrupted.
    """
    with closing(Stamps(path / STAMPS, read_only=True)) as stamps:
        return {
            "base": stamps.setting("base") or DEFAULT_BASE,
            WHOLE: stamps.setting(WHOLE) or stamps.setting(CHANGES) or "",
        }


@contextmanager
def shelf_of(path: Path) -> Iterator[Shelf]:
    """Open the packed articles of a store for reading, without its graphs."""
    with closing(Stamps(path / STAMPS, read_only=True)) as stamps:
        yield Shelf(stamps.db, path / STAMPS, stamps.setting("base") or DEFAULT_BASE, read_only=True)


def packed(path: Path, scope: Scope) -> list[str]:
    """Return those of the packed articles of a store that are meant, without opening its graphs."""
    with shelf_of(path) as shelf:
        return shelf.meant(scope)


def state(store: Path) -> list[str]:
    """Return what holds the graphs of a store: its files of triples and its logs, with their sizes.

    Every write makes a file that was not there or a log longer. Oxigraph's tidying up later makes new files
    too, so something new need not mean other triples, but nothing new means none.
    """
    found = []
    for path in (store / GRAPHS).iterdir():
        if path.suffix in {".sst", ".log"}:
            with suppress(FileNotFoundError):  # tidied away at this moment
                size = path.stat().st_size
                if size:
                    found.append(f"{path.name} {size}")
    return sorted(found)
