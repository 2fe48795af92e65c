"""How names are compared: without articles, punctuation, particles and generations."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon.name_words import name_words
from kg.scoring import weights

_REMEMBERED = 8192
"""So many names' keys: those of the articles at hand, as a corpus has names without end."""


@lru_cache(maxsize=_REMEMBERED)
def plain_key(text: str) -> str:
    """Return a name for comparison: lower case, no article, no punctuation but inner hyphens."""
    text = re.sub(r"[’']s\b", "", text.lower())
    text = re.sub(r"^(\w[\w-]*)\.(?:com|org|net|info|tv|ca|uk)$", r"\1", text)
    text = re.sub(r"[.,’'\"“”]", "", text)
    return re.sub(r"^(the|a|an)\s+", "", re.sub(r"\s+", " ", text).strip())


@lru_cache(maxsize=_REMEMBERED)
def person_words(text: str) -> tuple[str, ...]:
    """Return the words of a person's name that tell him from others: no particles, initials, nicknames or
    generations.
    """
    lists = name_words()
    words = [w for w in re.split(r"[\s]+", plain_key(text)) if w]
    out: list[str] = []
    for word in words:
        bare = re.sub(r"^(al|el|as|ash|ad|an|ar|at|az|abd)-", "", word)
        if bare not in lists.particles and not (out and bare in lists.generations):
            out.append(bare)
    return tuple(out or words)


def generation(text: str) -> str:
    """Return what a name says of its bearer's generation: `jr`, `sr`, `ii`, `iii`, `iv` or nothing."""
    words = plain_key(text).split()
    return name_words().generations.get(words[-1], "") if len(words) > 1 else ""


def _middles_differ(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell "John A. Smith" from "John B. Smith", and "Anna Maria Berg" from "Anna Sofia Berg"."""
    mine, theirs = words[1:-1], other[1:-1]
    if not mine or not theirs or set(mine) & set(theirs):
        first = mine[:1] != theirs[:1] and all(len(w) == 1 for w in (*mine, *theirs))
        return bool(mine and theirs) and first  # "George H. W. Bush" is not "George W. Bush"
    return not any(a[0] == b[0] and 1 in (len(a), len(b)) for a in mine for b in theirs)


def same_person(words: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Score whether two names can be one person's: 2 for equal, 1 for a surname or an agreeing short form, 0 for no."""
    w = weights("kg.resolve")
    if words == other:
        return w["person.equal"]
    if len(words) == 1 and len(other) > 1:
        if words[0] in other[1:-1]:
            return w["person.first_of_two_surnames"]
        if words[0] == other[-1]:
            return w["person.surname"]
        return w["person.given"] if words[0] == other[0] else 0.0
    if len(words) > 1 and len(other) > 1 and words[-1] == other[-1]:
        if _middles_differ(words, other):
            return 0.0
        a, b = words[0].rstrip("."), other[0].rstrip(".")
        if (
            a == b
            or (len(a) == 1 and b.startswith(a))
            or (len(b) == 1 and a.startswith(b))
            or a in other
            or b in words
        ):
            return w["person.same_given"]
        if len(a) > 3 and len(b) > 3 and a[:4] == b[:4]:
            return w["person.like_given"]
    return 0.0


def initials(text: str) -> str:
    """Return the capital letters that an acronym of the name would have."""
    return "".join(
        w[0].upper()
        for w in re.split(r"[\s-]+", text)
        if w and w.lower() not in name_words().small and w[0].isalpha()
    )


def as_usual(name: str) -> str:
    """Return a person's name in capitals as names are usually written.

    >>> as_usual("SHEILA MCDONALD DE LA CRUZ III")
    'Sheila McDonald de la Cruz III'
    """
    lists, words = name_words(), name.split(" ")
    kept, small = lists.cut_off - lists.stopped, lists.particles - {"st", "san", "dos"}

    def one(place: int, word: str) -> str:
        low = word.lower()
        if low in kept or (place and low in small):
            return word if low in kept else low
        head, mac, rest = word.title().partition("Mc" if low.startswith("mc") else "Mac")
        return head + mac + rest.capitalize() if mac == "Mc" or rest in lists.behind_mac else word.title()

    return " ".join(one(place, word) for place, word in enumerate(words))
