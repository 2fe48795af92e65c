"""Write the entities: what they are, what they are called, where the text speaks of them."""

from __future__ import annotations

from kg.graph import iris, literals
from kg.graph.triple_builder import TripleBuilder
from kg.graph.vocabulary import NKG, OWL, RDF, RDFS, SCHEMA, SKOS, expand
from kg.model import Entity, Kind

_TOP = {
    Kind.PERSON: SCHEMA.Person,
    Kind.ORGANIZATION: SCHEMA.Organization,
    Kind.PLACE: SCHEMA.Place,
    Kind.GROUP: NKG.Group,
}


def write(builder: TripleBuilder) -> None:
    """Write every entity; one that the text never mentions gets a label, but no class."""
    for entity in builder.facts.entities:
        _write(builder, entity)


def _write(builder: TripleBuilder, entity: Entity) -> None:
    node, add = builder.iris[entity.id], builder.add
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
        builder.denoted(node, mention.span)
        if mention.phrase is not None:
            builder.denoted(node, mention.phrase)
