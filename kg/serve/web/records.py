"""What pages are made of: links to things, facts with their evidence, and pieces of marked text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SIDES = {"agent": "who", "patient": "whom"}


@dataclass(frozen=True, slots=True)
class PageLink:
    """A thing to link to; `kind` is person, organization, place, group, event, statement, article, role or ''."""

    iri: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence that a fact was taken from; `marks` are code points within `text`, `page` that of a paged document.

    Where several of the graph's facts are told as one, `of` is the sentence's own, and `state` its modality, and
    `former` before it.
    """

    span: str
    article: PageLink
    date: str
    begin: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    page: int | None = None
    of: str = ""
    state: tuple[str, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """The sentence cut where marks begin and end; marks that touch or overlap become one."""
        found, at = [], 0
        for begin, end in sorted(self.marks):
            begin = max(begin, at)
            if end <= begin:
                continue
            if begin > at:
                found.append(Piece(self.text[at:begin]))
            found.append(Piece(self.text[begin:end], True))
            at = end
        if at < len(self.text):
            found.append(Piece(self.text[at:]))
        return found


@dataclass(frozen=True, slots=True)
class Fact:
    """An event, a statement, a membership or a relation.

    `word` is its class in words, `parts` are pairs of a part's name (agent, patient, place, speaker, addressee,
    about, member, organization, role, subject, object) and who fills it, `according_to` the statement that
    reports an event, `themes` what an event is about in words, `tellings` what else is told of it in one row with it.
    Dates are as the graph has them: YYYY, YYYY-MM or YYYY-MM-DD.
    """

    iri: str
    kind: str
    label: str
    word: str
    stance: str = "neutral"
    modality: str = ""
    when: str = ""
    until: str = ""
    confidence: float | None = None
    parts: tuple[tuple[str, PageLink], ...] = ()
    according_to: str = ""
    text: str = ""
    direct: bool = False
    cue: str = ""
    former: bool = False
    themes: tuple[str, ...] = ()
    evidence: tuple[EvidenceSentence, ...] = ()
    tellings: tuple[Fact, ...] = ()

    def who(self, *names: str) -> list[PageLink]:
        """Return who fills the parts of these names."""
        return [link for part, link in self.parts if part in names]

    @property
    def title(self) -> str:
        """What it says, in a line: who holds which role where, who stands how to whom, the words of the rest."""

        def names(part: str) -> str:
            return ", ".join(link.label for link in self.who(part))

        if self.kind == "statement":
            return self.text
        if self.kind == "membership":
            where = names("organization")
            return f"{names('member')}: {self.label}{f' of {where}' if where else ''}"
        if self.kind == "relation":
            return f"{names('subject')} {self.label} {names('object')}"
        return self.label

    @property
    def unsaid(self) -> list[tuple[str, list[PageLink]]]:
        """Who takes part in an event, and in whom, where its label doesn't say so by name."""

        def words(text: str) -> str:
            return f" {' '.join(_WORD.findall(text.casefold()))} "

        label = words(self.label)

        def missing(part: str) -> list[PageLink]:
            return [
                one
                for one in self.who(part)
                if one.label.split()
                and words(one.label) not in label
                and words(one.label.split()[-1]) not in label
            ]

        return [(word, found) for part, word in _SIDES.items() if (found := missing(part))]

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day on which an article tells of it; empty where none is dated."""
        dated = sorted(piece.date for piece in self.evidence if piece.date)
        return (dated[0], dated[-1]) if dated else ("", "")

    @property
    def link(self) -> PageLink:
        """The fact's own page."""
        return PageLink(self.iri, self.label, self.kind)
