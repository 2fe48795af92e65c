"""Finds whom a verb's doing is done to: objects, the subjects of passives, and where the parser puts them elsewhere."""

from __future__ import annotations

from kg.extract.syntax import antecedent, has_subject, is_passive, subject
from kg.parsed import Parsed, Token


def logical_object(parsed: Parsed, verb: Token) -> Token | None:
    """Return whom it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(parsed, verb):
        return _passive_object(parsed, verb)
    for find in (_direct_object, _small_clause_subject, _named_predicate, _relative_object):
        found = find(parsed, verb)
        if found is not None:
            return found
    return None if verb.dep == "conj" else _shared_object(parsed, verb)


def _passive_object(parsed: Parsed, verb: Token) -> Token | None:
    objects = parsed.dependents(verb, "dobj")
    if objects and not parsed.dependents(verb, "nsubjpass") and verb.dep not in ("acl", "relcl", "conj"):
        return objects[0]
    return subject(parsed, verb)


def _direct_object(parsed: Parsed, verb: Token) -> Token | None:
    for child in parsed.dependents(verb, "dobj"):
        # "fined *Intel* a billion", "*him* 50 euros"
        if child.pos == "NUM" or parsed.dependents(child, "nummod"):
            for receiver in parsed.dependents(verb, "dative"):
                if receiver.pos != "ADP":
                    return antecedent(parsed, receiver, verb)
        return antecedent(parsed, child, verb)
    return None


def _small_clause_subject(parsed: Parsed, verb: Token) -> Token | None:
    """Return what something is said of under the verb: "hold Russia responsible"."""
    for child in parsed.dependents(verb, "ccomp"):
        if child.pos in ("ADJ", "NOUN") and not parsed.dependents(child, "aux", "cop", "mark"):
            for inner in parsed.dependents(child, "nsubj"):
                return inner
    return None


def _named_predicate(parsed: Parsed, verb: Token) -> Token | None:
    """Return the name that the parser takes for a predicate: "IAG named Luis Gallego as its head"."""
    for child in parsed.dependents(verb, "oprd"):
        if child.pos == "PROPN" and has_subject(parsed, verb):
            return child
    return None


def _relative_object(parsed: Parsed, verb: Token) -> Token | None:
    """Return the noun that a relative clause is about, where its verb still wants an object."""
    if verb.dep != "relcl" or not has_subject(parsed, verb) or parsed.dependents(verb, "ccomp", "xcomp"):
        return None
    adverbs = {c.text.lower() for c in parsed.dependents(verb, "advmod")}
    bare_preposition = any(not parsed.children[p.i] for p in parsed.dependents(verb, "prep"))
    if adverbs & {"when", "where", "why"} or bare_preposition:
        return None
    return parsed.tokens[verb.head]


def _shared_object(parsed: Parsed, verb: Token) -> Token | None:
    """Return the object that stands with the last of joined verbs: "X bombed and shelled the town"."""
    for child in parsed.dependents(verb, "conj"):
        if child.pos == "VERB" and not has_subject(parsed, child):
            for inner in parsed.dependents(child, "dobj"):
                if child.i - verb.i <= 2:
                    return inner
    return None
