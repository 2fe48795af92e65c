"""Cut a text where marks begin and end, so that marks that nest or overlap can be written one after the other.

HTML elements nest and links may not lie in one another; spans of a text do both as they like. So the text is
cut at every begin and end, and each piece knows all the marks that cover it. All offsets are code points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.serve.web.records import PageLink

_LINED = {"person", "organization", "place", "group", "membership"}
_DEPTH = 24
"""More marks over one piece are not told: a hostile graph may have thousands over the same words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that speaks of something."""

    begin: int
    end: int
    link: PageLink


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of text under the marks `over`, the innermost first; the spans that begin here are `anchors`.

    `link` is where the piece leads to: what the innermost mention speaks of, if there's a letter in the piece.
    """

    begin: int
    end: int
    text: str
    over: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def looks(self) -> str:
        """How the piece looks, as classes: `in-…` for the innermost mention, `out-…` for the one around it."""
        named = [m.link.kind for m in self.over if m.link.kind in _LINED]
        lined = [f"{place}-{kind}" for place, kind in zip(("in", "out"), dict.fromkeys(named), strict=False)]
        return " ".join([*lined, *sorted({m.link.kind for m in self.over} & {"event", "statement"})])

    @property
    def link(self) -> PageLink | None:
        """The page that the piece leads to."""
        if not any(char.isalnum() for char in self.text):
            return None
        return next((m.link for m in self.over if m.link.kind != "statement"), None)

    @property
    def inside(self) -> str:
        """All that the piece speaks of, in words for a tooltip."""
        return " · ".join(dict.fromkeys(mark.link.label for mark in self.over))


def cut(text: str, marks: Iterable[Mark], anchors: Iterable[tuple[int, int]] = ()) -> list[Cut]:
    """Return the text in pieces; marks that are empty or reach beyond the text are cut off or left out."""
    size = len(text)
    within = {
        Mark(max(m.begin, 0), min(m.end, size), m.link) for m in marks if max(m.begin, 0) < min(m.end, size)
    }
    order = sorted(within, key=lambda m: (m.end - m.begin, m.begin, m.link.kind, m.link.iri))
    named: dict[int, list[str]] = defaultdict(list)
    for begin, end in sorted(set(anchors)):
        if 0 <= begin <= end <= size:
            named[begin].append(f"char={begin},{end}")
    edges = sorted({0, size, *named, *(m.begin for m in within), *(m.end for m in within)})
    opening: dict[int, list[Mark]] = defaultdict(list)
    for mark in order:
        opening[mark.begin].append(mark)
    rank = {mark: number for number, mark in enumerate(order)}
    live: list[Mark] = []
    pieces = []
    for begin, end in pairwise(edges):
        live = [mark for mark in live if mark.end > begin] + opening[begin]
        live.sort(key=rank.__getitem__)
        pieces.append(Cut(begin, end, text[begin:end], tuple(live[:_DEPTH]), tuple(named[begin])))
    return pieces
