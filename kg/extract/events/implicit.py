"""Completes events by what other tellings of the same article name: participants, places and dates."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.event_classes import curies_with
from kg.extract.decoding import Thresholds
from kg.extract.digests import is_digest
from kg.extract.events.arguments import NOBODY
from kg.extract.events.retellings import KNOWN
from kg.extract.mentions import mentioned
from kg.heads.implicit import ImplicitArguments
from kg.heads.narrative import PARTIES, SLOTS, Clause, Narrative, Telling
from kg.heads.weights import Array
from kg.model import Event, Ground, Span, TimeRef, is_named
from kg.parsed import Parsed, Resolved, Token

TOLD_ELSEWHERE = "another telling of the article names it"
OF_TAG = {
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VB": "infinitive",
    "VBG": "participle",
    "VBN": "participle",
}
DISTANT = re.compile(r"\b(ago|before|earlier|previous|later|next|that|decades?|\d{3}0s)\b", re.IGNORECASE)


def completed(
    events: Sequence[Event],
    resolved: Resolved,
    vectors: Array,
    head: ImplicitArguments,
    thresholds: Thresholds,
) -> list[Event]:
    """Return events of one telling each, in the order of the text, with the arguments that their sentences leave out.

    `vectors` (tokens, width) are the reader's.

    A slot takes what is at least as likely as its threshold: a date alone, of participants and places as many. The
    article's own date must be likelier where the article dates something otherwise and is no digest.
    """
    narrative = narrative_of(events, resolved, vectors)
    times = {e.time.begin: e.time for e in events if e.time is not None}
    if narrative.published:
        times.setdefault(narrative.published, TimeRef(narrative.published))
    dated = not is_digest(resolved) and any(
        event.time.begin != narrative.published for event in events if event.time is not None
    )
    past = {n for n, event in enumerate(events) if is_of_another_time(event, resolved.parsed)}
    talking = of_talk_only(events)
    closed = [closed_to(event) for event in events]
    added: dict[int, dict[str, list[tuple[float, str]]]] = defaultdict(lambda: defaultdict(list))
    for slot in SLOTS:
        for telling, filler, probability in head.scores(narrative, slot):
            own = dated and slot == "date" and filler == narrative.published
            least = thresholds.implicit["published" if own else slot]
            shut = closed[telling] & {(slot, ""), (slot, filler)}
            if probability < least or shut or (slot == "date" and telling in past):
                continue
            violent = events[telling].event_class in curies_with("violent") and slot in ("agent", "date")
            if not (violent and filler in talking):
                added[telling][slot].append((probability, filler))
    return [_with(event, added.get(n, {}), times) for n, event in enumerate(events)]


def closed_to(event: Event) -> frozenset[tuple[str, str]]:
    """Return the slots that the event's own sentence fills with a thing or somebody unnamed, and who by a rule does not
    fill which: `("agent", "")`, `("place", "e3")`. No other telling goes before that.
    """
    barred = [g for g in event.grounds if not g.kept and (g.entity is not None or g.note == NOBODY)]
    out = {(g.part.removesuffix("s"), g.entity or "") for g in barred}
    return frozenset(out | {("agent", "") for entity in event.agents if not is_named(entity)})


def of_talk_only(events: Sequence[Event]) -> frozenset[str]:
    """Return the ids of those who only talk and agree in some events, and the dates of nothing else: the attack of
    which two ministers spoke on Tuesday was not theirs, nor on Tuesday.
    """
    found: dict[bool, set[str]] = {True: set(), False: set()}
    talk = curies_with("talking")
    for event in events:
        dates = (event.time.begin,) if event.time is not None else ()
        found[event.event_class in talk].update((*event.agents, *event.patients, *dates))
    return frozenset(found[True] - found[False])


def is_of_another_time(event: Event, parsed: Parsed) -> bool:
    """Tell a telling whose clause says that it was long ago, before something else or is to come, without a date: that
    of another telling is not its own.
    """
    trigger = parsed.tokens_in(event.spans[0])[0]
    top = parsed.climb(trigger, lambda node: node.pos != "VERB")
    series = trigger.tag == "NNS" and any(parsed.dependents(trigger, "nummod"))  # "followed four *shootings*"
    where = any(c.text.lower() == "where" for c in parsed.dependents(top, "advmod"))
    # "cases where people are *shot*"
    defined = where and top.dep == "relcl" and parsed.tokens[top.head].tag == "NNS"
    return event.time is None and (
        series
        or defined
        or any(
            top.left <= name.first <= top.right and DISTANT.search(parsed.text(name.first, name.last))
            for name in parsed.names
            if name.label in ("DATE", "TIME")
        )
    )


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
        confidence=round(event.confidence * math.prod(g.score or 1.0 for g in grounds), 3),
    )


def _ground(part: str, probability: float, value: str = "", entity: str | None = None) -> Ground:
    return Ground(f"head implicit.{part}", part, value, probability, None, entity, True, TOLD_ELSEWHERE)


def narrative_of(events: Sequence[Event], resolved: Resolved, vectors: Array) -> Narrative:
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
                token.i,
                token.sent,
                token.block,
                before in KNOWN,
                {**fillers, "date": frozenset({event.time.begin} if event.time else ())},
                frozenset(p for p in PARTIES if parties[p] - fillers[p]),
                clause_of(event.spans[0], parsed),
            )
        )
    return Narrative(
        tuple(told),
        mentions,
        named,
        (parsed.article.date or "")[:10],
        len(parsed.sentences),
        vectors,
    )


def clause_of(span: Span, parsed: Parsed) -> Clause:
    """Return how the trigger of a span stands in its sentence."""
    within = parsed.tokens_in(span)
    trigger = next(iter(parsed.tops(within[0].i, within[-1].i + 1)), within[0])
    path = tuple((node.i, node.dep) for node in parsed.upward(trigger))
    quoted = any(q.span.begin <= trigger.begin < q.span.end for q in parsed.quotes)
    return Clause(_form(trigger, parsed), parsed.blocks[trigger.block].kind.value, quoted, path)


def _form(trigger: Token, parsed: Parsed) -> str:
    beside = [t for t in parsed.dependents(trigger) if t.i < trigger.i]
    helpers = [t for t in beside if t.dep in ("aux", "auxpass")]
    if any(t.tag == "MD" for t in helpers):
        return "modal"
    if any(t.tag == "TO" for t in beside):
        return "infinitive"
    if any(t.lemma == "have" for t in helpers):
        return "perfect"
    if any(t.dep == "auxpass" for t in helpers):
        return "passive"
    if any(t.tag in ("VBZ", "VBP") for t in helpers):
        return "present"
    if trigger.tag.startswith("NN"):
        return "noun"
    return OF_TAG.get(trigger.tag, "other")
