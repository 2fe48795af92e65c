"""Keep the default graph of a store the merge of all graphs, so that a query over all counts a triple once.

Oxigraph can treat all graphs as one while it asks, but then a triple that two articles state matches twice, and
a join over what fifty articles say of one thing multiplies: 1.8 million rows instead of 5,608 for agents with
their labels and classes in 150 articles. So what any graph holds stands in the default graph, once: what articles
say is there alone and packed beside (`kg.store.shelf`), other named graphs stand in Oxigraph too.

`Told` tells of a triple whether an article says it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

DEFAULT = ox.DefaultGraph()
NEW = "urn:newskg:new:"
"""Graphs so named are replacements under way; they are not part of the merge yet."""
Told = Callable[[ox.Quad], bool]
_CHUNK = 50_000


def in_default(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of quads as they stand in the default graph."""
    return (ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in quads)


def both(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each quad of a named graph, and its triple in the default graph."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def last_held(
    store: ox.Store, quads: Iterable[ox.Quad], leaving: Collection[object], told: Told
) -> list[ox.Quad]:
    """Return, in the default graph, the triples that no graph holds but those that are `leaving`."""
    return [quad for quad in in_default(quads) if not held(store, quad, leaving) and not told(quad)]


def held(store: ox.Store, quad: ox.Quad, leaving: Collection[object] = ()) -> bool:
    """Tell whether a named graph of the store, other than those `leaving`, holds a triple."""
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


def delete(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Delete quads, however many; not in one transaction."""
    found = iter(quads)
    while chunk := list(islice(found, _CHUNK)):
        for step in deletion(store, chunk):
            store.update(step)


def drop_graph(store: ox.Store, graph: ox.NamedNode, told: Told) -> None:
    """Take a named graph of any size away, and from the merge what only it held; not in one transaction."""
    found = store.quads_for_pattern(None, None, None, graph)
    while chunk := list(islice(found, _CHUNK)):
        delete(store, last_held(store, chunk, {graph}, told))
    store.remove_graph(graph)


def merge(store: ox.Store) -> None:
    """Put into the default graph what it lacks of the named graphs."""
    for name in list(store.named_graphs()):
        if not (isinstance(name, ox.NamedNode) and name.value.startswith(NEW)):
            found = in_default(store.quads_for_pattern(None, None, None, name))
            store.bulk_extend(quad for quad in found if quad not in store)


def settle(store: ox.Store, told: Told) -> None:
    """Make the default graph the merge again after a writer was interrupted; the store is read through."""
    alone = (q for q in store.quads_for_pattern(None, None, None, DEFAULT) if not held(store, q))
    delete(store, (quad for quad in alone if not told(quad)))
    merge(store)
