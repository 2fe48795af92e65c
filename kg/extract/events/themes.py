"""What an event is about in words, where that is no person, organisation or place: "the award", "a new law"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.extract.labels import Naming
from kg.extract.labels.ground import doubtful
from kg.extract.labels.inflect import cut
from kg.extract.labels.label import trigger_of
from kg.extract.labels.phrases import Phrases
from kg.extract.logical_objects import logical_object
from kg.extract.syntax import RELATIVES, conjuncts, is_passive
from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

MOST = 3
LONGEST = 60
NAMES = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC"})


def themes_of(
    parsed: Parsed, triggers: tuple[int, ...], participants: Collection[str], naming: Naming, lexicon: Lexicon
) -> tuple[str, ...]:
    """Return what one telling of an event is about, in the words of the text, at most three of it.

    `triggers` are the tokens that tell of it, `participants` the ids of its agents and patients. Of a verb it is the
    object (the subject of a passive), or else the first "on", "about", "for" … phrase; of a noun its "of", "on" or
    "about" phrase. Who or where somebody is, times and bare numbers are no theme.

    Example: "sent letters to Congress" gives `("letters",)`, "talks on a new treaty" `("a new treaty",)`.
    """
    trigger, carrier = trigger_of(parsed, triggers)
    taken = {*triggers, trigger.i, carrier.i} if trigger.i != carrier.i else {trigger.i}
    phrases = Phrases(parsed, naming, lexicon, 0, frozenset(participants))
    out: list[str] = []
    for group in _candidates(parsed, trigger, lexicon):
        for token in conjuncts(parsed, group):
            if token.i in taken or not _is_theme(parsed, token, participants, naming, lexicon):
                continue
            words = cut(phrases.noun_alone(token), LONGEST)
            if words and words.lower() not in (w.lower() for w in out):
                out.append(words)
        if out:
            break
    return tuple(out[:MOST])


def _candidates(parsed: Parsed, trigger: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the nouns that a happening may be about, the likeliest first."""
    words = lexicon.wording
    if trigger.pos in ("VERB", "AUX"):
        yield from (c for c in parsed.dependents(trigger, "dobj") if c.text.lower() not in RELATIVES)
        found = None if doubtful(parsed, trigger) else logical_object(parsed, trigger)
        if found is not None:
            yield found
        if is_passive(parsed, trigger) and trigger.dep in ("acl", "amod"):
            yield parsed.tokens[trigger.head]
        yield from _behind(parsed, trigger, words.about_verbs)
    else:
        yield from _behind(parsed, trigger, words.about)


def _behind(parsed: Parsed, head: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    for child in parsed.dependents(head, "prep"):
        if child.i > head.i and child.text.lower() in prepositions:
            yield from parsed.dependents(child, "pobj")


def _is_theme(
    parsed: Parsed, token: Token, participants: Collection[str], naming: Naming, lexicon: Lexicon
) -> bool:
    if token.pos not in ("NOUN", "PROPN") or token.i in naming.when or token.i in naming.at:
        return False
    if token.i in naming.capital and (named := parsed.named_at(token.i)) is not None and named.label in NAMES:
        return False
    tables, lemma = lexicon.tables, token.lemma.lower()
    if lemma in lexicon.wording.hollow or lemma in tables.constructions.measures:
        return False
    if tables.calls_person(lemma) or lemma in tables.group_nouns or lemma in tables.organization_words:
        return False
    if lemma in tables.place_words or lemma.endswith(tuple(tables.constructions.people_endings)):
        return False
    for child in parsed.dependents(token, "prep"):  # "dozens of people", "parts of Mali"
        if child.text.lower() == "of" and lemma in tables.constructions.quantities:
            return any(
                _is_theme(parsed, inner, participants, naming, lexicon)
                for inner in parsed.dependents(child, "pobj")
            )
    return lemma not in tables.constructions.quantities
