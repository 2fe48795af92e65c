"""Who the subject of a clause is: its own, the one that it shares or implies, or who takes part in the event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from kg.extract.labels.ground import Item, is_verb
from kg.extract.labels.naming import plain
from kg.extract.labels.phrases import Phrases
from kg.extract.syntax import antecedent, is_infinitive, is_passive, own_subject, subject
from kg.parsed import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
STEPS = 3  # from a name up to the noun that "who" speaks of


class Subjects:
    """Writes the subjects of clauses; `agents` and `patients` are who takes part in the event that is labelled."""

    def __init__(self, phrases: Phrases, agents: Sequence[str], patients: Sequence[str]) -> None:
        self.phrases, self.parsed, self.naming = phrases, phrases.parsed, phrases.naming
        self.agents, self.patients = agents, patients

    def of(self, item: Item, rest: Sequence[Item], below: Callable[[Sequence[Item], int], str]) -> str:
        """Return the subject of a verb whose way goes on with `rest`, or "" where nobody can be told: "A. Berg" of "who
        was treated".

        `below` writes the words of a way, for a subject that leads down to the trigger: "the *attack* was condemned".
        """
        verb, place = item.token, item.place
        roles = self._roles(item, rest)
        for holder in dict.fromkeys((verb, place)):
            for child in self._candidates(holder, roles or self.agents):
                if rest and child.i == rest[0].place.i:
                    return below(rest, 0)
                if is_verb(child) and child.tag == "VBN":  # "Founded by A. Berg, the firm says": misread
                    return self.naming.all_of(roles)
                if (whole := self._whole(holder, child)) is not None:
                    return whole
                who = self._spoken_of(child, antecedent(self.parsed, child, holder), holder, roles)
                if who is None and child.tag == "NN" and not rest:  # "kill a *man* and arrest others"
                    return self.naming.all_of(roles)
                return self.phrases.noun(who, roles) if who is not None else ""
        if understood := self._understood(place, roles, bool(rest)):
            return understood
        known = [e for e in roles if e not in self.phrases.shown]
        self.phrases.shown.update(known)
        return self.naming.all_of(known)

    def _candidates(self, verb: Token, roles: Sequence[str]) -> list[Token]:
        """Return the subjects of a verb, the one that counts first: who has its part, what stands nearest before it,
        clauses last.
        """
        own = own_subject(self.parsed, verb)
        others = self.parsed.dependents(verb, *SUBJECTS)
        found = [*([own] if own is not None else []), *(c for c in others if own is None or c.i != own.i)]
        return sorted(found, key=lambda c: (c.dep == "csubj", self._within(c).isdisjoint(roles)))

    def _roles(self, item: Item, rest: Sequence[Item]) -> Sequence[str]:
        """Return who the subject may be, by the part that it has in the event that is labelled."""
        verb, place = item.token, item.place
        # who wants to act acts; who tells of it need not
        if rest and rest[0].place.head in (
            verb.i,
            place.i,
        ):
            same = rest[0].place.dep in ("xcomp", "prep")
            return self.agents if same and not self.parsed.dependents(verb, "dobj") else ()
        passive = is_passive(self.parsed, place) or is_passive(self.parsed, verb)
        return self.patients if passive else self.agents

    def _understood(self, verb: Token, roles: Sequence[str], above: bool) -> str:
        """Return the subject that a verb without one has, if it agrees: who has its part in the event, where the noun
        that the verb stands behind has none, and the verb is not `above` the trigger.
        """
        noun = subject(self.parsed, verb)
        if noun is None or is_verb(noun) or self._disagrees(verb, noun):
            return ""
        noun = self.parsed.climb(  # "*Chad* and Mali signing"
            noun,
            lambda node: (
                node.dep == "conj" and not self._within(self.parsed.tokens[node.head]).isdisjoint(roles)
            ),
        )
        if above or not self._within(noun).isdisjoint(roles):
            return self.phrases.noun(noun, roles)
        here = {*self.naming.at.get(noun.i, ())}
        passive = is_passive(self.parsed, verb)
        apart = verb.dep != "acl" or self.parsed.tokens[verb.left - 1].text == ","
        free = (
            bool(here) and here.isdisjoint((*self.agents, *self.patients)) and (passive or verb.dep != "conj")
        )
        other = bool(roles) and (verb.tag == "VBG" or (free and not is_infinitive(self.parsed, verb)))
        far = verb.tag == "VBG" and verb.dep == "acl" and not self.parsed.dependents(noun, "appos")
        if (passive and not here.isdisjoint(self.agents)) or (apart and (other or far)):
            return self.naming.all_of(roles)  # "died in *Paris*, surrounded by friends"
        return self.phrases.noun(noun, roles)

    def _within(self, noun: Token) -> frozenset[str]:
        """Return whom a noun phrase names, clauses within it too."""
        return frozenset(e for i in range(noun.left, noun.right + 1) for e in self.naming.at.get(i, ()))

    def _spoken_of(self, relative: Token, noun: Token, verb: Token, roles: Sequence[str]) -> Token | None:
        """Return the noun that "who" or "which" speaks of: of "A. Berg, a director of the *bank*, who was treated" the
        parser may take the last one. No noun that its verb disagrees with.
        """
        word = relative.text.lower()
        # "return of a *body* which was buried"
        for nearer in reversed(self.parsed.tokens[noun.i + 1 : relative.i]):
            if nearer.dep == "pobj" and {*self.naming.at.get(nearer.i, ())} & {*roles}:
                return nearer
        if word not in ("who", "which") or noun.i == relative.i:
            return None if self._disagrees(verb, noun) else noun
        for above in islice(self.parsed.upward(noun), STEPS):
            found = {*self.naming.at.get(above.i, ())}
            human = bool(found & (self.naming.people | self.naming.unnamed))
            if above.pos in ("NOUN", "PROPN") and (not found or human == (word == "who")):
                return above
        return None

    def _disagrees(self, verb: Token, noun: Token) -> bool:
        """Tell a plural before a singular verb, or one thing before a plural one: "nine *others* when a bus hits"."""
        row = [*self.parsed.dependents(verb, "aux", "auxpass"), verb]
        finite = next((t for t in row if t.tag in ("VBZ", "VBP", "VBD", "MD")), verb)
        if noun.i in self.naming.capital or finite.tag == "VBZ":
            return noun.tag == "NNS" and noun.i not in self.naming.capital
        single = noun.tag == "NN" and noun.lemma not in self.phrases.lexicon.tables.group_nouns
        more = self.parsed.dependents(noun, "conj", "appos", "prep", "nummod")
        return finite is verb and verb.tag == "VBP" and single and not more

    def _whole(self, verb: Token, number: Token) -> str | None:
        """Return a subject as it stands: a clause, and "one in ten clients", of which the parser makes two subjects."""
        if number.dep == "csubj":
            return plain(self.parsed.text(number.left, number.right + 1)) if self.phrases.level else ""
        for other in self.parsed.dependents(verb, "nsubj", "nsubjpass"):
            first, second = sorted((number, other))
            if first.i < second.i < verb.i and first.pos == "NUM" and first.right + 1 == second.left:
                self.phrases.kept.update(range(first.left, second.right + 1))
                words = plain(self.parsed.text(first.left, second.right + 1))
                return words[:1].lower() + words[1:]
        return None
