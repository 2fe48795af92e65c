"""What the frames of the lexicon say of a trigger: its class, and who stands in the slots of its pattern."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.content_arguments import Parties
from kg.extract.frame_matching import FrameMatcher, Match
from kg.extract.logical_objects import logical_object
from kg.extract.participants import Filler, Participants
from kg.extract.syntax import logical_subject, prepositional
from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import Resolved, Token


@dataclass(frozen=True, slots=True)
class FrameReading:
    """The class of a trigger by its frame, the ids of who fills the frame's slots, and how likely the frame is an
    event of the class.
    """

    event_class: str
    agents: tuple[str, ...]
    patients: tuple[str, ...]
    prior: float = 1.0


class EventPatterns:
    """Matches the frames of one resolved article.

    >>> EventPatterns(resolved, people, lexicon).of(trigger)  # "Kerry *threatened* to suspend talks with Russia."
    Pattern(event_class='plover:Threaten', agents=('e1',), patients=('e2',), prior=0.93)
    """

    def __init__(self, resolved: Resolved, people: Participants, lexicon: Lexicon) -> None:
        self.parsed, self.people, self.lexicon = resolved.parsed, people, lexicon
        self.matcher = FrameMatcher(resolved.parsed, people, lexicon)
        self.parties = Parties(resolved.parsed, people, self.matcher)

    def of(self, trigger: Token) -> FrameReading | None:
        """Return the pattern of a token whose frame's condition holds, or None."""
        match = self.matcher.match(trigger)
        if match is None:
            return None
        frame, venue = match.frame, self._venue(match)
        flags = self.lexicon.classes[frame.event_class].flags
        agents = [f for f in self.people.fill_all(match.agents) if f.entity not in venue]
        patients = [f for f in self.people.fill_all(match.patients) if f.entity not in venue]
        if (
            not agents and frame.when.obj
        ):  # "Russian bombs are being dropped": whose the instrument is, he acts
            instrument = logical_object(self.parsed, trigger)
            if instrument is not None and not self.people.linked(instrument):
                agents = _without(self.people.owners(instrument), patients)
        if not agents and not patients and frame.pos == "noun":
            agents, patients = self._of_telling(trigger)
        if "befalling" in flags and frame.pos == "noun":
            # "committed suicide": who commits it dies; "announced the death of Lund": who tells of it takes no part
            agents, patients = [], patients or agents
        if "asking" in flags and (doers := self.parties.doers(trigger)):
            patients = doers
        if not patients and "content" in flags and not self._denies(trigger):
            patients = self.parties.of(match, flags)
        patients = _without(patients, agents)
        if not agents and patients and prepositional(self.parsed, trigger, "between") in match.patients:
            agents, patients = patients, []
        if "located" in flags:  # where somebody goes is no patient
            patients = [p for p in patients if self.people.kinds.get(p.entity) is not Kind.PLACE]
        return FrameReading(frame.event_class, _ids(agents), _ids(patients), frame.prior)

    def _denies(self, trigger: Token) -> bool:
        """Tell a verb under which nothing is a fact: who is killed in what is denied is nobody's to refuse."""
        governor = self.lexicon.governors.under(trigger.lemma.lower(), "verb", "ing")
        return governor is not None and governor.hard and governor.effect == "negated"

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


def _ids(fillers: list[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.entity for f in fillers))
