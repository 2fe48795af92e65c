"""Tells the "it" that speaks of nothing by its grammar alone."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token


def is_pleonastic(parsed: Parsed, token: Token, lexicon: Lexicon) -> bool:
    """Tell the "it" that speaks of nothing: "it is clear that …", "it seems", "it is snowing"."""
    verb = parsed.tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass", "expl") or verb.pos not in ("VERB", "AUX"):
        return token.dep == "expl"
    children = parsed.dependents(verb)
    if verb.lemma == "be":
        if _is_of_subject(children, parsed, lexicon):
            return False
        if any(c.dep in ("ccomp", "xcomp", "advcl", "csubj") for c in children) and any(
            c.dep in ("acomp", "attr") for c in children
        ):
            return True
        return any(
            g.dep in ("ccomp", "xcomp")
            for c in children
            if c.dep in ("acomp", "attr")
            for g in parsed.dependents(c)
        )
    if verb.lemma in lexicon.tables.constructions.raising and any(
        c.dep in ("ccomp", "xcomp", "oprd", "advcl") for c in children
    ):
        return True
    return token.dep == "nsubjpass" and any(c.dep == "ccomp" for c in children)


def _is_of_subject(children: list[Token], parsed: Parsed, lexicon: Lexicon) -> bool:
    """ "It is ready to …", "it is likely to …": an adjective that says something of who is meant."""
    words = lexicon.tables.constructions
    for child in children:
        if child.dep == "acomp":
            lemma, clauses = child.lemma.lower(), parsed.dependents(child, "ccomp")
            return lemma in words.of_minds or (lemma in words.of_prospects and not clauses)
    return False
