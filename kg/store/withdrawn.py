"""Takes single facts out of a store, with what rests on them alone, as a correction by hand asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.vocabulary import GAF, NKG, ORG, PROV, RDF, RDFS, SCHEMA
from kg.store.inference import has_inferred, infer
from kg.store.shelf import Owner
from kg.store.spelling import Speller, triples_in
from kg.store.store import ArticleStore
from kg.store.terms import node

_Graph = ox.NamedNode | ox.DefaultGraph
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


_ACCORDING, _FORMER, _MODALITY, _ASSERTED = map(
    node, (NKG.accordingTo, NKG.former, NKG.modality, NKG.Asserted)
)
_SPANS = (node(PROV.wasDerivedFrom), node(GAF.denotedBy))
_MEMBER, _BODY, _POST, _LABEL = map(node, (ORG.member, ORG.organization, ORG.role, RDFS.label))
_TITLE, _WORKS = node(SCHEMA.jobTitle), (node(SCHEMA.memberOf), node(SCHEMA.worksFor))
_SUBJECT, _PREDICATE, _OBJECT = map(node, (RDF.subject, RDF.predicate, RDF.object))


def withdraw_facts(store: ArticleStore, facts: Iterable[str]) -> list[str]:
    """Take facts out of all graphs; with a statement goes what only it reports. Returns the IRIs of what is gone.

    What follows from the store by the ontology is worked out anew if it was there. A fact that is not there is no
    error.

    Raises:
        StoreError: the disk refuses.
    """
    wanted = [node(iri) for iri in facts]
    speller = Speller(short=False)
    steps: list[str] = []
    gone: set[str] = set()
    for name, held, graph in _graphs(store, wanted):
        part = _GraphView(held, graph)
        lost = part.with_what_rests(wanted)
        gone |= {one.value for one in lost}
        lines = sorted({speller.line(quad) for quad in part.leaving(lost)})
        if lines:
            steps.append(f"DELETE DATA {{ GRAPH <{name}> {{ {' . '.join(lines)} }} }}")
    if steps:
        store.change(" ;\n".join(steps))
        if has_inferred(store):
            infer(store)
    return sorted(gone)


def _graphs(store: ArticleStore, facts: Iterable[ox.NamedNode]) -> Iterator[tuple[str, ox.Store, _Graph]]:
    """Yield each graph that tells of one of the facts: its name, and where its triples stand."""
    owner, derived = Owner(store.base), set(store.packed.derived())
    packed: set[str] = set()
    native: set[str] = set()
    for fact in facts:
        doc = owner(f"<{fact.value}> ")
        if doc and store.shelf.has(doc):
            packed.add(doc)
        told = store.ox.quads_for_pattern(fact, None, None, None)
        native |= {q.graph_name.value for q in told if isinstance(q.graph_name, ox.NamedNode)}
    for doc in sorted(packed):
        held = ox.Store()
        held.extend(triples_in(store.shelf.lines(doc)))
        yield doc, held, ox.DefaultGraph()
    for name in sorted(native - derived):
        yield name, store.ox, node(name)


class _GraphView:
    """One graph of a store, asked for what hangs together in it."""

    def __init__(self, held: ox.Store, graph: _Graph) -> None:
        self._held, self._graph = held, graph

    def with_what_rests(self, facts: Iterable[ox.NamedNode]) -> set[ox.NamedNode]:
        """Return those of the facts that are told here, and what is told according to them alone."""
        lost = {one for one in facts if any(self._about(one))}
        left = list(lost)
        while left:
            source = left.pop()
            for fact in self._subjects(_ACCORDING, source):
                if fact not in lost and all(one in lost for one in self._objects(fact, _ACCORDING)):
                    lost.add(fact)
                    left.append(fact)
        return lost

    def leaving(self, lost: set[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Yield the quads that go with some facts: theirs, their shortcuts, and spans that are nobody's then."""
        for fact in lost:
            yield from self._about(fact)
            yield from self._quads(None, None, fact)
            yield from self._shortcuts(fact, lost)
            for span in {one for how in _SPANS for one in self._objects(fact, how)}:
                if not any(q.subject not in lost for q in self._quads(None, None, span)):
                    yield from self._about(span)

    def _shortcuts(self, fact: ox.NamedNode, lost: set[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Yield the plain triples that stand for a relation or a role, where no other fact says the same."""
        for subject in self._objects(fact, _SUBJECT):
            for predicate in self._objects(fact, _PREDICATE):
                for value in self._objects(fact, _OBJECT):
                    others = self._all_of((_SUBJECT, subject), (_PREDICATE, predicate), (_OBJECT, value))
                    if not others - lost:
                        yield from self._quads(subject, predicate, value)
        for person in self._objects(fact, _MEMBER):
            others = {one for one in self._all_of((_MEMBER, person)) - lost if self._holds(one)}
            titles = {
                t for one in others for post in self._objects(one, _POST) for t in self._objects(post, _LABEL)
            }
            bodies = {body for one in others for body in self._objects(one, _BODY)}
            for post in self._objects(fact, _POST):
                for title in self._objects(post, _LABEL):
                    if title not in titles:
                        yield from self._quads(person, _TITLE, title)
            for body in self._objects(fact, _BODY):
                if body not in bodies:
                    for how in _WORKS:
                        yield from self._quads(person, how, body)

    def _holds(self, role: ox.NamedNode) -> bool:
        """Tell whether a role is held now, as its article has it: such roles alone have shortcuts."""
        former = any(isinstance(v, ox.Literal) and v.value == "true" for v in self._objects(role, _FORMER))
        modes = self._objects(role, _MODALITY)
        return not former and (not modes or _ASSERTED in modes)

    def _all_of(self, *wanted: tuple[ox.NamedNode, _Term]) -> set[ox.NamedNode]:
        return set.intersection(*({*self._subjects(how, value)} for how, value in wanted))

    def _about(self, subject: _Term) -> Iterator[ox.Quad]:
        return self._quads(subject, None, None)

    def _subjects(self, predicate: ox.NamedNode, value: _Term) -> list[ox.NamedNode]:
        found = (quad.subject for quad in self._quads(None, predicate, value))
        return [one for one in found if isinstance(one, ox.NamedNode)]

    def _objects(self, subject: _Term, predicate: ox.NamedNode) -> list[_Term]:
        return [quad.object for quad in self._quads(subject, predicate, None)]

    def _quads(
        self, subject: _Term | None, predicate: _Term | None, value: _Term | None
    ) -> Iterator[ox.Quad]:
        return iter(self._held.quads_for_pattern(subject, predicate, value, self._graph))  # type: ignore[arg-type]
