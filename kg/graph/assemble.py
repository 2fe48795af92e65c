"""Turn the facts of articles into triples of the graph model, and put those of many into one graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Graph

from kg.graph.evidence import Evidence
from kg.graph.iris import DEFAULT_BASE, check_base
from kg.graph.kinds import articles, events, relations, roles, statements, things
from kg.graph.triple_builder import Triple, TripleBuilder
from kg.graph.vocabulary import PREFIXES
from kg.model import Facts

KINDS = (articles, things, roles, events, statements, relations)
"""What is written, in this order; a new kind of fact is a module of `kg.graph.kinds` and a place here."""


def facts_to_triples(
    facts: Facts,
    base: str = DEFAULT_BASE,
    segments: Mapping[str, str] | None = None,
    events: Mapping[str, str] | None = None,
    evidence: Evidence = Evidence.LEAN,
) -> list[Triple]:
    """Return the triples of one article, in no order that means anything, and now and then one twice.

    `segments` gives entities (by id) the paths of their IRIs after the base (`person/john-smith~2`); what it lacks,
    and all without it, is named by the article alone; `events` does the same for events. `evidence` says how much
    is written of the text itself. The order of entities, roles, events, statements and relations in `facts` is of
    no matter for the set.

    Raises:
        UsageError: the base IRI is none.
        GraphError: a fact names an entity or statement that the article lacks, a term that the model lacks,
            or text that is not there; or it has no evidence.
    """
    builder = TripleBuilder(facts, check_base(base), segments, events, evidence)
    for kind in KINDS:
        kind.write(builder)
    return builder.finish()


def bind_prefixes(graph: Graph) -> None:
    """Bind the model's prefixes to an rdflib graph or dataset, over whatever it had."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)


def triples_to_graph(triples: Iterable[Triple]) -> Graph:
    """Return one rdflib graph of the triples."""
    graph = Graph(bind_namespaces="none")
    bind_prefixes(graph)
    for triple in triples:
        graph.add(triple)
    return graph
