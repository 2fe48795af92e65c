"""A store's folder: what is in it, and what it tells without its graphs being opened."""

from __future__ import annotations

from collections.abc import Mapping
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
    stamps = Stamps(path / STAMPS, read_only=True)
    try:
        return {
            "base": stamps.setting("base") or DEFAULT_BASE,
            WHOLE: stamps.setting(WHOLE) or stamps.setting(CHANGES) or "",
        }
    finally:
        stamps.close()


def packed(path: Path, scope: Scope) -> list[str]:
    """Return those of the packed articles of a store that are meant, without opening its graphs."""
    stamps = Stamps(path / STAMPS, read_only=True)
    try:
        shelf = Shelf(stamps.db, path / STAMPS, DEFAULT_BASE, read_only=True)
        return shelf.docs() if scope.every else sorted(iri for iri in scope.iris if shelf.has(iri))
    finally:
        stamps.close()
