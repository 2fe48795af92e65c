"""Who did what to whom, where and when: what the reader takes for events, decoded under what is known."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace

from kg.event_classes import EventClass, event_classes
from kg.extract.decoding import impossible_classes, load_thresholds
from kg.extract.digests import is_digest
from kg.extract.events.arguments import Argument, ArgumentFinder, Arguments
from kg.extract.events.coreference import Tellings
from kg.extract.events.frame_arguments import EventPatterns, FrameReading
from kg.extract.events.grounds import of_class, of_modality, of_pattern, of_worded_class
from kg.extract.events.implicit import completed
from kg.extract.events.retellings import load_retellings
from kg.extract.events.sides import settled as settled_sides
from kg.extract.factuality.decision import settled
from kg.extract.factuality.rules import Factuality
from kg.extract.seams import Discourse
from kg.heads.implicit import load_implicit
from kg.heads.reader import Candidate
from kg.model import Event, Ground, Kind, Modality, Statement
from kg.parsed import Token

CLASSES = {one.local.upper(): curie for curie, one in event_classes().items()}
"""The classes by their names in the reader's weights."""
PATTERN = 10.0  # times as likely is the class that a pattern of the lexicon tells
TO_COME = frozenset({Modality.PLANNED, Modality.HYPOTHETICAL})
PREFIX = 3  # letters of what stands before a hyphen as no word of its own, at most


