"""Put the facts of many articles into one graph, one dataset or one file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rdflib import Dataset, Graph, URIRef

from kg.graph.evidence import Evidence
from kg.graph.iris import DEFAULT_BASE, article_iri, check_base
from kg.graph.triple_builder import Triple
from kg.graph.triples import facts_to_triples
from kg.graph.turtle import write_nquads, write_trig, write_turtle
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


def named_graphs(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> dict[URIRef, list[Triple]]:
    """Return the triples of each article under the name of its graph, DOC."""
    base = check_base(base)
    graphs: dict[URIRef, list[Triple]] = {}
    for facts in articles:
        doc = article_iri(base, facts.article.path or facts.article.id)
        graphs.setdefault(doc, []).extend(facts_to_triples(facts, base, evidence=evidence))
    return graphs


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


def facts_to_dataset(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> Dataset:
    """Return an rdflib dataset with a named graph an article, whose default graph is their union.

    Raises:
        UsageError: the base IRI is none.
        GraphError: the facts do not hold together.
    """
    dataset = Dataset(default_union=True)
    bind_prefixes(dataset)
    for name, triples in named_graphs(articles, base, evidence).items():
        graph = dataset.graph(name)
        for triple in triples:
            graph.add(triple)
    return dataset


def to_turtle(articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN) -> str:
    """Return all articles in one graph as Turtle.

    Raises:
        UsageError: the base IRI is none.
        GraphError: the facts do not hold together.
    """
    base = check_base(base)
    out = io.StringIO()
    write_turtle(all_triples(articles, base, evidence), out, base)
    return out.getvalue()


def to_trig(articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN) -> str:
    """Return all articles as TriG, with a named graph an article.

    Raises:
        UsageError: the base IRI is none.
        GraphError: the facts do not hold together.
    """
    base = check_base(base)
    out = io.StringIO()
    write_trig(named_graphs(articles, base, evidence), out, base)
    return out.getvalue()


def to_nquads(articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN) -> str:
    """Return all articles as N-Quads, with a named graph an article.

    Raises:
        UsageError: the base IRI is none.
        GraphError: the facts do not hold together.
    """
    out = io.StringIO()
    write_nquads(named_graphs(articles, base, evidence), out)
    return out.getvalue()
