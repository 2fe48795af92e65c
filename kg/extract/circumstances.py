"""Where and when an event takes place, read off the phrases around its trigger."""

from __future__ import annotations

from kg.extract.frames import Match
from kg.extract.sources import Filler, Participants
from kg.extract.syntax import conjuncts, prepositional
from kg.extract.time import Times
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, TimeRef
from kg.parsed import BlockKind, Resolved, Token

LOCATIVES = frozenset(
    [
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "across",
        "off",
        "on",
        "along",
        "aboard",
        "within",
        "over",
        "from",
        "to",
        "into",
        "through",
        "toward",
        "towards",
    ]
)
MOTION = frozenset({"from", "to", "into", "through", "toward", "towards", "over"})
WITHIN = frozenset({"in", "at", "near", "on", "of", "during", "outside", "around"})
MOVING = frozenset({"nkg:Move", "plover:Retreat", "plover:Mobilize", "nkg:Launch"})
BODILY = frozenset(
    {"plover:Assault", "plover:Coerce", "plover:Protest", "plover:Aid", "nkg:Die", "nkg:Disaster"}
)
TERRITORIAL = frozenset({"plover:Assault", "plover:Coerce", "plover:Mobilize"})


class Circumstances:
    """Answers where and when for the matches of one resolved article."""

    def __init__(self, resolved: Resolved, people: Participants, times: Times, lexicon: Lexicon) -> None:
        self.parsed, self.people, self.times, self.lexicon = resolved.parsed, people, times, lexicon
        self.entities: dict[str, Entity] = {e.id: e for e in resolved.entities}

    # -- where

    def places(self, match: Match, patients: list[Filler]) -> tuple[str, ...]:
        """Return the places of an event, the trigger's own first; `patients` are those already found."""
        out: list[str] = []
        moving = match.frame.event_class in MOVING
        for head in self._heads(match):
            self._beside(head, moving, out)
        if not self.lexicon.classes[match.frame.event_class].place_patients:
            for token in match.patients:
                self._add(token, out)
        if not out and (match.frame.pos == "noun" or match.frame.event_class in BODILY):
            for token in (t for p in match.patients for t in conjuncts(self.parsed, p)):
                if not self.people.linked(token) or match.frame.pos == "noun":
                    self._nested(token, out, 1)
        if not out:
            for obj in self.parsed.dependents(match.trigger, "dobj"):
                for child in self.parsed.dependents(obj, "prep"):
                    if child.text.lower() in WITHIN - {"of", "on"}:
                        for inner in self.parsed.dependents(child, "pobj"):
                            self._add(inner, out)
        if match.frame.event_class in TERRITORIAL:
            out += [f.entity for f in patients if self._is_town(f.entity) and f.entity not in out]
        if not out:
            for head in (*self._above(match), *self._meanwhile(match)):
                self._beside(head, False, out)
                if out:
                    break
        return tuple(out)

    def _heads(self, match: Match) -> list[Token]:
        return [match.trigger, *([match.light] if match.light is not None else [])]

    def _above(self, match: Match) -> list[Token]:
        """Return what an event happens within: the verb that a noun's "in" phrase stands with, the verb
        that governs an infinitive.
        """
        tokens, node = self.parsed.tokens, match.trigger
        above = tokens[node.head]
        if match.frame.pos == "noun" and node.dep == "pobj" and above.text.lower() in ("in", "during"):
            return [tokens[above.head]]
        if match.frame.pos == "verb" and node.dep in ("xcomp", "pcomp"):
            return [above if above.pos != "ADP" else tokens[above.head]]
        return []

    def _beside(self, head: Token, moving: bool, out: list[str]) -> None:
        for child in self.parsed.dependents(head, "prep"):
            lower = child.text.lower()
            if lower == "during":
                for inner in self.parsed.dependents(child, "pobj"):
                    self._nested(inner, out, 0)
            if lower in MOTION and not moving:  # "fell into a river near Shimla"
                for inner in self.parsed.dependents(child, "pobj"):
                    if not self._linked(inner):
                        self._nested(inner, out, 0)
                continue
            if lower not in LOCATIVES:
                continue
            for inner in self.parsed.dependents(child, "pobj"):
                if lower in ("on", "over") and set(self._linked(inner)) & self.people.countries:
                    continue  # "called on Bolivia": a country is no surface
                known = len(out)
                self._add(inner, out)
                if len(out) == known:
                    self._nested(inner, out, 0)
        for child in self.parsed.dependents(head, "dobj", "advmod", "npadvmod"):
            if child.dep != "dobj" or moving:
                out += [e for e in self._linked(child) if e not in out]

    def _nested(self, noun: Token, out: list[str], depth: int) -> None:
        """ "killed in a stampede during the pilgrimage near Mecca": the place stands with what it happened in."""
        for child in self.parsed.dependents(noun, "prep"):
            if child.text.lower() in WITHIN:
                for inner in self.parsed.dependents(child, "pobj"):
                    self._add(inner, out)
                    if not out and depth < 2:
                        self._nested(inner, out, depth + 1)

    def _linked(self, token: Token) -> list[str]:
        return [e for e in self.people.linked(token) if self.people.kinds.get(e) is Kind.PLACE]

    def _add(self, token: Token, out: list[str]) -> None:
        """Add the place that a noun phrase names, is part of, or lies in ("an Ottawa street", "the
        Indonesian coast").
        """
        linked = self._linked(token)
        if not linked and token.pos == "NOUN" and not self.people.is_people(token):
            inner = prepositional(self.parsed, token, "of", "in")
            linked = self._linked(inner) if inner is not None else []
            if not linked and token.lemma.lower() in self.lexicon.tables.place_words:
                for child in self.parsed.dependents(token, "compound", "amod", "nmod", "poss"):
                    linked += self._linked(child)
        out += [e for e in linked if e not in out]
        for child in self.parsed.dependents(token, "conj", "appos", "npadvmod"):
            self._add(child, out)
        if self._linked(token):
            for child in self.parsed.dependents(token, "prep"):
                if child.text.lower() in ("in", "near"):
                    for inner in self.parsed.dependents(child, "pobj"):
                        self._add(inner, out)

    def _is_town(self, entity: str) -> bool:
        known = self.entities.get(entity)
        return known is not None and known.kind is Kind.PLACE and "schema:Country" not in known.classes

    # -- when

    def time(self, match: Match) -> TimeRef | None:
        """Return the time of an event: its own, its support verb's, its caption's, or that of the clause
        it completes.
        """
        trigger = match.trigger
        for token in self._heads(match):
            if (time := self.times.of(token)) is not None:
                return time
        if self.parsed.blocks[trigger.block].kind is BlockKind.CAPTION:
            return self.times.of_block(trigger.block)
        for child in self.parsed.dependents(trigger, "dobj", "prep", "prt"):
            if (
                not self.lexicon.frames_of(child.lemma.lower(), "noun")
                and (time := self.times.of(child)) is not None
            ):
                return time
            if child.text.lower() in ("during", "in", "at"):  # "during the 1991 pilgrimage"
                for inner in self.parsed.dependents(child, "pobj"):
                    if (time := self.times.of(inner)) is not None:
                        return time
        for head in (*self._above(match), *self._meanwhile(match)):
            if (time := self.times.of(head)) is not None:
                return time
        return None

    def _meanwhile(self, match: Match) -> list[Token]:
        """Return the verbs that happen at the same time: "died *when* a bus fell", and the other way round."""
        verb = match.trigger
        if match.frame.pos != "verb":
            return []
        clauses = [c for c in self.parsed.dependents(verb, "advcl") if self._at_once(c)]
        above = self.parsed.tokens[verb.head]
        return [*clauses, *([above] if verb.dep == "advcl" and self._at_once(verb) else [])]

    def _at_once(self, clause: Token) -> bool:
        return any(
            c.text.lower() in ("when", "while") for c in self.parsed.dependents(clause, "advmod", "mark")
        )
