"""Whose words something is: the body that whoever speaks stands for, and what a quotation tells of its speaker."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Kind, MentionKind
from kg.parsed import Token
from kg.resolve.entity_drafts import Thing
from kg.resolve.references.antecedents import SUBJECT
from kg.resolve.references.discourse_model import DiscourseModel

OF_A_BODY = frozenset({"of", "at", "for", "from", "by"})
CLAUSES = 6  # from a noun up to the clause that is said


def bodies_of(state: DiscourseModel, person: Thing, before: int) -> Iterator[Thing]:
    """Yield the bodies that stand in the titles of a person: "Norwind's chief executive, A"."""
    for found in person.found:
        if found.kind is MentionKind.NOMINAL and found.head <= before:
            for i in range(found.first, state.parsed.tokens[found.head].right + 1):
                body = state.owner.get(i)
                if body is not None and body.kind is Kind.ORGANIZATION:
                    yield body


def spoken_for(state: DiscourseModel, token: Token) -> Thing | None:
    """Return the body of whoever says something of what the token names: "Norwind's chairman said *the company* …".

    In his own words, between quotation marks, it is "we".
    """
    tokens, node, below = state.parsed.tokens, token, token
    for _ in range(CLAUSES):
        if node.dep == "ccomp" or node.head == node.i:
            break
        below, node = node, tokens[node.head]
    says = tokens[node.head].lemma.lower() in state.lexicon.cues.verbs
    if state.quoted[token.i] >= 0 or node.dep != "ccomp" or not says or below.dep not in SUBJECT:
        return None
    for subject in state.parsed.dependents(tokens[node.head], "nsubj"):
        person = state.owner.get(subject.i)
        if person is not None and person.kind is Kind.PERSON:
            return next(bodies_of(state, person, token.i), None)
        if person is None and not subject.left <= token.i <= subject.right:
            return _body_behind(state, subject)
    return None


def _body_behind(state: DiscourseModel, subject: Token) -> Thing | None:
    """ "A memo at Norwind", "Norwind's report", "a spokesman for Norwind": the one body that stands with it."""
    beside = state.parsed.dependents(subject, "poss", "compound", "nmod")
    for preposition in state.parsed.dependents(subject, "prep"):
        if preposition.text.lower() in OF_A_BODY:
            beside += state.parsed.dependents(preposition, "pobj")
    bodies = [b for t in beside if (b := state.owner.get(t.i)) is not None and b.kind is Kind.ORGANIZATION]
    return bodies[0] if len(bodies) == 1 else None


def is_told_of(state: DiscourseModel, token: Token, things: tuple[Thing, ...], noun: Token) -> bool:
    """Tell whether the pronoun `token` says something of whom it might stand for: "*she* said *Roth* had left".

    Nobody tells of himself by his name, nor an unnamed group by its noun ("they said the passengers …"), and what
    stands between the quotation marks of his words is not who says them.
    """
    tokens = state.parsed.tokens
    verb = tokens[token.head]
    if (
        token.dep != "nsubj"
        or verb.lemma.lower() not in state.lexicon.cues.verbs
        or state.quoted[token.i] >= 0
    ):
        return False
    if any(thing.kind is not Kind.PERSON for thing in things):
        return False  # a body may do so
    if state.quoted[noun.i] >= 0 and noun.block == token.block:
        return True
    for clause in state.parsed.dependents(verb, "ccomp"):
        for inside in tokens[max(clause.left, verb.i) : clause.right + 1]:
            named = inside.pos == "PROPN" and state.owner.get(inside.i)
            if named and any(named is thing for thing in things):
                return True
            if not things and inside.pos == "NOUN" and (inside.lemma, inside.tag) == (noun.lemma, noun.tag):
                return inside.dep in SUBJECT
    return False


def is_apart(state: DiscourseModel, token: Token, head: Token) -> bool:
    """Tell whether `head` stands in another quotation than `token`, unless both are of one paragraph."""
    here, there = state.quoted[token.i], state.quoted[head.i]
    return there >= 0 and here != there and not (here >= 0 and token.block == head.block)


def speaks_beside(state: DiscourseModel, token: Token, head: Token) -> bool:
    """Tell whether `head` is the subject of a verb of speech outside quotation marks, in the paragraph of `token`."""
    tokens = state.parsed.tokens
    role = tokens[head.head] if head.dep == "appos" else head
    says = tokens[role.head].lemma.lower() in state.lexicon.cues.verbs
    return state.quoted[head.i] < 0 and token.block == head.block and role.dep == "nsubj" and says
