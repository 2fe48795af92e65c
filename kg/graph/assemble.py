"""Put the facts of many articles into one graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Graph

from kg.graph.evidence import Evidence
from kg.graph.iris import DEFAULT_BASE
from kg.graph.triple_builder import Triple
from kg.graph.triples import facts_to_triples
from kg.graph.vocabulary import PREFIXES
from kg.model import Facts


def bind_prefixes(graph: Graph) -> None:
    """Bind the model's prefixes to an rdflib graph or dataset, over whatever it had."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)


def all_triples(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> Iterator[Triple]:
    """Yield the triples of all articles, one article after the other."""
    for facts in articles:
        yield from facts_to_triples(facts, base, evidence=evidence)


def facts_to_graph(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> Graph:
    """Return one rdflib graph of all articles.

    Raises:
        UsageError: the base IRI is none.
        GraphError: the facts do not hold together (see `facts_to_triples`).
    """
    return triples_to_graph(all_triples(articles, base, evidence))


def triples_to_graph(triples: Iterable[Triple]) -> Graph:
    """Return one rdflib graph of the triples."""
    graph = Graph(bind_namespaces="none")
    bind_prefixes(graph)
    for triple in triples:
        graph.add(triple)
    return graph
