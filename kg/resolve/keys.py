"""How names are compared: without articles, punctuation, particles and generations."""

from __future__ import annotations

import re
from functools import lru_cache

PARTICLES = frozenset(
    {
        "al",
        "el",
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "ben",
        "abu",
        "st",
        "san",
        "dos",
        "del",
    }
)
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "&", "to", "a", "de", "la", "des", "du", "del"})


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
    words = [w for w in re.split(r"[\s]+", plain_key(text)) if w]
    out = []
    for word in words:
        bare = re.sub(r"^(al|el|as|ash|ad|an|ar|at|az|abd)-", "", word)
        if bare not in PARTICLES and bare not in ("jr", "sr", "ii", "iii", "iv"):
            out.append(bare)
    return tuple(out or words)


def same_person(words: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Score whether two names can be one person's: 2 for equal, 1 for a surname or an agreeing short form, 0 for no."""
    if words == other:
        return 2.0
    if len(words) == 1 and len(other) > 1:
        if words[0] in other[1:-1]:
            return 0.7  # "Itzel Guzmán Robles" goes by the first of two surnames
        return 1.0 if words[0] == other[-1] else 0.4 if words[0] == other[0] else 0.0
    if len(words) > 1 and len(other) == 1:
        return 1.0 if other[0] == words[-1] else 0.0
    if len(words) > 1 and len(other) > 1 and words[-1] == other[-1]:
        a, b = words[0].rstrip("."), other[0].rstrip(".")
        if (
            a == b
            or (len(a) == 1 and b.startswith(a))
            or (len(b) == 1 and a.startswith(b))
            or a in other
            or b in words
        ):
            return 1.5
        if len(a) > 3 and len(b) > 3 and a[:4] == b[:4]:
            return 1.2
    return 0.0


def initials(text: str) -> str:
    """Return the capital letters that an acronym of the name would have."""
    return "".join(
        w[0].upper() for w in re.split(r"[\s-]+", text) if w and w.lower() not in SMALL and w[0].isalpha()
    )
