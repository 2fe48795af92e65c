"""Finds the nouns that stand in apposition to a name: by the parser's tree, and by a comma where the tree errs."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import Parsed, Token
from kg.resolve.sorts import is_authority, may_be_a
from kg.resolve.things import Found, Thing

PLURALS = ("NNS", "NNPS")
ENDS = frozenset({",", ".", ";", ":", ")", "–", "—", "-"})
REACH = 8  # tokens from a name to the head of what explains it
LOOSE = ("npadvmod", "dep", "nmod", "appos")  # how the parser hangs what it does not know for an apposition
CITY_NOUNS = frozenset({"country", "nation", "city", "town", "capital"})


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
    return lemma in tables.place_words or lemma in CITY_NOUNS


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
