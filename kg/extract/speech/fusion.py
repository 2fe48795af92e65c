"""Joins the statements that the reader finds with those that cues and quotation marks tell, and turns of interviews."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kg.extract.decoding import Thresholds, load_thresholds
from kg.extract.interval_index import Overlaps
from kg.model import Ground, Statement


def joined(
    read: Sequence[Statement],
    told: Sequence[Statement],
    turns: Sequence[Statement] = (),
    thresholds: Thresholds | None = None,
    phrases: Collection[str] = (),
) -> list[Statement]:
    """Return the statements of all, in the order of the text, ids `s1`, `s2`, …

    Indirect speech is the reader's to find, direct speech is found by both. Where a cue beside the same words tells who
    speaks ("…," *said Koval*), that goes before what the reader takes for the speaker, and the words of direct speech
    end where its marks do. What stands in a turn of an interview is part of what is said there. `phrases` are the ids
    of those read that have no verb of their own.
    """
    least = thresholds or load_thresholds()
    answers: Overlaps[Statement] = Overlaps()
    for one in turns:
        answers.add(one.span, one)
    read = [s for s in read if not answers.over(s.span)]
    told = [s for s in told if not answers.over(s.span)]
    out: list[Statement] = []
    used: set[str] = set()
    near: Overlaps[Statement] = Overlaps()
    for one in told:
        near.add(one.span, one)
    for statement in read:
        same = _most_shared(statement, near.over(statement.span))
        if same is None:
            if _is_sure(statement, least, statement.id in phrases):
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
    everything = sorted((*turns, *out, *kept), key=lambda s: (s.span.begin, -s.span.end, not s.direct))
    apart: list[Statement] = []
    before: Overlaps[Statement] = Overlaps()
    for statement in everything:  # what a quotation reports belongs to the words of its speaker
        if not any(other.span.covers(statement.span) for other in before.over(statement.span)):
            apart.append(statement)
            before.add(statement.span, statement)
    return [replace(s, id=f"s{n}") for n, s in enumerate(apart, 1)]


def _is_sure(statement: Statement, least: Thresholds, phrase: bool) -> bool:
    """Tell whether what only the reader finds is likely enough to be a statement."""
    sourced = statement.speaker is not None or any(
        g.source == "head quote.speaker" and g.kept for g in statement.grounds
    )  # a pronoun may be one that nobody near is meant by
    if not sourced or (not statement.direct and statement.cue is None):
        return statement.confidence >= least.sourceless
    return statement.direct or statement.confidence >= (least.phrase if phrase else least.untold)


def _mended(statement: Statement, same: Statement) -> Statement:
    made = replace(statement, reason=f"{statement.reason}; {same.reason}")
    made = replace(made, grounds=(*statement.grounds, *_grounds(statement, same)))
    if same.speaker is not None and _is_of_one_cue(statement, same):
        made = replace(
            made,
            speaker=same.speaker,
            co_speakers=same.co_speakers,
            cue=made.cue or same.cue,
            addressee=made.addressee or same.addressee,
        )
    if same.direct and statement.direct:
        made = replace(made, text=same.text, span=same.span, about=same.about)
    return made


def _is_of_one_cue(statement: Statement, same: Statement) -> bool:
    """Tell whether a cue tells of just these words: within "officials say that he said …" there are two."""
    cues = [
        g.span for g in statement.grounds if g.source == "head quote.cue" and g.kept and g.span is not None
    ]
    if statement.speaker is None or not cues:
        return True
    if same.direct and same.cue is not None and all(cue.end <= same.sentence.begin for cue in cues):
        return True  # what stands in a sentence with the words goes before the cue of the paragraph above
    outer = not same.direct and any(same.span.covers(cue) for cue in cues)
    return not outer and (
        same.cue is None or statement.cue is None or same.cue.lower() == statement.cue.lower()
    )


def _grounds(statement: Statement, same: Statement) -> list[Ground]:
    """Return what cues and marks say of a statement of the reader's."""
    out = list(same.grounds)
    if not _is_of_one_cue(statement, same):
        note = "another cue than that of the words"
        out = [replace(g, kept=False, note=note) if g.part == "speaker" else g for g in out]
    elif same.speaker is not None and statement.speaker not in (None, same.speaker):
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
