"""Tells spellings of one name: "Gaddafi", "Gadhafi" and "al-Qaddafi", "Al-Shabaab" and "Al Shabab", "Wal-Mart"."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from kg.folding import without_accents
from kg.resolve.name_keys import plain_key
from kg.world import World

_LETTERS = (
    ("tch", "ch"), ("sch", "sh"), ("ck", "k"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("dj", "j"), ("tz", "ts"), ("q", "k"), ("g", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
"""How romanisations write one sound, as far as they differ."""
_VOWELS = re.compile(r"[aeiouy']")
_SAME = re.compile(r"(.)\1+")
ALIKE = 0.86  # of two surnames (Jaro-Winkler): "Stone" and "Stein" are two
GIVEN = 0.8
DISTINCT = 5  # consonants of a common given name that no other name is likely to share
SHORTEST = 6  # letters of a name of one word, or without its spaces


@lru_cache(maxsize=8192)
def consonants(word: str) -> str:
    """Return what all romanisations of a word share: "kdf" of "gaddafi", "gadhafi" and "qaddafi"."""
    text = without_accents(word)
    for letters, sound in _LETTERS:
        text = text.replace(letters, sound)
    return _SAME.sub(r"\1", _VOWELS.sub("", text))


def spelt_alike(words: tuple[str, ...], other: tuple[str, ...], world: World) -> bool:
    """Tell whether two persons' names, in their telling words, are spellings of one.

    Given names that both are common and differ are of two people where the surname is the same to the letter.
    """
    mine, theirs = words[-1], other[-1]
    kept = consonants(mine)
    if kept != consonants(theirs):
        return False
    if mine != theirs and (len(kept) < 2 or JaroWinkler.normalized_similarity(mine, theirs) < ALIKE):
        return False
    if len(words) == 1 or len(other) == 1:
        return mine != theirs and len(kept) > 2 and min(len(mine), len(theirs)) >= SHORTEST
    if len(words) != len(other):
        return False
    for one, two in zip(words[:-1], other[:-1], strict=True):
        alike = JaroWinkler.normalized_similarity(one, two) >= GIVEN
        if one != two and not (alike and len(consonants(one)) > 1 and consonants(one) == consonants(two)):
            return False
    given = sorted({words[0], other[0]})
    if mine != theirs or len(given) == 1 or not all(word.title() in world.given_names for word in given):
        return True
    return _one_given_name(given[0], given[1], world)


def _one_given_name(one: str, two: str, world: World) -> bool:
    """Tell spellings of one common given name ("Aleksandr", "Alexander") from two ("Michael", "Michelle"; "Bernard",
    "Bernardo").
    """
    genders = {world.given_names[one.title()], world.given_names[two.title()]}
    return len(genders) == 1 and len(consonants(one)) >= DISTINCT and not two.startswith(one)


@lru_cache(maxsize=8192)
def together(text: str) -> str:
    """Return a body's or place's name as one word without accents, hyphens and doubled letters, if it is long enough.

    >>> together("Al-Shabaab") == together("al Shabab")
    True
    """
    key = plain_key(text)
    joined = re.sub(r"[\s\-‐‑–]", "", without_accents(key))
    return _SAME.sub(r"\1", joined) if len(joined) >= SHORTEST and joined.isalpha() else key
