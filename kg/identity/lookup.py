"""Find in a built graph the node that a person names, as decisions refer to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import IdentityError
from kg.graph.vocabulary import GAF, NIF, NKG, ORG, PROV, RDF, RDFS, SCHEMA, SEM, SKOS
from kg.identity.corrections import FactRef
from kg.identity.names import fold
from kg.identity.overrides import Ref

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_PATH = re.compile(r"(?:^|/)((?:person|organization|place)/[^/]+)$")
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
    kinds = {SEM.Event: "event", NKG.Statement: "statement", ORG.Membership: "role", NKG.Relation: "relation"}
    facts = {subject: kind for cls, kind in kinds.items() for subject in graph.subjects(RDF.type, cls)}
    ends = wanted.strip("<>")
    hits = sorted((f for f in facts if str(f) == ends or str(f).endswith(f"/{ends}")), key=str)
    if len(hits) != 1:
        more = (
            f"; it may be {', '.join(map(str, hits[:3]))}"
            if hits
            else ": kg query evidence tells which there are"
        )
        raise IdentityError(f"the graph has no one fact {wanted}{more}")
    (fact,) = hits
    spans = sorted(graph.objects(fact, PROV.wasDerivedFrom), key=str)
    found = [
        (hit[1], str(words))
        for s in spans
        if (hit := _DOC.search(str(s)))
        for words in graph.objects(s, NIF.anchorOf)
    ]
    if not found:
        raise IdentityError(f"{wanted}: the graph does not say from which sentence it is")
    article, sentence = found[0]
    kind = facts[fact]
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
