"""Add up what speaks for each type of a name: a table of features, each with its weight and why it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from kg.errors import LexiconError
from kg.lexicon import Lexicon, Tables
from kg.parsed import Parsed, Token
from kg.resolve.name_mention import Name, known_place
from kg.resolve.types import context_features, name_features
from kg.resolve.types.context_features import telling_nouns
from kg.resolve.types.name_in_context import NameInContext, in_context
from kg.world import World

KINDS = ("Person", "Organization", "Place", "None")


@dataclass(frozen=True, slots=True)
class Vote:
    """One entry of the table: a feature, the type it votes for (empty: that of the noun which it finds), its weight."""

    feature: str
    kind: str
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class TypeVotes:
    """The table: what the name itself tells, and what stands around it, in the order in which the votes are added."""

    name: tuple[Vote, ...]
    context: tuple[Vote, ...]


def cast_votes(parsed: Parsed, name: Name, lexicon: Lexicon, world: World) -> None:
    """Add to `name` what its label, words and surroundings say of its type, and its gazetteer entry.

    >>> cast_votes(parsed, name, lexicon, world)  # "Mr. Koval"
    >>> name.votes
    {'Person': 5.0}
    """
    table, one = load_type_votes(), in_context(parsed, name, lexicon, world)
    name.place = known_place(name.text, world)
    for entry in table.name:
        if name_features.FEATURES[entry.feature](one):
            name.vote(entry.kind, entry.weight)
    if name.place is None and "," in one.words:
        name.place = world.gazetteer.names.get(one.words[0])
    if one.body_word is None or len(one.words) == 1:
        _context_votes(one, table)


def _context_votes(one: NameInContext, table: TypeVotes) -> None:
    for entry in table.context:
        if not entry.kind:
            for noun in context_features.NOUNS[entry.feature](one):
                if kind := kind_of_noun(noun.lemma.lower(), one.tables):
                    one.name.vote(kind, entry.weight)
        elif context_features.FEATURES[entry.feature](one):
            one.name.vote(entry.kind, entry.weight)
    if any(_tells_a_body(one, noun) for noun in telling_nouns(one)):
        one.name.told = "Organization"
    elif one.name.place is None and one.name.label != "institution":
        one.name.told = _told_behind(one)


def _told_behind(one: NameInContext) -> str:
    """Return what the noun behind a name says outright that it is the name of: "the Petrenko regime" is called for a
    person, "the Ras Jabal port" for a place.
    """
    noun, sets = one.after, one.tables.constructions
    if (
        noun is None
        or noun.tag != "NN"
        or one.head.head != noun.i
        or one.head.dep not in ("compound", "nmod")
    ):
        return ""
    lemma = noun.lemma.lower()
    if lemma in sets.led_by_persons:
        return "Person" if len(one.words) == 1 and one.name.label != "GPE" else ""
    site = lemma in sets.small_heads and kind_of_noun(lemma, one.tables) == "Place"
    return "Place" if site and one.before == "the" else ""


def kind_of_noun(lemma: str, tables: Tables) -> str:
    """Return what a noun is a word for: Person, Organization or Place; empty where it is for none, or for several."""
    if lemma in tables.constructions.bodies_too:
        return ""  # "the ship's owner, Thalassa Lines"
    if tables.is_person_word(lemma):
        return "Person"
    if lemma in tables.organization_words:
        return "Organization"
    return "Place" if lemma in tables.place_words else ""


def _tells_a_body(one: NameInContext, noun: Token) -> bool:
    """Whether a noun in the singular is for a body, and for nothing else."""
    lemma, tables, tokens = noun.lemma.lower(), one.tables, one.parsed.tokens
    if noun.dep == "pobj" and tables.is_person_word(tokens[tokens[noun.head].head].lemma.lower()):
        return False  # "the spokesman for the army, A. Hall": the parser hangs A. Hall on the army
    only = kind_of_noun(lemma, tables) == "Organization" and lemma not in tables.place_words
    return noun.tag == "NN" and only


@cache
def load_type_votes() -> TypeVotes:
    """Return the table of `data/type_votes.yaml`.

    Raises:
        LexiconError: an entry names no feature or type, or lacks its weight or its reason.
    """
    text = (resources.files("kg.resolve") / "data" / "type_votes.yaml").read_text(encoding="utf-8")
    return read_type_votes(yaml.safe_load(text))


def read_type_votes(loaded: Mapping[str, Any]) -> TypeVotes:
    """Return the table that a mapping of lists of entries describes. Raises LexiconError as `load_type_votes` does."""
    around = {*context_features.FEATURES, *context_features.NOUNS}
    return TypeVotes(
        tuple(_entry(entry, set(name_features.FEATURES)) for entry in loaded["name"]),
        tuple(_entry(entry, around) for entry in loaded["context"]),
    )


def _entry(entry: Mapping[str, Any], known: set[str]) -> Vote:
    try:
        made = Vote(entry["feature"], entry.get("for", ""), float(entry["weight"]), entry["because"])
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"type_votes.yaml: {entry}: lacks {error}") from error
    if made.feature not in known:
        raise LexiconError(f"type_votes.yaml: there is no feature '{made.feature}'")
    if made.kind not in KINDS and (made.kind or made.feature not in context_features.NOUNS):
        raise LexiconError(f"type_votes.yaml: {made.feature}: votes for one of {', '.join(KINDS)}")
    return made
