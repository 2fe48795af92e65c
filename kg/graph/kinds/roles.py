"""Write who holds which position where, as memberships of the W3C Organization Ontology, with shortcuts."""

from __future__ import annotations

from collections import defaultdict

from rdflib import URIRef

from kg.graph import iris, literals
from kg.graph.triple_builder import TripleBuilder
from kg.graph.vocabulary import NKG, ORG, RDF, RDFS, SCHEMA, SKOS
from kg.model import Kind, Modality, Role

_MEMBER_OF = frozenset(
    {"nkg:ArmedGroup", "nkg:Legislature", "nkg:PoliticalParty", "schema:SportsTeam", "schema:WorkersUnion"}
)
"""Bodies that one belongs to rather than works for."""


def write(builder: TripleBuilder) -> None:
    """Write one membership for each person, title, organisation, tense and modality; each telling adds its spans."""
    told: dict[tuple[str, URIRef, str | None, bool, Modality], list[Role]] = defaultdict(list)
    for role in sorted(
        builder.facts.roles, key=lambda r: (r.span, r.person, r.title, r.organization or "", r.former)
    ):
        post = iris.role_iri(builder.base, role.words)
        told[role.person, post, role.organization, role.former, role.modality].append(role)
    classes = {entity.id: set(entity.classes) for entity in builder.facts.entities}
    used: dict[str, int] = {}
    # "Foreign Minister" and "foreign minister" are one post: its first spelling counts
    titles: dict[URIRef, str] = {}
    labels: dict[URIRef, str] = {}
    for (person_id, post, body_id, former, modality), roles in told.items():
        person = builder.entity(person_id, f"the role '{roles[0].title}'")
        body = builder.entity(body_id, f"the role '{roles[0].title}'") if body_id is not None else None
        parts = [str(node).rpartition("/")[2] for node in (person, post, body) if node is not None]
        node = builder.fact("membership", iris.numbered(iris.joined(*parts), used))
        add = builder.add
        add(node, RDF.type, ORG.Membership)
        add(node, ORG.member, person)
        add(node, ORG.role, post)
        add(node, NKG.former, literals.boolean(former))
        add(node, NKG.modality, NKG[modality.value])
        builder.confident(node, max(role.confidence for role in roles))
        for role in roles:
            builder.denoted(node, role.span)
            builder.derived(node, role.sentence)
        add(post, RDF.type, ORG.Role)
        add(post, RDFS.label, literals.text(labels.setdefault(post, roles[0].words)))
        title = literals.text(titles.setdefault(post, roles[0].title))
        if titles[post] != labels[post]:  # "ministers": what one of them is
            add(post, SKOS.prefLabel, title)
        if body is not None:
            add(node, ORG.organization, body)
        if former or modality is not Modality.ASSERTED:
            continue  # the shortcuts speak of what is, and now
        add(person, SCHEMA.jobTitle, title)
        if body is not None and body_id is not None and builder.kinds[body_id] is Kind.ORGANIZATION:
            add(person, SCHEMA.memberOf if classes[body_id] & _MEMBER_OF else SCHEMA.worksFor, body)
