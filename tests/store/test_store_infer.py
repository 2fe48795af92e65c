"""What follows by the ontology: as a general reasoner finds it, in a graph of its own, and gone again."""

from __future__ import annotations

import io
from pathlib import Path

import owlrl
import pytest
from builders import facts_to_graph
from graph_facts import both
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from store_articles import put, story

from kg.graph import ontology
from kg.graph.iris import DEFAULT_BASE
from kg.graph.vocabulary import NKG, ORG, SCHEMA, SEM
from kg.store import ArticleStore, StoreReader, forget_inferred, has_inferred, infer, inferred_triples, write
from kg.store.inference import rules_of

BASE = URIRef(DEFAULT_BASE)
INFERRED = DEFAULT_BASE + "inferred"


def dump(store: ArticleStore, form: str = "nq") -> str:
    out = io.BytesIO()
    write(store.ox, form, out, store.base, shelf=store.shelf)
    return out.getvalue().decode("utf-8")


@pytest.fixture(scope="module")
def graph() -> Graph:
    made = facts_to_graph(both())
    made.add((BASE + "person/a", SCHEMA.spouse, BASE + "person/b"))
    made.add((BASE + "person/a", SCHEMA.parent, BASE + "person/c"))
    return made


def test_it_is_what_a_general_reasoner_finds(graph: Graph) -> None:
    whole = Graph() + graph + ontology.ontology()
    # not spread: identity, and what holds of every term there is
    whole.remove((None, OWL.sameAs, None))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        whole
    )
    found = {
        (s, p, o)
        for s, p, o in whole
        if str(s).startswith(DEFAULT_BASE)
        and (s, p, o) not in graph
        and p != OWL.sameAs
        and o not in {OWL.Thing, RDFS.Resource, OWL.NamedIndividual}
        and not (p == RDF.type and str(o).startswith(str(XSD)))
    }
    mine = {t for t in inferred_triples(graph) if str(t[0]).startswith(DEFAULT_BASE)}
    assert {t for t in mine if t[1] not in {ORG.memberOf, SCHEMA.jobTitle}} == found
    assert len(found) > 80


def test_each_kind_of_consequence(graph: Graph) -> None:
    found = set(inferred_triples(graph))
    assert (BASE + "person/b", SCHEMA.spouse, BASE + "person/a") in found
    assert (BASE + "person/c", SCHEMA.children, BASE + "person/a") in found
    assert (BASE + "person/mira-tessel", RDF.type, SEM.Actor) in found
    assert (BASE + "event/blockade/v1", SEM.hasActor, BASE + "person/mira-tessel") in found
    present = {m for m in graph.subjects(NKG.former, Literal(False)) if graph.value(m, ORG.organization)}
    expected = {(graph.value(m, ORG.member), graph.value(m, ORG.organization)) for m in present}
    assert {(s, o) for s, p, o in found if p == ORG.memberOf} == expected != set()


def test_the_ontology_asks_for_no_rule_that_is_missing() -> None:
    newskg = ontology.ontology()
    known = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf}
    harmless = {OWL.disjointWith, OWL.distinctMembers, OWL.versionInfo}  # they forbid, or tell
    used = {p for p in newskg.predicates() if str(p).startswith((str(OWL), str(RDFS)))}
    assert used - known - harmless == {RDFS.label, RDFS.comment, RDFS.seeAlso}
    kinds = {o for o in newskg.objects(None, RDF.type) if str(o).startswith(str(OWL))}
    assert kinds == {
        *(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology),
        *(OWL.SymmetricProperty, OWL.AllDifferent, OWL.FunctionalProperty),
    }


def test_chains_of_properties_and_classes_are_followed_to_their_end() -> None:
    text = """
        @prefix : <urn:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        :p rdfs:subPropertyOf :q . :q owl:inverseOf :r . :r rdfs:domain :C ; rdfs:subPropertyOf :s .
        :C rdfs:subClassOf :D . :D rdfs:subClassOf :C, :E ."""
    rules = rules_of(Graph().parse(data=text, format="turtle"))
    of_p = {key.value: value for key, value in rules.properties.items()}["urn:p"]
    assert [n.value for n in of_p.forward] == ["urn:q"]
    assert [n.value for n in of_p.backward] == ["urn:r", "urn:s"]
    assert [n.value for n in of_p.object] == ["urn:C", "urn:D", "urn:E"]
    assert of_p.subject == ()


def test_it_stands_in_a_graph_of_its_own_and_can_be_taken_away(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "store") as store:
        store.put(put(story(n)) for n in range(4))
        before = dump(store)
        count = infer(store)
        assert count == sum(line.endswith(f"<{INFERRED}> .") for line in dump(store).splitlines()) > 20
        after = dump(store)
        assert infer(store) == count
        assert dump(store) == after, "what was inferred is no premise"
        assert has_inferred(store)
        assert forget_inferred(store) == count
        assert forget_inferred(store) == 0
        assert not has_inferred(store)
        assert dump(store) == before


def test_what_is_inferred_of_a_thing_goes_with_its_last_article(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "store") as store:
        store.put(put(story(n)) for n in (0, 5))
        infer(store)
        store.forget(f"{DEFAULT_BASE}article/story-0000")
        assert "story-0000" not in dump(store)
        left = dump(store)
        infer(store)
        assert dump(store) == left


def test_an_interrupted_inference_leaves_nothing(tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "store") as store:
        store.put([put(story(1))])
        before = dump(store)
        infer(store)
        store.stamps.keep("unfinished", INFERRED)  # as if the process had ended before the last triple
    with StoreReader(tmp_path / "store") as reader:
        assert not list(reader.ox.named_graphs())
    with ArticleStore(tmp_path / "store") as store:
        assert dump(store) == before
