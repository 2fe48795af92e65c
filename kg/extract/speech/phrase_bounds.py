"""Where the grammar lets a stretch of speech begin and end, so that the likeliest one is whole.

Nobody says "the handling of the": a stretch that parts an article from its noun, a preposition from its object, a verb
from its subject or object costs more the less it can stand by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.parsed import Parsed

# What completes the word before it.
_COMPLETING = "pobj pcomp dobj attr acomp xcomp ccomp oprd dative agent prt neg case quantmod nummod"
COMPLETING = frozenset(_COMPLETING.split())
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
LOOSE = frozenset({"punct", "cc", "mark", "preconj", "advcl", "conj", "dep", "npadvmod", "meta", "intj"})
CLAUSES = frozenset({"ccomp", "parataxis", "ROOT"})  # above these is who says it
OPENERS = frozenset({"cc", "mark", "preconj"})  # these begin what is said, and end nothing
APART = frozenset({"according", "per", "despite", "without", "as", "like", "because", "amid", "following"})
STEPS = 12
LIGHT = 0.3  # of the weight, where a phrase goes on that could as well belong to who says it
HALF = 0.6  # of the weight, where a phrase could do without


@dataclass(frozen=True, slots=True)
class Bounds:
    """What it costs that a stretch begins, or ends, before each token (one more than there are tokens)."""

    opening: tuple[float, ...]
    closing: tuple[float, ...]


def phrase_bounds(parsed: Parsed, weight: float) -> Bounds:
    """Return what beginnings and endings cost; one that tears a phrase apart costs `weight`, in natural logarithms."""
    size = len(parsed.tokens)
    opening, closing = [0.0] * (size + 1), [0.0] * (size + 1)
    for sentence in parsed.sentences:
        for gap in range(sentence.first + 1, sentence.last):
            opening[gap] = weight * _torn_before(parsed, gap)
            closing[gap] = weight * _torn_after(parsed, gap)
    return Bounds(tuple(opening), tuple(closing))


def _torn_before(parsed: Parsed, gap: int) -> float:
    """Return how much a stretch that begins at token `gap` lacks, 0 to 1."""
    tokens = parsed.tokens
    node, apart = tokens[gap], tokens[gap - 1].pos == "PUNCT"
    if _within_name(parsed, gap):
        return 1.0
    if node.dep == "prep" and node.head == gap - 1 and tokens[gap - 1].pos in ("NOUN", "PROPN"):
        return HALF  # "reiterated his support | for the plan"
    for _ in range(STEPS):
        for kid in parsed.children[node.i]:
            if kid >= gap:
                break
            child = tokens[kid]
            if child.dep in LOOSE or child.tag in ("WDT", "WP") or (apart and child.i < gap - 1):
                continue
            if child.right == gap - 1 and not apart:
                loose = child.dep == "prep" or (child.dep == "advmod" and node.pos not in ("NUM", "ADJ"))
                return HALF if loose else 1.0
        if node.dep == "relcl" and node.head == gap - 1:
            return HALF  # "the impact | the ruling will have"
        if node.head < gap or node.dep in CLAUSES:
            break
        node = tokens[node.head]
    return 0.0


def _torn_after(parsed: Parsed, gap: int) -> float:
    """Return how much a stretch that ends before token `gap` lacks, 0 to 1."""
    tokens = parsed.tokens
    node = tokens[gap - 1]
    apart = tokens[gap].pos == "PUNCT" or node.pos == "PUNCT"
    if _within_name(parsed, gap) or (node.dep in OPENERS and not apart):
        return 1.0
    for _ in range(STEPS):
        for kid in () if apart else reversed(parsed.children[node.i]):
            if kid < gap:
                break
            child = tokens[kid]
            if child.dep in COMPLETING:
                return 1.0
            joined = node.pos in ("NOUN", "PROPN", "NUM", "ADJ") or node.tag == "VBG"
            if child.dep == "cc" and joined and child.i == gap:
                return HALF
            if child.dep == "prep" and child.i == gap and child.text.lower() not in APART:
                return 1.0 if child.text.lower() == "of" else LIGHT
        if node.dep in CLAUSES:
            break
        if node.head >= gap:
            if node.dep in SUBJECTS:
                return 0.0 if tokens[gap].pos == "PUNCT" else 1.0
            return 0.0 if apart or node.dep in LOOSE else 1.0
        node = tokens[node.head]
    return 0.0


def _within_name(parsed: Parsed, gap: int) -> bool:
    name = parsed.named_at(gap)
    return name is not None and name.first < gap
