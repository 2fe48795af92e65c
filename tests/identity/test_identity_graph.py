"""What identity does to facts and triples: unified entities, judgements, events of several articles."""

from __future__ import annotations

from dataclasses import replace

import builders
import pytest
from identity_records import record, who, world
from rdflib import URIRef

from kg.graph import DEFAULT_BASE, facts_to_triples, triples_to_graph, validate
from kg.graph.vocabulary import GAF, NKG, OWL, RDF, RDFS, SEM, SKOS
from kg.identity import (
    Identity,
    IdentityRecord,
    Overrides,
    event_records,
    identify,
    identity_graph,
    identity_triples,
    merged_events,
    records_of,
    retold,
    unify,
)
from kg.identity.kb.link import load_linker
from kg.model import Article, Entity, Event, Facts, Kind, Modality, Role, Span, TimeRef


def article(name: str, text: str, day: str = "2031-05-02") -> Article:
    return builders.article(text, name, date=day)


def facts(
    name: str, verb: str = "met", agent: str = "Elena Rask", patient: str = "Omar Reyes", **more: object
) -> Facts:
    text = f"{agent} {verb} {patient} in Arken."
    event = Event(
        "v1", "plover:Consult", f"{agent} consulted {patient}", verb, (builders.span(text, verb),),
        (Span(0, len(text)),), (agent,), (patient,), ("Arken",), TimeRef("2031-05-01"), **more,
    )  # fmt: skip
    entities = (
        builders.entity(text, agent),
        builders.entity(text, patient),
        builders.entity(text, "Arken", Kind.PLACE),
    )
    return Facts(article(name, text), entities, events=(event,))


def together(*all_facts: Facts, merge_events: bool = False) -> tuple[Identity, list[object]]:
    identity = identify((r for one in all_facts for r in records_of(one)), world())
    unified = [unify(one, identity) for one in all_facts]
    if merge_events:
        merged = merged_events(r for one in unified for r in event_records(one))
        unified = [retold(one, merged) for one in unified]
    triples = [t for u in unified for t in facts_to_triples(u.facts, DEFAULT_BASE, u.segments, u.events)]
    return identity, [*triples, *identity_triples(identity, DEFAULT_BASE)]


def test_records_tell_what_identity_is_judged_by() -> None:
    text = "Mayor Elena Rask of Arken met Omar Reyes. The mayor smiled."
    rask = Entity(
        "e1", Kind.PERSON, "Elena Rask", ("Rask",), mentions=(builders.mention(text, "Elena Rask"),)
    )
    arken = builders.entity(text, "Arken", Kind.PLACE)
    role = Role("e1", "Mayor", "Arken", False, builders.span(text, "Mayor"), Span(0, 41))
    group = Entity("g", Kind.GROUP, "crowd")
    both = records_of(Facts(article("a", text), (rask, arken, group), (role,)))
    assert [(r.name, r.roles and (r.roles[0].title, r.roles[0].body)) for r in both] == [
        ("Elena Rask", ("Mayor", "Arken")),
        ("Arken", ("Mayor", "Elena Rask")),
    ]
    assert both[0].neighbours == both[1].neighbours == ("Elena Rask", "Arken")
    assert [IdentityRecord.from_json(r.to_json()) for r in both] == list(both)


def test_one_thing_is_one_node_with_one_label() -> None:
    first, second = facts("a"), facts("b", patient="Omar Ismail Reyes")
    graph = triples_to_graph(together(first, second)[1])
    rask = URIRef(DEFAULT_BASE + "person/elena-rask")
    assert len({str(span).partition("#")[0] for span in graph.objects(rask, GAF.denotedBy)}) == 2
    (reyes,) = set(graph.subjects(SKOS.altLabel, None))
    assert len(list(graph.objects(reyes, RDFS.label))) == 1
    assert not validate(graph)


def test_entities_of_one_article_that_are_one_become_one() -> None:
    text = "Harbour Workers Union (HWU) met. Harbor Workers Union won."
    entities = (
        builders.entity(text, "Harbour Workers Union", Kind.ORGANIZATION),
        builders.entity(text, "Harbor Workers Union", Kind.ORGANIZATION),
    )
    one = Facts(article("a", text), entities)
    unified = unify(one, identify(records_of(one), world()))
    (entity,) = unified.facts.entities
    assert len(entity.mentions) == 2


def test_decisions_are_triples_with_score_and_reasons() -> None:
    shared = {"roles": ["mayor of Arken"], "neighbours": ("Port of Arken",)}
    identity = who(
        record("a", "Robert Hale", **shared), record("b", "Bob Hale", **shared), record("c", "Robert Hale")
    )
    graph = triples_to_graph(identity_triples(identity, DEFAULT_BASE))
    (judged,) = graph.subjects(RDF.type, NKG.Judgement)
    (statement,) = graph.triples((None, OWL.sameAs, None))
    assert [str(node).rpartition("/")[2] for node in (statement[0], statement[2])] == [
        "bob-hale",
        "robert-hale",
    ]
    assert float(graph.value(judged, NKG.confidence)) > 0.9
    assert len(list(graph.objects(judged, NKG.reason))) >= 2
    assert not validate(graph)
    assert str(identity_graph(DEFAULT_BASE)) == DEFAULT_BASE + "identity"


