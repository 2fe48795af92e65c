"""Whether the words that a label keeps tell how the article stands to a happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.lexicon import Lexicon
from kg.lexicon.governors import GovernorPart
from kg.model import Modality
from kg.parsed import Parsed, Token

CONTRASTS = frozenset({"than", "instead"})
POS: Mapping[str, GovernorPart] = {
    "VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj",
}  # fmt: skip
PARTS: Mapping[str, tuple[GovernorPart, ...]] = {
    "aux": ("aux",), "mark": ("mark", "prep"), "advmod": ("adverb", "mark"), "amod": ("modifier",), "prep": ("prep",),
    "det": ("quantifier",), "compound": ("modifier",), "preconj": ("quantifier", "adverb"), "cc": ("adverb",),
}  # fmt: skip
EFFECTS = {
    "reported": Modality.REPORTED, "hypothetical": Modality.HYPOTHETICAL, "planned": Modality.PLANNED,
    "negated": Modality.NEGATED,
}  # fmt: skip


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
    table, lower = lexicon.governors, token.text.lower()
    found: set[Modality] = set()
    if token.dep == "neg" or lower in CONTRASTS or (lower == "no" and token.dep == "det"):
        found.add(Modality.NEGATED)
    if token.tag == "TO" and token.dep == "aux":
        found.add(Modality.PLANNED)
    for part in PARTS.get(token.dep, ()):
        governor = table.word(lower, part)
        if governor is not None and governor.effect in EFFECTS:
            found.add(EFFECTS[governor.effect])
    if own:
        return found
    part_of_speech = POS.get(token.pos)
    if part_of_speech is not None:
        for governor in table.by_word.get((token.lemma.lower(), part_of_speech), ()):
            if governor.effect in EFFECTS:
                found.add(EFFECTS[governor.effect])
    effect = lexicon.tables.constructions.noun_object_effects.get(token.lemma.lower())
    if effect and token.pos == "VERB":
        found.add(Modality(effect))
    return found
