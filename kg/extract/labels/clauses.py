"""Clauses of a label: walks the way down to a trigger and puts subject, verb and what completes it together."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.labels.complements import Complements
from kg.extract.labels.ground import Item, has_subject, is_verb
from kg.extract.labels.naming import joined
from kg.extract.labels.openers import asks, conjunctions, markers, question, question_words
from kg.extract.labels.phrases import Phrases
from kg.extract.labels.subjects import SUBJECTS, Subjects
from kg.extract.labels.verb_groups import VerbGroups
from kg.extract.syntax import is_infinitive
from kg.parsed import Token


class Clauses:
    """Writes the clauses on the way down to a trigger; `agents` and `patients` are who takes part in its event.

    `hedge` is an adverb that goes with the first verb.
    """

    def __init__(
        self, phrases: Phrases, agents: Sequence[str], patients: Sequence[str], hedge: str | None = None
    ) -> None:
        self.phrases, self.parsed = phrases, phrases.parsed
        self.agents, self.patients = agents, patients
        self.level, self.naming = phrases.level, phrases.naming
        self.subjects = Subjects(phrases, agents, patients)
        self.verbs = VerbGroups(phrases, agents, hedge)

    def top(self, way: Sequence[Item]) -> str:
        """Return the words of a way: its first word stands alone, as a clause with its subject or as a noun phrase."""
        item, rest = way[0], way[1:]
        self.phrases.way = frozenset(i for w in way for i in (w.token.i, w.place.i))
        if not is_verb(item.token):
            return self.along(way, 0)
        if asks(self.parsed, item.place):
            return question(self.phrases, item.place)
        openers = conjunctions(self.phrases, item, alone=True)
        who = self.subjects.of(item, rest, self.along)
        self.phrases.lacks_subject = not who
        group = self.verbs.of(item, who)
        inverted = len(group) > 1 and self.verbs.is_inverted(item)
        said = [*openers, *group[:1], who, *group[1:]] if inverted else [*openers, who, *group]
        said += self._complements.of(item, self._below_verb(item, rest), 0)
        return " ".join(p for p in said if p)

    def along(self, way: Sequence[Item], depth: int) -> str:
        """Return the words of the first of a way with what follows below it."""
        item, rest = way[0], way[1:]
        token = item.token
        if is_verb(token):
            return self.clause(item, depth, rest)
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM") and not rest:
            return self._happening(token)
        if token.pos in ("ADP", "SCONJ", "PART", "ADV"):
            kids = [c for c in self.parsed.dependents(token) if c.i == token.i - 1]  # "instead of"
            said = [*(self.phrases.word(c) for c in kids), self.phrases.word(token)]
            return " ".join(p for p in (*said, self.along(rest, depth) if rest else "") if p)
        words = self.phrases.core(token)
        # written before its head: "the *attack* victims"
        if not rest or rest[0].token.i in self.phrases.kept:
            others = [self.phrases.noun(c) for c in self.phrases.members(token)[1:] if rest]
            who = [
                self.phrases.noun(c) for c in self.parsed.dependents(token, "nsubj") if rest and c.i < token.i
            ]
            return " ".join([*who, joined([self.phrases.with_more(token, words, 0), *others])])
        for child in self.parsed.dependents(token, "prep"):  # "appointment *of A. Berg* to lead talks"
            if token.i < child.i < rest[0].place.i and child.text.lower() == "of":
                words = f"{words} {self.phrases.after(child, 0)}".strip()
        return f"{words} {self.along(rest, depth)}".strip()

    def clause(self, item: Item, depth: int, rest: Sequence[Item] = ()) -> str:
        """Return a clause below another, whose way goes on with `rest`: "to attack it", "that Norway attacked it"."""
        said: list[str] = []
        if has_subject(self.parsed, item.place):
            said += [*conjunctions(self.phrases, item), *question_words(self.phrases, item)]
            who = self.subjects.of(item, rest, self.along)
            said += [who, *self.verbs.of(item, who)]
        else:
            said += [*markers(self.phrases, item), *self.verbs.of(item, None)]
        said += self._complements.of(item, self._below_verb(item, rest), depth + 1)
        return " ".join(p for p in said if p)

    @property
    def _complements(self) -> Complements:
        # made anew: one that was kept would hold who made it, and the two their article, until garbage is looked for
        return Complements(self.phrases, self.agents, self.patients, self)

    def _below_verb(self, item: Item, rest: Sequence[Item]) -> Sequence[Item]:
        """Return what follows a verb on its way, unless that is its subject, which stands before it."""
        return () if rest and rest[0].place.dep in SUBJECTS and rest[0].place.head == item.token.i else rest

    def _happening(self, noun: Token) -> str:
        """Return the noun that a happening is told by, with who and what belongs to it."""
        words = self.phrases.core(noun, self.agents or self.patients)
        takes_part = {*self.agents, *self.patients}
        room = 1 if self.level == 0 else 2 if self.level < 3 else 9
        for child in self.parsed.dependents(noun, "prep", "acl", "agent"):
            late = child.text.lower() in self.phrases.words.circumstances
            if child.i < noun.i or child.i in self.phrases.kept or late:
                continue
            inside = any(takes_part & {*self.naming.at.get(i, ())} for i in range(child.i, child.right + 1))
            of = child.text.lower() == "of"
            if not inside and not of and room <= 0:
                continue
            if child.dep == "acl":
                if self.level < 2 and not (inside and is_infinitive(self.parsed, child)):
                    continue
                more = self.clause(Item(child, child), 1)
            else:
                more = self.phrases.after(child, 0) or self._complements.gerund(child, 1)
            if more:
                room -= 1
                words = f"{words} {more}"
        return words