def test_what_is_close_but_not_one_is_a_close_match() -> None:
    identity = who(
        record("a", "Steve Hale", neighbours=("Port", "Ann Lee")),
        record("b", "Steve Moor", neighbours=("Port", "Ann Lee")),
        record("c", "Steve", neighbours=("Port", "Ann Lee")),
    )
    graph = triples_to_graph(identity_triples(identity, DEFAULT_BASE))
    assert list(graph.triples((None, SKOS.closeMatch, None)))


def test_countries_and_organisations_are_linked_by_what_ships() -> None:
    place = record("a", "France", Kind.PLACE, same_as=("https://sws.geonames.org/3017382/",))
    body = record("a", "World Health Organisation", Kind.ORGANIZATION)
    band = record("a", "Harbour Orchestra", Kind.ORGANIZATION)
    identity = who(place, body, band, linker=load_linker(world()))
    assert "http://www.wikidata.org/entity/Q142" in identity.assigned[place.key].same_as
    assert identity.assigned[body.key].same_as == ("http://www.wikidata.org/entity/Q7817",)
    assert identity.assigned[band.key].same_as == ()
    assert not validate(triples_to_graph(identity_triples(identity, DEFAULT_BASE)))


# --- one event, several sources


def events_of(*all_facts: Facts) -> set[object]:
    return set(triples_to_graph(together(*all_facts, merge_events=True)[1]).subjects(RDF.type, SEM.Event))


def test_an_event_that_two_articles_report_is_one_with_two_sources() -> None:
    graph = triples_to_graph(together(facts("a"), facts("b"), merge_events=True)[1])
    (event,) = graph.subjects(RDF.type, SEM.Event)
    assert str(event).endswith("/event/a/v1")
    assert {
        str(span).rpartition("/")[2].partition("#")[0] for span in graph.objects(event, GAF.denotedBy)
    } == {"a", "b"}
    assert not validate(graph)


@pytest.mark.parametrize(
    "other",
    [
        facts("b", "saw"),
        facts("b", patient="Ann Lee"),
        facts("b", modality=Modality.PLANNED),
    ],
)
def test_events_that_may_be_two_stay_two(other: Facts) -> None:
    assert len(events_of(facts("a"), other)) == 2


def test_an_event_of_another_day_is_another() -> None:
    later = facts("b")
    event = replace(later.events[0], time=TimeRef("2031-05-08"))
    assert len(events_of(facts("a"), replace(later, events=(event,)))) == 2


def test_without_decisions_none_is_unmatched() -> None:
    identity = identify(records_of(facts("a")), world())
    assert identity.unmatched == () and Overrides().decisions == ()


def test_nothing_happens_in_what_most_articles_know_for_a_body() -> None:
    """The one article that takes the works for a place loses its place of the event, and the graph stays valid."""
    several = [facts(name) for name in "abcd"]
    entities = [
        replace(e, name="Velde", kind=Kind.PLACE) if e.name == "Arken" else e for e in several[0].entities
    ]
    corporation = ("schema:Corporation",)
    turned = [replace(several[0], entities=tuple(entities))]
    for one in several[1:]:
        text = one.article.text.replace("Arken", "Velde")
        velde = builders.entity(text, "Velde", Kind.ORGANIZATION, classes=corporation)
        others = tuple(e for e in one.entities if e.name != "Arken")
        events = tuple(replace(e, places=()) for e in one.events)
        turned.append(
            replace(one, article=article(one.article.id, text), entities=(*others, velde), events=events)
        )
    identity, triples = together(*turned)
    node = identity.node("a", "Arken")
    assert node is not None and node.kind is Kind.ORGANIZATION
    assert (None, SEM.hasPlace) not in {(None, t[1]) for t in triples}
    assert validate(triples_to_graph(triples)) == []


def test_a_pair_is_judged_once() -> None:
    records = [
        *(record(doc, "Navy", Kind.ORGANIZATION, neighbours=("Coast Guard",)) for doc in "ab"),
        *(record(doc, "Arken Navy", Kind.ORGANIZATION, neighbours=("Coast Guard",)) for doc in "cd"),
        *(record(doc, "Navy", Kind.ORGANIZATION, neighbours=("Elena Rask",)) for doc in "ef"),
        record("g", "Arken Navy", Kind.ORGANIZATION, neighbours=("Omar Reyes",)),
    ]
    judged = [(j.left, j.right) for j in who(*records).judgements]
    assert len(judged) == len(set(judged))
