"""What stands behind the verb of a clause: its objects, predicates, prepositional phrases, clauses and adverbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kg.extract.labels.ground import Item, contrasted, doubtful, has_subject, is_verb
from kg.extract.labels.naming import plain
from kg.extract.labels.openers import is_condition
from kg.extract.labels.phrases import Phrases
from kg.extract.logical_objects import logical_object
from kg.extract.syntax import RELATIVES, is_infinitive, is_passive
from kg.parsed import Token

DEPTH = 2  # clauses within clauses that are told


class Below(Protocol):
    """Writes what a complement is made of, where that is more than a phrase; `depth` counts the clauses around it."""

    def along(self, way: Sequence[Item], depth: int) -> str:
        """Return the words of a way down to the trigger, its first word with what follows."""

    def clause(self, item: Item, depth: int) -> str:
        """Return the clause of a verb below another: "to attack the port"."""


class Complements:
    """Writes what completes verbs; `agents` and `patients` are who takes part in the event that is labelled, and
    `below` writes the clauses within.
    """

    def __init__(
        self, phrases: Phrases, agents: Sequence[str], patients: Sequence[str], below: Below
    ) -> None:
        self.phrases, self.parsed, self.words = phrases, phrases.parsed, phrases.words
        self.level, self.naming = phrases.level, phrases.naming
        self.patients, self.part, self.below = patients, frozenset({*agents, *patients}), below

    def of(self, item: Item, rest: Sequence[Item], depth: int) -> list[str]:
        """Return what stands behind a verb, piece by piece ("the port", "with drones"): the next word of the way, which
        goes on with `rest`, in full, of the others what the level allows.
        """
        verb = item.token
        said: list[str] = []
        goal = rest[0].place if rest else None
        object_before = self._fronted(verb)
        if object_before is not None and not rest:
            said.append(self.phrases.noun(object_before, self.patients))
        first = True
        for child in self._kids(item, goal):
            if goal is not None and child.i == goal.i:
                if len(rest) == 1 and child.dep in ("dobj", "advcl") and self._is_part(child):
                    continue
                said.append(self._goal(child, verb, rest, depth))
                continue
            if self._is_aside(child, said) or child.i < verb.i:
                continue
            if goal is not None and not self._needed(child, goal):
                continue
            write = self._writer(child)
            if write is None:
                continue
            # "united *in our call* for them to go": a predicate is little without it
            words = write(child, depth, first if goal is None else verb.dep == "acomp")
            # "the blogger Wanjiru Kamau", of which the parser makes two objects
            if words and words not in said[-1:]:
                said.append(words)
                first = first and child.dep != "prep"
        if goal is None and not said and not is_passive(self.parsed, verb):
            shared = logical_object(self.parsed, verb)  # "arrested and charged *two men*"
            if shared is not None and shared.i > verb.i and shared.head != verb.i:
                # the verbs between stand as they are: what is dropped need not be what is released
                between = plain(self.parsed.text(verb.i + 1, shared.left))
                said.append(f"{between} {self.phrases.noun(shared, self.patients)}")
        return said

    def gerund(self, prep: Token, depth: int) -> str:
        """Return a preposition with the clause behind it, "of killing three people", or "" where it has none."""
        for inner in self.parsed.dependents(prep, "pcomp"):
            if is_verb(inner) and depth <= DEPTH and prep.text.lower() != "with":
                return f"{self.phrases.word(prep)} {self.below.clause(Item(inner, inner), depth)}"
        return ""

    def _goal(self, child: Token, verb: Token, rest: Sequence[Item], depth: int) -> str:
        """Return the next word of the way in full, with what sets it against another."""
        words = self.below.along(rest, depth)
        if contrast := contrasted(self.parsed, child):
            self.phrases.kept.update(range(child.head + 1, child.left))
            words = f"{contrast} {words}"
        return f": {words}" if child.i > verb.i and self._quoted(child) else words

    def _is_aside(self, child: Token, said: Sequence[str]) -> bool:
        """Tell what is no part of what a label tells: "withdrew, *no longer able to …*", a quotation behind others."""
        if child.dep in ("acomp", "xcomp"):
            return child.left > 0 and self.parsed.tokens[child.left - 1].text == ","
        if child.dep == "ccomp":
            return bool(said) and self._quoted(child)
        # "to X, *its future*": of a lost verb
        late = bool(said) and self.parsed.tokens[child.left - 1].text == ","
        part = self._is_part(child) and child.left == child.i
        return child.dep == "dobj" and (child.i in self.phrases.kept or late or part)

    def _is_part(self, token: Token) -> bool:
        """Tell a part of a word before it that the tokenizer took apart: "re-*election*"."""
        before = self.parsed.tokens[token.i - 1]
        return token.i > 0 and not before.space and "-" in (before.text[-1:], token.text[:1])

    def _kids(self, item: Item, goal: Token | None) -> list[Token]:
        kids = self.parsed.dependents(item.token)
        if goal is not None and goal.head == item.place.i and item.place is not item.token:
            kids = sorted([*kids, goal], key=lambda t: t.i)
        if goal is not None and goal.i < item.token.i and goal.dep in ("prep", "advcl"):
            kids = [*(c for c in kids if c.i != goal.i), goal]  # what opened the sentence now closes it
        return kids

    def _needed(self, child: Token, goal: Token) -> bool:
        """Tell what must stand beside the way: the object of "accused *Olsen* of killing", "called *on him* to go"."""
        if child.dep in ("dobj", "dative", "attr", "acomp", "oprd"):
            return child.i < goal.i or goal.dep == "nsubj" or goal.i < child.head
        if child.dep in ("agent", "prep") and (
            self._takes_part(child) or (self.level >= 2 and child.i < goal.i)
        ):
            return True
        if child.dep == "advmod":
            return child.i == child.head + 1 and not self.parsed.children[child.i]
        return (
            child.dep == "prep"
            and child.i < goal.i
            and goal.dep in ("xcomp", "advcl", "ccomp")
            and self.level >= 1
        )

    def _writer(self, child: Token) -> Callable[[Token, int, bool], str] | None:
        return {
            "dobj": self._object,
            "attr": self._object,
            "oprd": self._object,
            "dative": self._object,
            "agent": self._preposition,
            "prep": self._preposition,
            "acomp": self._adjective,
            "xcomp": self._clause,
            "ccomp": self._clause,
            "advcl": self._condition,
            "advmod": self._adverb,
        }.get(child.dep)

    def _object(self, child: Token, depth: int, first: bool) -> str:
        if child.pos == "ADP":
            return self._preposition(child, depth, True)
        if child.pos in ("VERB", "AUX"):
            return self._clause(child, depth, first)
        if child.text.lower() in RELATIVES and child.pos != "NOUN":
            return ""
        words = self.phrases.noun(child, self.patients if depth == 0 else ())
        for inner in self.parsed.dependents(child, "acl"):
            if inner.i > child.i and is_infinitive(self.parsed, inner) and self.level >= 2 and depth < DEPTH:
                words = f"{words} {self.below.clause(Item(inner, inner), depth + 1)}"
        return words

    def _preposition(self, child: Token, depth: int, first: bool) -> str:
        if child.i in self.phrases.kept:  # with the noun that it limits
            return ""
        if not (
            child.dep == "agent" or self._takes_part(child) or (first and self.level >= 1) or self.level >= 3
        ):
            return ""
        others = self.patients if depth == 0 else ()
        return self.phrases.after(child, 0, others) or (self.gerund(child, depth + 1) if self.level else "")

    def _quoted(self, clause: Token) -> bool:
        """Tell a clause that a quotation mark or colon opens."""
        if clause.dep != "ccomp" or clause.left == 0 or not has_subject(self.parsed, clause):
            return False
        before = self.parsed.tokens[clause.left - 1]
        return before.tag == "``" or before.text in (":", "\u201c", "\u2018", '"')

    def _takes_part(self, token: Token) -> bool:
        inside = {e for i in range(token.left, token.right + 1) for e in self.naming.at.get(i, ())}
        return bool(inside & self.part)

    def _adjective(self, child: Token, depth: int, first: bool) -> str:
        words = self.phrases.core(child)
        for inner in self.parsed.dependents(child, "prep"):
            if self.level >= 1:
                words = f"{words} {self.phrases.after(inner, 0)}".strip()
        for inner in self.parsed.dependents(child, "xcomp"):
            if depth < DEPTH:
                words = f"{words} {self.below.clause(Item(inner, inner), depth + 1)}"
        return words

    def _clause(self, child: Token, depth: int, first: bool) -> str:
        if depth > DEPTH:
            return ""
        if is_verb(child):
            words = self.below.clause(Item(child, child), depth)
            return f": {words}" if words and self._quoted(child) else words
        words = self.phrases.core(child)
        subject_words = [
            self.phrases.noun(c)
            for c in self.parsed.dependents(child, "nsubj")
            if c.i < child.i and c.i not in self.phrases.kept  # "found *him* guilty"
        ]
        return " ".join([*subject_words, words])

    def _condition(self, child: Token, depth: int, first: bool) -> str:
        """Return "if …": without its condition a clause would say more than the text."""
        opens = [
            c
            for c in self.parsed.dependents(child, "mark", "advmod")
            if is_condition(self.phrases.lexicon, c)
        ]
        if not opens or depth > 0:
            return ""
        return (
            self.below.clause(Item(child, child), DEPTH)
            if self.level >= 1
            else f"{opens[0].text.lower()} \u2026"
        )

    def _adverb(self, child: Token, depth: int, first: bool) -> str:
        near = child.i == child.head + 1 or (child.i == child.head + 2)
        plain_word = not child.text.lower().endswith("ly") and child.tag != "WRB"
        bound = child.i == child.head + 1 and not self.parsed.children[child.i]
        if (
            not near
            or not plain_word
            or (self.level < 2 and not bound)
            or child.text.lower() in self.words.pointing
        ):
            return ""
        if child.text.lower() in self.words.adverbs or child.left < child.i - 1:
            return ""
        more = [self.phrases.after(c, 0) for c in self.parsed.dependents(child, "prep")]
        if not any(more) and self.parsed.tokens[child.head].lemma == "be" and 0 < child.right - child.i < 3:
            more = [plain(self.parsed.text(child.i + 1, child.right + 1))]  # "is far *from over*"
        return " ".join(p for p in [self.phrases.core(child), *more] if p)

    def _fronted(self, verb: Token) -> Token | None:
        """Return the object that stands before a clause which tells more of it: "the port that Norway attacked"."""
        if verb.dep != "relcl" or not has_subject(self.parsed, verb) or is_passive(self.parsed, verb):
            return None
        if any(c.i > verb.i for c in self.parsed.dependents(verb, "dobj", "ccomp")):
            return None
        if doubtful(self.parsed, verb):
            return None
        found = logical_object(self.parsed, verb)
        head = self.parsed.tokens[verb.head]
        subjects = self.parsed.dependents(verb, "nsubj")
        own = subjects and subjects[0].text.lower() not in RELATIVES
        return head if found is not None and found.i == head.i and own else None
