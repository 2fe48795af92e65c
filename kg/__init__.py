"""News articles in, a knowledge graph out: who did what to whom, where and when, and who says so.

    from kg import build, load, query

    built = build("articles/", out="output/")   # read, annotate, resolve, extract, write
    graph = load("output/graph.ttl")            # graph.query(…), graph.network(), graph.view(…)
    rows = query("quotes-by", "output/graph.ttl", name="Omar Reyes")

Nothing heavy is imported before one of the three is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, load, query
    from kg.builder import Built, build

__all__ = ["Built", "KnowledgeGraph", "build", "load", "query"]
__version__ = "0.1.0"

_HOMES = dict.fromkeys(("Built", "build"), "kg.builder")
_HOMES |= dict.fromkeys(("KnowledgeGraph", "load", "query"), "kg.api")


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
