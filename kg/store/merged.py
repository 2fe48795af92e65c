"""Keep the default graph of a store the merge of its named graphs, so that a query over all counts a triple once.

Oxigraph can treat all graphs as one while it asks, but then a triple that two articles state matches twice, and
a join over what fifty articles say of one thing multiplies: 1.8 million rows instead of 5,608 for agents with
their labels and classes in 150 articles. So what any named graph holds stands in the default graph too, once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

DEFAULT = ox.DefaultGraph()
NEW = "urn:newskg:new:"
"""Graphs so named are replacements under way; they are not part of the merge yet."""
_CHUNK = 50_000


def in_default(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of quads as they stand in the default graph."""
    return (ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in quads)


def both(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each quad of a named graph, and its triple in the default graph."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def last_held(store: ox.Store, quads: Iterable[ox.Quad], leaving: Collection[object]) -> list[ox.Quad]:
    """Return, in the default graph, the triples that no named graph holds but those that are `leaving`."""
    return [quad for quad in in_default(quads) if not _held(store, quad, leaving)]


def _held(store: ox.Store, quad: ox.Quad, leaving: Collection[object] = ()) -> bool:
    for found in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None):
        name = found.graph_name
        if isinstance(name, ox.DefaultGraph) or name in leaving:
            continue
        if not (isinstance(name, ox.NamedNode) and name.value.startswith(NEW)):
            return True
    return False


def deletion(store: ox.Store, quads: Iterable[ox.Quad]) -> list[str]:
    """Return the step of an update that deletes quads, as a list of one or none.

    SPARQL can't name blank nodes; quads with any are deleted at once.
    """
    lines = []
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
            named = not isinstance(quad.graph_name, ox.DefaultGraph)
            lines.append(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" if named else f"{quad.triple} .")
        else:
            store.remove(quad)
    return ["DELETE DATA {\n" + "\n".join(lines) + "\n}"] if lines else []


def drop_graph(store: ox.Store, graph: ox.NamedNode) -> None:
    """Take a named graph of any size away, and from the merge what only it held; not in one transaction."""
    found = store.quads_for_pattern(None, None, None, graph)
    while chunk := list(islice(found, _CHUNK)):
        for step in deletion(store, last_held(store, chunk, {graph})):
            store.update(step)
    store.remove_graph(graph)


def merge(store: ox.Store) -> None:
    """Put into the default graph what it lacks of the named graphs."""
    for name in list(store.named_graphs()):
        if not (isinstance(name, ox.NamedNode) and name.value.startswith(NEW)):
            found = in_default(store.quads_for_pattern(None, None, None, name))
            store.bulk_extend(quad for quad in found if quad not in store)


def settle(store: ox.Store, own: ox.NamedNode | None = None, before: ox.Store | None = None) -> None:
    """Make the default graph the merge again, whatever was done to it.

    What stands in the default graph alone is taken away. With `own`, what an update put there is kept in that
    named graph: triples that were not in the default graph `before`, or were in `own` before and still are.
    """
    alone: list[ox.Quad] = []
    kept: list[ox.Quad] = []
    for quad in store.quads_for_pattern(None, None, None, DEFAULT):
        if own is not None:
            mine = ox.Quad(quad.subject, quad.predicate, quad.object, own)
            if before is None or quad not in before or mine in before:
                kept.append(mine)
                continue
        if not _held(store, quad, {own} if own is not None else ()):
            alone.append(quad)
    if own is not None and store.contains_named_graph(own):
        store.remove_graph(own)
    store.extend(kept)
    for begin in range(0, len(alone), _CHUNK):
        for step in deletion(store, alone[begin : begin + _CHUNK]):
            store.update(step)
    merge(store)
