"""Completes events by what other tellings of the same article name: participants, places and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.decoding import Thresholds
from kg.heads.implicit import PARTIES, SLOTS, ImplicitArguments, Narrative, Telling
from kg.model import Event, Ground, TimeRef
from kg.parsed import Resolved

TOLD_ELSEWHERE = "another telling of the article names it"
KNOWN = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


def completed(
    events: Sequence[Event], resolved: Resolved, head: ImplicitArguments, thresholds: Thresholds
) -> list[Event]:
    """Return events of one telling each, in the order of the text, with the arguments that their sentences leave out.

    A slot takes what is at least as likely as its threshold: a date alone, of participants and places as many.
    """
    narrative = narrative_of(events, resolved)
    times = {e.time.begin: e.time for e in events if e.time is not None}
    if narrative.published:
        times.setdefault(narrative.published, TimeRef(narrative.published))
    added: dict[int, dict[str, list[tuple[float, str]]]] = defaultdict(lambda: defaultdict(list))
    for slot in SLOTS:
        least = thresholds.implicit[slot]
        for telling, filler, probability in head.scores(narrative, slot):
            if probability >= least:
                added[telling][slot].append((probability, filler))
    return [_with(event, added.get(n, {}), times) for n, event in enumerate(events)]


def _with(event: Event, added: Mapping[str, list[tuple[float, str]]], times: Mapping[str, TimeRef]) -> Event:
    taken = {*event.agents, *event.patients, *event.places}
    more: dict[str, tuple[str, ...]] = {}
    grounds: list[Ground] = []
    for slot in PARTIES:
        likeliest_first = sorted(added.get(slot, ()), key=lambda p: (-p[0], p[1]))
        new = [(p, filler) for p, filler in likeliest_first if filler not in taken]
        more[slot] = tuple(filler for _, filler in new)
        taken.update(more[slot])
        grounds += [_ground(slot, probability, entity=filler) for probability, filler in new]
    dates = added.get("date")
    if dates:
        probability, date = max(dates)
        grounds.append(_ground("time", probability, value=date))
    return replace(
        event,
        agents=event.agents + more["agent"],
        patients=event.patients + more["patient"],
        places=event.places + more["place"],
        time=times[max(dates)[1]] if dates else event.time,
        grounds=(*event.grounds, *grounds),
    )


def _ground(part: str, probability: float, value: str = "", entity: str | None = None) -> Ground:
    return Ground(f"head implicit.{part}", part, value, probability, None, entity, True, TOLD_ELSEWHERE)


def narrative_of(events: Sequence[Event], resolved: Resolved) -> Narrative:
    """Return what the head asks of an article."""
    parsed = resolved.parsed
    named = {e.id: e.kind.value for e in resolved.entities}
    mentions = mentioned(resolved)
    told = []
    for event in events:
        token = parsed.tokens_in(event.spans[0])[0]
        parties = {
            "agent": frozenset(event.agents),
            "patient": frozenset(event.patients),
            "place": frozenset(event.places),
        }
        fillers = {p: parties[p] & named.keys() for p in PARTIES}
        before = parsed.tokens[token.i - 1].text.lower() if token.i else ""
        told.append(
            Telling(
                event.event_class.partition(":")[2].upper(),
                token.text.lower(),
                event.modality.value.lower(),
                token.sent,
                token.block,
                before in KNOWN,
                {**fillers, "date": frozenset({event.time.begin} if event.time else ())},
                frozenset(p for p in PARTIES if parties[p] - fillers[p]),
            )
        )
    return Narrative(
        tuple(told),
        mentions,
        named,
        (parsed.article.date or "")[:10],
        len(parsed.sentences),
    )


def mentioned(resolved: Resolved) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the sentences that speak of each entity, one for each mention, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for link in resolved.links:
        for entity in link.entities:
            found[entity].append(resolved.parsed.tokens[link.head].sent)
    return {entity: tuple(sorted(where)) for entity, where in found.items()}
