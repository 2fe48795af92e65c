"""What each kind of fact becomes in the graph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import facts_to_graph
from graph_facts import blockade, both, talks
from graph_files import facts_to_dataset
from graph_large import large
from rdflib import BNode, Graph, Literal, URIRef

from kg.errors import GraphError, UsageError
from kg.graph import Evidence, facts_to_triples
from kg.graph.evidence import place_of
from kg.graph.vocabulary import (
    DCTERMS,
    GAF,
    NIF,
    NKG,
    ORG,
    OWL,
    PLOVER,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    XSD,
)
from kg.model import Article, Entity, Event, Facts, Kind, Mention, MentionKind, Relation, Role, Span, TimeRef

BASE = "https://example.org/newskg/"
DOC, TALKS = URIRef(BASE + "article/blockade"), URIRef(BASE + "article/march/talks")
TESSEL, VALDOR, OSTRANA = (
    URIRef(BASE + "person/mira-tessel"),
    URIRef(BASE + "place/valdor"),
    URIRef(BASE + "place/ostrana"),
)
PORT, PENA = URIRef(BASE + "place/port-ellin"), URIRef(BASE + "person/juan-peña")
V1, V2 = URIRef(BASE + "event/blockade/v1"), URIRef(BASE + "event/blockade/v2")
AGREED = URIRef(BASE + "event/march/talks/v1")


def words_of(graph: Graph, span: object) -> str:
    """Return the words of a stretch: its IRI says where they stand."""
    at = place_of(str(span))
    context = next(c for c in graph.subjects(NIF.sourceUrl, URIRef(at.doc)) if "#char=" in c)
    return str(graph.value(context, NIF.isString))[at.begin : at.end]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return facts_to_graph(both())


def objects(graph: Graph, subject: URIRef, predicate: URIRef) -> set[object]:
    return set(graph.objects(subject, predicate))


def test_a_thing_has_its_top_class_beside_the_finer_one(graph: Graph) -> None:
    assert objects(graph, VALDOR, RDF.type) == {SCHEMA.Place, SCHEMA.Country}
    assert objects(graph, TESSEL, RDF.type) == {SCHEMA.Person}


def test_names_and_identity(graph: Graph) -> None:
    assert objects(graph, TESSEL, RDFS.label) == {Literal("Mira Tessel")}
    assert objects(graph, TESSEL, SKOS.altLabel) == {Literal("Tessel")}
    assert objects(graph, PORT, NKG.formerName) == {Literal("Ellinhaven")}
    assert objects(graph, VALDOR, OWL.sameAs) == {URIRef("http://www.wikidata.org/entity/Q900001")}
    assert objects(graph, VALDOR, SCHEMA.latitude) == {Literal("41.5", datatype=XSD.decimal)}
    assert objects(graph, VALDOR, SCHEMA.longitude) == {Literal("-8.25", datatype=XSD.decimal)}


def test_a_mention_is_its_name_and_the_phrase_that_it_heads(graph: Graph) -> None:
    words = {words_of(graph, s) for s in graph.objects(TESSEL, GAF.denotedBy) if DOC in s}
    assert words == {"Mira Tessel", "Valdorian Foreign Minister Mira Tessel", "She", "Tessel"}


def test_every_span_is_its_slice_of_the_context() -> None:
    graph = facts_to_graph(both(), evidence=Evidence.FULL)
    spans = {*graph.objects(None, GAF.denotedBy), *graph.objects(None, PROV.wasDerivedFrom)}
    assert set(graph.subjects(RDF.type, NIF.Phrase)) == spans
    for phrase in graph.subjects(RDF.type, NIF.Phrase):
        begin, end = (graph.value(phrase, p).toPython() for p in (NIF.beginIndex, NIF.endIndex))
        text = str(graph.value(graph.value(phrase, NIF.referenceContext), NIF.isString))
        assert str(graph.value(phrase, NIF.anchorOf)) == text[begin:end]
        assert str(phrase).endswith(f"#char={begin},{end}")


def test_lean_evidence_says_the_same_facts_in_fewer_words() -> None:
    facts = [*both(), large(1, 40, 24, 2)]
    lean, full = facts_to_graph(facts), facts_to_graph(facts, evidence=Evidence.FULL)
    assert set(lean) < set(full)
    assert {p for _, p, _ in set(full) - set(lean)} == {
        *(RDF.type, NIF.beginIndex, NIF.endIndex, NIF.anchorOf, NIF.referenceContext)
    }
    assert set(lean.triples((None, GAF.denotedBy, None))) == set(full.triples((None, GAF.denotedBy, None)))
    assert set(lean.subjects(RDF.type, NIF.Sentence)) == set(full.subjects(RDF.type, NIF.Sentence))


def test_lean_evidence_quotes_what_no_sentence_has() -> None:
    text = "Dateline\nAda Quill swims. Ada Quill rests."
    mentions = [Mention(Span(9, 18), MentionKind.NAME), Mention(Span(26, 35), MentionKind.NAME)]
    ada = Entity("e", Kind.PERSON, "Ada Quill", mentions=tuple(mentions))
    swims = Event("v", "nkg:Move", "Ada swims", "swims", (Span(19, 24),), (Span(9, 25),), ("e",))
    graph = facts_to_graph([Facts(Article("x", text, "x"), (ada,), events=(swims,))])
    words = {str(s).partition("#")[2]: str(o) for s, o in graph.subject_objects(NIF.anchorOf)}
    assert words == {"char=9,25": "Ada Quill swims.", "char=26,35": "Ada Quill"}
    assert len(list(graph.objects(None, GAF.denotedBy))) == 3


def test_two_people_of_one_name_stay_two(graph: Graph) -> None:
    assert len(list(graph.subjects(RDFS.label, Literal("Oren Vale")))) == 2


def test_one_person_in_two_articles_is_one_node(graph: Graph) -> None:
    assert {str(s).split("#")[0] for s in graph.objects(TESSEL, GAF.denotedBy)} == {str(DOC), str(TALKS)}


def test_a_membership_and_its_shortcuts(graph: Graph) -> None:
    node = URIRef(BASE + "membership/blockade/mira-tessel--foreign-minister--valdor")
    assert graph.value(node, ORG.member) == TESSEL
    assert graph.value(node, ORG.organization) == VALDOR
    assert graph.value(graph.value(node, ORG.role), RDFS.label) == Literal("Foreign Minister")
    assert graph.value(node, NKG.former) == Literal(False)
    assert graph.value(node, NKG.confidence) == Literal("0.93", datatype=XSD.decimal)
    assert objects(graph, TESSEL, SCHEMA.jobTitle) == {Literal("Foreign Minister")}
    assert not objects(graph, TESSEL, SCHEMA.worksFor)  # a country is no organisation


def test_a_former_role_gives_no_shortcut(graph: Graph) -> None:
    node = URIRef(BASE + "membership/blockade/juan-peña--admiral")
    assert graph.value(node, NKG.former) == Literal(True)
    assert not objects(graph, PENA, SCHEMA.jobTitle)


def test_a_union_has_members(graph: Graph) -> None:
    union = URIRef(BASE + "organization/harbour-union")
    assert list(graph.subjects(SCHEMA.memberOf, union)) == [URIRef(BASE + "person/oren-vale~2")]


def test_an_event(graph: Graph) -> None:
    assert objects(graph, V1, RDF.type) == {SEM.Event, PLOVER.Threaten}
    assert objects(graph, V1, NKG.agent) == {TESSEL}
    assert objects(graph, V1, NKG.patient) == {OSTRANA}
    assert objects(graph, V1, SEM.hasTimeStamp) == {Literal("2031-03-12", datatype=XSD.date)}
    assert objects(graph, V1, NKG.modality) == {NKG.Asserted}
    assert {words_of(graph, s) for s in graph.objects(V1, GAF.denotedBy)} == {
        "threatens",
        "threatened",
    }
    assert len(objects(graph, V1, PROV.wasDerivedFrom)) == 2
    assert graph.value(V1, NKG.confidence) == Literal("0.93", datatype=XSD.decimal)


def test_a_reported_event_names_its_statement(graph: Graph) -> None:
    assert graph.value(V2, NKG.modality) == NKG.Reported
    statement = graph.value(V2, NKG.accordingTo)
    assert graph.value(statement, NKG.speaker) == TESSEL
    assert objects(graph, statement, SCHEMA.about) == {OSTRANA, PORT}
    assert graph.value(statement, NKG.direct) == Literal(False)


def test_times_are_as_coarse_as_the_text(graph: Graph) -> None:
    assert graph.value(AGREED, SEM.hasTimeStamp) == Literal("2031-03-20", datatype=XSD.date)
    assert graph.value(AGREED, SEM.hasBeginTimeStamp) == Literal("2031-03-20", datatype=XSD.date)
    assert graph.value(AGREED, SEM.hasEndTimeStamp) == Literal("2031-03-22", datatype=XSD.date)
    kinds = {o.datatype for o in graph.objects(None, SEM.hasTimeStamp) if isinstance(o, Literal)}
    assert kinds == {XSD.date, XSD.gYearMonth, XSD.gYear}


def test_a_source_without_a_name_has_no_top_class(graph: Graph) -> None:
    residents = URIRef(BASE + "group/blockade/residents")
    assert objects(graph, residents, RDF.type) == {NKG.Group, NKG.UnnamedSource}
    assert list(graph.objects(None, NKG.addressee)) == [URIRef(BASE + "group/blockade/reporters")]


def test_a_relation_is_a_shortcut_and_a_node_with_evidence(graph: Graph) -> None:
    assert (TESSEL, SCHEMA.nationality, VALDOR) in graph
    node = URIRef(BASE + "relation/blockade/mira-tessel--nationality--valdor")
    assert graph.value(node, RDF.predicate) == SCHEMA.nationality
    assert graph.value(node, PROV.wasDerivedFrom) is not None


def test_the_article(graph: Graph) -> None:
    assert graph.value(DOC, DCTERMS.identifier) == Literal("blockade")
    assert graph.value(DOC, SCHEMA.url) == Literal(
        "https://courier.example/blockade?a=1&b=2", datatype=XSD.anyURI
    )
    assert graph.value(DOC, SCHEMA.datePublished) == Literal("2031-03-12", datatype=XSD.date)
    published = graph.value(TALKS, SCHEMA.datePublished)
    assert isinstance(published, Literal)
    assert published.datatype == XSD.dateTime


def test_a_title_outside_the_text_has_a_context_of_its_own(graph: Graph) -> None:
    assert graph.value(URIRef(f"{TALKS}#title"), NIF.isString) == Literal("Truce in Calder")
    assert graph.value(URIRef(f"{DOC}#title"), NIF.isString) is None


def test_there_are_no_blank_nodes(graph: Graph) -> None:
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


def test_each_article_has_a_graph_of_its_own() -> None:
    dataset = facts_to_dataset(both())
    assert {g.identifier for g in dataset.graphs() if len(g)} >= {DOC, TALKS}
    assert (AGREED, RDF.type, SEM.Event) in dataset.graph(TALKS)
    assert (AGREED, RDF.type, SEM.Event) not in dataset.graph(DOC)
    assert (AGREED, RDF.type, SEM.Event) in dataset


def test_the_order_of_facts_is_of_no_matter() -> None:
    facts = blockade()
    turned = replace(
        facts,
        entities=facts.entities[::-1],
        roles=facts.roles[::-1],
        events=facts.events[::-1],
        statements=facts.statements[::-1],
        relations=facts.relations[::-1],
    )
    assert set(facts_to_triples(turned)) == set(facts_to_triples(facts))


def test_one_role_told_twice_is_one_membership() -> None:
    facts = talks()
    again = replace(facts.roles[0], span=Span(0, 4), sentence=Span(0, 20), title="President", confidence=0.99)
    graph = facts_to_graph([replace(facts, roles=(*facts.roles, again))])
    node = URIRef(BASE + "membership/march/talks/oren-vale--president--ostrana")
    assert len(list(graph.subjects(RDF.type, ORG.Membership))) == 2
    assert len(objects(graph, node, GAF.denotedBy)) == 2
    assert graph.value(node, NKG.confidence) == Literal("0.99", datatype=XSD.decimal)
    assert len(objects(graph, URIRef(BASE + "role/president"), RDFS.label)) == 1


def test_a_title_of_several_people_is_written_as_it_stands_and_tells_what_one_of_them_is() -> None:
    whole = blockade()
    one = replace(whole.roles[0], title="minister", written="ministers", former=False)
    graph = facts_to_graph([replace(whole, roles=(one,))])
    post = next(graph.objects(None, ORG.role))
    assert str(post).endswith("role/ministers")
    assert set(graph.objects(post, RDFS.label)) == {Literal("ministers")}
    assert set(graph.objects(post, SKOS.prefLabel)) == {Literal("minister")}
    assert set(graph.objects(None, SCHEMA.jobTitle)) == {Literal("minister")}


def test_lone_surrogates_and_controls_are_kept_out_of_the_way() -> None:
    text = 'A \ud800 "b"\x00\r\n\u2028 c\\'
    facts = Facts(Article("x", text, "x"), (Entity("e", Kind.PERSON, "\ud800"),))
    graph = facts_to_graph([facts])
    assert next(graph.objects(None, NIF.isString)) == Literal(text.replace("\ud800", "\ufffd"))


def test_a_thing_that_the_text_does_not_mention_has_no_class() -> None:
    graph = facts_to_graph([Facts(Article("x", "text", "x"), (Entity("e", Kind.PERSON, "Ada Quill"),))])
    assert not objects(graph, URIRef(BASE + "person/ada-quill"), RDF.type)


EVENT = Event("v", "nkg:Die", "x died", "text", (Span(0, 4),), (Span(0, 4),))


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"events": (replace(EVENT, agents=("e9",)),)}, "event 'v' names the unknown entity 'e9'"),
        ({"events": (replace(EVENT, according_to="s9"),)}, "names the unknown statement 's9'"),
        ({"events": (replace(EVENT, event_class="nkg:Dye"),)}, "'nkg:Dye' is no term"),
        ({"events": (replace(EVENT, spans=()),)}, "has no evidence"),
        ({"events": (EVENT, EVENT)}, "two events have the id 'v'"),
        ({"events": (replace(EVENT, spans=(Span(2, 9),)),)}, "no text from 2 to 9"),
        ({"events": (replace(EVENT, spans=(Span(2, 2),)),)}, "no text from 2 to 2"),
        ({"events": (replace(EVENT, confidence=1.2),)}, "between 0 and 1"),
        ({"events": (replace(EVENT, time=TimeRef("2031-W07")),)}, "is no time"),
        ({"events": (replace(EVENT, time=TimeRef("2031-02-30")),)}, "is no time"),
        (
            {"roles": (Role("e9", "king", None, False, Span(0, 4), Span(0, 4)),)},
            "role 'king' names the unknown",
        ),
        ({"relations": (Relation("a", "schema:spouse", "b", Span(0, 4)),)}, "relation schema:spouse names"),
        (
            {"entities": (Entity("e", Kind.PLACE, "a"), Entity("e", Kind.PLACE, "b"))},
            "two entities have one id",
        ),
    ],
)
def test_facts_that_do_not_hold_together_are_refused(facts: dict[str, object], message: str) -> None:
    with pytest.raises(GraphError, match=message):
        facts_to_triples(Facts(Article("x", "text", "x"), **facts))  # type: ignore[arg-type]


def test_a_bad_base_is_refused() -> None:
    with pytest.raises(UsageError):
        facts_to_triples(talks(), "nowhere")
