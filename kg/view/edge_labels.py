"""Take from an event's label the words that stand between those who take part: what a line between them says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MOST = 60
_DETERMINER = r"(?:(?:the|a|an|some|several|many|most|all|both)\s+)?"
_JOINED = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+with\s+)"
_LINKS = re.compile(r"^(?:[’']s?\s+|,\s*)|[\s,]+$")


def between(
    label: str, left: Iterable[Sequence[str]], right: Iterable[Sequence[str]], trigger: str = ""
) -> str:
    """Return the words of `label` after the names on its left and before those on its right.

    `left` and `right` hold, for each who takes part, all the names it goes by. Where the label does not begin
    with a name of the left, the words begin at the trigger, so far as the label has it. Without any words of
    its own the label says nothing between two, and an empty text is returned.

    >>> between("The Assembly may meet Verhagen", [["Northern Assembly", "Assembly"]], [["Otto Verhagen", "Verhagen"]])
    'may meet'
    """
    words = " ".join(label.split())
    start = _after(words, left)
    if start is None:
        found = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", words, re.IGNORECASE) if trigger else None
        start = found.start() if found else 0
    rest = words[start:]
    end = _before(rest, right)
    rest = _LINKS.sub("", rest if end is None else rest[:end]).strip()
    return rest if len(rest) <= _MOST else rest[: _MOST - 2].rsplit(" ", 1)[0] + " …"


def _names(things: Iterable[Sequence[str]]) -> str:
    """Return a pattern for every name, the longest first; of a longer one its last word counts, too."""
    found = {name.strip() for names in things for name in names if name.strip()}
    found |= {name.rsplit(" ", 1)[1] for name in found if " " in name}
    return "|".join(re.escape(name) for name in sorted(found, key=lambda name: (-len(name), name)))


def _after(words: str, things: Iterable[Sequence[str]]) -> int | None:
    names = _names(things)
    if not names:
        return 0
    one = rf"{_DETERMINER}(?:\w+\s+)??(?:{names})(?!\w)"
    match = re.match(rf"{one}(?:{_JOINED}{one})*", words, re.IGNORECASE)
    return match.end() if match else None


def _before(words: str, things: Iterable[Sequence[str]]) -> int | None:
    names = _names(things)
    if not names:
        return None
    match = re.search(rf"(?<!\w){_DETERMINER}(?:{names})(?!\w)", words, re.IGNORECASE)
    return match.start() if match else None
