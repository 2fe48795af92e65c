"""Find what the derived graphs say of things that go with an article, because no other one mentions them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.store.merged import DEFAULT, Told


def orphaned(
    store: ox.Store, own: Iterable[ox.Quad], derived: Sequence[ox.NamedNode], told: Told
) -> list[ox.Quad]:
    """Return the quads of the derived graphs that must go when an article's or an imported graph does.

    `own` holds that graph's quads, `told` no longer counts them. A thing is gone if no other article's or imported
    graph has it as a subject or object. What stands in the derived graphs alone, such as a decision that two things
    are one, goes whole when it speaks of a thing that is gone.
    """
    if not derived:
        return []
    leaving = {quad.graph_name for quad in own if not isinstance(quad.graph_name, ox.DefaultGraph)}
    beside = {*leaving, DEFAULT, *derived}

    def kept(thing: ox.NamedNode | ox.BlankNode) -> bool:
        """Tell whether another graph speaks of a thing."""
        return any(
            quad.graph_name not in beside or (quad.graph_name == DEFAULT and told(quad))
            for found in (
                store.quads_for_pattern(thing, None, None, None),
                store.quads_for_pattern(None, None, thing, None),
            )
            for quad in found
        )

    work: list[ox.NamedNode | ox.BlankNode] = [
        thing for thing in _things(own) if _used(store, thing, derived) and not kept(thing)
    ]
    gone: set[ox.NamedNode | ox.BlankNode] = set(work)
    quads: set[ox.Quad] = set()
    while work:
        thing = work.pop()
        for graph in derived:
            quads.update(store.quads_for_pattern(thing, None, None, graph))
            for quad in store.quads_for_pattern(None, None, thing, graph):
                quads.add(quad)
                about = quad.subject
                if isinstance(about, ox.NamedNode | ox.BlankNode) and about not in gone and not kept(about):
                    gone.add(about)
                    work.append(about)
    return sorted(quads, key=str)


def _things(quads: Iterable[ox.Quad]) -> Iterator[ox.NamedNode]:
    """Yield what a graph describes: classes and identities elsewhere are objects alone."""
    seen: set[ox.NamedNode] = set()
    for quad in quads:
        thing = quad.subject
        if isinstance(thing, ox.NamedNode) and thing not in seen:
            seen.add(thing)
            yield thing


def _used(store: ox.Store, thing: ox.NamedNode, graphs: Iterable[ox.NamedNode]) -> bool:
    return any(
        next(found, None) is not None
        for graph in graphs
        for found in (
            store.quads_for_pattern(thing, None, None, graph),
            store.quads_for_pattern(None, None, thing, graph),
        )
    )
