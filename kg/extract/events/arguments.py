"""Who and what takes part in an event: the reader's candidates, decoded under what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from kg.event_classes import curies_with
from kg.extract.decoding import Thresholds
from kg.extract.events.clause_membership import (
    LOCATIVE,
    is_anothers,
    is_apart,
    is_elsewhere,
    is_headline_passive,
    is_no_doer,
    is_out_of_scope,
    predecessor,
    suffers_only,
)
from kg.extract.participants import Filler, Participants
from kg.extract.syntax import agent_phrase, is_opposed, logical_subject, prepositional, subject
from kg.extract.temporal_expressions import Times
from kg.heads.reader import Candidate
from kg.model import Ground, Kind, TimeRef, is_named
from kg.parsed import Parsed, Token

TOGETHER = frozenset({"together", "along", "alongside"})
NOBODY = "no entity: a thing, or somebody unknown"
STEPS = 4  # from "who" up to the noun that it speaks of


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity that fills a role: the token that names it, and the probability that it does."""

    entity: str
    token: int
    probability: float


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one event; `themes` are tokens of things that fill a role but are nobody; `grounds` tell why."""

    agents: tuple[Argument, ...]
    patients: tuple[Argument, ...]
    places: tuple[Argument, ...]
    time: TimeRef | None
    themes: tuple[int, ...]
    grounds: tuple[Ground, ...] = ()


class ArgumentFinder:
    """Decodes the reader's candidates for the events of one article."""

    def __init__(self, parsed: Parsed, people: Participants, times: Times, thresholds: Thresholds) -> None:
        self.parsed, self.people, self.times, self.thresholds = parsed, people, times, thresholds

    def of(
        self,
        trigger: Token,
        related: dict[str, list[Candidate]],
        to_come: bool = False,
        event_class: str = "nkg:Other",
    ) -> Arguments:
        """Return the arguments of a trigger among candidates by relation; `to_come` tells a happening that is planned
        or possible.

        Nobody is agent and patient: the likelier role stays. Of each side those who are much less likely than another
        one go, unless both sides are one: "M23 *rebels* met various *groups*".
        """
        why: list[Ground] = []
        flags = self.people.lexicon.classes[event_class].flags
        agents, _ = self._filled(trigger, related, "agent", why, flags)
        patients, things = self._filled(trigger, related, "patient", why, flags)
        both = agents, patients
        agents, patients = _one_role(agents, patients)
        places = self._places(related, trigger, why, flags)
        for part, before, after in (("agents", both[0], agents), ("patients", both[1], patients)):
            for one in before:
                why.append(self._ground(part, one, one in after, "likelier on the other side"))
        why += [self._ground("places", one, True) for one in places]
        return Arguments(
            agents,
            patients,
            places,
            self._time(trigger, related, why, to_come),
            things,
            tuple(why),
        )

    def _ground(self, part: str, one: Argument, kept: bool, otherwise: str = "") -> Ground:
        source = f"head event.{part[:-1]}"
        span, score = self.parsed.span(one.token, one.token + 1), round(one.probability, 3)
        return Ground(source, part, "", score, span, one.entity, kept, "" if kept else otherwise)

    def _filled(
        self,
        trigger: Token,
        related: dict[str, list[Candidate]],
        name: str,
        why: list[Ground],
        flags: Collection[str],
    ) -> tuple[tuple[Argument, ...], tuple[int, ...]]:
        """Return the entities of a role, and the tokens of candidates that are nobody; `why` gets what is ruled out."""

        def note(candidate: Candidate, reason: str, entity: str | None = None) -> None:
            span, score = self.parsed.span(candidate.token, candidate.token + 1), candidate.probability
            why.append(
                Ground(f"head event.{name}", f"{name}s", "", round(score, 3), span, entity, False, reason)
            )

        found: dict[str, Argument] = {}
        things, sure = [], []
        for candidate in self._candidates(trigger, related, name):
            token = self._antecedent(self.parsed.tokens[candidate.token], trigger)
            reason = self._ruled_out(token, trigger, name, flags)
            fillers = self._meant(token, trigger, name)
            if reason:
                for entity in (*(f.entity for f in fillers),) or ("",):
                    note(candidate, reason, entity or None)
                continue
            sure.append(candidate)
            if not fillers:
                things.append(candidate.token)
                note(candidate, NOBODY)
            for filler in fillers:
                known = found.get(filler.entity)
                if known is None or known.probability < candidate.probability:
                    found[filler.entity] = Argument(filler.entity, candidate.token, candidate.probability)
        best = max(related[name], key=lambda c: (c.probability, -c.token), default=None)
        if not found and not things and best is not None:
            note(best, f"less likely than {self.thresholds.of('event', name)}")
        if "mutual" in flags:
            return tuple(found.values()), tuple(things)
        behind = [one for one in found.values() if self._is_outweighed(one, sure, trigger, name)]
        why += [self._ground(f"{name}s", one, False, "much less likely than another one") for one in behind]
        return tuple(one for one in found.values() if one not in behind), tuple(things)

    def _is_outweighed(self, one: Argument, sure: list[Candidate], trigger: Token, name: str) -> bool:
        """Tell whom the reader takes for a participant so much less surely than another one with whom he is not
        coordinated; outside the clause of the trigger less is enough. No name goes for the sake of a group, whose name
        it may be: "a *boy*, identified only as *Ivan*".
        """
        token, does = self.parsed.tokens[one.token], logical_subject(self.parsed, trigger)
        if name == "agent" and does is not None and does.i == token.i:
            return False
        within = not is_apart(self.parsed, trigger, token) and trigger.left <= token.i <= trigger.right
        least = one.probability + (self.thresholds.behind if within else self.thresholds.beyond)
        first = self.parsed.top(token, "conj", "appos")
        return any(
            other.probability > least
            and self.parsed.top(self.parsed.tokens[other.token], "conj", "appos") != first
            and (
                not is_named(one.entity)
                or any(map(is_named, self.people.linked(self.parsed.tokens[other.token])))
            )
            for other in sure
        )

    def _ruled_out(self, token: Token, trigger: Token, name: str, flags: Collection[str]) -> str:
        """Return why the grammar keeps a word out of a role, or nothing."""
        words = self.people.lexicon.tables.constructions
        onlooks = "violent" in flags and trigger.lemma.lower() in words.onlooking_verbs
        teller = logical_subject(self.parsed, trigger) if onlooks and trigger.pos == "VERB" else None
        if teller is not None and teller.i == token.i:
            return "he only told of it, or lost somebody by it"
        if "territorial" not in flags and self._is_where(token):
            return "it is where somebody acts"
        if is_out_of_scope(self.parsed, trigger, token, words):
            return "the text says that it does not hold for him"
        gone = predecessor(self.parsed, trigger)
        if gone is not None and token.i not in gone:
            return "it is told of the predecessor"
        return (self._no_patient if name == "patient" else self._no_agent)(token, trigger, flags)

    def _no_patient(self, token: Token, trigger: Token, flags: Collection[str]) -> str:
        if "handing" in flags and self._is_object_of(token, trigger, "to"):
            return "he gets what it is done to"
        if self._is_done_in_content(token, trigger):
            return "what is done to him is what is denied or accused of"
        if is_anothers(self.parsed, trigger, token):
            return "of another verb: this one tells itself to whom it is done"
        return ""

    def _no_agent(self, token: Token, trigger: Token, flags: Collection[str]) -> str:
        if "handing" in flags and self._is_object_of(token, trigger, "from"):
            return "he had it before"
        below = self._sufferer(trigger)
        if suffers_only(self.parsed, trigger, token) or (below is not None and below.i == token.i):
            return "the subject of a passive verb does not act"
        if is_opposed(self.parsed, token):
            return "it is for or against him"
        if is_no_doer(self.parsed, trigger, token, self.people.lexicon.tables.constructions):
            return "it befell him, or he only saw or told of it"
        return ""

    def _is_object_of(self, token: Token, trigger: Token, word: str) -> bool:
        """Tell who stands behind a preposition of the trigger's own: "sold the mill *to Oman*"."""
        found = prepositional(self.parsed, trigger, word)
        return found is not None and found.i == token.i

    def _is_where(self, token: Token) -> bool:
        """Tell a place behind "in" or "at", which neither acts nor suffers: "criticised the counting in *Leeds*"."""
        behind = token.dep == "pobj" and self.parsed.tokens[token.head].text.lower() in LOCATIVE
        return behind and bool(self.people.of_kind(token, Kind.PLACE))

    def _candidates(
        self, trigger: Token, related: dict[str, list[Candidate]], name: str
    ) -> Iterable[Candidate]:
        """Return the likely candidates of a role; whoever suffers by the grammar, and not by the reader, suffers."""
        out = list(self._likely(related, name))
        below = self._sufferer(trigger) if name == "patient" else None
        if below is not None:
            known = {c.token for c in out}
            out += [c for c in self._likely(related, "agent") if c.token == below.i and c.token not in known]
        return out

    def _sufferer(self, trigger: Token) -> Token | None:
        """Return the subject of a passive with a "by" phrase, or of a verb of harm in a headline ("Guard *shot*")."""
        if agent_phrase(self.parsed, trigger) is None:
            frames = self.people.lexicon.frames_of(trigger.lemma.lower(), "verb")
            harms = any(f.event_class in curies_with("harming") and f.patient[:1] == ("obj",) for f in frames)
            if not (harms and is_headline_passive(self.parsed, trigger)):
                return None
        return subject(self.parsed, trigger)

    def _meant(self, token: Token, trigger: Token, name: str) -> list[Filler]:
        """Return whom a candidate stands for: whose people act for him, but what is done to a thing is not done to
        its maker ("buys Skybus *jets*"); who stands "together with" an agent acts, too.
        """
        fillers = self.people.one(token, metonymy=name == "agent" or not self.people.nouns.is_thing(token))
        if name == "patient" and self._is_of_a_land(token, fillers):
            fillers = self.people.one(token, metonymy=False)
        if name == "agent" and (beside := self._beside(token)) is not None:
            fillers = [*fillers, *self.people.one(beside)]
        return fillers

    def _is_of_a_land(self, token: Token, fillers: list[Filler]) -> bool:
        """Tell people and things that are from a land and suffer by themselves: who attacks "American *diplomats*" does
        not attack America, as who presses the Ukrainian government presses Ukraine.
        """
        lands = [f for f in fillers if not f.direct and self.people.kinds.get(f.entity) is Kind.PLACE]
        words, collectives = self.people.lexicon.tables.constructions, self.people.lexicon.tables.collectives
        states = words.governments | (words.state_people & collectives)
        return bool(lands) and token.lemma.lower() not in states

    def _beside(self, token: Token) -> Token | None:
        """Return who acts together with somebody: "Norway, together with *Oman*, left"."""
        for preposition in self.parsed.dependents(token, "prep"):
            before = self.parsed.tokens[preposition.i - 1].text.lower()
            if preposition.text.lower() == "with" and before in TOGETHER:
                return next(iter(self.parsed.dependents(preposition, "pobj")), None)
        return None

    def _is_done_in_content(self, token: Token, trigger: Token) -> bool:
        """Tell the object of what is denied or accused of: in "denies killing *Moss*" she is killed, not denied."""
        verb = self.parsed.tokens[token.head]
        if token.dep != "dobj" or verb.i == trigger.i or verb.dep not in ("xcomp", "pcomp"):
            return False
        above = self.parsed.tokens[verb.head]
        via = "ing"
        if above.pos == "ADP":
            via, above = above.text.lower(), self.parsed.tokens[above.head]
        governor = self.people.lexicon.governors.under(trigger.lemma.lower(), "verb", via)
        return above.i == trigger.i and governor is not None and governor.hard

    def _antecedent(self, token: Token, trigger: Token) -> Token:
        """Return the person that "who" speaks of, where the parser hangs its clause on a body: "a man of the Army
        *who* shot at them".
        """
        kinds = {self.people.kinds.get(e) for e in self.people.linked(token)}
        who = (c.text.lower() == "who" for c in self.parsed.dependents(trigger, "nsubj", "nsubjpass"))
        hung = trigger.dep == "relcl" and trigger.head == token.i
        if not kinds or Kind.PERSON in kinds or not hung or not any(who):
            return token
        path = islice(self.parsed.upward(token), 1, STEPS + 1)
        return next(
            (node for node in path if node.pos == "NOUN" and self.people.nouns.is_people(node)), token
        )

    def _likely(self, related: dict[str, list[Candidate]], name: str) -> Iterable[Candidate]:
        least = self.thresholds.of("event", name)
        return (c for c in related[name] if c.probability >= least)

    def _places(
        self, related: dict[str, list[Candidate]], trigger: Token, why: list[Ground], flags: Collection[str]
    ) -> tuple[Argument, ...]:
        found: dict[str, Argument] = {}
        words = self.people.lexicon.tables.constructions
        for candidate in related["place"]:
            token = self.parsed.tokens[candidate.token]
            named = self.people.of_kind(token, Kind.PLACE)
            if not named:
                continue
            elsewhere = "moving" not in flags and is_elsewhere(self.parsed, trigger, token, words)
            likely = candidate.probability >= self.thresholds.of("event", "place")
            for entity in named if elsewhere or likely else ():
                one = Argument(entity, candidate.token, candidate.probability)
                if elsewhere:
                    why.append(self._ground("places", one, False, "where somebody goes or is from"))
                else:
                    found.setdefault(entity, one)
        return tuple(found.values())

    def _time(
        self, trigger: Token, related: dict[str, list[Candidate]], why: list[Ground], planned: bool
    ) -> TimeRef | None:
        """Return the time that the sentence's words tell."""
        dated = [
            (c.probability, -c.token)
            for c in self._likely(related, "time")
            if self.times.at(c.token) is not None
            and (
                c.probability >= self.thresholds.apart
                or not is_apart(self.parsed, trigger, self.parsed.tokens[c.token])
            )
        ]
        if not dated:
            return None
        likely, token = max(dated)
        time = self.times.at(-token, trigger if planned else None)
        if time is not None:
            span = self.parsed.span(-token, 1 - token)
            why.append(Ground("head event.time", "time", time.begin, round(likely, 3), span))
        return time


def _one_role(
    agents: tuple[Argument, ...], patients: tuple[Argument, ...]
) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """Leave each entity the role in which it is likelier."""
    as_agent = {a.entity: a.probability for a in agents}
    as_patient = {p.entity: p.probability for p in patients}
    return (
        tuple(a for a in agents if a.probability >= as_patient.get(a.entity, 0.0)),
        tuple(p for p in patients if p.probability > as_agent.get(p.entity, 0.0)),
    )
