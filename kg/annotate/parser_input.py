"""Makes of each block the words that the parser reads, and keeps where each of them stands in the article.

Typographic marks become plain ones, headlines are written as sentences are, and what a reader passes over (unseen
characters, credits, party tags) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotate.parentheticals import asides, invisible, visible
from kg.annotate.segmentation import plain
from kg.annotate.truecasing import CaseEvidence, Rank, gather, is_shouted, is_title_case, usual
from kg.model import Span
from kg.parsed import BlockKind, Quote

SINGLE = frozenset("'‘’‚‛")
AYN = re.compile(r"(?:\b[A-Z][\w’'-]{0,40}\s|-)([‘’ʻʿ])(?=[A-Z][a-z])")
"""The letter of Arabic before "Abd" in "Salim ‘Abd al-Karim", which the parser takes for a mark between two names."""


@dataclass(frozen=True, slots=True)
class ParserInput:
    """The `words` of one block as the parser reads them; `places` says where each of their characters stands in `text`,
    None where nothing was left out.
    """

    text: str
    span: Span
    kind: BlockKind
    words: str
    places: tuple[int, ...] | None = None

    def place(self, index: int) -> int:
        """Return the code point of `text` at which a character of `words` stands."""
        return self.span.begin + index if self.places is None else self.places[index]

    def seen(self, begin: int, end: int) -> str:
        """Return what a reader sees of a stretch of `text`."""
        words = self.text[begin:end]
        if self.places is None or not invisible(words):
            return words
        return "".join(words[i - begin] for i in visible(self.text, Span(begin, end), []))

    def spaced(self, end: int) -> bool:
        """Tell whether a space follows a stretch of `text` that ends at `end`."""
        while self.places is not None and invisible(self.text[end : end + 1]):
            end += 1
        return self.text[end : end + 1].isspace()


def readings(
    text: str, blocks: Sequence[tuple[Span, BlockKind]], quotes: Sequence[Quote], rank: Rank
) -> list[ParserInput]:
    """Return one reading a block, in order; `rank` knows the vocabulary (see `casing`)."""
    marked = {p for q in quotes for p in (q.span.begin, q.span.end - 1) if text[p] in SINGLE}
    unseen = invisible(text)
    evidence: CaseEvidence | None = None
    found: list[ParserInput] = []
    for number, (span, kind) in enumerate(blocks):
        words = plain(text, span, kind)
        if _may_be_headline(number, words, kind) and (is_shouted(words) or is_title_case(words)):
            if evidence is None:
                evidence = gather(
                    plain(text, s, k)
                    for n, (s, k) in enumerate(blocks)
                    if not _may_be_headline(n, s.of(text), k)
                )
            words = usual(words, evidence, rank)
        if marked:
            words = "".join('"' if span.begin + i in marked else c for i, c in enumerate(words))
        hidden = asides(text, span) if kind is BlockKind.BODY else []
        if not text.isascii():
            letters = (m.start(1) for m in AYN.finditer(text, span.begin, span.end))
            hidden += [Span(p, p + 1) for p in letters if p not in marked]
        if not hidden and not (unseen and invisible(words)):
            found.append(ParserInput(text, span, kind, words))
            continue
        places = visible(text, span, hidden)
        if not places:
            continue
        seen = "".join(words[i - span.begin] for i in places)
        found.append(ParserInput(text, span, kind, seen, tuple(places)))
    return found


def _may_be_headline(number: int, words: str, kind: BlockKind) -> bool:
    """Tell a headline by its kind; a first line by its form, and any line by its capitals."""
    if kind is BlockKind.TITLE:
        return True
    if kind is not BlockKind.BODY or len(words) > 200 or words.rstrip().endswith((".", "!", "?", '"', "”")):
        return False
    return number == 0 or is_shouted(words)
