"""Chooses which of an article's things a definite description means: "the judge", "the company", "the gallery"."""

from __future__ import annotations

import math
from itertools import islice

from kg.model import Kind
from kg.parsed import Token
from kg.resolve.entity_drafts import Thing
from kg.resolve.references.antecedents import SUBJECT, WINDOW, Antecedent
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.salience import salience
from kg.resolve.references.speaker_affiliation import spoken_for
from kg.resolve.types.organization_types import (
    STATE,
    is_called,
    is_of,
    is_past,
    is_told,
    lands_beside,
    may_be_a,
    may_be_of,
)

SPOKEN_FOR = 1.5  # how much likelier whoever speaks for a body means that one
TOPIC = 1.0  # how much it counts for "the government" how often the article has spoken of a country
CALLED = 1.0  # how much likelier a body is meant by a word that the article has called it by
CALLED_SO = 2.0  # by a word that says more than "company"
KNOWN = 0.6  # of that, by a word that is only known of the body
PLACE_KINDS = {
    **dict.fromkeys(("city", "town", "capital", "village"), ("city",)),
    **dict.fromkeys(("province", "region", "island"), ("state", "region")),
    "state": ("state",),
}
"""The kinds of places in the gazetteer that a noun may mean."""


class Described:
    """Chooses by what the article calls its things, and how present they are."""

    def __init__(self, state: DiscourseModel) -> None:
        self._state = state

    def meant(self, token: Token, lemma: str, children: list[Token]) -> Thing | None:
        """Return the thing that a definite noun means, or None."""
        doer = self._doer(token)
        before = [t for t in self._state.before(token) if t is not doer]
        nations = lands_beside(self._state.parsed, token, self._state.owner, self._state.lexicon)
        restricted = self._is_restricted(token, children)
        persons = [t for t in before if t.kind is Kind.PERSON]
        if self._state.is_of_an_age(token, lemma):
            near = self._near(persons, token)
            return self._last(near, token) if not restricted else None
        if self._state.lexicon.tables.calls_person(lemma):
            return self._person(persons, lemma, {n.name for n in nations}, token, restricted)
        if restricted:
            return None
        if lemma == "government":
            return None if nations else self._governed(before, token, children)
        if lemma in ("country", "nation"):
            lands = [t for t in before if t.place is not None and t.place.kind == "country"]
            own = [t for t in lands if t.name in self._nationality(token)]
            return max(own or lands, key=lambda t: self.weight(t, token)) if lands else None
        if lemma in PLACE_KINDS:
            return self._last([t for t in before if self._is_such_a_place(t, lemma)], token)
        if lemma in self._state.lexicon.tables.organization_words:
            return self.body(before, lemma, nations, token)
        return self._by_own_word(before, lemma, token) if not nations else None

    def _nationality(self, token: Token) -> set[str]:
        """Return the lands of the person who acts in the clause of a token, or in the one above it."""
        for node in islice(self._state.parsed.upward(token), 1, None):
            for subject in self._state.parsed.dependents(node, "nsubj", "nsubjpass"):
                person = self._state.owner.get(subject.i)
                if person is not None and person.nationalities and subject.i < token.i:
                    return person.nationalities
        return set()

    def _is_restricted(self, token: Token, children: list[Token]) -> bool:
        """Tell "the company that makes it", where the clause says which is meant."""
        return any(
            c.dep in ("relcl", "acl")
            and c.i > token.i
            and self._state.parsed.tokens[c.left - 1].text != ","
            and not (c.dep == "acl" and token.dep == "ROOT")  # "the company filed for protection" is a clause
            for c in children
        )

    def _near(self, things: list[Thing], token: Token) -> list[Thing]:
        """Return those spoken of in the three sentences before, or in this one."""
        tokens = self._state.parsed.tokens
        return [t for t in things if token.sent - tokens[t.last_before(token.i)].sent <= 3]

    def _last(self, things: list[Thing], token: Token) -> Thing | None:
        return max(things, key=lambda t: t.last_before(token.i), default=None)

    def _person(
        self, persons: list[Thing], lemma: str, nations: set[str], token: Token, restricted: bool
    ) -> Thing | None:
        """Return whom a noun for a person means: who is called so, or the only one near who may be."""
        text = self._state.parsed.text(self._state.phrase_start(token), token.right + 1).lower()
        office = self._state.office(token)
        called = [
            t
            for t in persons
            if office in t.descriptors or any(" " in d and d in text for d in t.descriptors)
        ]
        if not called:  # "the minister" who was told to be the former one
            former = {f"{word} {lemma}" for word in self._state.lexicon.tables.former}
            called = [t for t in persons if not former.isdisjoint(t.descriptors)]
        if nations:
            called = [t for t in called if not t.nationalities or t.nationalities & nations]
        if called:
            return self._last(called, token)
        if lemma in self._state.lexicon.tables.constructions.suspects and not nations:
            return None if restricted else self._accused(persons)
        alike = self._called_alike(persons, lemma, token)
        if alike is not None and not restricted and not nations:
            return alike
        if lemma in self._state.lexicon.tables.constructions.body_officers and not nations:
            spoke = self._spoke_last(persons, token)
            if spoke is not None:
                return spoke
        gender = self._state.lexicon.tables.person_nouns.get(lemma, "")
        if gender not in ("m", "f") or restricted:
            return None
        fitting = [t for t in self._near(persons, token) if t.gender in ("", gender)]
        return fitting[0] if len(fitting) == 1 else None

    def _is_such_a_place(self, thing: Thing, lemma: str) -> bool:
        if lemma == "island" and thing.name in self._state.lexicon.tables.constructions.island_countries:
            return True
        if thing.kind is not Kind.PLACE:
            return False
        if thing.place is not None:
            return thing.place.kind in PLACE_KINDS[lemma]
        return lemma in thing.descriptors or lemma in ("town", "village")

    def _governed(self, before: list[Thing], token: Token, children: list[Token]) -> Thing | None:
        """ "The government", "the federal government": the country that the article speaks of most, and last."""
        words = {c.text.lower() for c in children if c.dep in ("amod", "compound", "nmod", "poss")}
        if words - self._state.lexicon.tables.constructions.governing_all:
            return None
        lands = [t for t in before if t.place is not None and t.place.kind == "country"]
        return max(lands, key=lambda t: self._topic(t, token)) if lands else None

    def _topic(self, thing: Thing, token: Token) -> float:
        return self.weight(thing, token) + TOPIC * math.log1p(self._state.seen[id(thing)])

    def _accused(self, persons: list[Thing]) -> Thing | None:
        """ "The suspect", "the accused": the one person of the article whom somebody arrests, charges or tries."""
        tokens, sets = self._state.parsed.tokens, self._state.lexicon.tables.constructions
        found = []
        for person in persons:
            heads = (tokens[f.head] for f in person.found)
            if any(
                (h.dep in ("nsubjpass", "dobj") and tokens[h.head].lemma in sets.done_to_suspects)
                or (h.dep == "nsubj" and tokens[h.head].lemma == "plead")
                for h in heads
            ):
                found.append(person)
        return found[0] if len(found) == 1 else None

    def _doer(self, token: Token) -> Thing | None:
        """Return the subject of the verb that the token is an object of: who acts on "the supplier" is not the supplier
        (Principle C of binding).
        """
        tokens = self._state.parsed.tokens
        above = tokens[token.head] if token.dep == "pobj" else token
        verb = tokens[above.head]
        if verb.pos != "VERB" or above.dep not in ("dobj", "dative", "prep", "agent"):
            return None
        subjects = self._state.parsed.dependents(verb, *SUBJECT)
        if not subjects and verb.dep == "conj":
            subjects = self._state.parsed.dependents(tokens[verb.head], *SUBJECT)
        return self._state.owner.get(subjects[0].i) if subjects else None

    def _spoke_last(self, persons: list[Thing], token: Token) -> Thing | None:
        """ "…," said A. "The chief executive …": the one person of the sentence before, if no office is told of it."""
        tokens, sentence = self._state.parsed.tokens, self._state.parsed.sentences[token.sent]
        if token.dep not in SUBJECT or token.sent == 0 or tokens[token.head].head != token.head:
            return None
        last = [t for t in persons if tokens[t.last_before(sentence.first)].sent == token.sent - 1]
        if len(last) != 1 or last[0].descriptors:
            return None
        said = tokens[last[0].last_before(sentence.first)]
        verb = tokens[said.head].lemma.lower()
        return last[0] if said.dep == "nsubj" and verb in self._state.lexicon.cues.verbs else None

    def body(self, before: list[Thing], lemma: str, lands: list[Thing], token: Token) -> Thing | None:
        """ "The Dutch company", "the airline": a body that bears the word or is called so, or else the likeliest that
        may be one and was spoken of just now.
        """
        after = self._state.parsed.tokens[min(token.i + 1, len(self._state.parsed.tokens) - 1)]
        if after.tag in ("NNP", "NNPS") and after.sent == token.sent:  # "the airline Norwind", a name or not
            named = [t for t in self._state.things if any(f.first == after.i for f in t.found)]
            return named[0] if named and named[0].kind is Kind.ORGANIZATION else None
        words = self._state.lexicon.tables.constructions
        if any(
            c.text == "No." or c.tag == "CD" for c in self._state.parsed.dependents(token, "nmod", "nummod")
        ):
            return None  # "the No. 2 retailer"
        if any(
            c.lemma.lower() in words.of_what_is_made for c in self._state.parsed.dependents(token, "amod")
        ):
            return None  # "the merged company" is none of those that merge
        generic = lemma in words.generic_organizations | words.generic_if_none
        fits = may_be_of if generic else is_of
        bodies = [t for t in before if t.kind is Kind.ORGANIZATION and fits(t, lands)]
        bodies = [t for t in bodies if not is_past(self._state.parsed, t, token, self._state.lexicon)]
        named = [t for t in bodies if is_called(t, lemma, self._state.lexicon)]
        if self._is_central(token):
            named = [t for t in named if self._is_central_bank(t)]
        if lemma in words.generic_if_none and lands:
            named = [t for t in named if is_of(t, lands)]
        if lemma in words.generic_if_none and (named or self._is_central(token)):
            generic = False
        near = [
            t
            for t in (bodies if generic else ())
            if may_be_a(t, lemma, self._state.lexicon)
            and token.sent - self._state.parsed.tokens[t.last_before(token.i)].sent
            <= (2 * WINDOW if lands and is_of(t, lands) else 2)
        ]
        if lands:  # whose land is told goes before the others
            near = [t for t in near if is_of(t, lands)] or near
        # "the search company" is not the one that was called an internet company
        sorted_out = lemma in words.generic_organizations and self._state.parsed.dependents(token, "compound")
        bonus = 0.0 if sorted_out and not lands else CALLED if lemma in words.broad_sorts else CALLED_SO
        own = spoken_for(self._state, token)
        chosen = []
        for t in named:  # what the article says counts for more than what is known
            extra = bonus if is_told(t, lemma, self._state.lexicon) else bonus * KNOWN
            chosen.append((self.weight(t, token) + extra + SPOKEN_FOR * (t is own), t))
        chosen += [(self.weight(t, token) + SPOKEN_FOR * (t is own), t) for t in near]
        return max(chosen, key=lambda c: c[0])[1] if chosen else None

    def _is_central(self, noun: Token) -> bool:
        """Tell "the central bank", which is none of those that lend to people."""
        return any(
            c.text.lower() == "central" for c in self._state.parsed.dependents(noun, "amod", "compound")
        )

    def _is_central_bank(self, thing: Thing) -> bool:
        """Tell a bank of a state or union, or one that its name tells: "National Bank of Hungary", "Bank of Italy"."""
        of_state = not STATE.isdisjoint(thing.classes)
        if of_state or thing.institution is not None:
            return of_state
        words = thing.name.lower().split()
        return "central" in words or words[:2] == ["bank", "of"]

    def _by_own_word(self, before: list[Thing], lemma: str, token: Token) -> Thing | None:
        """ "The gallery" of "Prague City Gallery": what bears the noun in its name, the likeliest if several do."""
        if len(lemma) < 4 or token.tag != "NN":
            return None

        def bears(thing: Thing) -> bool:
            ends = (
                w.lower().rstrip("s") for n in thing.names if " " in n for w in (n.split()[0], n.split()[-1])
            )
            return lemma in thing.descriptors or lemma in ends

        bearers = [t for t in before if t.kind is not Kind.PERSON and bears(t)]
        return max(bearers, key=lambda t: self.weight(t, token)) if bearers else None

    def _called_alike(self, persons: list[Thing], lemma: str, token: Token) -> Thing | None:
        """Return the one person whom the article gave a word for the same occupation ("Justice X" … "the judge")."""
        words = {
            w
            for group in self._state.lexicon.tables.constructions.called_too
            if lemma in group
            for w in group
        }
        found = [t for t in persons if any(d.split()[-1] in words for d in t.descriptors if d)]
        return found[0] if len(found) == 1 else None

    def weight(self, thing: Thing, token: Token) -> float:
        """Return how present a thing is: by the likeliest of its mentions in the sentence that last speaks of it."""
        sent = self._state.parsed.tokens[thing.last_before(token.i)].sent
        return max(
            salience(
                self._state.parsed,
                token,
                Antecedent(f.head, (thing,), thing.kind, False, "", True, f.adjectival),
                self._state.seen[id(thing)],
            )
            for f in thing.found
            if f.head < token.i and self._state.parsed.tokens[f.head].sent == sent
        )
