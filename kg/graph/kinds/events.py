"""Write the events: who did what to whom, where and when, and how the article stands to it."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import URIRef

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.triple_builder import Sheet
from kg.graph.vocabulary import NKG, OWL, RDF, RDFS, SEM, expand
from kg.model import Event, Modality, OwnClass

_MODALITY = {modality: NKG[modality.value] for modality in Modality}
_PARTS = (("agents", NKG.agent), ("patients", NKG.patient), ("places", SEM.hasPlace))


def write(sheet: Sheet) -> None:
    """Write every event with its participants, time, modality and evidence."""
    statements = {statement.id for statement in sheet.facts.statements}
    seen: set[str] = set()
    own = {one.curie: _declared(sheet, one) for one in sheet.facts.classes}
    for event in sheet.facts.events:
        if event.id in seen:
            raise GraphError(f"{sheet.path}: two events have the id '{event.id}'")
        seen.add(event.id)
        _write(sheet, event, statements, own)


def _declared(sheet: Sheet, one: OwnClass) -> tuple[URIRef, URIRef]:
    """Write what a class of the user's own is, and return it with the class of the model that it is a kind of."""
    above = expand(one.parent)
    node = (
        iris.external_iri(one.iri)
        if one.iri is not None
        else iris.absolute(sheet.base, f"class/{iris.slug(one.curie.partition(':')[2])}")
    )
    if any(event.event_class == one.curie for event in sheet.facts.events):
        sheet.add(node, RDF.type, OWL.Class)
        sheet.add(node, RDFS.subClassOf, above)
        sheet.add(node, RDFS.label, literals.text(one.name))
        sheet.add(node, RDFS.comment, literals.text(one.definition))
        sheet.add(node, NKG.stance, NKG[one.stance.capitalize()])
    return node, above


def _write(
    sheet: Sheet, event: Event, statements: set[str], own: Mapping[str, tuple[URIRef, URIRef]]
) -> None:
    node, add, user = sheet.event(event.id), sheet.add, f"event '{event.id}'"
    if not event.spans or not event.sentences:
        raise GraphError(f"{sheet.path}: {user} has no evidence")
    add(node, RDF.type, SEM.Event)
    for event_class in own.get(event.event_class) or (expand(event.event_class),):
        add(node, RDF.type, event_class)
    add(node, RDFS.label, literals.text(event.label))
    add(node, NKG.trigger, literals.text(event.trigger))
    for part, predicate in _PARTS:
        for identifier in getattr(event, part):
            add(node, predicate, sheet.entity(identifier, user))
    for theme in event.themes:
        add(node, NKG.theme, literals.text(theme))
    sheet.timed(node, event.time)
    add(node, NKG.modality, _MODALITY[event.modality])
    if event.according_to is not None:
        if event.according_to not in statements:
            raise GraphError(f"{sheet.path}: {user} names the unknown statement '{event.according_to}'")
        add(node, NKG.accordingTo, sheet.fact("statement", iris.id_slug(event.according_to)))
    for span in event.spans:
        sheet.denoted(node, span)
    for sentence in event.sentences:
        sheet.derived(node, sentence)
    sheet.confident(node, event.confidence)
