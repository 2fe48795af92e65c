"""The closed namespaces and the ontology say the same."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import SH, Namespace

from kg.errors import GraphError
from kg.event_classes import event_classes
from kg.graph import ontology, vocabulary
from kg.graph.vocabulary import NAMESPACES, NKG, PLOVER, SEM, expand

OWN = ("schema", "org", "sem", "gaf", "nif", "plover", "nkg")
SDO = Namespace("https://schema.org/")
EVENTS = {expand(curie) for curie in event_classes()}


@pytest.fixture(scope="module")
def newskg() -> Graph:
    return ontology.ontology()


@pytest.mark.parametrize("prefix", OWN)
def test_every_term_of_a_namespace_is_in_the_ontology_and_the_other_way_round(
    newskg: Graph, prefix: str
) -> None:
    space = NAMESPACES[prefix]
    described = {
        s for s in newskg.subjects(RDFS.label) if isinstance(s, URIRef) and str(s).startswith(str(space))
    }
    terms = {space[name] for name in dir(space)}
    assert {t for t in terms if str(t).startswith(str(space))} == {
        d for d in described if "/" not in str(d)[len(str(space)) :] and "#" not in str(d)[len(str(space)) :]
    }


def test_every_class_and_property_has_a_label_and_a_comment(newskg: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, NKG.Modality)
    for kind in kinds:
        for term in newskg.subjects(RDF.type, kind):
            assert newskg.value(term, RDFS.label), term
            assert newskg.value(term, RDFS.comment), term


def test_every_property_says_what_it_links(newskg: Graph) -> None:
    free = {NKG.formerName, NKG.stance}
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in newskg.subjects(RDF.type, kind):
            if term in free or str(term).startswith((str(OWL), "http://www.w3.org/ns/prov#wasAttr")):
                continue
            own = str(term).startswith("https://w3id.org/newskg")
            for mine, theirs in ((RDFS.domain, SDO.domainIncludes), (RDFS.range, SDO.rangeIncludes)):
                assert newskg.value(term, mine if own else theirs), (term, mine)


def test_every_event_class_is_an_event_with_a_stance(newskg: Graph) -> None:
    assert set(newskg.subjects(RDFS.subClassOf, SEM.Event)) == EVENTS
    for event in EVENTS:
        assert newskg.value(event, NKG.stance) in {NKG.Hostile, NKG.Friendly, NKG.Neutral}


def test_the_shapes_know_every_event_class() -> None:
    shapes = ontology.shapes()
    listed = shapes.value(URIRef("https://w3id.org/newskg/shapes#EventClass"), SH["in"])
    assert listed is not None
    assert set(shapes.items(listed)) == EVENTS


@pytest.mark.parametrize("name", ["Threatn", "", "label"])
def test_a_misspelt_term_raises(name: str) -> None:
    with pytest.raises(AttributeError):
        getattr(PLOVER, name)


@pytest.mark.parametrize(
    "curie", ["plover:Threatn", "foo:Bar", "Threaten", "nkg:", "https://schema.org/Person", "nkg:_NS"]
)
def test_a_misspelt_curie_raises(curie: str) -> None:
    with pytest.raises(GraphError, match="graph model"):
        expand(curie)


def test_a_curie_is_expanded() -> None:
    assert expand("plover:Threaten") == URIRef("https://w3id.org/newskg/plover#Threaten")


def test_prefixes_are_those_of_the_namespaces() -> None:
    assert vocabulary.PREFIXES["sem"] == "http://semanticweb.cs.vu.nl/2009/11/sem/"
    assert list(vocabulary.PREFIXES) == sorted(vocabulary.PREFIXES)


def test_a_damaged_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GraphError, match=r"nothing\.ttl is missing from .* install newskg again"):
        ontology.ontology_path("nothing.ttl")
