"""Write the events: who did what to whom, where and when, and how the article stands to it."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import URIRef

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.triple_builder import TripleBuilder
from kg.graph.vocabulary import NKG, OWL, RDF, RDFS, SEM, expand
from kg.model import Event, Modality, OwnClass

_MODALITY = {modality: NKG[modality.value] for modality in Modality}
_PARTS = (("agents", NKG.agent), ("patients", NKG.patient), ("places", SEM.hasPlace))


def write(builder: TripleBuilder) -> None:
    """Write every event with its participants, time, modality and evidence."""
    statements = {statement.id for statement in builder.facts.statements}
    seen: set[str] = set()
    own = {one.curie: _declared(builder, one) for one in builder.facts.classes}
    for event in builder.facts.events:
        if event.id in seen:
            raise GraphError(f"{builder.path}: two events have the id '{event.id}'")
        seen.add(event.id)
        _write(builder, event, statements, own)


def _declared(builder: TripleBuilder, one: OwnClass) -> tuple[URIRef, URIRef]:
    """Write what a class of the user's own is, and return it with the class of the model that it is a kind of."""
    above = expand(one.parent)
    node = (
        iris.external_iri(one.iri)
        if one.iri is not None
        else iris.absolute(builder.base, f"class/{iris.slug(one.curie.partition(':')[2])}")
    )
    if any(event.event_class == one.curie for event in builder.facts.events):
        builder.add(node, RDF.type, OWL.Class)
        builder.add(node, RDFS.subClassOf, above)
        builder.add(node, RDFS.label, literals.text(one.name))
        builder.add(node, RDFS.comment, literals.text(one.definition))
        builder.add(node, NKG.stance, NKG[one.stance.capitalize()])
    return node, above


def _write(
    builder: TripleBuilder, event: Event, statements: set[str], own: Mapping[str, tuple[URIRef, URIRef]]
) -> None:
    node, add, user = builder.event(event.id), builder.add, f"event '{event.id}'"
    if not event.spans or not event.sentences:
        raise GraphError(f"{builder.path}: {user} has no evidence")
    add(node, RDF.type, SEM.Event)
    for event_class in own.get(event.event_class) or (expand(event.event_class),):
        add(node, RDF.type, event_class)
    add(node, RDFS.label, literals.text(event.label))
    add(node, NKG.trigger, literals.text(event.trigger))
    for part, predicate in _PARTS:
        for identifier in getattr(event, part):
            add(node, predicate, builder.entity(identifier, user))
    for theme in event.themes:
        add(node, NKG.theme, literals.text(theme))
    builder.timed(node, event.time)
    add(node, NKG.modality, _MODALITY[event.modality])
    if event.according_to is not None:
        if event.according_to not in statements:
            raise GraphError(f"{builder.path}: {user} names the unknown statement '{event.according_to}'")
        add(node, NKG.accordingTo, builder.fact("statement", iris.id_slug(event.according_to)))
    for span in event.spans:
        builder.denoted(node, span)
    for sentence in event.sentences:
        builder.derived(node, sentence)
    builder.confident(node, event.confidence)
