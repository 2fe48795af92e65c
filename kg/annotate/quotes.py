"""Finds quotations by their marks, paragraph by paragraph, with continuation over paragraphs.

English convention (Chicago Manual of Style 13.30): a quotation of several paragraphs opens each of them with a
mark and closes only the last one.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Span
from kg.parsed import Quote

OPENING, CLOSING = "“«„", "”»"
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
        head = next((i for i in range(block.begin, block.end) if not text[i].isspace()), block.end)
        for position in range(block.begin, block.end):
            mark = text[position]
            if opened is None:
                if mark in OPENING or (mark == '"' and not _is_inches(text, position)):
                    opened = position
            elif mark in CLOSING or (mark == '"' and text[opened] in '"“„'):
                if position > opened + 1:
                    quotes.append(_quote(text, opened, position + 1, carried_here and opened <= head))
                opened = None
        if opened is not None and block.end - opened < MAX_UNCLOSED:
            first = opened <= head
            following = text[blocks[index + 1].begin :][:1] if index + 1 < len(blocks) else ""
            carried = bool(following) and following in OPENING + '"'
            if (carried or first) and block.end > opened + 1:
                quotes.append(_quote(text, opened, block.end, carried_here and first))
    return tuple(quotes)


def _is_inches(text: str, position: int) -> bool:
    """Tell a measure (5' 11") from a quotation mark: a digit before and no letter after."""
    after = text[position + 1 : position + 2]
    return text[position - 1 : position].isdigit() and not after.isalpha() and after != ""


def _quote(text: str, begin: int, end: int, continued: bool) -> Quote:
    inner_begin, inner_end = begin + 1, end
    if text[end - 1] in CLOSING + '"':
        inner_end -= 1
    while inner_begin < inner_end and text[inner_begin].isspace():
        inner_begin += 1
    while inner_end > inner_begin and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quote(Span(begin, end), Span(inner_begin, inner_end), continued)
