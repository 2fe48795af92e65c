"""Joins the statements that the reader finds with those that cues and quotation marks tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.interval_index import Overlaps
from kg.model import Ground, Statement


def joined(read: Sequence[Statement], told: Sequence[Statement]) -> list[Statement]:
    """Return the statements of both, in the order of the text, ids `s1`, `s2`, …

    Indirect speech is the reader's to find, direct speech is found by both. Where a cue beside the same words tells who
    speaks ("…," *said Koval*), that goes before what the reader takes for the speaker, and the words of direct speech
    end where its marks do.
    """
    out: list[Statement] = []
    used: set[str] = set()
    near: Overlaps[Statement] = Overlaps()
    for one in told:
        near.add(one.span, one)
    for statement in read:
        same = _most_shared(statement, near.over(statement.span))
        if same is None:
            out.append(statement)
            continue
        if same.id in used and same.direct and statement.direct:
            continue  # a quotation of several paragraphs is one
        used.add(same.id)
        out.append(_mended(statement, same))
    taken: Overlaps[Statement] = Overlaps()
    for one in out:
        taken.add(one.span, one)
    kept = [s for s in told if s.direct and not taken.over(s.span)]
    everything = sorted((*out, *kept), key=lambda s: (s.span.begin, -s.span.end, not s.direct))
    apart: list[Statement] = []
    before: Overlaps[Statement] = Overlaps()
    for statement in everything:  # what a quotation reports belongs to the words of its speaker
        if not any(other.span.covers(statement.span) for other in before.over(statement.span)):
            apart.append(statement)
            before.add(statement.span, statement)
    return [replace(s, id=f"s{n}") for n, s in enumerate(apart, 1)]


def _mended(statement: Statement, same: Statement) -> Statement:
    made = replace(statement, reason=f"{statement.reason}; {same.reason}")
    made = replace(made, grounds=(*statement.grounds, *_grounds(statement, same)))
    if same.speaker is not None:
        made = replace(
            made,
            speaker=same.speaker,
            co_speakers=same.co_speakers,
            addressee=made.addressee or same.addressee,
        )
    if same.direct and statement.direct:
        made = replace(made, text=same.text, span=same.span, about=same.about)
    return made


def _grounds(statement: Statement, same: Statement) -> list[Ground]:
    """Return what cues and marks say of a statement of the reader's."""
    out = list(same.grounds)
    if same.speaker is not None and statement.speaker not in (None, same.speaker):
        note = "the cue beside the words names another"
        out.append(Ground("rule cue", "speaker", entity=statement.speaker, kept=False, note=note))
    return out


def _most_shared(statement: Statement, told: Sequence[Statement]) -> Statement | None:
    """Return the told statement that shares most of the words, at least half of the shorter one's."""
    best: Statement | None = None
    most = 0
    for other in told:
        shared = min(statement.span.end, other.span.end) - max(statement.span.begin, other.span.begin)
        least = min(statement.span.end - statement.span.begin, other.span.end - other.span.begin)
        if shared > most and 2 * shared >= least:
            best, most = other, shared
    return best
