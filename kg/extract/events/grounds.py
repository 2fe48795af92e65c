"""Why an event is of its class and modality, and who stands on its sides by a pattern of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.decoding import impossible_classes
from kg.extract.events.arguments import Arguments
from kg.extract.events.frame_arguments import FrameReading
from kg.extract.factuality.rules import Stance
from kg.model import Ground, Modality


def of_class(
    chosen: str,
    likely: Mapping[str, float],
    pattern: FrameReading | None,
    lemma: str,
    curies: Mapping[str, str],
) -> Iterator[Ground]:
    """Yield what speaks for the class, and for the likeliest other one."""
    never = impossible_classes().get(lemma, frozenset())
    second = max((name for name in likely if name != chosen), key=lambda name: likely[name], default=None)
    yield Ground("head class", "event_class", curies[chosen], round(likely[chosen], 3))
    if second is not None:
        other, score = curies[second], round(likely[second], 3)
        ruled_out = other in never
        note = f"'{lemma}' never tells of it" if ruled_out else "the next likely"
        if not ruled_out and pattern is not None and likely[second] > likely[chosen]:
            note = "a pattern goes before it"
        yield Ground("head class", "event_class", other, score, kept=False, note=note)
    if pattern is not None:
        agrees = pattern.event_class == curies[chosen]
        note = f"the frame of '{lemma}' in the lexicon" + ("" if agrees else ", which the head overrules")
        yield Ground("rule pattern", "event_class", pattern.event_class, kept=agrees, note=note)


def of_worded_class(curie: str, pattern: FrameReading | None, own: bool) -> Iterator[Ground]:
    """Yield what speaks for a class that its words alone tell: the user's `own`, or one that no head knows yet."""
    sure = pattern.prior if pattern is not None else None
    note = (
        "your own lexicon, which goes before the head" if own else "the lexicon; no head knows the class yet"
    )
    yield Ground("rule pattern", "event_class", curie, sure, note=note)


def of_pattern(
    pattern: FrameReading | None, agents: Sequence[str], patients: Sequence[str], found: Arguments
) -> Iterator[Ground]:
    """Yield who stands in a slot that the reader left empty."""
    if pattern is None:
        return
    for part, all_of_it, read in (("agents", agents, found.agents), ("patients", patients, found.patients)):
        for entity in all_of_it:
            if all(entity != one.entity for one in read):
                yield Ground("rule pattern", part, entity=entity, note="the slot of the lexicon's frame")


def of_modality(
    modality: Modality, stance: Stance, likely: Mapping[str, float], announced: bool
) -> Iterator[Ground]:
    """Yield what the head reads, and what the words above the trigger allow."""
    read = max(likely, key=lambda name: likely[name])
    agrees = read == modality.value.lower()
    note = "" if agrees else "the words above it do not allow that"
    yield Ground(
        "head factuality", "modality", read.capitalize(), round(likely[read], 3), kept=agrees, note=note
    )
    if stance.modality is not Modality.ASSERTED:
        kept = stance.modality is modality
        note = stance.reason + ("" if kept else "; the head is surer")
        yield Ground("rule governors", "modality", stance.modality.value, kept=kept, note=note)
    if announced:
        note = "behind a colon that words of saying open"
        yield Ground("rule announced", "modality", Modality.REPORTED.value, note=note)
