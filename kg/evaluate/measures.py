"""Counts of what is right, found and wanted, and the precision, recall and F that they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MEASURES: Mapping[str, str] = {
    "entities": "one node a thing, found by its name or one of its other names",
    "types": "the right top class among the entities found (a country or city may be place or organisation)",
    "roles": "person and title",
    "roles_org": "person, title, organisation, and former or current",
    "quotes": "what is said",
    "quotes_speaker": "what is said and who says it",
    "events": "the trigger of a happening",
    "event_types": "the right class among the events found",
    "arguments": "event, agent or patient or place or date, and who fills it",
    "modality": "the right modality among the events found",
    "mentions": "names, descriptions and pronouns linked to the right entity",
}
"""The measures in the order in which they are told, and what each counts."""


@dataclass(frozen=True, slots=True)
class PrecisionRecall:
    """`right` of `system` claims are true, and `right` of `gold` truths are found.

    Where several claims meet one truth (mentions), `claims_right` says how many of the claims are true.
    """

    right: int = 0
    system: int = 0
    gold: int = 0
    claims_right: int | None = None

    def __add__(self, other: PrecisionRecall) -> PrecisionRecall:
        return PrecisionRecall(
            self.right + other.right,
            self.system + other.system,
            self.gold + other.gold,
            None
            if self.claims_right is None and other.claims_right is None
            else (self.claims_right or 0) + (other.claims_right or 0),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """Precision, recall and their harmonic mean, with the counts behind them."""

    precision: float
    recall: float
    f: float
    right: int
    system: int
    gold: int


Counts = Mapping[str, PrecisionRecall]


def total(articles: Iterable[Counts]) -> dict[str, PrecisionRecall]:
    """Add the counts of articles, measure by measure; a measure that none has counts nothing."""
    out = dict.fromkeys(MEASURES, PrecisionRecall())
    for counts in articles:
        for measure, count in counts.items():
            out[measure] += count
    return out


def rows(counts: Counts) -> dict[str, Row]:
    """Return the figures of each measure."""
    return {measure: _row(count) for measure, count in counts.items()}


def _row(count: PrecisionRecall) -> Row:
    claims_right = count.right if count.claims_right is None else count.claims_right
    precision = claims_right / count.system if count.system else 0.0
    recall = count.right / count.gold if count.gold else 0.0
    both = precision + recall
    return Row(
        precision,
        recall,
        2 * precision * recall / both if both else 0.0,
        count.right,
        count.system,
        count.gold,
    )
