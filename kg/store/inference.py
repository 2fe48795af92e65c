"""Add what follows from a graph by the ontology, in a named graph of its own that can be taken away again.

Of OWL 2 RL, the rules that the ontology calls for: cax-sco (classes), prp-spo1 (properties), prp-inv and
prp-symp (inverses), prp-dom and prp-rng (domains and ranges), each with the ontology's own closure worked out
beforehand (scm-*), and the shortcuts of present roles, which are SPARQL in `rules/`. Each of them needs one
fact as its premise, so one pass is the whole closure. `owl:sameAs` is not spread: what is said of a thing here
is not said of its entry in Wikidata. benchmarks/store.md has this beside general reasoners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.ontology import ontology
from kg.graph.terms import Graph, URIRef
from kg.graph.vocabulary import OWL, PREFIXES, RDF, RDFS
from kg.store.merged import DEFAULT, both
from kg.store.packed import INFERRED
from kg.store.store import ArticleStore
from kg.store.terms import node, to_ox, to_rdflib

if TYPE_CHECKING:
    from kg.graph.triple_builder import Triple

_TYPE = ox.NamedNode(str(RDF.type))


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from one triple with a property: the same two things linked by others, and their classes."""

    forward: tuple[ox.NamedNode, ...]
    backward: tuple[ox.NamedNode, ...]
    subject: tuple[ox.NamedNode, ...]
    object: tuple[ox.NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """An ontology as a table: the classes above each class, and what follows from each property."""

    classes: dict[ox.NamedNode, tuple[ox.NamedNode, ...]]
    properties: dict[ox.NamedNode, Consequences]
    shortcuts: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the rules of the model's own ontology."""
    folder = files("kg.store") / "rules"
    texts = [file.read_text("utf-8") for file in sorted(folder.iterdir(), key=str) if file.name[-3:] == ".rq"]
    return rules_of(ontology(), tuple(texts))


def rules_of(graph: Graph, shortcuts: tuple[str, ...] = ()) -> Rules:
    """Return the rules of an ontology, with `shortcuts` as further ones in SPARQL."""

    def pairs(predicate: URIRef) -> set[tuple[URIRef, URIRef]]:
        found = graph.subject_objects(predicate)
        return {(s, o) for s, o in found if isinstance(s, URIRef) and isinstance(o, URIRef)}

    classes = _closed(pairs(RDFS.subClassOf))
    above = pairs(RDFS.subPropertyOf)
    inverse = pairs(OWL.inverseOf)
    inverse |= {(b, a) for a, b in inverse}
    inverse |= {(p, p) for p in graph.subjects(RDF.type, OWL.SymmetricProperty) if isinstance(p, URIRef)}
    links = [(p, q, False) for p, q in above] + [(p, q, True) for p, q in inverse]
    domain, range_ = pairs(RDFS.domain), pairs(RDFS.range)
    named = {p for pair in (*above, *inverse) for p in pair} | {p for p, _ in domain | range_}
    properties = {}
    for name in sorted(named):
        reached = {(name, False)}
        while (
            more := {(q, flipped != turned) for p, flipped in reached for r, q, turned in links if r == p}
            - reached
        ):
            reached |= more
        ends: dict[bool, set[URIRef]] = {False: set(), True: set()}  # the classes of subject and object
        for p, flipped in reached:
            ends[flipped] |= {c for q, c in domain if q == p}
            ends[not flipped] |= {c for q, c in range_ if q == p}
        for end in ends.values():
            end |= {c for d in tuple(end) for c in classes.get(d, ())}
        found = Consequences(
            _nodes(p for p, flipped in reached if not flipped and p != name),
            _nodes(p for p, flipped in reached if flipped),
            _nodes(ends[False]),
            _nodes(c for c in ends[True] if not str(c).startswith(PREFIXES["xsd"])),
        )
        if found != Consequences((), (), (), ()):
            properties[node(name)] = found
    return Rules({node(c): _nodes(more) for c, more in classes.items()}, properties, shortcuts)


def _closed(pairs: set[tuple[URIRef, URIRef]]) -> dict[URIRef, set[URIRef]]:
    """Return everything that can be reached from each first of the pairs."""
    reached: dict[URIRef, set[URIRef]] = {}
    for first, second in pairs:
        reached.setdefault(first, set()).add(second)
    for near in reached.values():
        while more := {far for one in near for far in reached.get(one, ())} - near:
            near |= more
    return reached


def _nodes(iris: Iterable[URIRef]) -> tuple[ox.NamedNode, ...]:
    return tuple(node(iri) for iri in sorted(iris))


def consequences(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield what follows from the default graph of a store and is not stated there; some more than once."""
    for triple in _candidates(store, rules()):
        if ox.Quad(triple.subject, triple.predicate, triple.object, DEFAULT) not in store:
            yield triple


def _candidates(store: ox.Store, by: Rules) -> Iterator[ox.Triple]:
    for name, classes in by.classes.items():
        for quad in store.quads_for_pattern(None, _TYPE, name, DEFAULT):
            yield from (ox.Triple(quad.subject, _TYPE, one) for one in classes)
    seen: set[tuple[object, object]] = set()
    for name, found in by.properties.items():
        for quad in store.quads_for_pattern(None, name, None, DEFAULT):
            subject, value = quad.subject, quad.object
            yield from (ox.Triple(subject, one, value) for one in found.forward)
            yield from _typed(subject, found.subject, seen)
            if not isinstance(value, ox.NamedNode | ox.BlankNode):
                continue
            yield from (ox.Triple(value, one, subject) for one in found.backward)
            yield from _typed(value, found.object, seen)
    for text in by.shortcuts:
        made = store.query(text, prefixes=dict(PREFIXES))
        assert isinstance(made, ox.QueryTriples)
        yield from made


def _typed(
    thing: object, classes: Iterable[ox.NamedNode], seen: set[tuple[object, object]]
) -> Iterator[ox.Triple]:
    for one in classes:
        if (thing, one) not in seen:
            seen.add((thing, one))
            yield ox.Triple(thing, _TYPE, one)  # type: ignore[arg-type]


def infer(store: ArticleStore) -> int:
    """Put what follows from the store into the graph `…/inferred`, anew; return how many triples there are.

    Raises:
        StoreError: the disk refuses.
    """
    name = store.base + INFERRED
    graph = node(name)
    store.replace_graph(name, ())
    found = consequences(store.ox)
    return store.replace_graph(name, (ox.Quad(t.subject, t.predicate, t.object, graph) for t in found))


def forget_inferred(store: ArticleStore) -> int:
    """Take away the graph `…/inferred`; return how many triples it held.

    Raises:
        StoreError: the disk refuses.
    """
    if not has_inferred(store):
        return 0
    graph = node(store.base + INFERRED)
    count = sum(1 for _ in store.ox.quads_for_pattern(None, None, None, graph))
    store.replace_graph(store.base + INFERRED, ())
    return count


def has_inferred(store: ArticleStore) -> bool:
    """Tell whether the store holds what follows from it, perhaps out of date."""
    return store.base + INFERRED in store.packed.derived()


def inferred_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return what follows from triples and is not among them, sorted.

    Raises:
        StoreError: a term can't be stored.
    """
    store = ox.Store()
    store.extend(ox.Quad(*map(to_ox, triple)) for triple in triples)  # type: ignore[arg-type]
    made = {tuple(map(to_rdflib, triple)) for triple in set(consequences(store))}
    return sorted(made, key=lambda triple: [term.n3() for term in triple])  # type: ignore[arg-type]


def inferred_only(store: ox.Store, base: str) -> ox.Store:
    """Return a new store in memory that holds nothing but what follows from another, in `…/inferred`."""
    made = ox.Store()
    graph = node(base + INFERRED)
    made.extend(both(ox.Quad(t.subject, t.predicate, t.object, graph) for t in consequences(store)))
    return made
