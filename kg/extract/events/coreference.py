"""Joins the tellings of one happening: the headline's and the body's, "was attacked" and "the attack"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.events.retellings import EventMention, Retellings, ruled_out, takes_up
from kg.model import Event, Ground, Modality, is_named
from kg.parsed import Parsed, Token

STRENGTH = (Modality.ASSERTED, Modality.REPORTED, Modality.PLANNED, Modality.HYPOTHETICAL, Modality.NEGATED)
REACH = 100  # happenings that a telling is compared with, so that work grows as the text does: more than articles have
OFTEN = 4  # tellings of one happening, first and last ones, that another is compared with


class Tellings:
    """Joins the events of one article, each of one telling; in a `digest`, whose paragraphs are items of their own, two
    of them tell one happening only where somebody takes part in both or it is in one place.
    """

    def __init__(self, parsed: Parsed, model: Retellings, digest: bool = False) -> None:
        self.parsed, self.model, self.digest = parsed, model, digest

    def merged(self, events: Sequence[Event]) -> list[Event]:
        """Return events, given in the order of the text, with the tellings of one happening joined into the first."""
        happenings: list[list[EventMention]] = []
        grounds: list[list[Ground]] = []
        whole: list[bool] = []
        for event in events:
            telling = self._telling(event)
            best, target = 0.0, None
            for n in _within_reach(len(happenings)):
                sure = self._sure(happenings[n], telling)
                if sure > best:
                    best, target = sure, n
                if best == 1.0:
                    break
            if target is None or best < self.model.least:
                happenings.append([telling])
                grounds.append([])
                whole.append(False)
            else:
                happenings[target].append(telling)
                grounds[target].append(self._ground(happenings[target][0], telling, best))
                whole[target] |= best == 1.0
        return [
            _joined([t.event for t in told], why, one)
            for told, why, one in zip(happenings, grounds, whole, strict=True)
        ]

    def _telling(self, event: Event) -> EventMention:
        return EventMention(event, self.parsed.tokens_in(event.spans[0])[0], self.parsed)

    def _sure(self, happening: Sequence[EventMention], telling: EventMention) -> float:
        """Return how likely a telling is one more of a happening: the mean over its tellings, if none rules it out."""
        if len(happening) > 2 * OFTEN:  # what is told so often is known by its first and latest tellings
            happening = [*happening[:OFTEN], *happening[-OFTEN:]]
        if self._one_with(telling, happening):
            return 1.0
        together = 0.0
        for one in happening:
            if (
                self.digest
                and one.trigger.block != telling.trigger.block
                and _taking_part(one).isdisjoint(_taking_part(telling))
            ):
                return 0.0
            sure = self.model.probability(one, telling)
            if sure < self.model.floor:
                return 0.0
            together += sure
        return together / len(happening)

    def _one_with(self, telling: EventMention, happening: Sequence[EventMention]) -> bool:
        """Tell whether the grammar makes both one: the verb and subject of "the *airstrikes targeted* the port", the
        verbs of "*retaliated* by *shelling* the port", where both are of one class, and what takes up the verb of the
        sentence before: "rebels *attacked* Ramadi. The *attack* …".
        """
        if any(takes_up(one, telling) for one in happening):
            return True
        verb = telling.trigger
        if verb.pos not in ("VERB", "AUX"):
            return False
        above = self.parsed.tokens[verb.head]
        other: Token | None = None
        if verb.dep == "pcomp" and above.text.lower() == "by":
            other = self.parsed.tokens[above.head]
        else:
            subjects = self.parsed.dependents(verb, "nsubj", "nsubjpass")
            other = next((c for c in subjects if c.pos == "NOUN"), None)
        return other is not None and any(
            one.trigger.i == other.i
            and one.event.event_class == telling.event.event_class
            and not ruled_out(one, telling)
            for one in happening
        )

    def _ground(self, first: EventMention, telling: EventMention, sure: float) -> Ground:
        words = telling.event.trigger
        note = f"tells again what '{first.event.trigger}' tells: {self.model.reason(first, telling)}"
        return Ground(
            "model retellings", "tellings", words, round(sure, 3), telling.event.spans[0], note=note
        )


def _taking_part(telling: EventMention) -> set[str]:
    return {*telling.event.agents, *telling.event.patients, *telling.event.places}


def _within_reach(count: int) -> Iterator[int]:
    """Yield the places of the latest happenings, the last first, and of those that the headline may tell."""
    yield from range(count - 1, max(-1, count - 1 - REACH), -1)
    yield from range(min(OFTEN, max(0, count - REACH)) - 1, -1, -1)


def _joined(tellings: Sequence[Event], grounds: Sequence[Ground], one: bool) -> Event:
    """Return one event of several tellings: the first with what the others add; `one` of those that the grammar makes
    one, of which each tells a part.
    """
    first = tellings[0]
    if len(tellings) == 1:
        return first
    surest = min(tellings, key=lambda e: STRENGTH.index(e.modality))
    return replace(
        first,
        event_class=max(tellings, key=lambda e: e.confidence).event_class,
        spans=tuple(s for e in tellings for s in e.spans),
        sentences=tuple(s for e in tellings for s in e.sentences),
        agents=_together([e.agents for e in tellings]),
        patients=_together([e.patients for e in tellings], one),
        places=next((e.places for e in tellings if e.places), ()),
        time=max((e.time for e in tellings if e.time is not None), key=lambda t: len(t.begin), default=None),
        modality=surest.modality,
        according_to=surest.according_to,
        confidence=max(e.confidence for e in tellings),
        grounds=(*(g for e in tellings for g in e.grounds), *grounds),
    )


def _together(parts: Sequence[tuple[str, ...]], one: bool = False) -> tuple[str, ...]:
    """Return who takes part by several tellings: who is named in any, or else the groups that the first tells of."""
    named = tuple(dict.fromkeys(x for part in parts for x in part if one or is_named(x)))
    return named or next((part for part in parts if part), ())
