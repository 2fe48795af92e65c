"""Settles how the article stands to a happening: what the reader reads, within what the governors allow."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.factuality_rules import Stance
from kg.model import Modality

SURE = 0.9  # of another reading than that of a hard governor, or of words that somebody says
SOFT = 0.7  # where the walk sees no fact, the reader must be as sure as this of one
TOLD = 0.97  # where it sees one that a source tells of


def settled(walk: Stance, likely: Mapping[str, float]) -> Modality:
    """Return the modality of a trigger from the walk over its governors and the reader's probabilities.

    Under a hard governor ("accused of", "without", a question) nothing is asserted, whatever the reader reads: the
    walk's word stands. Elsewhere the likeliest of the reader's counts, unless the walk saw a sign and the reader is not
    sure: surest of all within somebody's words, since what a source tells is its own to answer for.
    """
    read = Modality(max(likely, key=lambda m: likely[m]).capitalize())
    if walk.modality is Modality.ASSERTED:
        return read
    if walk.hard:
        return read if read is not Modality.ASSERTED and likely[read.value.lower()] > SURE else walk.modality
    said = walk.modality is Modality.REPORTED
    least = TOLD if walk.statement is not None else SURE if said else SOFT
    if read is Modality.ASSERTED and likely["asserted"] < least:
        return walk.modality
    return read
