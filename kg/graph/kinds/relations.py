"""Write the relations between things: a plain triple as the shortcut, and a node that holds its evidence."""

from __future__ import annotations

from collections import defaultdict

from kg.graph import iris
from kg.graph.triple_builder import TripleBuilder
from kg.graph.vocabulary import NKG, RDF, expand
from kg.model import Relation


def write(builder: TripleBuilder) -> None:
    """Write one `nkg:Relation` for each subject, predicate and object; each telling adds its sentence."""
    told: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    for relation in builder.facts.relations:
        told[relation.subject, relation.predicate, relation.object].append(relation)
    used: dict[str, int] = {}
    add = builder.add
    for (subject_id, curie, object_id), relations in sorted(told.items()):
        subject = builder.entity(subject_id, f"a relation {curie}")
        target = builder.entity(object_id, f"a relation {curie}")
        predicate = expand(curie)
        name = curie.partition(":")[2]
        # a person and a place of one name give one segment: the number keeps them apart
        local = iris.joined(str(subject).rpartition("/")[2], name, str(target).rpartition("/")[2])
        node = builder.fact("relation", iris.numbered(local, used))
        add(node, RDF.type, NKG.Relation)
        add(node, RDF.subject, subject)
        add(node, RDF.predicate, predicate)
        add(node, RDF.object, target)
        for relation in relations:
            builder.derived(node, relation.sentence)
        builder.confident(node, max(relation.confidence for relation in relations))
        add(subject, predicate, target)
