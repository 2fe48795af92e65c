"""One role a person, title and organisation: what several articles tell of it are its sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.view.records import FactRecord, Story
from kg.view.styles import load


def joined(story: Story) -> Story:
    """Return the story with the tellings of one role as one fact, which is as its latest telling has it.

    The graph has a membership an article, tense and modality. Each sentence keeps the IRI of its own, and what it
    says of the role; on one day, that a role is held goes before that it was. A title is one whatever its spelling.
    """
    dates = {article.iri: article.date for article in story.articles}
    tellings: dict[tuple[object, ...], list[FactRecord]] = defaultdict(list)
    for fact in story.facts:
        if fact.kind == "role" and fact.post and fact.who("member"):
            tellings[fact.post, *fact.parts].append(fact)
    kept = {facts[0].iri: _one(facts, dates) for facts in tellings.values()}
    gone = {fact.iri for facts in tellings.values() for fact in facts[1:]}
    return replace(story, facts=tuple(kept.get(f.iri, f) for f in story.facts if f.iri not in gone))


def _one(facts: list[FactRecord], dates: dict[str, str]) -> FactRecord:
    if len(facts) == 1:
        return facts[0]

    def when(fact: FactRecord) -> tuple[str, bool]:
        return max((dates.get(piece.article, "") for piece in fact.evidence), default=""), not fact.former

    told = [replace(piece, of=fact.iri, state=_state(fact)) for fact in facts for piece in fact.evidence]
    told.sort(key=lambda piece: (dates.get(piece.article, ""), piece.article, piece.begin, piece.of))
    return replace(
        max(facts, key=when),
        iri=facts[0].iri,
        modality=min(fact.modality for fact in facts),  # as fact, where any has it so
        evidence=tuple(told),
        confidence=max(fact.confidence for fact in facts),
    )


def _state(fact: FactRecord) -> str:
    """Say of a telling what sets it apart from one that the role is held."""
    words = ["former"] if fact.former else []
    if fact.modality != "Asserted":
        words.append(str(load()["modalities"][fact.modality]["label"]).lower())
    return ", ".join(words)
