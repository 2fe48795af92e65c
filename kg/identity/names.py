"""Reduce names to what their spellings share, and tell how two names of one thing may differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from cleanco import basename
from cleanco.clean import normalized, prepare_default_terms, strip_punct, strip_tail
from rapidfuzz.distance import JaroWinkler

from kg.folding import without_accents
from kg.identity.tables import tables
from kg.model import Kind

_WORDS = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHE = re.compile(r"[’'`´]\s*")
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.){2,})")
_SPACED_HYPHEN = re.compile(r"\s+[-‐‑–]\s+")
_ASCII_SYMBOLS = frozenset(char for char in map(chr, range(128)) if unicodedata.category(char)[0] == "S")
_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "de", "du", "la", "et"})


_FORMS_END = frozenset(words[-1] for _, words in prepare_default_terms())


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A name in parts: `words` folded to small letters without accents, honorifics, articles and company forms.

    Two spellings with equal `words` are one name. `generation` tells people of one name apart ("jr"), "" if there is
    none. `acronym` holds when the name is written in capitals like initials.
    """

    words: tuple[str, ...]
    generation: str = ""
    acronym: bool = False

    @property
    def key(self) -> str:
        """The words as one string, by which records are grouped."""
        words = " ".join(self.words)
        return f"{words} {self.generation}" if self.generation else words

    @property
    def compact(self) -> str:
        """The words without any space: `Wal-Mart`, `Wal Mart` and `Walmart` are one."""
        return "".join(self.words)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text in small letters without accents (NFKD)."""
    if text.isascii():
        return text.lower()
    return without_accents(text.casefold())


def plain(words: str) -> str:
    """Return words folded, with one space between them: by this a sentence is found again."""
    return " ".join(fold(words).split())


def _has_symbol(text: str) -> bool:
    if text.isascii():
        return not _ASCII_SYMBOLS.isdisjoint(text)
    return any(unicodedata.category(char)[0] == "S" for char in text)


def _words(text: str) -> list[str]:
    if _has_symbol(text):
        return fold(text).split()  # "C++" is not "C"
    joined = _APOSTROPHE.sub("", _SPACED_HYPHEN.sub("-", text))
    joined = _DOTTED.sub(lambda hit: hit[1].replace(".", "") + " ", joined)
    return _WORDS.findall(fold(joined.replace("&", " and ")))


@lru_cache(maxsize=200_000)
def parse(name: str, kind: Kind) -> FoldedName:
    """Return a name in parts; any string gives one, and `words` is empty only if it has no letter or digit."""
    lists = tables()
    if kind is Kind.PERSON:
        words = _words(name)
        while len(words) > 1 and words[0] in lists.honorifics:
            words.pop(0)
        generation = words.pop() if len(words) > 2 and words[-1] in lists.generations else ""
        generation = {"junior": "jr", "senior": "sr"}.get(generation, generation)
        return FoldedName(tuple(words), generation)
    bare = _without_form(name) if kind is Kind.ORGANIZATION and not _has_symbol(name) else name
    words = _words(bare or name) or _words(name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    words = [lists.spelling.get(word, word) for word in words]
    for length in (4, 3, 2, 1):
        short = lists.countries.get(tuple(words[:length]))
        if short and len(words) >= length:
            words = [short, *words[length:]]
            break
    return FoldedName(tuple(words), acronym=_looks_like_initials(bare or name))


def _without_form(name: str) -> str:
    """Return a body's name without "Inc." and the like; most have none, which their last word tells soon."""
    last = strip_tail(name).split()[-1:]
    return basename(name) if last and strip_punct(normalized(last[0])) in _FORMS_END else name


def _looks_like_initials(name: str) -> bool:
    letters = name.replace(".", "").strip()
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


@lru_cache(maxsize=100_000)
def initials(words: tuple[str, ...]) -> frozenset[str]:
    """Return what the words may be abbreviated to: first letters with and without the small words."""
    big = [word for word in words if word not in _SMALL]
    if len(big) < 2:
        return frozenset()
    return frozenset({"".join(word[0] for word in big), "".join(word[0] for word in words)})


def distinctive(name: FoldedName) -> tuple[str, ...]:
    """Return the words that tell the name from others of its sort: empty for "Supreme Court"."""
    generic = tables().generic
    return tuple(word for word in name.words if word not in generic and len(word) > 1)


def alike(one: str, other: str) -> float:
    """Return how alike two spellings are (Jaro-Winkler, 0 to 1)."""
    return JaroWinkler.normalized_similarity(one, other)
