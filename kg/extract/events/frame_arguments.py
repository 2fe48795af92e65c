"""What the frames of the lexicon say of a trigger: its class, and who stands in the slots of its pattern."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.events.content import Parties
from kg.extract.events.frame_matching import FrameMatcher
from kg.extract.logical_objects import logical_object
from kg.extract.participants import Filler, Participants
from kg.extract.syntax import prepositional
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
        frame = match.frame
        flags = self.lexicon.classes[frame.event_class].flags
        agents = self.people.fill_all(match.agents)
        patients = self.people.fill_all(match.patients)
        # "Russian bombs are being dropped": whose the instrument is, he acts
        if not agents and frame.when.obj:
            instrument = logical_object(self.parsed, trigger)
            if instrument is not None and not self.people.linked(instrument):
                agents = _without(self.people.owners(instrument), patients)
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


def _without(fillers: list[Filler], others: list[Filler]) -> list[Filler]:
    return [f for f in fillers if all(f.entity != o.entity for o in others)]


def _ids(fillers: list[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.entity for f in fillers))
