"""How present an antecedent is to the reader at a later point of the text.

After Lappin and Leass (1994), An Algorithm for Pronominal Anaphora Resolution: recency by sentence, grammatical
role, parallelism and frequency, as a sum of the weights in `data/weights.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kg.parsed import BlockKind, Parsed, Token
from kg.resolve.references.antecedents import SUBJECT, Antecedent, doer_beside, is_in_main_clause, is_told_by
from kg.scoring import weights


def salience(parsed: Parsed, pronoun: Token, candidate: Antecedent, mentions_so_far: int) -> float:
    """Return the weight of `candidate` for `pronoun`; higher is likelier, below about -3 is out of sight."""
    head = parsed.tokens[candidate.head]
    distance = pronoun.sent - head.sent
    w = weights("kg.resolve")
    score = w["salience.sentence_back"] * distance + w["salience.token_back"] * (pronoun.i - head.i)
    score += _of_its_role(parsed, pronoun, head)
    owns = bool(candidate.things) or candidate.plural  # the future has nothing of its own
    if owns and pronoun.dep == "poss" and head.i == doer_beside(parsed, pronoun):
        owner = "salience.owner_of_own_clause"
        score += w[owner if head.dep in SUBJECT else f"{owner}_as_object"]
    if candidate.adjectival:
        score += w["salience.adjectival"]
    if candidate.name:
        score += w["salience.name"]
    score += w["salience.often"] * math.log1p(mentions_so_far)
    block = parsed.blocks[head.block]
    if block.kind is not BlockKind.BODY and head.block != pronoun.block:
        score += w["salience.aside"]
    if head.block != pronoun.block:
        score += w["salience.other_block"]
    return score


def _of_its_role(parsed: Parsed, pronoun: Token, head: Token) -> float:
    """Return what the grammatical role of an antecedent adds, more where the pronoun has it, too."""
    w, role = (
        weights("kg.resolve"),
        parsed.top(head, "appos"),
    )  # "Norwind, an airline, said": both are its subject
    if role.dep in SUBJECT:
        weight = w[
            "salience.subject_of_main_clause" if is_in_main_clause(parsed, role) else "salience.subject"
        ]
        if pronoun.dep in SUBJECT:
            weight += w["salience.both_subjects"]
            weight += w["salience.told_by"] if is_told_by(parsed, pronoun, role) else 0.0
        return weight
    if head.dep in ("dobj", "pobj", "agent", "dative"):
        return w["salience.object_of_preposition" if head.dep == "pobj" else "salience.object"]
    return w["salience.modifier"] if head.dep in ("poss", "compound", "nmod", "amod") else 0.0


def best(scored: Sequence[tuple[float, Antecedent]]) -> tuple[float, float, Antecedent] | None:
    """Return the best score, its lead over the second (of another thing), and the antecedent."""
    if not scored:
        return None
    ordered = sorted(scored, key=lambda s: (-s[0], s[1].head))
    top = ordered[0]
    rest = [s for s in ordered[1:] if s[1].things != top[1].things or not top[1].things]
    return top[0], top[0] - rest[0][0] if rest else 2.0, top[1]
