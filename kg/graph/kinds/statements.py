"""Write the statements: one node for each contiguous stretch of reported speech."""

from __future__ import annotations

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.triple_builder import TripleBuilder
from kg.graph.vocabulary import NKG, RDF, SCHEMA
from kg.model import Statement


def write(builder: TripleBuilder) -> None:
    """Write every statement with its speaker, words, addressee, subjects, time and evidence."""
    seen: set[str] = set()
    for statement in builder.facts.statements:
        if statement.id in seen:
            raise GraphError(f"{builder.path}: two statements have the id '{statement.id}'")
        seen.add(statement.id)
        _write(builder, statement)


def _write(builder: TripleBuilder, statement: Statement) -> None:
    node, add = builder.fact("statement", iris.id_slug(statement.id)), builder.add
    user = f"statement '{statement.id}'"
    add(node, RDF.type, NKG.Statement)
    add(node, SCHEMA.text, literals.text(statement.text))
    add(node, NKG.direct, literals.boolean(statement.direct))
    if statement.speaker is not None:
        add(node, NKG.speaker, builder.entity(statement.speaker, user))
    for other in statement.co_speakers:
        add(node, NKG.speaker, builder.entity(other, user))
    if statement.cue:
        add(node, NKG.cue, literals.text(statement.cue))
    if statement.addressee is not None:
        add(node, NKG.addressee, builder.entity(statement.addressee, user))
    for identifier in statement.about:
        add(node, SCHEMA.about, builder.entity(identifier, user))
    builder.timed(node, statement.time)
    builder.denoted(node, statement.span)
    builder.derived(node, statement.sentence)
    builder.confident(node, statement.confidence)
