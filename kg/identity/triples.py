"""Write the judgements of the identity step as triples of their own named graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.graph import literals
from kg.graph.iris import absolute, external_iri, joined, slug
from kg.graph.vocabulary import NKG, OWL, RDF, SKOS
from kg.identity.model import Identity, Judgement, Verdict

if TYPE_CHECKING:
    from rdflib import URIRef

    from kg.graph.triple_builder import Triple

GRAPH = "identity"
"""The path of the named graph after the base."""

_PREDICATES = {Verdict.SAME: OWL.sameAs, Verdict.CLOSE: SKOS.closeMatch, Verdict.DIFFERENT: OWL.differentFrom}


def identity_graph(base: str) -> URIRef:
    """Return the name of the graph that holds the judgements."""
    return absolute(base, GRAPH)


def identity_triples(identity: Identity, base: str) -> Iterator[Triple]:
    """Yield the triples of all judgements, sorted: the statement itself, and a node with its score and reasons.

    What a node was called before two became one leads to it by `owl:sameAs`, so that old links still arrive.
    """
    for judgement in sorted(identity.judgements, key=lambda j: (j.left, j.right, j.verdict)):
        yield from _judged(judgement, base)
    for node in identity.nodes:
        for segment in node.was:
            yield absolute(base, segment), OWL.sameAs, absolute(base, node.segment)


def _judged(judgement: Judgement, base: str) -> Iterator[Triple]:
    left, predicate = absolute(base, judgement.left), _PREDICATES[judgement.verdict]
    elsewhere = ":" in judgement.right
    right = external_iri(judgement.right) if elsewhere else absolute(base, judgement.right)
    other = slug(judgement.right) if elsewhere else judgement.right.replace("/", "-")
    local = joined(judgement.left.replace("/", "-"), other)
    node = absolute(base, f"judgement/{local}")
    yield left, predicate, right
    yield node, RDF.type, NKG.Judgement
    yield node, RDF.subject, left
    yield node, RDF.predicate, predicate
    yield node, RDF.object, right
    yield node, NKG.confidence, literals.confidence(judgement.score)
    for reason in judgement.reasons:
        yield node, NKG.reason, literals.text(reason)