class EventFinder:
    """Collects the events of one resolved article; call `run` once."""

    def __init__(self, discourse: Discourse, statements: list[Statement]) -> None:
        resolved, reading, lexicon = discourse.resolved, discourse.reading, discourse.lexicon
        self.resolved, self.parsed, self.reading = resolved, resolved.parsed, reading
        self.lexicon, self.statements = lexicon, statements
        self.thresholds = load_thresholds()
        people = discourse.participants
        self.arguments = ArgumentFinder(resolved.parsed, people, discourse.times, self.thresholds)
        self.factuality = Factuality(resolved.parsed, statements, lexicon)
        self.patterns = EventPatterns(resolved, people, lexicon)
        self.tellings = Tellings(resolved.parsed, load_retellings(), is_digest(resolved))
        self.worded = told_by_words(lexicon.classes, reading.values("class"))
        self.own = {
            word
            for word, frames in (lexicon.frames.items() if self.worded else ())
            if any(f.event_class in self.worded for f in frames)
        }
        self.towns = {
            e.id for e in resolved.entities if e.kind is Kind.PLACE and "schema:Country" not in e.classes
        }
        self.in_name = {
            i
            for link in resolved.links
            if link.kind.value == "name" and not link.adjectival
            for i in range(link.first, link.last)
        }

    def run(self) -> list[Event]:
        """Return the events, in the order of the text, ids `v1`, `v2`, …"""
        column = self.reading.values("trigger").index("yes")
        likely = self.reading.probabilities("trigger")[:, column].tolist()
        triggers = [
            t
            for t in self.parsed.tokens
            if (likely[t.i] >= self.thresholds.trigger or (self.own and self._is_own(t)))
            and t.i not in self.in_name
            and not self._tells_nothing(t)
        ]
        tokens = [t.i for t in triggers]
        choices = (self.reading.choices(task, tokens) for task in ("class", "factuality"))
        related = self.reading.related("event", [(i, i) for i in tokens])
        events = [
            self._event(trigger, likely[trigger.i], found, *chosen)
            for trigger, found, *chosen in zip(triggers, related, *choices, strict=True)
        ]
        kept = sorted((e for e in events if e is not None), key=lambda e: e.spans)
        kept = [settled_sides(e, self.resolved, self.lexicon) for e in kept]
        kept = completed(kept, self.resolved, self.reading.vectors, load_implicit(), self.thresholds)
        return [replace(e, id=f"v{n}") for n, e in enumerate(self.tellings.merged(kept), 1)]

    def _event(
        self,
        trigger: Token,
        likely: float,
        related: dict[str, list[Candidate]],
        classes: dict[str, float],
        factuality: dict[str, float],
    ) -> Event | None:
        pattern = self.patterns.of(trigger)
        name, sure = _class(trigger, classes, pattern)
        curie, own = CLASSES[name], None
        if pattern is not None and pattern.event_class in self.worded:
            # what the lexicon says of a word goes before heads that don't know the class
            curie = own = pattern.event_class
            likely, sure = max(likely, pattern.prior), 1.0
        stance = self.factuality.of(trigger)
        modality = settled(stance, factuality)
        found = self.arguments.of(trigger, related, modality in TO_COME, curie)
        agents, patients = _entities(found.agents), _entities(found.patients)
        if pattern is not None:  # a slot that the reader leaves empty
            out = {(g.part, g.entity) for g in found.grounds if not g.kept}
            agents = agents or tuple(
                a for a in pattern.agents if a not in patients and ("agents", a) not in out
            )
            if not found.themes:
                patients = patients or tuple(
                    p for p in pattern.patients if p not in agents and ("patients", p) not in out
                )
        why = [*found.grounds, *of_pattern(pattern, agents, patients, found)]
        places = _entities(found.places)
        # a town that is attacked is where it is attacked
        if "territorial" in self.lexicon.classes[curie].flags:
            towns = tuple(p for p in patients if p in self.towns and p not in places)
            places += towns
            why += [Ground("rule territorial", "places", entity=t, note="what is attacked") for t in towns]
        alone = not (agents or patients or places or found.themes)
        whole = likely * sure * max(factuality.values())
        if (alone and likely < self.thresholds.alone) or (own is None and whole < self.thresholds.whole):
            return None
        announced = modality is Modality.ASSERTED and self._is_announced(trigger)
        span = self.parsed.span(trigger.i, trigger.i + 1)
        text = span.of(self.parsed.article.text)
        grounds = (
            Ground("head trigger", "trigger", text, round(likely, 3), span),
            *(
                of_class(name, classes, pattern, trigger.lemma.lower(), CLASSES)
                if own is None
                else of_worded_class(own, pattern, self.lexicon.classes[own].parent is not None)
            ),
            *why,
            *of_modality(modality, stance, factuality, announced),
        )
        if announced:
            modality = Modality.REPORTED
        return Event(
            id="",
            event_class=curie,
            label="",
            trigger=text,
            spans=(span,),
            sentences=(self.parsed.sentence_span(trigger),),
            agents=agents,
            patients=patients,
            places=places,
            time=found.time,
            modality=modality,
            according_to=(stance.statement or self._source(trigger))
            if modality is Modality.REPORTED
            else None,
            confidence=_whole(likely, sure, max(factuality.values()), found),
            reason=f"{trigger.lemma.lower()} (reader {likely:.2f}, {name.lower()} {sure:.2f})",
            grounds=grounds,
        )

    def _tells_nothing(self, token: Token) -> bool:
        """Tell a request to the reader, and what the tokenizer cuts off a word: "please *contact*", "*re*-arrested"."""
        if any(c.text.lower() == "please" for c in self.parsed.dependents(token)):
            return True
        behind = self.parsed.tokens[token.i + 1 : token.i + 2]
        hyphen = bool(behind) and behind[0].text == "-" and not token.space and not behind[0].space
        return hyphen and len(token.text) <= PREFIX

    def _is_own(self, token: Token) -> bool:
        """Tell a word of a class that its words alone tell, with somebody who takes part in it."""
        pos = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}.get(token.pos, "")
        if (token.lemma.lower(), pos) not in self.own:
            return False
        pattern = self.patterns.of(token)
        if pattern is None or pattern.event_class not in self.worded:
            return False
        return bool(pattern.agents or pattern.patients)

    def _is_announced(self, trigger: Token) -> bool:
        """Tell what stands behind a colon that words of saying open: "He repeated his old point: the *raids* …"."""
        sentence = self.parsed.sentences[trigger.sent]
        before = self.parsed.tokens[sentence.first : trigger.i]
        colon = next((t.i for t in reversed(before) if t.text == ":"), None)
        if colon is None:
            return False
        cues, nouns = self.lexicon.cues.verbs, self.lexicon.tables.speech_nouns
        return any(
            (t.pos == "VERB" and t.lemma.lower() in cues) or (t.pos == "NOUN" and t.lemma.lower() in nouns)
            for t in before
            if t.i < colon
        )

    def _source(self, trigger: Token) -> str | None:
        """Return the innermost statement that holds a trigger."""
        holding = [s for s in self.statements if s.span.begin <= trigger.begin and trigger.end <= s.span.end]
        return min(holding, key=lambda s: s.span.end - s.span.begin).id if holding else None


def told_by_words(classes: Mapping[str, EventClass], known: Collection[str]) -> frozenset[str]:
    """Return the classes that their words alone tell: the user's own, and those that the weights of the reader,
    which know the names `known`, were not trained on yet.
    """
    return frozenset(curie for curie, one in classes.items() if one.parent or one.local.upper() not in known)


def _class(trigger: Token, classes: dict[str, float], pattern: FrameReading | None) -> tuple[str, float]:
    """Return the likeliest class and its probability; the class of a matching pattern counts for more, one that the
    word never tells of for nothing.
    """
    never = impossible_classes().get(trigger.lemma.lower(), frozenset())
    weighed = {name: p for name, p in classes.items() if not never or CLASSES[name] not in never}
    known = pattern.event_class.partition(":")[2].upper() if pattern is not None else ""
    if known in weighed:
        weighed[known] *= PATTERN
    best = max(weighed, key=lambda name: weighed[name])
    return best, weighed[best] / sum(weighed.values())


def _whole(trigger: float, event_class: float, modality: float, found: Arguments) -> float:
    """Return how likely all of an event is right, if its parts were apart from each other; calibrated later."""
    parts = (*found.agents, *found.patients, *found.places)
    return round(trigger * event_class * modality * math.prod(a.probability for a in parts), 3)


def _entities(arguments: tuple[Argument, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.entity for a in arguments))
