"""What a pronoun or description may speak of, and what it can't by grammar alone.

Noun phrases that are no entity of ours compete too, so that "it" finds the ship and not the nearest organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.parsed import Parsed, Token
from kg.resolve.entity_drafts import Thing

SUBJECT = frozenset({"nsubj", "nsubjpass"})
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

    @property
    def key(self) -> object:
        """The same for all antecedents of one thing."""
        return tuple(map(id, self.things)) or self.head


def is_told_by(parsed: Parsed, pronoun: Token, subject: Token) -> bool:
    """Tell whether the clause of the pronoun is what the subject says: "Norwind said it would close"."""
    verb = parsed.tokens[pronoun.head]
    return verb.dep == "ccomp" and subject.head == verb.head


def doer_beside(parsed: Parsed, token: Token) -> int:
    """Return who does what the nearest verb above says, or -1: its subject, or the one made to do it."""
    above = parsed.tokens[token.head]
    verb = parsed.climb(above, lambda node: node.pos not in ("VERB", "AUX"))
    doers = parsed.dependents(verb, *SUBJECT)
    if not doers and verb.dep == "xcomp":
        above = parsed.tokens[verb.head]
        doers = parsed.dependents(above, "dobj") or parsed.dependents(above, *SUBJECT)
    return doers[0].i if doers else -1


def is_in_main_clause(parsed: Parsed, token: Token) -> bool:
    """Tell whether the verb of a subject is that of its sentence, joined to it, or what is said there."""
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
        verb = parsed.climb(  # "finds A guilty of theft and fines him", joined to "theft"
            parsed.tokens[verb],
            lambda node: (
                node.pos not in ("VERB", "AUX")
                or (node.dep == "conj" and not parsed.dependents(node, *SUBJECT))
            ),
        ).i
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
    inside the pair); a finite verb joined to a noun is none of its phrase.
    """
    if head.i == token.i or not head.left <= token.i <= head.right:
        return False
    for node in parsed.upward(token):
        if node.i == head.i:
            return True
        if node.dep == "conj" and node.tag == "VBZ" and parsed.tokens[node.head].pos == "NOUN":
            return False
    return False  # between the words of the phrase, but hung under another: an arc that crosses its own
