"""Where the headline stands in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from kg.model import Span
from kg.read.blocks import follows_blank, lines_of, overlaps_any
from kg.read.dates import dateline

_MAX_CHARACTERS = 220
_MAX_WORDS = 32
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.)+$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|Mt|etc|No|Dec|Jan|Feb)\.$")
_DATE_ONLY = re.compile(r"[\w\s,.:/|–—-]{0,40}\b(?:1[5-9]|20|21)\d\d\b[\w\s,.:/|–—-]{0,30}")
# what a date line has besides its numbers: "2025 Harbour offensive" has none of it
_OF_DATES = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?"
    r"|january|february|march|april|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|published|posted|updated|modified|date)(?!\w)"
    r"|\d[/.:-]\d",
    re.IGNORECASE,
)


def find_title(
    text: str, title: str | None, furniture: Sequence[Span] = (), captions: Sequence[Span] = ()
) -> Span | None:
    """Return where the headline stands in `text`, or None.

    A given `title` counts only where the text begins with it, on a line of its own. Without one, the first
    line that is no furniture is the headline when it is short, has no final period and a blank line after it.
    """
    lines = list(islice((line for line in lines_of(text) if not overlaps_any(line, furniture)), 2))
    if not lines:
        return None
    first = lines[0]
    if title is not None:
        return first if folded(first.of(text)) == folded(title) else None
    if len(lines) < 2 or overlaps_any(first, captions):
        return None
    told = _is_headline(first.of(text), lines[1].of(text)[:200])
    return first if told and follows_blank(text, first, lines[1]) else None


def _is_headline(line: str, next_line: str) -> bool:
    if len(line) > _MAX_CHARACTERS or not 2 <= len(line.split()) <= _MAX_WORDS:
        return False
    if not any(character.isalpha() for character in line) or line.endswith((",", ";", ":")):
        return False
    if line.endswith(".") and not line.endswith("...") and not _ABBREVIATION_END.search(line):
        return False
    # a date line has a year and at most a few words besides
    few = len(re.findall(r"[A-Za-z]{2,}", line)) <= 3
    if not (few and _DATE_ONLY.fullmatch(line) and _OF_DATES.search(line)):
        return True
    # "March 2012 Harbour clashes" over the date line proper
    return dateline(line) is None and dateline(next_line) is not None


def folded(words: str) -> str:
    """Return letters and digits alone, in small letters: by them a line and a title are compared."""
    return "".join(character for character in words.casefold() if character.isalnum())
