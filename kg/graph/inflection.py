"""The forms of a word that a search for one of them means: arrest, arrests, arrested, arresting.

English endings only, and of every word alike: a search may well find a little more than was meant, for what has the
very word stands first. The page of the graph has the same rule in its own script (`search.js`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml

_PLAIN = re.compile(r"[a-z]{4,}")
_ENDINGS = (
    (re.compile(r"(.{2,}?)(?:ies|ied|ying|y)"), "y"),
    (re.compile(r"(.*[aeiouy].*?)(?:ings?|(?<!e)ed)"), ""),
    (re.compile(r"(.*ee)d"), ""),
    (re.compile(r"(.*(?:s|x|z|ch|sh))es"), ""),
    (re.compile(r"(.*[^sui])s"), ""),
)
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1$")


def root(word: str) -> str:
    """Return a word in small letters without its ending; one that is short or has other letters as it is.

    >>> {root(word) for word in ("arrest", "arrests", "arrested", "arresting")}
    {'arrest'}
    """
    if not _PLAIN.fullmatch(word):
        return word
    stem = next((m[1] + more for ending, more in _ENDINGS if (m := ending.fullmatch(word))), word)
    if len(stem) < 3:
        stem = word
    if len(stem) > 3:
        stem = stem.removesuffix("e")
    return _DOUBLE.sub(r"\1", stem)


def inflected(word: str) -> str:
    """Return a pattern that the forms of a word match as a whole, the word in small letters; '' for none but itself.

    >>> bool(re.fullmatch(inflected("arrested"), "arrest")), bool(re.fullmatch(inflected("met"), "meeting"))
    (True, True)
    """
    kin = next((forms for forms in irregular() if word in forms), ())
    if not _PLAIN.fullmatch(word):
        return "|".join(kin)
    stem = root(word)
    own = (
        f"{stem[:-1]}(?:y|ies|ied|ying|ys|yed)"
        if stem.endswith("y")
        else f"{stem}{stem[-1]}?(?:e|s|es|ed|d|ing|ings)?"
    )
    return "|".join((*kin, own))


@cache
def irregular() -> tuple[tuple[str, ...], ...]:
    """Return the irregular verbs, each with its forms."""
    return tuple(tuple(dict.fromkeys((verb, *forms))) for verb, forms in _verbs().items())


@cache
def participles() -> dict[str, str]:
    """Return the participles of irregular verbs by their past tense, where they are two forms."""
    return {past: done for past, done, *_ in _verbs().values() if past != done}


@cache
def _verbs() -> dict[str, list[str]]:
    text = resources.files("kg.graph").joinpath("data/irregular_verbs.yaml").read_text(encoding="utf-8")
    return {verb: forms.split() for verb, forms in yaml.safe_load(text).items()}
