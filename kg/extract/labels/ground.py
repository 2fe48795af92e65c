"""How far up a sentence a happening's words reach: from its trigger to the verb or noun that can stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.syntax import is_infinitive
from kg.parsed import Parsed, Token

HIGH = 8  # words from a trigger up to the head of what it is called by
NONFINITE = frozenset({"xcomp", "pcomp", "ccomp", "csubj", "nsubj", "dobj", "oprd", "pobj"})
NOMINAL = frozenset({"dobj", "pobj", "attr", "nsubj", "nsubjpass", "oprd", "dative", "nmod"})


@dataclass(frozen=True, slots=True)
class Item:
    """A word on the way down to a trigger; `place` is the first of the words it is coordinated with, whose
    subject, auxiliaries and governor are its own too.
    """

    token: Token
    place: Token


def grounds(parsed: Parsed, trigger: Token) -> Iterator[tuple[Item, ...]]:
    """Yield the ways from a word that can stand alone down to the trigger, the shortest first."""
    way: tuple[Item, ...] = (Item(trigger, _place(parsed, trigger)),)
    given = 0
    while True:
        item = way[0]
        place, above = item.place, parsed.tokens[item.place.head]
        stands, goes_on = _at(parsed, item)
        if stands or (not goes_on and not given):
            given += 1
            yield way
        if not goes_on or above.i == place.i or len(way) >= HIGH or above.text.lower() == "according":
            if not given:
                yield way
            return
        way = (Item(above, _place(parsed, above)), *way)


def is_verb(token: Token) -> bool:
    """Tell a verb that heads a clause from a participle before a noun."""
    return token.pos in ("VERB", "AUX") and token.dep not in ("amod", "compound", "nmod")


def is_finite(parsed: Parsed, verb: Token) -> bool:
    """Tell a verb with a tense, its own or its auxiliary's."""
    if verb.tag in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(a.tag in ("MD", "VBD", "VBZ", "VBP") for a in parsed.dependents(verb, "aux", "auxpass"))


def has_subject(parsed: Parsed, verb: Token) -> bool:
    """Tell a verb with a subject of its own."""
    return bool(parsed.dependents(verb, "nsubj", "nsubjpass", "csubj", "expl"))


def doubtful(parsed: Parsed, clause: Token) -> bool:
    """Tell a clause behind a comma and a circumstance, of which it need not speak: "wept in court, which hurt him"."""
    noun = parsed.tokens[clause.head]
    apart = clause.left > 0 and parsed.tokens[clause.left - 1].text == ","
    return (
        clause.dep == "relcl"
        and apart
        and noun.dep == "pobj"
        and parsed.tokens[noun.head].text.lower() != "of"
    )


def contrasted(parsed: Parsed, verb: Token) -> str:
    """Return what sets a coordinated verb off against the one before it: "rather than", "but not"; or nothing."""
    if verb.dep != "conj":
        return ""
    above = parsed.tokens[verb.head]
    ways = [c for c in parsed.dependents(above, "cc") if above.i < c.i < verb.i]
    if not ways:
        return ""
    first = ways[-1].left
    words = parsed.text(first, verb.left).strip(" ,") if verb.left > first else ""
    return words if {"than", "not", "nor", "without"} & set(words.lower().split()) and len(words) < 20 else ""


def _place(parsed: Parsed, token: Token) -> Token:
    """Return whose place a coordinated word takes: the first one's, unless it is a clause of its own."""
    place = token
    for _ in range(4):
        if place.dep != "conj":
            break
        above = parsed.tokens[place.head]
        if is_verb(place):
            if not is_verb(above) or has_subject(parsed, place) or contrasted(parsed, place):
                break
            if is_finite(parsed, place):
                break
        elif above.pos not in ("NOUN", "PROPN"):
            break
        place = above
    return place


def _stands_before(parsed: Parsed, clause: Token) -> bool:
    """Tell a sentence that the parser took for the object of the next: "the court freed him; she is ready to go"."""
    return any(t.text in (";", ":") for t in parsed.tokens[clause.right + 1 : parsed.tokens[clause.head].i])


def _at(parsed: Parsed, item: Item) -> tuple[bool, bool]:
    """Tell whether a way may end at an item, and whether it may go on above it."""
    token, dep = item.token, item.place.dep
    if is_verb(token):
        if contrasted(parsed, token):  # "neither confirmed nor denied": alone it would be so
            return False, True
        if is_finite(parsed, item.token) or is_finite(parsed, item.place):
            return True, dep in ("acl", "pcomp") or (
                dep == "ccomp" and not _stands_before(parsed, item.place)
            )
        if dep == "pcomp" and parsed.tokens[item.place.head].text.lower() == "including":
            return True, False
        if dep == "pcomp" and parsed.tokens[item.place.head].text.lower() == "with" and token.tag != "VB":
            return True, False
        if dep == "acomp":  # "we are *united* in our call"
            return False, True
        bare = dep == "advcl" and token.tag == "VB" and not is_infinitive(parsed, token)
        if bare:  # "rather than sue …": alone it would be done
            return False, True
        if dep in NONFINITE or (dep in ("acl", "advcl", "relcl") and is_infinitive(parsed, item.place)):
            return False, dep != "relcl"
        return True, False
    if token.pos in ("VERB", "AUX", "ADJ", "ADV", "NUM"):
        return False, True
    if token.pos in ("NOUN", "PROPN", "PRON"):
        within = ("compound", "nmod", "poss", "xcomp")  # the last: "agreed to *talks*", read as a verb
        return dep not in within, dep in NOMINAL or dep in within
    return False, dep in ("prep", "agent", "dative", "pcomp", "prt", "advmod")
