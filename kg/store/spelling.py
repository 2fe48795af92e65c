"""Spell Oxigraph's terms as the graph's writer does, and read what was so spelt."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.turtle import Spelling
from kg.store.terms import to_rdflib

KEPT = 400_000
"""So many spellings of nodes are kept."""


class Speller:
    """Spells terms; what comes again and again is kept."""

    def __init__(self, base: str | None = None, short: bool = True) -> None:
        self._spelling = Spelling(base, short)
        self._nodes: dict[str, str] = {}

    def __call__(self, term: object) -> str:
        """Return a term as it is written."""
        if isinstance(term, ox.NamedNode):
            spelt = self._nodes.get(term.value)
            if spelt is None:
                if len(self._nodes) > KEPT:
                    self._forget()
                spelt = self._nodes[term.value] = self._spelling[to_rdflib(term)]
            return spelt
        if len(self._spelling) > 2 * KEPT:
            self._forget()
        return self._spelling[to_rdflib(term)]

    def line(self, quad: ox.Quad | ox.Triple) -> str:
        """Return a triple as N-Triples have it, without the full stop."""
        return f"{self(quad.subject)} {self(quad.predicate)} {self(quad.object)}"

    def _forget(self) -> None:
        self._nodes.clear()
        self._spelling.clear()


def triples_in(lines: Iterable[str], graph: ox.NamedNode | None = None) -> list[ox.Quad]:
    """Return lines of N-Triples, without their full stops, as quads of a graph, or else of the default graph."""
    text = "".join(f"{line} .\n" for line in lines).encode()
    found = ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True)
    if graph is None:
        return list(found)
    return [ox.Quad(q.subject, q.predicate, q.object, graph) for q in found]
