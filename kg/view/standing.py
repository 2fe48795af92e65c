"""Of which things nothing is told as fact: what is only reported, planned, possible or said not to be so."""

from __future__ import annotations

from collections import defaultdict

from kg.view import styles
from kg.view.records import Story


def standing(story: Story) -> dict[str, str]:
    """Return by the IRIs of such things the modality that is nearest to fact; `KG.standing` is the same rule.

    Who speaks is there; to be spoken of says nothing of it either way.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for fact in story.facts:
        parts = fact.who("speaker") if fact.kind == "statement" else [iri for _, iri in fact.parts]
        for iri in parts:
            told[iri].add(fact.modality)
    order = list(styles.load()["modalities"])
    return {iri: min(own, key=order.index) for iri, own in told.items() if "Asserted" not in own}
