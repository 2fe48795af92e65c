"""Finds what stands in a sentence and is no part of it: characters that nobody sees, credits, a lawmaker's party tag.

Readers pass over "(Photo: Getty Images)" and "(R-Wis.)"; the parser stumbles, and takes the words for actors.
"""

from __future__ import annotations

import re
import unicodedata

from kg.model import Span

_CREDITED = r"(?:file |stock |press |handout |courtesy |ap |afp |epa |reuters |pa |getty )*"
_THING = (
    r"(?:photo(?:graph)?s?|pictures?|pics?|images?|videos?|graphics?|illustrations?|artwork|"
    r"maps?|footage|screenshots?)"
)
_AGENCY = r"(?:getty(?:\ images)?|afp|ap|reuters|epa|shutterstock|bloomberg|xinhua|alamy|rex|pa)"
CREDIT = re.compile(
    rf"""\s*[\(\[]\s*(?:
        {_CREDITED}{_THING}\s*(?:credits?|courtesy)?\s*(?:[:/|–—-]|\b(?:by|from|via|courtesy|courtesy\ of)\b)
            \s*(?-i:[A-Z])[^()\[\]\n]{{1,90}}
      | (?:credits?|source|copyright|©)\s*[:/|–—©]\s*(?-i:[A-Z])[^()\[\]\n]{{1,80}}
      | courtesy(?:\ of)?\s*:?\s*(?-i:[A-Z])[^()\[\]\n]{{1,80}}
      | [^()\[\]\n]{{2,60}}/\s*{_AGENCY}(?:\ images?|\ wire|\ photo)?
      | (?:getty\ images|ap\ photo|afp\ photo|reuters\ photo|file\ photo|shutterstock|alamy)
    )\s*[\)\]]""",
    re.IGNORECASE | re.VERBOSE,
)
LETTER = r"(?:R|D|I|L|G|DFL|NPP|Rep|Dem|Ind|GOP)"
PARTY = r"(?:Con|Lab|Lib Dem|LD|SNP|PC|DUP|Republican|Democrat|Independent|Conservative|Labour|Liberal)"
STATE = (
    r"(?:(?:[A-Z]\.){2}|Ariz|Ark|Conn|Del|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex"
    r"|Utah|Va|Wash|W\.? ?Va|New [A-Z][a-z]+|(?:North|South|West) [A-Z][a-z]+|Rhode Island"
    r"|[A-Z][a-z]*[aefghinorstxyzlo]|[A-Z]{2})\.?"
)
TAG = re.compile(
    rf"\s*\(\s*{LETTER}\.?\s?[-–—,]\s?(?!Day\b){STATE}(?:[ -]\d+(?:st|nd|rd|th)?)?\s*\)"  # "(R-Wis.)", "(D., N.Y.)"
    rf"|\s*\(\s*{PARTY}\s?[-–—,]\s?[A-Z][\w.’' -]{{1,30}}\s*\)"  # "(Lab, Leeds North)"
    rf"|,\s(?:R|D|I|DFL)[-–—](?!Day\b){STATE}(?:,|(?=[.;]))"  # ", D-N.Y.,"
)


def invisible(text: str) -> bool:
    """Tell whether a text holds characters of the category Cf (marks of direction, soft hyphens, joiners)."""
    return not text.isascii() and any(unicodedata.category(c) == "Cf" for c in set(text))


def asides(text: str, span: Span) -> list[Span]:
    """Return the stretches of `span` that are passed over in reading, in order, none overlapping another.

    A credit that is all of the span stays: a line of its own is a caption's matter.
    """
    words = span.of(text)
    found = [
        Span(span.begin + m.start(), span.begin + m.end())
        for pattern in (CREDIT, TAG)
        if "(" in words or "[" in words or pattern is TAG
        for m in pattern.finditer(words)
    ]
    kept: list[Span] = []
    for one in sorted(found):
        rest = words[: one.begin - span.begin] + words[one.end - span.begin :]
        if rest.strip(" .") and not (kept and kept[-1].overlaps(one)):
            kept.append(one)
    return kept


def visible(text: str, span: Span, hidden: list[Span]) -> list[int]:
    """Return the places in `text` that a reader reads: `span` without `hidden` stretches and unseen characters."""
    gone = {i for one in hidden for i in range(one.begin, one.end)}
    return [
        i
        for i in range(span.begin, span.end)
        if i not in gone and (text[i].isascii() or unicodedata.category(text[i]) != "Cf")
    ]
