"""The text that facts stand on: an IRI says where a stretch of it is, and as much more is written as is asked for.

`<DOC#char=B,E>` (RFC 5147) names the article, the begin and the end. *Lean* evidence describes what that leaves
open: the words of each sentence that a fact was taken from, and those of a mention that stands in no such sentence.
*Full* evidence describes every stretch in NIF, with its offsets and its context beside its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from kg.errors import UsageError
from kg.model import Span

_PLACE = re.compile(r"(?P<doc>[^#]+)#char=(?P<begin>[0-9]{1,9}),(?P<end>[0-9]{1,9})")


class Evidence(StrEnum):
    """How much is said of the text that facts stand on."""

    LEAN = "lean"
    FULL = "full"


def evidence_of(name: str) -> Evidence:
    """Return the evidence that a user names.

    Raises:
        UsageError: there is none of that name.

    Example:
        >>> evidence_of("full")
        <Evidence.FULL: 'full'>
    """
    try:
        return Evidence(name)
    except ValueError:
        raise UsageError(f"'{name}' is no evidence; there are {', '.join(Evidence)}") from None


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A stretch of an article's text, as its IRI tells."""

    doc: str
    begin: int
    end: int


def place_of(iri: str) -> TextPlace | None:
    """Return what the IRI of a stretch tells; None if it is no such IRI.

    Example:
        >>> place_of("https://example.org/newskg/article/a#char=3,8")
        TextPlace(doc='https://example.org/newskg/article/a', begin=3, end=8)
    """
    match = _PLACE.fullmatch(iri)
    return TextPlace(match["doc"], int(match["begin"]), int(match["end"])) if match else None


def outside(spans: Iterable[Span], sentences: Iterable[Span]) -> list[Span]:
    """Return the spans that lie in none of the sentences, sorted.

    Example:
        >>> outside([Span(0, 4), Span(12, 15)], [Span(0, 10)])
        [Span(begin=12, end=15)]
    """
    whole = sorted(sentences)
    begins = [sentence.begin for sentence in whole]
    # the farthest end of a sentence that begins here or before
    reach = list(accumulate((sentence.end for sentence in whole), max))
    found = []
    for span in sorted(spans):
        place = bisect_right(begins, span.begin)
        if not place or reach[place - 1] < span.end:
            found.append(span)
    return found
