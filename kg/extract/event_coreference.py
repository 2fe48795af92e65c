"""Joins the tellings of one happening: the headline's and the body's, "was attacked" and "the attack"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.extract.syntax import logical_subject
from kg.heads.narrative import akin
from kg.model import Event, Modality, Span, is_named
from kg.parsed import BlockKind, Parsed, Token

FAR = 12  # sentences over which "the attack" may look back
STRENGTH = (Modality.ASSERTED, Modality.REPORTED, Modality.PLANNED, Modality.HYPOTHETICAL, Modality.NEGATED)


class Tellings:
    """Notes what links the triggers of one article, then joins the events: `note` each event, then `merged` once."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self._ends = [s.span.end for s in parsed.sentences]
        self._begins = [b.span.begin for b in parsed.blocks]
        self.words: dict[Span, str] = {}  # the lemma of each trigger
        self.definite: set[Span] = set()  # triggers that speak of a happening as known: "the attack"
        self.one_with: dict[Span, Span] = {}  # "the earthquake struck": verb → what tells the same happening

    def note(self, trigger: Token, span: Span, pos: str) -> None:
        """Remember how the trigger of an event at `span` points to another telling."""
        self.words[span] = trigger.lemma.lower()
        if pos == "noun" and any(
            c.dep == "det" and c.text.lower() in ("the", "this", "that", "these", "those")
            for c in self.parsed.dependents(trigger)
        ):
            self.definite.add(span)
        if pos == "verb" and (other := self._one_with(trigger)) is not None:
            self.one_with[span] = self.parsed.span(other.i, other.i + 1)

    def _one_with(self, verb: Token) -> Token | None:
        """Return the word that tells of the same happening, if both are of one class: the subject of "the airstrikes
        targeted the port", the verb of "retaliated by shelling the port".
        """
        above = self.parsed.tokens[verb.head]
        if verb.dep == "pcomp" and above.text.lower() == "by":
            return self.parsed.tokens[above.head]
        subject = logical_subject(self.parsed, verb)
        return subject if subject is not None and subject.pos == "NOUN" else None

    def merged(self, events: list[Event]) -> list[Event]:
        """Return events, given in the order of the text, with the tellings of one happening joined into the first.

        Precise before complete: same class, same word or participants, nothing that contradicts.
        """
        out: list[Event] = []
        within_reach: dict[str, list[int]] = {}  # of each class: the headline's, and those not too far back
        for event in events:
            here = self._sentence_of(event)
            reach = within_reach[event.event_class] = [
                i
                for i in within_reach.get(event.event_class, ())
                if here - self._sentence_of(out[i]) <= FAR or self._block_kind(out[i]) is BlockKind.TITLE
            ]
            target = next((i for i in reversed(reach) if self._same(out[i], event)), None)
            if target is None:
                reach.append(len(out))
                out.append(event)
                continue
            old = out[target]
            out[target] = replace(
                old,
                spans=(*old.spans, *event.spans),
                sentences=(*old.sentences, *event.sentences),
                agents=_named_first(old.agents, event.agents),
                patients=tuple(dict.fromkeys((*old.patients, *event.patients)))
                if event.spans[0] in self.one_with
                else _named_first(old.patients, event.patients),
                places=old.places or event.places,
                time=old.time or event.time,
                modality=min(old.modality, event.modality, key=STRENGTH.index),
                according_to=old.according_to
                if STRENGTH.index(old.modality) <= STRENGTH.index(event.modality)
                else event.according_to,
                confidence=max(old.confidence, event.confidence),
                grounds=(*old.grounds, *event.grounds),
            )
        return out

    def _same(self, old: Event, new: Event) -> bool:
        if old.event_class != new.event_class or (old.time and new.time and old.time != new.time):
            return False
        one, other = self.words[old.spans[0]], self.words[new.spans[0]]
        if self._block_kind(old) is BlockKind.TITLE:
            return (
                bool(new.agents)
                and set(old.agents) == set(new.agents)
                and _agree(old.patients, new.patients)
                and one == other
            )
        other_word = self.one_with.get(new.spans[0])
        if other_word is not None and any(span.covers(other_word) for span in old.spans):
            return True
        return (
            new.spans[0] in self.definite
            and akin(one, other)
            and _agree(old.agents, new.agents)
            and _agree(old.patients, new.patients)
            and _agree(old.places, new.places)
            and self._sentence_of(new) - self._sentence_of(old) <= FAR
        )

    def _sentence_of(self, event: Event) -> int:
        return bisect_right(self._ends, event.spans[-1].begin)

    def _block_kind(self, event: Event) -> BlockKind | None:
        place = bisect_right(self._begins, event.spans[0].begin) - 1
        block = self.parsed.blocks[place] if place >= 0 else None
        return block.kind if block is not None and block.span.covers(event.spans[0]) else None


def _named_first(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Return who takes part by two tellings: the earlier's, unless it names nobody and the later does."""
    if not any(map(is_named, old)) and any(map(is_named, new)):
        return new
    return old or new


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two lists of participants can be one: one is silent or unnamed, or they share somebody."""
    named = ({x for x in one if is_named(x)}, {x for x in other if is_named(x)})
    return not named[0] or not named[1] or bool(named[0] & named[1])
