"""The files: byte for byte what they were, whatever the order, and the same graph as rdflib's."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from builders import facts_to_graph
from graph_facts import both
from graph_files import facts_to_dataset, to_nquads, to_trig, to_turtle
from graph_large import large
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg.errors import GraphError
from kg.graph import DEFAULT_BASE, Evidence, facts_to_triples
from kg.graph.turtle import dump

GOLDEN = Path(__file__).parent / "golden"


FULL = partial(to_turtle, evidence=Evidence.FULL)


@pytest.mark.parametrize(
    ("name", "write"),
    [("harbour.ttl", to_turtle), ("harbour.trig", to_trig), ("harbour-full.ttl", FULL)],
)
def test_golden(name: str, write: object) -> None:
    assert callable(write)
    assert write(both()) == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("base", [DEFAULT_BASE, "http://127.0.0.1:8000/", "https://x.example/kg/deep/"])
def test_turtle_reads_back_as_the_same_graph(base: str) -> None:
    facts = [*both(), large(1, 20, 12, 2)]
    assert isomorphic(Graph().parse(data=to_turtle(facts, base)), facts_to_graph(facts, base))


def test_trig_and_nquads_read_back_as_the_same_dataset() -> None:
    expected = {(s, p, o, g) for s, p, o, g in facts_to_dataset(both()).quads()}
    assert set(Dataset().parse(data=to_trig(both()), format="trig").quads()) == expected
    assert set(Dataset().parse(data=to_nquads(both()), format="nquads").quads()) == expected


def test_the_order_of_articles_and_triples_is_of_no_matter() -> None:
    assert to_turtle(both()[::-1]) == to_turtle(both())
    assert to_trig(both()[::-1]) == to_trig(both())
    assert to_nquads(both()[::-1]) == to_nquads(both())
    triples = [t for facts in both() for t in facts_to_triples(facts)]
    for seed in range(3):
        random.Random(seed).shuffle(triples)
        assert dump([*triples, *triples[:50]], DEFAULT_BASE) == to_turtle(both())
    assert dump(facts_to_graph(both()), DEFAULT_BASE) == to_turtle(both())


IRIS = st.sampled_from(
    [
        "https://schema.org/Person",
        "https://schema.org/",
        "https://schema.org/a/b",
        "https://schema.org/a.b",
        "https://w3id.org/newskg#1x",
        "https://w3id.org/newskg/plover#Aid",
        DEFAULT_BASE,
        DEFAULT_BASE + "person/é",
        DEFAULT_BASE + "person/",
        DEFAULT_BASE + "a:b",
        DEFAULT_BASE + "/x",
        DEFAULT_BASE + "person/../x",
        DEFAULT_BASE + "#x",
        DEFAULT_BASE + "article/x#char=1,2",
        "urn:x:y",
        "https://example.org/newskg",
    ]
).map(URIRef)
LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(Literal),
    st.text(st.characters(exclude_categories=["Cs"])).map(lambda t: Literal(t, lang="en-GB")),
    st.sampled_from(["1", "+1", "01", "1.0", ".5", "1.", "1e3", "true", "x", ""]).flatmap(
        lambda lexical: st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.string, XSD.date]).map(
            lambda kind: Literal(lexical, datatype=kind, normalize=False)
        )
    ),
)


@settings(deadline=None)  # how busy the machine is tells nothing
@given(st.lists(st.tuples(IRIS, IRIS, st.one_of(IRIS, LITERALS))))
def test_any_graph_reads_back_as_it_was(triples: list[tuple[URIRef, URIRef, URIRef | Literal]]) -> None:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    text = dump(graph, DEFAULT_BASE)
    back = Graph().parse(data=text, format="turtle")
    # rdflib normalises what it reads, so its own writer is the measure
    assert spelt(back) == spelt(Graph().parse(data=graph.serialize(format="nt")))


def spelt(graph: Graph) -> set[str]:
    """RDF 1.1 knows no difference between "x" and "x"^^xsd:string; rdflib does."""
    return {" ".join(t.n3() for t in triple).replace(f"^^<{XSD.string}>", "") for triple in graph}


def test_a_literal_stands_on_one_line() -> None:
    text = dump([(URIRef("urn:a"), URIRef("urn:b"), Literal('"\n\r\t\\\x00\x7f\u2028é'))])
    assert '"\\"\\n\\r\\t\\\\\\u0000\\u007F\\u2028é"' in text


@pytest.mark.parametrize("iri", ["urn:a b", "urn:<a>", "urn:a\n", 'urn:"', "urn:\ud800"])
def test_an_iri_that_no_file_can_hold_is_refused(iri: str) -> None:
    with pytest.raises(GraphError, match="no IRI that can be written"):
        dump([(URIRef(iri), RDF.type, URIRef("urn:x"))])


def test_blank_nodes_of_a_foreign_graph_are_written() -> None:
    graph = Graph()
    graph.add((BNode(), RDF.type, URIRef("urn:x")))
    assert isomorphic(Graph().parse(data=dump(graph)), graph)
