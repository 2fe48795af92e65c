"""The word lists of the identity step, from `data/` and from packages, checked and loaded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml
from nicknames import NickNamer

from kg.errors import IdentityError

_NAMES = frozenset({"honorifics", "generations", "generic", "droppable", "spelling", "countries"})
_OCCUPATIONS = frozenset({"fields", "adjectives", "near"})


@dataclass(frozen=True, slots=True)
class WordLists:
    """What names may differ in and what people can be; all words in small letters, without accents.

    `nicknames` maps a given name to all that are short for it or that it is short for. `countries` maps tuples of words
    to one word. `fields` maps the head of a title to the fields it belongs to, `adjectives` are
    those of them that may also tell what sort of head follows, `near` holds pairs of fields.
    """

    honorifics: frozenset[str]
    generations: frozenset[str]
    generic: frozenset[str]
    droppable: frozenset[str]
    spelling: Mapping[str, str]
    countries: Mapping[tuple[str, ...], str]
    nicknames: Mapping[str, frozenset[str]]
    fields: Mapping[str, frozenset[str]]
    adjectives: frozenset[str]
    near: frozenset[frozenset[str]]


def _read(name: str, keys: frozenset[str]) -> dict[str, Any]:
    text = (resources.files("kg.identity") / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    if set(loaded) != keys:
        raise IdentityError(f"{name}: it has {sorted(loaded)} where {sorted(keys)} belong")
    return loaded


def _pairs(name: str, text: str) -> dict[str, str]:
    pairs = dict(pair.split("=", 1) for pair in text.split())
    if not all(pairs.values()):
        raise IdentityError(f"{name}: each pair is word=word")
    return pairs


@cache
def tables() -> WordLists:
    """Return the lists, loaded at the first call.

    Raises:
        IdentityError: a list has an entry that it can't have.
    """
    names = _read("names.yaml", _NAMES)
    occupations = _read("occupations.yaml", _OCCUPATIONS)
    fields: dict[str, set[str]] = defaultdict(set)
    for field, words in occupations["fields"].items():
        for word in words.split():
            fields[word].add(field)
    near = frozenset(frozenset(pair) for pair in occupations["near"])
    if not all(len(pair) == 2 and pair <= set(occupations["fields"]) for pair in near):
        raise IdentityError("occupations.yaml: near holds pairs of fields")
    nicknames: dict[str, set[str]] = defaultdict(set)
    for name, shorts in NickNamer().nickname_lookup.items():
        for short in shorts:
            nicknames[name].add(short)
            nicknames[short].add(name)
    countries = {
        tuple(name.split("_")): short for name, short in _pairs("names.yaml", names["countries"]).items()
    }
    return WordLists(
        honorifics=frozenset(names["honorifics"].split()),
        generations=frozenset(names["generations"].split()),
        generic=frozenset(names["generic"].split()),
        droppable=frozenset(names["droppable"].split()),
        spelling=MappingProxyType(_pairs("names.yaml", names["spelling"])),
        countries=MappingProxyType(countries),
        nicknames=MappingProxyType({name: frozenset(others) for name, others in nicknames.items()}),
        fields=MappingProxyType({word: frozenset(of) for word, of in fields.items()}),
        adjectives=frozenset(occupations["adjectives"].split()),
        near=near,
    )
