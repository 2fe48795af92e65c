"""Tells where "it" does, has or is what only bodies do, have and are: no bridge files a suit."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

GOODS = frozenset({"PRODUCT", "ORG", "FAC", "WORK_OF_ART"})


def is_bodily(parsed: Parsed, token: Token, lexicon: Lexicon) -> bool:
    """Tell it of a pronoun by what it does or has: "it said", "its shares", "its Norwind 40"."""
    words, above = lexicon.tables.constructions, parsed.tokens[token.head]
    if token.dep == "poss":
        had = above.lemma.lower() in words.owned_by_bodies | words.had_by_bodies
        things = [above, *parsed.dependents(above, "compound", "nmod")]
        return had or any(t.tag in ("NNP", "NNPS") or _is_named(parsed, t.i) for t in things)
    return token.dep == "nsubj" and above.lemma.lower() in words.acts_of_bodies


def has_mind(parsed: Parsed, token: Token, lexicon: Lexicon) -> bool:
    """Tell it of a pronoun by what is said of it: "it is unable to say which"."""
    if token.dep != "nsubj":
        return False
    said = parsed.dependents(parsed.tokens[token.head], "acomp")
    return any(a.lemma.lower() in lexicon.tables.constructions.of_minds for a in said)


def may_act(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun is for a body or group: "the airline", "a crowd"."""
    lemma, tables = noun.lemma.lower(), lexicon.tables
    return lemma in tables.organization_words or lemma in tables.group_nouns


def _is_named(parsed: Parsed, token: int) -> bool:
    return any(n.label in GOODS and n.first <= token < n.last for n in parsed.names)
