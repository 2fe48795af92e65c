"""Finds the nouns in apposition to a name where the tree errs: by commas and dashes, or right before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import Parsed, Token
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.types.organization_types import is_authority, may_be_a

PLURALS = ("NNS", "NNPS")
ENDS = frozenset({",", ".", ";", ":", ")", "–", "—", "-"})
REACH = 8  # tokens from a name to the head of what explains it
LOOSE = ("npadvmod", "dep", "nmod", "appos")  # how the parser hangs what it does not know for an apposition
DASHES = frozenset({"-", "–", "—"})
LOOKED_UP = 8  # heads from the word before a dash up to the noun that it ends


def fits(thing: Thing, noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a thing may be called by a noun."""
    lemma, tables = noun.lemma.lower(), lexicon.tables
    if thing.kind is Kind.PERSON:
        return tables.calls_person(lemma) and noun.tag not in PLURALS
    if thing.kind is Kind.ORGANIZATION:
        sides = tables.constructions.bodies_too | tables.constructions.parts_of_bodies
        if lemma in tables.organization_words:
            return not is_authority(lemma, lexicon) or may_be_a(thing, lemma, lexicon)
        return lemma in sides and noun.tag not in PLURALS
    return lemma in tables.place_words or lemma in tables.constructions.places_too


def by_comma(parsed: Parsed, name: Found) -> Iterator[Token]:
    """Yield the nouns that a comma alone shows to explain a name: "the former treasurer, Ana Koval will succeed",
    "as its parent company, Norwind starts", "made by Norwind, the Dutch airline."
    """
    tokens, head = parsed.tokens, parsed.tokens[name.head]
    noun = tokens[name.first - 2] if name.first > 1 and tokens[name.first - 1].text == "," else None
    if (
        noun is not None
        and noun.sent == head.sent
        and noun.right <= noun.i + 1
        and noun.pos in ("NOUN", "PROPN")
    ):
        above = tokens[noun.head]
        twice = noun.dep == head.dep == "nsubj" and noun.head == head.head  # no verb has two subjects
        opened = noun.dep == "pobj" and above.text.lower() == "as" and head.dep == "nsubj"
        if twice or (opened and above.head == head.head):
            yield noun
    if name.last >= len(tokens) or tokens[name.last].text != ",":
        return
    begin = name.last + 1
    for noun in tokens[begin : begin + REACH]:
        if noun.sent != head.sent or noun.text in ENDS:
            break
        if noun.pos == "NOUN" and noun.left == begin and noun.dep in LOOSE and noun.i > begin:
            after = tokens[noun.right + 1] if noun.right + 1 < len(tokens) else None
            if after is None or after.text in ENDS or after.sent != noun.sent:
                yield noun
            break


def by_dash(parsed: Parsed, name: Found) -> Iterator[Token]:
    """Yield the nouns that a name between dashes explains, the nearest first: "the maker of the phone - Norwind -"."""
    tokens, head = parsed.tokens, parsed.tokens[name.head]
    dash, after = name.first - 1, tokens[name.last].text if name.last < len(tokens) else "."
    if dash < 1 or not _is_dash(parsed, dash) or tokens[dash - 1].sent != head.sent:
        return
    if after != "." and not _is_dash(parsed, name.last):
        return
    for node in islice(parsed.upward(tokens[dash - 1]), LOOKED_UP):
        if node.i < dash and node.pos == "NOUN" and parsed.dependents(node, "det", "poss"):
            yield node
        if node.pos in ("VERB", "AUX"):
            break


def _is_dash(parsed: Parsed, i: int) -> bool:
    return parsed.tokens[i].text in DASHES and parsed.tokens[i].space and parsed.tokens[i - 1].space


def run_on(parsed: Parsed, name: Found, bodies: Mapping[int, Found]) -> Token | None:
    """Return the office whose body stands right before the name of its holder, without a comma: "the head of Norwind
    Anna Koval"; `bodies` holds the names of organisations by the token behind them.
    """
    body = bodies.get(name.first)
    if body is None or parsed.tokens[body.head].block != parsed.tokens[name.head].block:
        return None
    of = parsed.tokens[body.first - 1] if body.first > 0 else None
    if of is not None and of.text.lower() in ("the", "its"):
        of = parsed.tokens[of.i - 1] if of.i > 0 else None
    if of is None or of.text.lower() not in ("of", "at") or of.head != of.i - 1:
        return None
    return parsed.tokens[of.head]
