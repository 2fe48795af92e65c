"""Whether the words that a label keeps tell how the article stands to a happening."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon import Lexicon
from kg.model import Modality
from kg.parsed import Parsed, Token

CONTRASTS = frozenset({"than", "instead"})
POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


def stances(
    parsed: Parsed, kept: Iterable[int], below: frozenset[int], lexicon: Lexicon
) -> frozenset[Modality]:
    """Return what the kept words make of a happening; `below` are the words of the happening itself, which govern
    nothing.
    """
    found: set[Modality] = set()
    for i in sorted(kept):
        found |= _of(parsed.tokens[i], i in below, lexicon)
    return frozenset(found)


def tells(stance: Modality, told: frozenset[Modality]) -> bool:
    """Tell whether what words tell is as unsure as the stance asks for."""
    if stance is Modality.ASSERTED or stance in told:
        return True
    unsure = {Modality.PLANNED, Modality.HYPOTHETICAL}
    if stance in unsure:
        return bool(told & {*unsure, Modality.NEGATED})
    return False


def _of(token: Token, own: bool, lexicon: Lexicon) -> set[Modality]:
    words, lower = lexicon.modality, token.text.lower()
    found: set[Modality] = set()
    if (
        token.dep == "neg"
        or lower in words.negators
        or lower in CONTRASTS
        or (lower == "no" and token.dep == "det")
    ):
        found.add(Modality.NEGATED)
    if token.tag == "TO" and token.dep == "aux":
        found.add(Modality.PLANNED)
    if token.dep == "aux":
        if lower in words.planned_auxiliaries:
            found.add(Modality.PLANNED)
        if lower in words.hypothetical_auxiliaries:
            found.add(Modality.HYPOTHETICAL)
    if token.dep in ("mark", "advmod") and lower in words.conditionals:
        found.add(Modality.HYPOTHETICAL)
    if lower in words.reported_adverbs or lower in words.reported_adjectives:
        found.add(Modality.REPORTED)
    if lower in words.hypothetical_adverbs or lower in words.hypothetical_adjectives:
        found.add(Modality.HYPOTHETICAL)
    if lower in words.planned_adjectives:
        found.add(Modality.PLANNED)
    if own:
        return found
    lemma = token.lemma.lower()
    for embedding in words.embeddings.get((lemma, POS.get(token.pos, "")), ()):
        if embedding.effect != "asserted":
            found.add(Modality(embedding.effect.capitalize()))
    effect = lexicon.tables.constructions.noun_object_effects.get(lemma)
    if effect and token.pos == "VERB":
        found.add(Modality(effect))
    return found
