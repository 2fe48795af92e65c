"""Links relative pronouns to the named things that their clauses hang on: "Norwind, which …", "Lima, where …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token
from kg.resolve.entity_drafts import Found, Thing

RELATIVE = frozenset({"who", "whom", "whose", "which", "where", "that"})
TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
PERSONAL = frozenset({"who", "whom"})
UNFIT = {
    Kind.PERSON: frozenset({"which", "where"}),
    Kind.PLACE: PERSONAL,
    Kind.ORGANIZATION: frozenset[str](),
    Kind.GROUP: frozenset[str](),
}
"""What no thing of a kind is spoken of by."""
STEPS = 4  # from a pronoun up to the verb of its clause: "in whose name"


def relatives(parsed: Parsed, owner: Mapping[int, Thing]) -> Iterator[tuple[Thing, Found]]:
    """Yield the mentions with the things that they speak of."""
    for token in parsed.tokens:
        word = token.text.lower()
        if token.tag not in TAGS or word not in RELATIVE:
            continue
        noun = _antecedent(parsed, token)
        if word in PERSONAL and noun >= 0 and noun not in owner and parsed.tokens[noun].dep == "appos":
            above = parsed.tokens[noun].head  # "A, the American who": no noun that we know of people
            noun = above if above in owner and owner[above].kind is Kind.PERSON else noun
        if word in PERSONAL and noun in owner:
            noun = _person(parsed, noun, owner)
        thing = owner.get(noun)
        if thing is not None and word not in UNFIT[thing.kind]:
            kind = MentionKind.PRONOUN
            yield thing, Found(token.i, token.i + 1, token.i, kind, confidence=0.8, reason="relative")


def _person(parsed: Parsed, noun: int, owner: Mapping[int, Thing]) -> int:
    """Return the person within whose phrase the noun stands: "A, a teacher from Lima, who"."""
    node = parsed.tokens[noun]
    for _ in range(STEPS):
        above = parsed.tokens[node.head]
        if node.head == node.i or node.dep not in ("pobj", "prep", "appos", "conj") or above.pos == "VERB":
            break
        node = above
        if node.pos == "ADP":
            continue
        thing = owner.get(node.i)
        if thing is not None and thing.kind is Kind.PERSON:
            return noun if owner[noun].kind is Kind.PERSON else node.i
    return noun


def _antecedent(parsed: Parsed, token: Token) -> int:
    """Return the noun that the pronoun's clause hangs on, which stands before it, or -1."""
    clause = next((node for node in islice(parsed.upward(token), STEPS) if node.dep == "relcl"), None)
    return clause.head if clause is not None and clause.head < token.i else -1
