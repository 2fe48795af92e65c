"""Who did what to whom, where and when: frames found in the text become events."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.circumstances import Circumstances
from kg.extract.confidence import event_confidence
from kg.extract.frames import FrameMatcher, Match
from kg.extract.intents import Found, find_intents
from kg.extract.modality import Factuality
from kg.extract.parties import Parties
from kg.extract.sides import settled
from kg.extract.sources import Filler, Participants
from kg.extract.syntax import logical_object, logical_subject, prepositional
from kg.extract.tellings import Tellings
from kg.extract.time import Times
from kg.lexicon import Lexicon
from kg.model import Entity, Event, Kind, Span
from kg.parsed import Resolved, Token

# What is threatened, promised, refused or asked is done to somebody: he is whom the threat is made to.
CONTENT_CLASSES = frozenset(
    {
        "plover:Threaten",
        "plover:Agree",
        "plover:Reject",
        "plover:Request",
        "plover:Protest",
        "plover:Sanction",
        "plover:Accuse",
        "plover:Support",
        "plover:Coerce",
        "nkg:Investigate",
    }
)
# What is asked for, blamed or looked into is somebody's doing: he who does it is whom it is about ("demanded the
# withdrawal of *Serbian forces*", "is investigating crimes by *extremists*").
DOING_CLASSES = frozenset(
    {"plover:Request", "plover:Accuse", "plover:Coerce", "nkg:Investigate", "plover:Protest"}
)
BEFALLING = frozenset({"nkg:Die", "nkg:Born"})
NEAR = 4  # words from a support verb to its noun


class EventFinder:
    """Collects the events of one resolved article; call `run` once."""

    def __init__(
        self, resolved: Resolved, people: Participants, times: Times, factuality: Factuality, lexicon: Lexicon
    ) -> None:
        self.resolved, self.parsed, self.people = resolved, resolved.parsed, people
        self.times, self.factuality, self.lexicon = times, factuality, lexicon
        self.circumstances = Circumstances(resolved, people, times, lexicon)
        self.matcher = FrameMatcher(resolved.parsed, people, lexicon)
        self.entities: dict[str, Entity] = {e.id: e for e in resolved.entities}
        self.parties = Parties(resolved.parsed, people, self.matcher)
        self.tellings = Tellings(resolved.parsed)
        self.in_name = {
            i
            for link in resolved.links
            if link.kind.value == "name" and not link.adjectival
            for i in range(link.first, link.last)
        }

    def run(self, threshold: float) -> list[Event]:
        """Return the events surer than `threshold`, in the order of the text, ids `v1`, `v2`, …"""
        matches = [
            m
            for t in self.parsed.tokens
            if t.i not in self.in_name and (m := self.matcher.match(t)) is not None
        ]
        by_token = {m.trigger.i: m for m in matches}
        matches = [m for m in matches if m.light is None or not _asks_for(by_token.get(m.light.i), m)]
        found = [Found(m.trigger, e) for m in matches if (e := self._event(m)) is not None]
        told = {f.trigger.i for f in found if f.event.confidence >= threshold}
        light = {
            m.light.i
            for m in matches
            if m.light is not None
            and m.frame.pos == "noun"
            and not m.presupposed  # "suspended the talks" tells of suspending
            and m.light.lemma.lower() in self.lexicon.light_verbs
            and (
                m.trigger.i in told or m.light.lemma == "be"
            )  # else the verb tells it: "won the competition"
        }
        found = [f for f in found if f.trigger.i not in light]
        intents = find_intents(self.parsed, found, self.factuality, self.people, self.lexicon)
        events = [e for e in (*(f.event for f in found), *intents) if e.confidence >= threshold]
        events.sort(key=lambda e: e.spans)
        told_once = (settled(e, self.resolved, self.lexicon) for e in self.tellings.merged(events))
        return [replace(e, id=f"v{n}") for n, e in enumerate(told_once, 1)]

    # -- one event

    def _event(self, match: Match) -> Event | None:
        frame, trigger = match.frame, match.trigger
        venue = self._venue(match)
        agents = [f for f in self.people.fill_all(match.agents) if f.entity not in venue]
        patients = [f for f in self.people.fill_all(match.patients) if f.entity not in venue]
        if (
            not agents and frame.when.obj
        ):  # "Russian bombs are being dropped": whose the instrument is, he acts
            instrument = logical_object(self.parsed, trigger)
            agents = (
                self.people.owners(instrument)
                if instrument is not None and not self.people.linked(instrument)
                else []
            )
            agents = _without(agents, patients)
        if not agents and not patients and frame.pos == "noun":
            agents, patients = self._of_telling(trigger)
        if frame.event_class in BEFALLING and agents and not patients and frame.pos == "noun":
            agents, patients = [], agents  # "committed suicide": who commits it dies
        if frame.event_class == "plover:Request" and (doers := self.parties.doers(trigger)):
            patients = doers
        if not patients and frame.event_class in CONTENT_CLASSES:
            patients = self.parties.of(match, frame.event_class in DOING_CLASSES)
        patients = _without(patients, agents)
        if not agents and patients and prepositional(self.parsed, trigger, "between") in match.patients:
            agents, patients = patients, []
        if frame.symmetric and not agents:
            agents, patients = patients, []
        if frame.needs_participant and not agents and not patients:
            return None
        if not self.lexicon.classes[
            frame.event_class
        ].place_patients:  # where somebody goes is a place, not a patient
            patients = [p for p in patients if self.people.kinds.get(p.entity) is not Kind.PLACE]
        places = tuple(dict.fromkeys((*venue, *self.circumstances.places(match, patients))))
        time = self.circumstances.time(match)
        stance = self.factuality.of(trigger)
        confidence = event_confidence(
            match, agents, patients, bool(places) or time is not None, stance.modality
        )
        span = self._span(match)
        self.tellings.note(trigger, span, frame.pos)
        return Event(
            id="",
            event_class=frame.event_class,
            label="",
            trigger=span.of(self.parsed.article.text),
            spans=(span,),
            sentences=(self.parsed.sentence_span(trigger),),
            agents=tuple(f.entity for f in agents),
            patients=tuple(f.entity for f in patients),
            places=places,
            time=time,
            modality=stance.modality,
            according_to=stance.statement,
            confidence=confidence,
            reason=f"{frame.lemma} ({frame.pos}); {stance.reason}",
        )

    def _venue(self, match: Match) -> tuple[str, ...]:
        """ "The Istanbul talks": one city before the noun for a meeting is where it is held."""
        if match.frame.pos != "noun" or not match.frame.symmetric:
            return ()
        before = [
            e
            for child in self.parsed.dependents(match.trigger, "compound", "nmod", "amod")
            for e in self.people.linked(child)
            if self.people.kinds.get(e) is Kind.PLACE
        ]
        return tuple(before) if len(before) == 1 and before[0] in self.people.cities else ()

    def _span(self, match: Match) -> Span:
        """Return the words that tell of it: the trigger, with its support verb if that stands near ("held talks")."""
        trigger, light = match.trigger, match.light
        carried = (
            light is not None
            and match.frame.pos == "noun"
            and not match.presupposed
            and light.pos == "VERB"
            and light.lemma.lower() in self.lexicon.light_verbs
            and 0 < trigger.i - light.i <= NEAR
        )
        return self.parsed.span(light.i if carried and light is not None else trigger.i, trigger.i + 1)

    def _of_telling(self, noun: Token) -> tuple[list[Filler], list[Filler]]:
        """ "told X in a call", "said in an interview with Y": who speaks in it and to whom, where the
        noun itself does not say.
        """
        preposition = self.parsed.tokens[noun.head]
        verb = self.parsed.tokens[preposition.head]
        if noun.dep != "pobj" or preposition.text.lower() not in ("in", "during") or verb.pos != "VERB":
            return [], []
        if verb.lemma.lower() not in self.lexicon.cues.verbs:
            return [], []
        speaker, hearer = logical_subject(self.parsed, verb), logical_object(self.parsed, verb)
        return self.people.fill(speaker, groups=False), self.people.fill(hearer, groups=False)


def _without(fillers: list[Filler], others: list[Filler]) -> list[Filler]:
    return [f for f in fillers if all(f.entity != o.entity for o in others)]


def _asks_for(verb: Match | None, noun: Match) -> bool:
    """Tell a support verb whose own frame asks for the noun and knows better ("exchanged fire" is no fire)."""
    if verb is None or noun.presupposed or verb.frame.event_class == noun.frame.event_class:
        return False
    return noun.trigger.lemma.lower() in verb.frame.when.obj
