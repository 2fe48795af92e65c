"""Count what a story holds, as the legend and the head of the page tell it before anything is filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.view.records import Story


@dataclass(frozen=True, slots=True)
class Census:
    """How many things, facts and articles there are by kind, and facts by stance, modality and class.

    A quote is neither friend nor foe nor less certain than another, so only `classes` and `kinds` count quotes.
    """

    kinds: dict[str, int]
    stances: dict[str, int]
    mods: dict[str, int]
    classes: dict[str, int]


def census(story: Story) -> Census:
    """Return the counts of a story; the page counts by the same rule what passes its filters (`KG.tally`)."""
    firm = [fact for fact in story.facts if fact.kind != "statement"]
    return Census(
        kinds=_count([*(t.kind for t in story.things), *(f.kind for f in story.facts)])
        | {"article": len(story.articles)},
        stances=_count(fact.stance for fact in firm),
        mods=_count(fact.modality for fact in firm),
        classes=_count(fact.cls for fact in story.facts),
    )


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
