"""Who did what to whom, where and when: frames found in the text become events."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from os.path import commonprefix

from kg.extract.circumstances import Circumstances
from kg.extract.confidence import event_confidence
from kg.extract.frames import FrameMatcher, Match
from kg.extract.intents import Found, find_intents
from kg.extract.modality import ORDER, Factuality
from kg.extract.sources import Filler, Participants
from kg.extract.syntax import logical_object, logical_subject, prepositional
from kg.extract.time import Times
from kg.lexicon import Lexicon
from kg.model import Entity, Event, Kind, Modality, Span
from kg.parsed import BlockKind, Parsed, Resolved, Token

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
DOING_CLASSES = frozenset({"plover:Request", "plover:Accuse", "plover:Coerce", "nkg:Investigate", "plover:Protest"})
BEFALLING = frozenset({"nkg:Die", "nkg:Born"})
FAR = 12  # sentences over which "the attack" may look back
CONTENT_PREPOSITIONS = ("against", "on", "with", "to", "from", "for", "over", "in", "of")


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
        self.definite: set[Span] = set()  # triggers that speak of a happening as known: "the attack"
        self.one_with: dict[Span, Span] = {}  # "the earthquake struck": verb → the word that tells the same happening
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
            and (m.trigger.i in told or m.light.lemma == "be")  # else the verb tells it: "won the competition"
        }
        found = [f for f in found if f.trigger.i not in light]
        intents = find_intents(self.parsed, found, self.factuality, self.people, self.lexicon)
        events = [e for e in (*(f.event for f in found), *intents) if e.confidence >= threshold]
        events.sort(key=lambda e: e.spans)
        return [replace(e, id=f"v{n}") for n, e in enumerate(self._merged(events), 1)]

    # -- one event

    def _event(self, match: Match) -> Event | None:
        frame, trigger = match.frame, match.trigger
        agents = self._fill(match.agents)
        patients = self._fill(match.patients)
        if (
            not agents and frame.when.obj
        ):  # "Russian bombs are being dropped": whose the instrument is, he acts
            instrument = logical_object(self.parsed, trigger)
            agents = (
                self.people.owners(instrument)
                if instrument is not None and not self.people.linked(instrument)
                else []
            )
            agents = [a for a in agents if all(a.entity != p.entity for p in patients)]
        if not agents and not patients and frame.pos == "noun":
            agents, patients = self._of_telling(trigger)
        if frame.event_class in BEFALLING and agents and not patients and frame.pos == "noun":
            agents, patients = [], agents  # "committed suicide": who commits it dies
        if frame.event_class == "plover:Request" and (doers := self._doers(trigger)):
            patients = doers
        if not patients and frame.event_class in CONTENT_CLASSES:
            patients = self._in_content(match)
        patients = patients if agents is patients else [p for p in patients if all(p.entity != a.entity for a in agents)]
        if not agents and patients and prepositional(self.parsed, trigger, "between") in match.patients:
            agents = patients
        if frame.symmetric:
            both = _union(agents, patients)
            agents = patients = both
        else:
            patients = (
                patients
                if agents is patients
                else [p for p in patients if all(p.entity != a.entity for a in agents)]
            )
        named = [f for f in (*agents, *patients) if not f.entity.startswith("g")]
        if (
            frame.needs_participant
            and not named
            and not any(f.entity.startswith("g") for f in (*agents, *patients))
        ):
            return None
        if not self.lexicon.classes[
            frame.event_class
        ].place_patients:  # where somebody goes is a place, not a patient
            patients = [p for p in patients if self.people.kinds.get(p.entity) is not Kind.PLACE]
        places = self.circumstances.places(match, patients)
        time = self.circumstances.time(match)
        stance = self.factuality.of(trigger, None if match.presupposed else match.light)
        confidence = event_confidence(
            match, agents, patients, bool(places) or time is not None, stance.modality
        )
        span = self.parsed.span(trigger.i, trigger.i + 1)
        if frame.pos == "noun" and self._known_already(trigger):
            self.definite.add(span)
        if frame.pos == "verb" and (other := self._one_with(trigger)) is not None:
            self.one_with[span] = self.parsed.span(other.i, other.i + 1)
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

    def _one_with(self, verb: Token) -> Token | None:
        """Return the word that tells of the same happening, if both are of one class: the subject of "the airstrikes
        targeted the port", the verb of "retaliated by shelling the port".
        """
        above = self.parsed.tokens[verb.head]
        if verb.dep == "pcomp" and above.text.lower() == "by":
            return self.parsed.tokens[above.head]
        subject = logical_subject(self.parsed, verb)
        return subject if subject is not None and subject.pos == "NOUN" else None

    def _known_already(self, noun: Token) -> bool:
        return any(
            c.dep == "det" and c.text.lower() in ("the", "this", "that", "these", "those")
            for c in self.parsed.dependents(noun)
        )

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

    def _doers(self, verb: Token) -> list[Filler]:
        """ "demanded the withdrawal of Serbian forces": who is to do what is asked for."""
        for noun in self.parsed.dependents(verb, "dobj"):
            inner = self.matcher.match(noun) if noun.pos == "NOUN" else None
            if inner is not None and inner.agents:
                return self._fill(inner.agents)
        return []

    def _in_content(self, match: Match) -> list[Filler]:
        """Return the party of what is threatened, promised, refused, asked, blamed or looked into ("threatened to
        suspend talks with Russia"): the first that is named, else the first group.
        """
        doing = match.frame.event_class in DOING_CLASSES
        found: list[Filler] = []
        for head in (match.trigger, *([match.light] if match.light is not None else [])):
            for child in self.parsed.dependents(head, "xcomp", "ccomp", "acl", "advcl", "dobj", "relcl", "prep"):
                if child.i < head.i or (
                    child.dep == "advcl"
                    and not any(c.tag == "TO" for c in self.parsed.dependents(child, "aux"))
                ):
                    continue
                inner = child
                if child.dep == "prep":
                    objects = self.parsed.dependents(child, "pobj", "pcomp")
                    if child.text.lower() not in CONTENT_PREPOSITIONS or not objects:
                        continue
                    inner = objects[0]
                found += self._party(inner, 0, doing)
        named = [f for f in found if not f.entity.startswith("g")]
        return (named or found)[:1]

    def _party(self, token: Token, depth: int, doing: bool) -> list[Filler]:
        inner = self.matcher.match(token) if token.pos in ("VERB", "NOUN") else None
        tokens: list[Token] = []
        if inner is not None:
            tokens += [*inner.agents, *inner.patients] if doing and token.pos == "NOUN" else inner.patients
        if token.pos in ("VERB", "AUX"):
            obj = logical_object(self.parsed, token)
            tokens += [obj] if obj is not None else []
        elif doing:
            tokens += [t for t in (prepositional(self.parsed, token, "by"),) if t is not None]
        tokens += [t for t in (prepositional(self.parsed, token, *CONTENT_PREPOSITIONS),) if t is not None]
        groups: list[Filler] = []
        for each in tokens:
            found = self.people.fill(each)
            named = [f for f in found if not f.entity.startswith("g")]
            if named:
                return named
            groups = groups or found
        if depth < 2:
            for each in (*tokens, *self.parsed.dependents(token, "xcomp", "ccomp", "dobj")):
                found = self._party(each, depth + 1, doing) if each.i > token.i else []
                if any(not f.entity.startswith("g") for f in found):
                    return found
                groups = groups or found
        return groups

    def _fill(self, tokens: tuple[Token, ...]) -> list[Filler]:
        out: list[Filler] = []
        for token in tokens:
            for filler in self.people.fill(token):
                if all(filler.entity != f.entity for f in out):
                    out.append(filler)
        return out

    # -- several tellings

    def _merged(self, events: list[Event]) -> list[Event]:
        """Join the tellings of one happening: the headline's with the body's, "the call" with the call before it.

        Precise before complete: same class, same word or participants, nothing that contradicts.
        """
        out: list[Event] = []
        for event in events:
            target = next((i for i in range(len(out) - 1, -1, -1) if self._same(out[i], event)), None)
            if target is None:
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
                modality=_stronger(old.modality, event.modality),
                according_to=old.according_to
                if _stronger(old.modality, event.modality) is old.modality
                else event.according_to,
                confidence=max(old.confidence, event.confidence),
            )
        return out

    def _same(self, old: Event, new: Event) -> bool:
        if old.event_class != new.event_class or (old.time and new.time and old.time != new.time):
            return False
        one, other = old.reason.split(" ")[0], new.reason.split(" ")[0]
        if self._block_kind(old) is BlockKind.TITLE:
            return (
                bool(new.agents)
                and set(old.agents) == set(new.agents)
                and _agree(old.patients, new.patients)
                and one == other
            )
        if self.one_with.get(new.spans[0]) in old.spans:
            return True
        return (
            new.spans[0] in self.definite
            and _akin(one, other)
            and _agree(old.agents, new.agents)
            and _agree(old.patients, new.patients)
            and _agree(old.places, new.places)
            and self._sentence_of(new) - self._sentence_of(old) <= FAR
        )

    def _sentence_of(self, event: Event) -> int:
        ends = [s.span.end for s in self.parsed.sentences]
        return bisect_right(ends, event.spans[-1].begin)

    def _block_kind(self, event: Event) -> BlockKind | None:
        for block in self.parsed.blocks:
            if block.span.covers(event.spans[0]):
                return block.kind
        return None


def _union(a: list[Filler], b: list[Filler]) -> list[Filler]:
    return [*a, *(f for f in b if all(f.entity != o.entity for o in a))]


def _asks_for(verb: Match | None, noun: Match) -> bool:
    """Tell a support verb whose own frame asks for the noun and knows better ("exchanged fire" is no fire)."""
    if verb is None or noun.presupposed or verb.frame.event_class == noun.frame.event_class:
        return False
    return noun.trigger.lemma.lower() in verb.frame.when.obj


def _named_first(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Return who takes part by two tellings: the earlier's, unless it names nobody and the later does."""
    if all(x.startswith("g") for x in old) and new and not all(x.startswith("g") for x in new):
        return new
    return old or new


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two lists of participants can be one: one is silent or unnamed, or they share somebody."""
    named = ({x for x in one if not x.startswith("g")}, {x for x in other if not x.startswith("g")})
    return not named[0] or not named[1] or bool(named[0] & named[1])


def _akin(one: str, other: str) -> bool:
    """Tell words of one root by their beginning: "bomb" and "bombardment", "meet" and "meeting"."""
    shared = len(commonprefix([one, other]))
    return one == other or (shared >= 4 and shared >= 0.6 * min(len(one), len(other)))


def _stronger(a: Modality, b: Modality) -> Modality:
    """Return the modality that counts when a happening is told twice (asserted > reported > planned >
    hypothetical > negated).
    """
    rank = (Modality.ASSERTED, Modality.REPORTED, Modality.PLANNED, Modality.HYPOTHETICAL, Modality.NEGATED)
    return min(a, b, key=rank.index)


def label(event: Event, names: dict[str, str], verb: str) -> str:
    """Return a readable label: "Kerry threatened Russia"."""
    agents = " and ".join(names.get(a, "?") for a in event.agents[:3])
    patients = " and ".join(names.get(p, "?") for p in event.patients[:3] if p not in event.agents)
    if agents and patients:
        return f"{agents} {verb} {patients}"
    if agents:
        return f"{agents} {verb}" if not patients else agents
    if patients:
        return f"{verb} {patients}"
    return event.trigger


__all__ = ["ORDER", "EventFinder", "Parsed", "label"]
