"""Facts in, RDF out: the vocabulary, the IRIs, the triples and how they are written, read and checked."""

from kg.graph.assemble import bind_prefixes, facts_to_triples, triples_to_graph
from kg.graph.evidence import Evidence, evidence_of
from kg.graph.iris import DEFAULT_BASE, check_base
from kg.graph.shapes import Violation, validate
from kg.graph.vocabulary import PREFIXES

__all__ = [
    "DEFAULT_BASE",
    "PREFIXES",
    "Evidence",
    "Violation",
    "bind_prefixes",
    "check_base",
    "evidence_of",
    "facts_to_triples",
    "triples_to_graph",
    "validate",
]
