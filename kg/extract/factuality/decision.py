"""Settles how the article stands to a happening: what the reader reads, within what the governors allow."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.factuality.rules import Stance
from kg.model import Modality

SOFT = 0.7  # where the walk sees no fact, the reader must be as sure as this of one
SURE = 0.9  # of another reading than that of a hard governor, or of words that somebody says
CERTAIN = 0.97  # of a fact where a source tells of it


def settled(walk: Stance, likely: Mapping[str, float]) -> Modality:
    """Return the modality of a trigger from the walk over its governors and the reader's probabilities.

    Under a hard governor ("accused of", "without", a question) nothing is asserted, whatever the reader reads: the
    walk's word stands unless the reader is sure of another, or sees somebody's words; so does a fact that the grammar
    leaves no doubt of ("not only struck"). Elsewhere the likeliest of the reader's counts, unless the walk saw a sign
    and the reader is not sure: surest of all within somebody's words, since what a source tells is its own to answer
    for.
    """
    read = Modality(max(likely, key=lambda m: likely[m]).capitalize())
    if walk.modality is Modality.ASSERTED:
        return walk.modality if walk.hard else read
    if read is not Modality.ASSERTED:
        soft = read is Modality.REPORTED and walk.modality is not Modality.NEGATED
        least = (SOFT if soft else SURE) if walk.hard else 0.0
    elif walk.hard:
        return walk.modality
    else:
        said = walk.modality is Modality.REPORTED
        least = CERTAIN if walk.statement is not None else SURE if said else SOFT
    return read if likely[read.value.lower()] >= least else walk.modality
