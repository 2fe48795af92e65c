"""Tells a parser that a sentence ends with an abbreviation: "… were sold in the U.S. *Roth* said …"."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LANDS = ("U.S.", "U.K.", "U.N.", "E.U.", "U.S.A.")
HOURS = ("a.m.", "p.m.")
PLACING = ("in", "into", "to", "from", "across", "within", "outside", "throughout")
FINITE = ("VBD", "VBZ", "VBP", "MD")
NAMES = ("NNP", "NNPS")
LONGEST = 5  # words of a name
# what is a land's own: "passed in the U.S. House" ends no sentence
STATE = "Senate House Representatives Congress Capitol Court Army Navy Force Forces Marines Guard Military Open Mission"
STATE += (
    " Department Government Embassy Treasury Constitution Code Council Assembly Base Bureau Reserve Islands"
)
STATE += (
    " Midwest Northeast Northwest Southeast Southwest North South East West Coast Gulf Territories Mainland"
)
OF_STATE = frozenset(STATE.split())
# what goes on with an hour: "at 3 p.m. Tuesday"
_DATED = "Mon Tues Wednes Thurs Fri Satur Sun"
DATED = frozenset(f"{name}day" for name in _DATED.split())
_ZONES = "Eastern Central Mountain Pacific Greenwich GMT UTC BST CET CEST EST EDT CST CDT MST MDT PST PDT ET CT MT PT"
DATED |= frozenset((*_ZONES.split(), *calendar.month_name[1:]))


def end_at_abbreviations(nlp: Language) -> None:
    """Put a component before `nlp`'s parser that begins a sentence at a name behind an abbreviation, where a clause is
    complete before it and a finite verb follows the name.
    """
    from spacy.language import Language

    Language.component("abbreviation_ends", func=_ended)
    nlp.add_pipe("abbreviation_ends", before="parser")


def _ended(doc: Doc) -> Doc:
    finite = False
    for token in doc[:-1]:
        if finite and token.text in (*LANDS, *HOURS) and _closes(doc, token.i) and _begins(doc, token.i + 1):
            doc[token.i + 1].is_sent_start = True
            finite = False
        finite = (finite or token.tag_ in FINITE) and token.tag_ != "."
    return doc


def _closes(doc: Doc, i: int) -> bool:
    """Tell whether an abbreviation ends a phrase of place or hour: "into the U.S.", but "of the U.S. Congress"."""
    before = doc[i - 1]
    if doc[i].text in HOURS:
        return bool(before.tag_ == "CD")
    return doc[i - 1 - (before.lower_ == "the" and i > 1)].lower_ in PLACING


def _begins(doc: Doc, first: int) -> bool:
    """Tell a name that a finite verb follows, and that is none of a land's own bodies and parts, no day, no time."""
    last = first
    while last < len(doc) and last - first < LONGEST and doc[last].tag_ in NAMES:
        last += 1
    if last == first or doc[last - 1].text in OF_STATE or doc[first].text in DATED:
        return False
    last += last < len(doc) and doc[last].tag_ == "RB"
    return last < len(doc) and doc[last].tag_ in FINITE
