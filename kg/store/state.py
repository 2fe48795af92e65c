"""Tell whether a store's graphs have changed on disk, without opening them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_GRAPHS = "graphs"


def state(store: Path) -> list[str]:
    """Return what holds the graphs of a store: its files of triples and its logs, with their sizes.

    Every write makes a file that was not there or a log longer. Oxigraph's tidying up later makes new files
    too, so something new need not mean other triples, but nothing new means none.
    """
    found = []
    for path in (store / _GRAPHS).iterdir():
        if path.suffix in {".sst", ".log"}:
            with suppress(FileNotFoundError):  # tidied away at this moment
                size = path.stat().st_size
                if size:
                    found.append(f"{path.name} {size}")
    return sorted(found)
