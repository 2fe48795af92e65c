"""Settles how the article stands to a happening: what the reader reads, within what the governors allow."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.factuality_rules import Stance
from kg.model import Modality

SOFT = 0.9  # where the walk sees no fact, the reader must be as sure as this of one


def settled(walk: Stance, likely: Mapping[str, float]) -> Modality:
    """Return the modality of a trigger from the walk over its governors and the reader's probabilities.

    Under a hard governor ("accused of", "without", a question) nothing is asserted, whatever the reader reads: the
    walk's word stands. Elsewhere the likeliest of the reader's counts, unless the walk saw a sign and the reader is not
    sure.
    """
    read = Modality(max(likely, key=lambda m: likely[m]).capitalize())
    if walk.modality is Modality.ASSERTED:
        return read
    if walk.hard:
        return read if read is not Modality.ASSERTED and likely[read.value.lower()] > SOFT else walk.modality
    if read is Modality.ASSERTED and likely["asserted"] < SOFT:
        return walk.modality
    return read
