"""How present an antecedent is to the reader at a later point of the text.

After Lappin and Leass (1994), An Algorithm for Pronominal Anaphora Resolution: recency by sentence, grammatical
role, parallelism and frequency, as a sum of weights. Noun phrases that are no entity of ours compete too, so that
"it" finds the ship and not the nearest organisation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.parsed import BlockKind, Parsed, Token
from kg.resolve.things import Thing

SUBJECT = frozenset({"nsubj", "nsubjpass"})
OWN_CLAUSE = 0.7  # "forced Norwind to lower its prices": whose clause it is, before whose sentence it is
TOLD = 0.4  # "Norwind said it": whose words the clause is
WINDOW = 4  # sentences looked back


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Something spoken of at `head`: one thing, several ("A and B"), or none of ours (`things` empty).

    `kind` is a `Kind` value or "thing"; `gender` `m`, `f` or empty.
    """

    head: int
    things: tuple[Thing, ...]
    kind: str
    plural: bool
    gender: str
    name: bool
    adjectival: bool = False


def salience(parsed: Parsed, pronoun: Token, candidate: Antecedent, mentions_so_far: int) -> float:
    """Return the weight of `candidate` for `pronoun`; higher is likelier, below about -3 is out of sight."""
    head = parsed.tokens[candidate.head]
    distance = pronoun.sent - head.sent
    score = -1.0 * distance - 0.01 * (pronoun.i - head.i) / 5
    if distance == 0 and head.i > pronoun.i:
        score -= 1.5  # cataphora
    role = head
    while role.dep == "appos" and role.head != role.i:  # "Norwind, an airline, said": both are its subject
        role = parsed.tokens[role.head]
    if role.dep in SUBJECT:
        score += 1.3 if _main_clause(parsed, role) else 0.8
        if pronoun.dep in SUBJECT:
            score += 0.4
            if _is_told_by(parsed, pronoun, role):
                score += TOLD
    elif head.dep in ("dobj", "pobj", "agent", "dative"):
        score += 0.3 if head.dep != "pobj" else 0.05
    elif head.dep in ("poss", "compound", "nmod", "amod"):
        score -= 0.3
    owns = bool(candidate.things) or candidate.plural  # the future has nothing of its own
    if owns and pronoun.dep == "poss" and head.i == _doer(parsed, pronoun):
        score += OWN_CLAUSE if head.dep in SUBJECT else OWN_CLAUSE + 0.5
    if candidate.adjectival:
        score -= 1.2
    if candidate.name:
        score += 0.25
    score += 0.25 * math.log1p(mentions_so_far)
    block = parsed.blocks[head.block]
    if block.kind is not BlockKind.BODY and head.block != pronoun.block:
        score -= 1.0
    if head.block != pronoun.block:
        score -= 0.3
    return score


def _is_told_by(parsed: Parsed, pronoun: Token, subject: Token) -> bool:
    """Tell whether the clause of the pronoun is what the subject says: "Norwind said it would close"."""
    verb = parsed.tokens[pronoun.head]
    return verb.dep == "ccomp" and subject.head == verb.head


def _doer(parsed: Parsed, token: Token) -> int:
    """Return who does what the nearest verb above says, or -1: its subject, or the one made to do it."""
    while token.head != token.i and parsed.tokens[token.head].pos not in ("VERB", "AUX"):
        token = parsed.tokens[token.head]
    verb = parsed.tokens[token.head]
    doers = parsed.dependents(verb, *SUBJECT)
    if not doers and verb.dep == "xcomp":
        above = parsed.tokens[verb.head]
        doers = parsed.dependents(above, "dobj") or parsed.dependents(above, *SUBJECT)
    return doers[0].i if doers else -1


def _main_clause(parsed: Parsed, token: Token) -> bool:
    verb = parsed.tokens[token.head]
    return verb.dep in ("ROOT", "conj", "ccomp") or verb.head == verb.i


def same_clause_argument(parsed: Parsed, pronoun: Token, head: Token) -> bool:
    """Tell whether both are arguments of one verb, so that only a reflexive could join them (Principle B)."""
    if pronoun.dep == "poss" or pronoun.text.lower().endswith(("self", "selves")):
        return pronoun.dep == "poss" and (pronoun.head == head.i or _explains(parsed, pronoun, head))
    verb, other = pronoun.head, head.head
    if parsed.tokens[verb].pos == "ADP":
        verb = parsed.tokens[verb].head
    if parsed.tokens[other].pos == "ADP":
        other = parsed.tokens[other].head
    if head.dep in SUBJECT and pronoun.dep not in SUBJECT:  # "Ana met Eva and thanked her"
        while parsed.tokens[verb].dep == "conj" and not parsed.dependents(parsed.tokens[verb], *SUBJECT):
            verb = parsed.tokens[verb].head
    return verb == other and parsed.tokens[verb].pos in ("VERB", "AUX")


def _explains(parsed: Parsed, pronoun: Token, head: Token) -> bool:
    """Tell whether what the pronoun owns is said to be who is named: "Ana, her deputy", "Ana will be her deputy"."""
    noun = parsed.tokens[pronoun.head]
    if any(c.text.lower() == "own" for c in parsed.dependents(noun)):
        return False
    if noun.dep == "appos":
        return noun.head == head.i
    return noun.dep == "attr" and head.dep == "nsubj" and noun.head == head.head


def inside(parsed: Parsed, token: Token, head: Token) -> bool:
    """Tell whether `token` stands within the noun phrase of `head` ("Lavrov and his wife": "his" is
    inside the pair).
    """
    return head.left <= token.i <= head.right and head.i != token.i


def best(scored: Sequence[tuple[float, Antecedent]]) -> tuple[float, float, Antecedent] | None:
    """Return the best score, its lead over the second (of another thing), and the antecedent."""
    if not scored:
        return None
    ordered = sorted(scored, key=lambda s: (-s[0], s[1].head))
    top = ordered[0]
    rest = [s for s in ordered[1:] if s[1].things != top[1].things or not top[1].things]
    return top[0], top[0] - rest[0][0] if rest else 2.0, top[1]
