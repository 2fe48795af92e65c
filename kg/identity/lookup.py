"""Find in a built graph the node that a person names, as decisions refer to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.errors import IdentityError
from kg.graph.terms import URIRef
from kg.graph.vocabulary import GAF, NIF, NKG, ORG, PROV, RDF, RDFS, SCHEMA, SEM, SKOS
from kg.identity.corrections import FactRef
from kg.identity.names import fold, plain
from kg.identity.overrides import Ref

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_PATH = re.compile(r"(?:^|/)((?:person|organization|place)/[^/]+)$")
_KINDS = {SEM.Event: "event", NKG.Statement: "statement", ORG.Membership: "role", NKG.Relation: "relation"}
_DOC = re.compile(r"/article/(.+)#char=\d+,\d+$")


def find_node(graph: Graph, wanted: str) -> Ref:
    """Return the thing of the graph that `wanted` names: an IRI, a path (`person/john-smith`) or a name.

    All articles that speak of it come with it, sorted.

    Raises:
        IdentityError: nothing is called so, or several things are.
    """
    things = {
        s for c in (SCHEMA.Person, SCHEMA.Organization, SCHEMA.Place) for s in graph.subjects(RDF.type, c)
    }
    paths: dict[str, Node] = {}
    for thing in things:
        hit = _PATH.search(str(thing))
        if hit:
            paths[hit[1]] = thing
    asked = _PATH.search(wanted)
    if asked:
        if asked[1] not in paths:
            raise IdentityError(f"the graph has no node {asked[1]}")
        return _ref(graph, asked[1], paths[asked[1]])
    for predicates in ((RDFS.label,), (RDFS.label, SKOS.altLabel)):
        hits = [
            path
            for path, thing in sorted(paths.items())
            if any(fold(str(name)) == fold(wanted) for p in predicates for name in graph.objects(thing, p))
        ]
        if len(hits) == 1:
            return _ref(graph, hits[0], paths[hits[0]])
        if hits:
            raise IdentityError(f"'{wanted}' is the name of {', '.join(hits)}; say which")
    raise IdentityError(f"nothing in the graph is called '{wanted}'")


def find_fact(graph: Graph, wanted: str) -> FactRef:
    """Return the fact of the graph that `wanted` names, an IRI or a path (`event/harbour/v3`), by its own words.

    Raises:
        IdentityError: the graph has no such fact, or does not say from which sentence it is.
    """
    facts = {subject: kind for cls, kind in _KINDS.items() for subject in graph.subjects(RDF.type, cls)}
    ends = wanted.strip("<>")
    hits = sorted((f for f in facts if str(f) == ends or str(f).endswith(f"/{ends}")), key=str)
    if len(hits) != 1:
        more = (
            f"; it may be {', '.join(map(str, hits[:3]))}"
            if hits
            else ": kg query evidence tells which there are"
        )
        raise IdentityError(f"the graph has no one fact {wanted}{more}")
    return _fact(graph, hits[0], facts[hits[0]])


def fact_of(graph: Graph, iri: str) -> FactRef:
    """Return the fact with this IRI, by its own words, without a look at all the others.

    Raises:
        IdentityError: the graph has no such fact, or does not say from which sentence it is.
    """
    fact = URIRef(iri)
    kind = next((kind for cls, kind in _KINDS.items() if (fact, RDF.type, cls) in graph), None)
    if kind is None:
        raise IdentityError(f"the graph has no fact {iri}")
    return _fact(graph, fact, kind)


def facts_meant(graph: Graph, refs: Iterable[FactRef]) -> list[str]:
    """Return the IRIs of the facts of a graph that references mean, as a build would find them again.

    Of several facts of the same words in a sentence those of the same people are meant, or else all.
    """
    wanted: dict[str, list[FactRef]] = defaultdict(list)
    for ref in refs:
        wanted[plain(ref.sentence)].append(ref)
    if not wanted:
        return []
    meant: set[str] = set()
    for span, words in graph.subject_objects(NIF.anchorOf):
        for ref in wanted.get(plain(str(words)), ()):
            hit = _DOC.search(str(span))
            if hit is None or hit[1] != ref.article:
                continue
            kind = next(cls for cls, name in _KINDS.items() if name == ref.kind)
            facts = [f for f in graph.subjects(PROV.wasDerivedFrom, span) if (f, RDF.type, kind) in graph]
            same = {
                f: _fact(graph, f, ref.kind)
                for f in facts
                if plain(_words(graph, f, ref.kind)) == plain(ref.words)
            }
            theirs = [f for f, found in same.items() if set(found.who) & set(ref.who)]
            meant |= {str(f) for f in (theirs if len(same) > 1 and theirs else same)}
    return sorted(meant)


def _fact(graph: Graph, fact: Node, kind: str) -> FactRef:
    spans = sorted(graph.objects(fact, PROV.wasDerivedFrom), key=str)
    found = [
        (hit[1], str(words))
        for s in spans
        if (hit := _DOC.search(str(s)))
        for words in graph.objects(s, NIF.anchorOf)
    ]
    if not found:
        raise IdentityError(f"{fact}: the graph does not say from which sentence it is")
    article, sentence = found[0]
    people = {
        "event": (NKG.agent, NKG.patient),
        "statement": (NKG.speaker,),
        "role": (ORG.member,),
        "relation": (RDF.subject, RDF.object),
    }[kind]
    who = {str(n) for p in people for one in graph.objects(fact, p) for n in graph.objects(one, RDFS.label)}
    return FactRef(kind, article, sentence, _words(graph, fact, kind), tuple(sorted(who)))


def _words(graph: Graph, fact: Node, kind: str) -> str:
    if kind == "role":
        posts = graph.objects(fact, ORG.role)
        return min((str(label) for post in posts for label in graph.objects(post, RDFS.label)), default="")
    predicate = {"event": NKG.trigger, "statement": SCHEMA.text, "relation": RDF.predicate}[kind]
    words = min(map(str, graph.objects(fact, predicate)), default="")
    return re.split(r"[/#]", words)[-1] if kind == "relation" else words


def _ref(graph: Graph, path: str, thing: Node) -> Ref:
    label = min((str(name) for name in graph.objects(thing, RDFS.label)), default="")
    return Ref(path, label, _articles(graph, thing))


def _articles(graph: Graph, thing: Node) -> tuple[str, ...]:
    hits = (_DOC.search(str(span)) for span in graph.objects(thing, GAF.denotedBy))
    return tuple(sorted({hit[1] for hit in hits if hit}))
