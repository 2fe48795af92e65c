"""Finds the verb that carries a noun for a happening: "*launched* an attack", "talks *took* place"."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token


def support_verb(parsed: Parsed, token: Token, lexicon: Lexicon) -> tuple[Token | None, str, str]:
    """Return the support verb of an event noun, whose place its subject takes, and its aspect."""
    whole = token
    verb = parsed.tokens[token.head]
    if token.dep == "pobj" and verb.text.lower() == "of":  # "launched ten days of war games"
        measure = parsed.tokens[verb.head]
        if measure.lemma.lower() in lexicon.tables.constructions.measures:
            whole, verb = measure, parsed.tokens[measure.head]
    if whole.dep in ("dobj", "nsubjpass") and verb.pos == "VERB":
        for light in lexicon.light_verbs.get(verb.lemma.lower(), ()):
            if not light.prep and (light.particle is None or _has_particle(parsed, verb, light.particle)):
                return verb, light.role, light.aspect
        if whole.dep == "nsubjpass":  # "the request was advanced by the mayor": any verb may carry it
            return verb, "agent", ""
        return None, "", ""
    if whole.dep == "pobj" and verb.pos == "ADP":
        above = parsed.tokens[verb.head]
        if above.pos in ("VERB", "AUX"):
            for light in lexicon.light_verbs.get(above.lemma.lower(), ()):
                if verb.text.lower() in light.prep:
                    return above, light.role, light.aspect
    happening = lexicon.tables.constructions.happening
    if whole.dep in ("nsubj", "nsubjpass", "attr") and verb.lemma.lower() in happening:
        return verb, "none", ""
    return None, "", ""


def _has_particle(parsed: Parsed, verb: Token, particle: str) -> bool:
    return any(c.text.lower() == particle for c in parsed.dependents(verb, "prt", "advmod"))
