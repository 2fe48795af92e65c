"""Finds quotations by their marks, paragraph by paragraph, with continuation over paragraphs.

English convention (Chicago Manual of Style 13.30): a quotation of several paragraphs opens each of them with a
mark and closes only the last one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span
from kg.parsed import Quote

OPENING, CLOSING = "“«„", "”»"
SINGLE = {"'": "'", "‘": "’"}  # what opens between single marks, as the British write, and what closes it
MARKS = re.compile("['‘’]")
# What begins with an apostrophe, not with a mark: "'em", "'90s".
LED = re.compile(
    r"['‘’](?:(?:em|til|tis|twas|twere|cause|cos|n|bout|round)\b|\d0?0?s?\b|\d\ds?\b)", re.IGNORECASE
)
STOPS = frozenset('.,!?;:…—–"”)')
MAX_UNCLOSED = 1500  # code points: past this an unmatched mark is a slip of the pen


def find_quotes(text: str, blocks: Sequence[Span]) -> tuple[Quote, ...]:
    """Return the outermost quotations in `text`, in order; single marks count only where they enclose a whole phrase.

    `blocks` are the paragraphs. A straight mark opens when none is open. A mark left open at the end of a paragraph
    runs to that end when the next paragraph begins with a mark (then marked `continued`), or when it began the
    paragraph; otherwise it is dropped.
    """
    quotes: list[Quote] = []
    carried = False
    for index, block in enumerate(blocks):
        opened: int | None = None
        carried_here, carried = carried, False
        single = block.begin  # where the last quotation between single marks ended
        head = next((i for i in range(block.begin, block.end) if not text[i].isspace()), block.end)
        behind = blocks[index + 1].begin if index + 1 < len(blocks) else len(text)
        following = text[behind : behind + 1]
        for position in range(block.begin, block.end):
            mark = text[position]
            if position < single:
                continue
            if opened is None:
                if mark in SINGLE and _opens(text, position, block):
                    closing = _closing(text, position, block.end)
                    first = position <= head
                    goes_on = closing is None and first and following == mark  # in the next paragraph
                    if closing is not None or goes_on:
                        single = block.end if closing is None else closing + 1
                        quotes.append(_quote(text, position, single, carried_here and first))
                        carried = carried or goes_on
                elif mark in OPENING or (mark == '"' and not _is_inches(text, position)):
                    opened = position
            elif mark in CLOSING or (mark == '"' and text[opened] in '"“„'):
                if position > opened + 1:
                    quotes.append(_quote(text, opened, position + 1, carried_here and opened <= head))
                opened = None
        if opened is not None and block.end - opened < MAX_UNCLOSED:
            first = opened <= head
            carried = bool(following) and following in OPENING + '"'
            if (carried or first) and block.end > opened + 1:
                quotes.append(_quote(text, opened, block.end, carried_here and first))
    return tuple(quotes)


def _opens(text: str, position: int, block: Span) -> bool:
    """Tell a single mark before a phrase from an apostrophe."""
    before = text[position - 1] if position > block.begin else " "
    after = text[position + 1] if position + 1 < block.end else " "
    if not (before.isspace() or before in "([—–-") or not (after.isalnum() or after in '["“…$£€'):
        return False
    return LED.match(text, position) is None


def _closing(text: str, position: int, end: int) -> int | None:
    """Return where the mark stands that closes the one at `position`, or None: no apostrophe within a word, and no
    possessive of a plural ("the workers' pay") where a mark behind a stop follows.
    """
    mark = SINGLE[text[position]]
    doubtful: int | None = None
    latest = min(end, position + MAX_UNCLOSED)
    first = text.find(mark, position + 2, latest)  # what stands before it opens at most
    for found in MARKS.finditer(text, first, latest) if first >= 0 else ():
        j = found.start()
        if text[j] == text[position] and text[j - 1].isspace() and LED.match(text, j) is None:
            if text[position] == mark or doubtful is not None:
                return doubtful  # another one opens
            continue
        if text[j] != mark or text[j - 1].isspace() or text[j + 1 : j + 2].isalnum():
            continue
        if text[j - 1] in STOPS:
            return j
        plural = text[j - 1] in "sSzx" and re.match(r"\s\w", text[j + 1 : min(end, j + 3)]) is not None
        if not plural:
            return j
        doubtful = j if doubtful is None else doubtful
    return doubtful


def _is_inches(text: str, position: int) -> bool:
    """Tell a measure (5' 11") from a quotation mark: a digit before and no letter after."""
    after = text[position + 1 : position + 2]
    return text[position - 1 : position].isdigit() and not after.isalpha() and after != ""


def _quote(text: str, begin: int, end: int, continued: bool) -> Quote:
    inner_begin, inner_end = begin + 1, end
    if text[end - 1] in CLOSING + '"' or (text[begin] in SINGLE and text[end - 1] == SINGLE[text[begin]]):
        inner_end -= 1
    while inner_begin < inner_end and text[inner_begin].isspace():
        inner_begin += 1
    while inner_end > inner_begin and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quote(Span(begin, end), Span(inner_begin, inner_end), continued)
