"""Find in a built graph the node that a person names, as decisions refer to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import IdentityError
from kg.graph.vocabulary import GAF, RDF, RDFS, SCHEMA, SKOS
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


def _ref(graph: Graph, path: str, thing: Node) -> Ref:
    label = min((str(name) for name in graph.objects(thing, RDFS.label)), default="")
    return Ref(path, label, _articles(graph, thing))


def _articles(graph: Graph, thing: Node) -> tuple[str, ...]:
    hits = (_DOC.search(str(span)) for span in graph.objects(thing, GAF.denotedBy))
    return tuple(sorted({hit[1] for hit in hits if hit}))
