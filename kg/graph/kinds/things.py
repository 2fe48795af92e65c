"""Write the entities: what they are, what they are called, where the text speaks of them."""

from __future__ import annotations

from kg.graph import iris, literals
from kg.graph.triple_builder import Sheet
from kg.graph.vocabulary import NKG, OWL, RDF, RDFS, SCHEMA, SKOS, expand
from kg.model import Entity, Kind

_TOP = {
    Kind.PERSON: SCHEMA.Person,
    Kind.ORGANIZATION: SCHEMA.Organization,
    Kind.PLACE: SCHEMA.Place,
    Kind.GROUP: NKG.Group,
}


def write(sheet: Sheet) -> None:
    """Write every entity; one that the text never mentions gets a label, but no class."""
    for entity in sheet.facts.entities:
        _write(sheet, entity)


def _write(sheet: Sheet, entity: Entity) -> None:
    node, add = sheet.iris[entity.id], sheet.add
    if entity.mentions or entity.kind is Kind.GROUP:
        add(node, RDF.type, _TOP[entity.kind])
        for curie in entity.classes:
            add(node, RDF.type, expand(curie))
    add(node, RDFS.label, literals.text(entity.name))
    for alias in entity.aliases:
        if alias != entity.name:
            add(node, SKOS.altLabel, literals.text(alias))
    for name in entity.former_names:
        add(node, NKG.formerName, literals.text(name))
    for iri in entity.same_as:
        add(node, OWL.sameAs, iris.external_iri(iri))
    if entity.latitude is not None and entity.longitude is not None:
        add(node, SCHEMA.latitude, literals.degrees(entity.latitude))
        add(node, SCHEMA.longitude, literals.degrees(entity.longitude))
    for mention in entity.mentions:
        sheet.denoted(node, mention.span)
        if mention.phrase is not None:
            sheet.denoted(node, mention.phrase)
