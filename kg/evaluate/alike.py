"""When two names, titles, quotations or spans count as the same."""

from __future__ import annotations

import re
from collections import Counter

from kg.model import Span

_ARTICLES = frozenset({"the", "a", "an"})
_LIGHT = _ARTICLES | set(
    "of for and to in at on mr mrs ms his her its their".split()  # noqa: SIM905
)
_POSSESSIVE = re.compile(r"[’'`]s\b")
_WORD = re.compile(r"[\w]+")

ENOUGH = 0.6
"""The share of words that two titles or quotations must have in common."""


def norm(name: str) -> str:
    """Return a name as it is compared: lower case, without articles, possessive endings and marks."""
    plain = _POSSESSIVE.sub("", name.lower()).replace(".", "")
    return " ".join(word for word in _WORD.findall(plain) if word not in _ARTICLES)


def overlap(a: str, b: str) -> float:
    """Return how much two texts share, 0 to 1: twice the common content words over all of both."""
    mine, theirs = _content(a), _content(b)
    common = sum((mine & theirs).values())
    return 2 * common / (sum(mine.values()) + sum(theirs.values())) if common else 0.0


def near(a: Span, b: Span) -> bool:
    """Tell whether two spans are one mention: they overlap by half of the shorter at least."""
    common = min(a.end, b.end) - max(a.begin, b.begin)
    return common > 0 and common * 2 >= min(a.end - a.begin, b.end - b.begin)


def tight(a: Span, b: Span) -> bool:
    """Tell whether two spans overlap by half of the longer at least."""
    common = min(a.end, b.end) - max(a.begin, b.begin)
    return common > 0 and common * 2 >= max(a.end - a.begin, b.end - b.begin)


def _content(text: str) -> Counter[str]:
    return Counter(word for word in norm(text).split() if word not in _LIGHT)
