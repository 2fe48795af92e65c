"""Tells a title that is a relative's: "Lena Corran, the wife of the prime minister", "the minister's son Adam"."""

from __future__ import annotations

from kg.extract.participants import Participants
from kg.heads.features import head_within
from kg.lexicon import Lexicon
from kg.model import Role
from kg.parsed import Parsed, Token

STEPS = 6  # from a title up to the noun of kinship that it hangs under
WITHIN = frozenset({"pobj", "prep", "poss", "compound", "appos", "nmod"})


def is_of_a_relative(role: Role, parsed: Parsed, people: Participants, lexicon: Lexicon) -> bool:
    """Return whether the title of a role stands under a noun of kinship that speaks of the role's person: the title
    is then that of whom he is kin to.
    """
    tokens = parsed.tokens_in(role.span)
    if not tokens:
        return False
    token = parsed.tokens[head_within(parsed, tokens[0].i, tokens[-1].i + 1)]
    for _ in range(STEPS):
        if token.dep not in WITHIN or token.head == token.i:
            return False
        token = parsed.tokens[token.head]
        if token.lemma.lower() in lexicon.tables.kinship:
            return role.person in _named_by(token, parsed, people)
        if role.person in people.linked(token):  # "her brother, *King* Adam"
            return False
    return False


def _named_by(noun: Token, parsed: Parsed, people: Participants) -> set[str]:
    """Return whom a noun of kinship speaks of, and who stands beside it in apposition."""
    beside = [noun, *parsed.dependents(noun, "appos")]
    if noun.dep in ("appos", "compound"):
        beside.append(parsed.tokens[noun.head])
    return {entity for token in beside for entity in people.linked(token)}
