"""Compare events with the annotation: trigger, class, participants, place, date and modality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.evaluate.alike import near
from kg.evaluate.claims import Claims, EventClaim
from kg.evaluate.findings import FactVerdict, Fault, Finding, FindingKind
from kg.evaluate.gold import Gold, GoldEvent
from kg.evaluate.measures import PrecisionRecall
from kg.evaluate.pairing import Pairs
from kg.model import Span

Parts = set[tuple[str, str]]
_PARTS = ("agent", "patient", "place")


def judge_events(
    gold: Gold,
    pairs: Pairs,
    claims: Claims,
    counts: dict[str, PrecisionRecall],
    findings: list[Finding],
    verdicts: list[FactVerdict],
) -> None:
    """Give each annotated telling an event with a span on its trigger, one that is still free if there is one.

    A happening that is told twice may be one event with two spans: each span serves one telling.
    """
    wanted = gold.events or []
    things = {entity.id for entity in pairs.wanted}
    names = {entity.id: entity.name for entity in gold.entities}
    names |= {node: claims.labels.get(node, node) for node in (thing.node for thing in claims.things)}
    typed: dict[str, bool] = {}
    told_of: dict[str, Parts] = defaultdict(set)
    taken: set[tuple[str, Span]] = set()
    found = again = right_types = right_modality = arguments = given = asked = 0
    for event in wanted:
        want = _wanted(event, things)
        asked += len(want)
        free = [
            (claim.node in typed, claim.node, span, n)
            for n, claim in enumerate(claims.events)
            for span in claim.spans
            if near(event.trigger, span) and (claim.node, span) not in taken
        ]
        told = f"{event.type} {gold.words(event.trigger)} ({_parts(want, names)})"
        if not free:
            findings.append(Finding(FindingKind.EVENT, Fault.EVENT_MISSED, told, "", (event.trigger,)))
            continue
        used, node, span, n = min(free)
        claim = claims.events[n]
        taken.add((node, span))
        found += 1
        again += used
        have = _claimed(claim, pairs)
        good_type, good_modality = event.type in claim.classes, event.modality in claim.modalities
        typed[node] = typed.get(node, False) or (good_type and good_modality)
        told_of[node] |= want
        right_types += good_type
        right_modality += good_modality
        arguments += len(want & have)
        given += len(have)
        faults: list[tuple[Fault | None, str, str]] = []
        if not good_type:
            faults.append((Fault.EVENT_TYPE, told, _told(claim, (span,), gold, have, names)))
        if want != have:
            faults.append(
                (
                    Fault.ARGUMENT,
                    f"{event.type} {gold.words(event.trigger)}: {_parts(want - have, names) or 'nothing more'}",
                    f"{_kind(claim)}: {_parts(have - want, names) or 'nothing more'}",
                )
            )
        if not good_modality:
            stance = ", ".join(sorted(claim.modalities))
            faults.append((Fault.MODALITY, f"{told}: {event.modality}", f"{_kind(claim)}: {stance}"))
        places = (event.trigger,), (span,)
        for fault in faults or [(None, told, _told(claim, (span,), gold, have, names))]:
            findings.append(Finding(FindingKind.EVENT, *fault, *places, claim.confidence))
    for claim in claims.events:
        if claim.node not in typed:
            have = _claimed(claim, pairs)
            given += len(have)
            extra = _told(claim, claim.spans, gold, have, names)
            findings.append(
                Finding(FindingKind.EVENT, Fault.EVENT_EXTRA, "", extra, (), claim.spans, claim.confidence)
            )
        there = claim.node in typed
        # the whole fact as shown: nobody takes part in it who does so in none of its tellings
        right = typed.get(claim.node, False) and _claimed(claim, pairs) <= told_of[claim.node]
        verdicts.append(FactVerdict(FindingKind.EVENT, claim.node, claim.confidence, right, there))
    counts["events"] = PrecisionRecall(found, len(claims.events) + again, len(wanted))
    counts["event_types"] = PrecisionRecall(right_types, found, found)
    counts["modality"] = PrecisionRecall(right_modality, found, found)
    counts["arguments"] = PrecisionRecall(arguments, given, asked)


def _wanted(event: GoldEvent, things: set[str]) -> Parts:
    want = {(part, filler) for part in _PARTS for filler in getattr(event, part) if filler in things}
    if event.date:
        want.add(("date", event.date))
    return want


def _claimed(claim: EventClaim, pairs: Pairs) -> Parts:
    return {(part, pairs.id.get(filler, filler)) for part, filler in claim.parts}


def _told(claim: EventClaim, spans: Iterable[Span], gold: Gold, have: Parts, names: dict[str, str]) -> str:
    words = " / ".join(gold.words(span) for span in spans)
    return f"{_kind(claim)} {words} ({_parts(have, names)})"


def _kind(claim: EventClaim) -> str:
    return ", ".join(sorted(claim.classes - {"EVENT"}))


def _parts(parts: Parts, names: dict[str, str]) -> str:
    return ", ".join(f"{part} {names.get(filler, filler)}" for part, filler in sorted(parts))
