"""What one word makes of a happening, and what all of them together do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.lexicon import Effect, Governor
from kg.model import Modality

ORDER = (Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.REPORTED, Modality.ASSERTED)
MODALITIES: dict[Effect, Modality] = {
    "reported": Modality.REPORTED,
    "hypothetical": Modality.HYPOTHETICAL,
    "planned": Modality.PLANNED,
    "negated": Modality.NEGATED,
}
REMAINDERS = {
    "asserted": Modality.ASSERTED,
    "reported": Modality.REPORTED,
    "hypothetical": Modality.HYPOTHETICAL,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """What one word makes of the happening: a modality, how firmly, and why; `governor` where one embeds it."""

    modality: Modality
    reason: str
    hard: bool = False
    governor: Governor | None = None


NONE = Sign(Modality.ASSERTED, "main clause")
NOT = Sign(Modality.NEGATED, "not", True)


def settle(signs: Iterable[Sign]) -> tuple[Modality, Sign]:
    """Return what all signs together, innermost first, make of a happening, and the sign that decided.

    The strongest departure from fact goes first. What a governor negates is left as its entry says where that
    governor is negated in turn ("did not prevent the attack"), and open where it is only planned ("to prevent it"), or
    where somebody only wishes that it does not happen ("asked them not to attack").
    """
    modality, by = Modality.ASSERTED, NONE
    for sign in signs:
        if sign.modality is Modality.ASSERTED:  # leaves no doubt where nothing else speaks
            by = sign if modality is Modality.ASSERTED else by
            continue
        prevents = modality is Modality.NEGATED and by.governor is not None
        wished = by == NOT and sign.governor is not None
        if prevents and by.governor is not None and sign.modality is Modality.NEGATED:
            modality = REMAINDERS[by.governor.when_negated]
            by = NONE if modality is Modality.ASSERTED else Sign(modality, sign.reason, sign.hard)
        elif (prevents or wished) and sign.modality is Modality.HYPOTHETICAL:
            modality, by = Modality.HYPOTHETICAL, Sign(Modality.HYPOTHETICAL, sign.reason, by.hard)
        elif ORDER.index(sign.modality) < ORDER.index(modality):
            modality, by = (
                sign.modality,
                Sign(
                    sign.modality,
                    sign.reason,
                    sign.hard or (by.hard and by.modality is not Modality.ASSERTED),
                    sign.governor,
                ),
            )
        elif sign.hard and not by.hard:
            by = Sign(modality, by.reason, True, by.governor)
    return modality, by
