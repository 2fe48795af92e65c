"""Write the statements: one node for each contiguous stretch of reported speech."""

from __future__ import annotations

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.triple_builder import Sheet
from kg.graph.vocabulary import NKG, RDF, SCHEMA
from kg.model import Statement


def write(sheet: Sheet) -> None:
    """Write every statement with its speaker, words, addressee, subjects, time and evidence."""
    seen: set[str] = set()
    for statement in sheet.facts.statements:
        if statement.id in seen:
            raise GraphError(f"{sheet.path}: two statements have the id '{statement.id}'")
        seen.add(statement.id)
        _write(sheet, statement)


def _write(sheet: Sheet, statement: Statement) -> None:
    node, add = sheet.fact("statement", iris.id_slug(statement.id)), sheet.add
    user = f"statement '{statement.id}'"
    add(node, RDF.type, NKG.Statement)
    add(node, SCHEMA.text, literals.text(statement.text))
    add(node, NKG.direct, literals.boolean(statement.direct))
    if statement.speaker is not None:
        add(node, NKG.speaker, sheet.entity(statement.speaker, user))
    for other in statement.co_speakers:
        add(node, NKG.speaker, sheet.entity(other, user))
    if statement.cue:
        add(node, NKG.cue, literals.text(statement.cue))
    if statement.addressee is not None:
        add(node, NKG.addressee, sheet.entity(statement.addressee, user))
    for identifier in statement.about:
        add(node, SCHEMA.about, sheet.entity(identifier, user))
    sheet.timed(node, statement.time)
    sheet.denoted(node, statement.span)
    sheet.derived(node, statement.sentence)
    sheet.confident(node, statement.confidence)
