"""Dates of events that no word beside them tells: those of the event before or behind, or of the day of a digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.decoding import Thresholds
from kg.model import Event, Ground, Span, TimeRef

DIGEST = 5  # events
_WAYS = {"before": "the event before", "behind": "the event behind", "report": "the article's own day"}


def dated(
    events: Sequence[Event],
    how: Mapping[Span, Mapping[str, float]],
    published: str | None,
    thresholds: Thresholds,
) -> list[Event]:
    """Return events, given in the order of the text, with the dates that the reader takes from elsewhere.

    `how` gives for each trigger the probability of each way to come by a date: `before` and `behind` take that of the
    nearest dated event, `report` the article's own, `published`.

    Example: "The shell hit a bus on Friday. Nine people died." — the second happened on that Friday, too.
    """
    out: list[Event] = []
    last: TimeRef | None = None
    day = TimeRef(published[:10]) if published else None
    following = _following(events)
    # many events and not one word of time: a digest, which tells of its day
    silent = len(events) >= DIGEST and all(e.time is None for e in events)
    for event, next_time in zip(events, following, strict=True):
        ways = how[event.spans[0]]
        time, grounds = event.time, event.grounds
        if time is None:
            choices = {"before": last, "behind": next_time, "report": day}
            likely = [(ways[way], way) for way, value in choices.items() if value is not None]
            told = sum(ways[way] for way in choices)
            if likely and told >= thresholds.undated:
                sure, way = max(likely)
                of_the_day = silent or sure >= thresholds.of_the_day
                time = choices[way] if way != "report" or of_the_day else None
                note = (
                    f"that of {_WAYS[way]}"
                    if time is not None
                    else "less likely than an article's own day must be"
                )
                ground = Ground("head dated", "time", way, round(sure, 3), None, None, time is not None, note)
                grounds = (*grounds, ground)
        if time is not None:
            last = time
        out.append(replace(event, time=time, grounds=grounds))
    return out


def _following(events: Sequence[Event]) -> list[TimeRef | None]:
    out: list[TimeRef | None] = []
    later: TimeRef | None = None
    for event in reversed(events):
        out.append(later)
        later = event.time or later
    return out[::-1]
