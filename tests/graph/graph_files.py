"""Articles as graph files, written all at once: what the program's own chain of sorted lines is held against."""

from __future__ import annotations

from collections.abc import Iterable

from builders import all_triples
from rdflib import Dataset, URIRef

from kg.graph import DEFAULT_BASE, Evidence, check_base, facts_to_triples
from kg.graph.assemble import bind_prefixes
from kg.graph.iris import article_iri
from kg.graph.triple_builder import Triple
from kg.graph.turtle import Spelling, blocks, dump, header
from kg.model import Facts


def named_graphs(
    articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN
) -> dict[URIRef, list[Triple]]:
    """Return the triples of each article under the name of its graph."""
    base = check_base(base)
    graphs: dict[URIRef, list[Triple]] = {}
    for facts in articles:
        doc = article_iri(base, facts.article.path or facts.article.id)
        graphs.setdefault(doc, []).extend(facts_to_triples(facts, base, evidence=evidence))
    return graphs


def facts_to_dataset(articles: Iterable[Facts]) -> Dataset:
    """Return an rdflib dataset with a named graph an article, whose default graph is their union."""
    dataset = Dataset(default_union=True)
    bind_prefixes(dataset)
    for name, triples in named_graphs(articles).items():
        graph = dataset.graph(name)
        for triple in triples:
            graph.add(triple)
    return dataset


def to_turtle(articles: Iterable[Facts], base: str = DEFAULT_BASE, evidence: Evidence = Evidence.LEAN) -> str:
    """Return all articles in one graph as Turtle."""
    return dump(all_triples(articles, base, evidence), check_base(base))


def to_trig(articles: Iterable[Facts], base: str = DEFAULT_BASE) -> str:
    """Return all articles as TriG, with a named graph an article."""
    graphs, spelling = named_graphs(articles, base), Spelling(check_base(base))
    parts = [header(check_base(base))]
    for name in sorted(graphs, key=str):
        parts.append(f"\n{spelling[name]} {{\n{chr(10).join(blocks(graphs[name], spelling, '    '))}}}\n")
    return "".join(parts)


def to_nquads(articles: Iterable[Facts], base: str = DEFAULT_BASE) -> str:
    """Return all articles as N-Quads, with a named graph an article."""
    spelling, lines = Spelling(short=False), []
    for name, triples in sorted(named_graphs(articles, base).items()):
        lines += sorted(
            {f"{spelling[s]} {spelling[p]} {spelling[o]} {spelling[name]} .\n" for s, p, o in triples}
        )
    return "".join(lines)
