"""Joins the statements that the reader finds with those that cues and quotation marks tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Statement


def joined(read: Sequence[Statement], told: Sequence[Statement]) -> list[Statement]:
    """Return the reader's statements, in the order of the text, ids `s1`, `s2`, …

    Where a cue beside the same words tells who speaks ("…," *said Koval*), that goes before what the reader takes for
    the speaker; several speakers of one statement are told by cues alone.
    """
    out = []
    for number, statement in enumerate(read, 1):
        same = _most_shared(statement, told)
        if same is not None:
            statement = replace(
                statement,
                speaker=same.speaker,
                co_speakers=same.co_speakers,
                addressee=statement.addressee or same.addressee,
                reason=f"{statement.reason}; {same.reason}",
            )
        out.append(replace(statement, id=f"s{number}"))
    return out


def _most_shared(statement: Statement, told: Sequence[Statement]) -> Statement | None:
    """Return the told statement with a speaker that shares most of the words."""
    best: Statement | None = None
    most = 0
    for other in told:
        shared = min(statement.span.end, other.span.end) - max(statement.span.begin, other.span.begin)
        if other.speaker is not None and shared > most:
            best, most = other, shared
    return best
