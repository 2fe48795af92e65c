"""Serve a store or a graph file: a SPARQL 1.1 endpoint and a web app over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.engine import Engine, Limits

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Engine", "Limits", "serve"]


def serve(source: Path, **options: object) -> None:
    """Serve until interrupted; the options are those of `kg.serve.run.run`."""
    from kg.serve.run import run

    run(source, **options)  # type: ignore[arg-type]
