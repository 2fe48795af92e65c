"""Finds the offices that "as" tells of somebody: "her post as chief executive", "A resigned as minister"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

SUBJECTS = ("nsubj", "nsubjpass")
CLAUSES = 4  # from a verb up to the one that has a subject


def offices_held(parsed: Parsed, lexicon: Lexicon) -> Iterator[tuple[Token, Token]]:
    """Yield each singular noun for a person behind "as", with the token of who is said to hold that office."""
    for noun in parsed.tokens:
        marker = parsed.tokens[noun.head]
        if noun.dep != "pobj" or marker.text.lower() != "as" or noun.tag not in ("NN", "NNP"):
            continue
        if lexicon.tables.calls_person(noun.lemma.lower()):
            holder = _holder(parsed, parsed.tokens[marker.head], lexicon)
            if holder is not None:
                yield noun, holder


def _holder(parsed: Parsed, told: Token, lexicon: Lexicon) -> Token | None:
    """Return who holds the office that "as" below a noun ("post") or a verb ("resigned") tells."""
    if told.pos == "NOUN":
        return next(iter(parsed.dependents(told, "poss")), None)
    change = lexicon.tables.constructions.role_verbs.get(told.lemma.lower())
    if told.pos != "VERB" or change is None:
        return None
    passive = bool(parsed.dependents(told, "nsubjpass", "auxpass"))
    if change in ("appoint", "dismiss") and not passive:
        return next(iter(parsed.dependents(told, "dobj")), None)
    for _ in range(CLAUSES):
        subjects = parsed.dependents(told, *SUBJECTS)
        if subjects:
            return subjects[0]
        if told.dep not in ("xcomp", "conj"):
            break
        told = parsed.tokens[told.head]
    return None
