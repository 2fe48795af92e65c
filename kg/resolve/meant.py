"""Chooses which of an article's things a definite description means: "the judge", "the company", "the gallery"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token
from kg.resolve.salience import SUBJECT, WINDOW, Antecedent, salience
from kg.resolve.sorts import (
    STATE,
    is_business,
    is_called,
    is_of,
    is_told,
    lands_beside,
    may_be_a,
    may_be_of,
)
from kg.resolve.things import Thing

LEFT_MODIFIERS = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "advmod", "punct", "case"}
)
CALLED = 1.0  # how much likelier a body is meant by a word that the article has called it by
CALLED_SO = 2.0  # by a word that says more than "company"
KNOWN = 0.6  # of that, by a word that is only known of the body
SPOKEN_FOR = 1.5  # how much likelier whoever speaks for a body means that one
OF_A_BODY = frozenset({"of", "at", "for", "from", "by"})
CLAUSES = 6  # from a noun up to the clause that is said


class Meant:
    """What is known of an article's things while it is read, as far as descriptions are chosen by it."""

    parsed: Parsed
    things: list[Thing]
    lexicon: Lexicon
    owner: dict[int, Thing]
    seen: Counter[int]
    quoted: list[int]

    def _phrase_start(self, noun: Token) -> int:
        start = noun.i
        if self._is_of_an_age(noun, noun.lemma.lower()) and noun.lemma.lower() == "old":
            return max(noun.left, noun.i - 5)
        for child in reversed(self.parsed.dependents(noun)):
            if child.i < noun.i and child.dep in LEFT_MODIFIERS and child.right == start - 1:
                start = child.left
        return start

    def _described(self, token: Token, lemma: str, children: list[Token]) -> Thing | None:
        doer = self._doer(token)
        before = [t for t in self.things if t.last_before(token.i) >= 0 and t is not doer]
        text = self.parsed.text(self._phrase_start(token), token.right + 1).lower()
        nations = lands_beside(self.parsed, token, self.owner, self.lexicon)
        restricted = any(
            c.dep in ("relcl", "acl")
            and c.i > token.i
            and self.parsed.tokens[c.left - 1].text != ","
            and not (c.dep == "acl" and token.dep == "ROOT")  # "the company filed for protection" is a clause
            for c in children
        )
        persons = [t for t in before if t.kind is Kind.PERSON]
        if self._is_of_an_age(token, lemma):
            near = [t for t in persons if token.sent - self.parsed.tokens[t.last_before(token.i)].sent <= 3]
            return max(near, key=lambda t: t.last_before(token.i)) if near and not restricted else None
        if self.lexicon.tables.calls_person(lemma):
            called = [
                t
                for t in persons
                if lemma in t.descriptors or any(" " in d and d in text for d in t.descriptors)
            ]
            if nations:
                called = [
                    t for t in called if not t.nationalities or t.nationalities & {n.name for n in nations}
                ]
            if called:
                return max(called, key=lambda t: t.last_before(token.i))
            alike = self._called_alike(persons, lemma, token)
            if alike is not None and not restricted and not nations:
                return alike
            if lemma in self.lexicon.tables.constructions.body_officers and not nations:
                spoke = self._spoke_last(persons, token)
                if spoke is not None:
                    return spoke
            gender = self.lexicon.tables.person_nouns.get(lemma, "")
            if gender in ("m", "f") and not restricted:
                fitting = [
                    t
                    for t in persons
                    if t.gender in ("", gender)
                    and token.sent - self.parsed.tokens[t.last_before(token.i)].sent <= 3
                ]
                return max(fitting, key=lambda t: t.last_before(token.i)) if len(fitting) == 1 else None
            return None
        if restricted:
            return None
        if lemma in ("country", "nation"):
            lands = [t for t in before if t.place is not None and t.place.kind == "country"]
            return max(lands, key=lambda t: self._weight(t, token)) if lands else None
        if lemma in ("city", "town", "capital", "village", "province", "region", "island", "state"):
            wanted = {
                "city": ("city",),
                "town": ("city",),
                "capital": ("city",),
                "village": ("city",),
                "province": ("state", "region"),
                "region": ("region", "state"),
                "island": ("region", "state"),
                "state": ("state",),
            }[lemma]
            spots = [
                t
                for t in before
                if t.kind is Kind.PLACE
                and (
                    t.place.kind in wanted
                    if t.place is not None
                    else lemma in t.descriptors or lemma in ("town", "village")
                )
            ]
            return max(spots, key=lambda t: t.last_before(token.i)) if spots else None
        if lemma in self.lexicon.tables.organization_words:
            return self._body(before, lemma, nations, token)
        return self._by_own_word(before, lemma, token) if not nations else None

    def _doer(self, token: Token) -> Thing | None:
        """Return the subject of the verb that the token is an object of: who acts on "the supplier" is not the supplier
        (Principle C of binding).
        """
        tokens = self.parsed.tokens
        above = tokens[token.head] if token.dep == "pobj" else token
        verb = tokens[above.head]
        if verb.pos != "VERB" or above.dep not in ("dobj", "dative", "prep", "agent"):
            return None
        subjects = self.parsed.dependents(verb, *SUBJECT)
        if not subjects and verb.dep == "conj":
            subjects = self.parsed.dependents(tokens[verb.head], *SUBJECT)
        return self.owner.get(subjects[0].i) if subjects else None

    def _spoke_last(self, persons: list[Thing], token: Token) -> Thing | None:
        """ "…," said A. "The chief executive …": the one person of the sentence before, if no office is told of it."""
        tokens, sentence = self.parsed.tokens, self.parsed.sentences[token.sent]
        if token.dep not in SUBJECT or token.sent == 0 or tokens[token.head].head != token.head:
            return None
        last = [t for t in persons if tokens[t.last_before(sentence.first)].sent == token.sent - 1]
        if len(last) != 1 or last[0].descriptors:
            return None
        said = tokens[last[0].last_before(sentence.first)]
        verb = tokens[said.head].lemma.lower()
        return last[0] if said.dep == "nsubj" and verb in self.lexicon.cues.verbs else None

    def _body(self, before: list[Thing], lemma: str, lands: list[Thing], token: Token) -> Thing | None:
        """ "The Dutch company", "the airline": a body that bears the word or is called so, or else the likeliest that
        may be one and was spoken of just now.
        """
        after = self.parsed.tokens[min(token.i + 1, len(self.parsed.tokens) - 1)]
        if after.tag in ("NNP", "NNPS") and after.sent == token.sent:  # "the airline Norwind", a name or not
            named = [t for t in self.things if any(f.first == after.i for f in t.found)]
            return named[0] if named and named[0].kind is Kind.ORGANIZATION else None
        words = self.lexicon.tables.constructions
        if any(c.text == "No." or c.tag == "CD" for c in self.parsed.dependents(token, "nmod", "nummod")):
            return None  # "the No. 2 retailer"
        if any(c.lemma.lower() in words.of_what_is_made for c in self.parsed.dependents(token, "amod")):
            return None  # "the merged company" is none of those that merge
        generic = lemma in words.generic_organizations | words.generic_if_none
        fits = may_be_of if generic else is_of
        bodies = [t for t in before if t.kind is Kind.ORGANIZATION and fits(t, lands)]
        bodies = [t for t in bodies if not self._is_past(t, token)]
        named = [t for t in bodies if is_called(t, lemma, self.lexicon)]
        if self._is_central(token):
            named = [t for t in named if self._is_central_bank(t)]
        if lemma in words.generic_if_none and lands:
            named = [t for t in named if is_of(t, lands)]
        kinds = {c.text.lower() for c in self.parsed.dependents(token, "amod", "compound")}
        if lemma in words.generic_if_none and kinds & words.kinds_of_banks:  # "the investment bank"
            named = [t for t in named if may_be_a(t, "company", self.lexicon)]
        elif lemma in words.generic_if_none and (named or self._is_central(token)):
            generic = False
        near = [
            t
            for t in (bodies if generic else ())
            if may_be_a(t, lemma, self.lexicon)
            and token.sent - self.parsed.tokens[t.last_before(token.i)].sent
            <= (2 * WINDOW if lands and is_of(t, lands) else 2)
        ]
        if lands:  # whose land is told goes before the others
            near = [t for t in near if is_of(t, lands)] or near
        # "the search company" is not the one that was called an internet company
        sorted_out = lemma in words.generic_organizations and self.parsed.dependents(token, "compound")
        bonus = 0.0 if sorted_out and not lands else CALLED if lemma in words.broad_sorts else CALLED_SO
        own = self._spoken_for(token)
        chosen = []
        for t in named:  # what the article says counts for more than what is known
            extra = bonus if is_told(t, lemma, self.lexicon) else bonus * KNOWN
            chosen.append((self._weight(t, token) + extra + SPOKEN_FOR * (t is own), t))
        chosen += [(self._weight(t, token) + SPOKEN_FOR * (t is own), t) for t in near]
        if (
            not chosen and lands and is_business(lemma, self.lexicon)
        ):  # "the Lyon exchange": the only one it may be
            called = [t for t in before if is_called(t, lemma, self.lexicon)]
            firms = [
                t for t in called if t.kind is Kind.ORGANIZATION and may_be_a(t, "company", self.lexicon)
            ]
            fitting = [t for t in firms if may_be_of(t, lands)]
            return fitting[0] if len(fitting) == 1 else None
        return max(chosen, key=lambda c: c[0])[1] if chosen else None

    def _is_past(self, thing: Thing, token: Token) -> bool:
        """Tell whether a body was spoken of only as one that somebody left: "a former Norwind pilot"."""
        tokens, former = self.parsed.tokens, self.lexicon.tables.former
        heads = [tokens[f.head] for f in thing.found if f.head < token.i]
        return all(
            head.dep in ("compound", "nmod")
            and any(c.text.lower() in former for c in self.parsed.dependents(tokens[head.head], "amod"))
            for head in heads
        )

    def _bodies_of(self, person: Thing, before: int) -> Iterator[Thing]:
        """Yield the bodies that stand in the titles of a person: "Norwind's chief executive, A"."""
        for found in person.found:
            if found.kind is MentionKind.NOMINAL and found.head <= before:
                for i in range(found.first, self.parsed.tokens[found.head].right + 1):
                    body = self.owner.get(i)
                    if body is not None and body.kind is Kind.ORGANIZATION:
                        yield body

    def _spoken_for(self, token: Token) -> Thing | None:
        """Return the body of whoever says something of what the token names: "Norwind's chairman said *the company* …".

        In his own words, between quotation marks, it is "we".
        """
        tokens, node, below = self.parsed.tokens, token, token
        for _ in range(CLAUSES):
            if node.dep == "ccomp" or node.head == node.i:
                break
            below, node = node, tokens[node.head]
        says = tokens[node.head].lemma.lower() in self.lexicon.cues.verbs
        if self.quoted[token.i] >= 0 or node.dep != "ccomp" or not says or below.dep not in SUBJECT:
            return None
        for subject in self.parsed.dependents(tokens[node.head], "nsubj"):
            person = self.owner.get(subject.i)
            if person is not None and person.kind is Kind.PERSON:
                return next(self._bodies_of(person, token.i), None)
            if person is None and not self._within(subject, token):
                return self._body_behind(subject)
        return None

    def _body_behind(self, subject: Token) -> Thing | None:
        """ "A memo at Norwind", "Norwind's report", "a spokesman for Norwind": the one body that stands with it."""
        beside = self.parsed.dependents(subject, "poss", "compound", "nmod")
        for preposition in self.parsed.dependents(subject, "prep"):
            if preposition.text.lower() in OF_A_BODY:
                beside += self.parsed.dependents(preposition, "pobj")
        bodies = [b for t in beside if (b := self.owner.get(t.i)) is not None and b.kind is Kind.ORGANIZATION]
        return bodies[0] if len(bodies) == 1 else None

    def _within(self, noun: Token, token: Token) -> bool:
        return noun.left <= token.i <= noun.right

    def _is_central(self, noun: Token) -> bool:
        """Tell "the central bank", which is none of those that lend to people."""
        return any(c.text.lower() == "central" for c in self.parsed.dependents(noun, "amod", "compound"))

    def _is_central_bank(self, thing: Thing) -> bool:
        """Tell a bank of a state or union, or one that its name tells: "National Bank of Hungary", "Bank of Italy"."""
        of_state = not STATE.isdisjoint(thing.classes)
        if of_state or thing.institution is not None:
            return of_state
        words = thing.name.lower().split()
        return "central" in words or "national" in words or words[:2] == ["bank", "of"]

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
        return max(bearers, key=lambda t: self._weight(t, token)) if bearers else None

    def _is_of_an_age(self, token: Token, lemma: str) -> bool:
        """ "The 26-year-old", "the teenager": whoever the article is at."""
        if lemma not in self.lexicon.tables.constructions.of_an_age:
            return False
        return lemma != "old" or self.parsed.tokens[token.i - 1].text == "-"

    def _called_alike(self, persons: list[Thing], lemma: str, token: Token) -> Thing | None:
        """Return the one person whom the article gave a word for the same occupation ("Justice X" … "the judge")."""
        words = {w for group in self.lexicon.tables.constructions.called_too if lemma in group for w in group}
        found = [t for t in persons if any(d.split()[-1] in words for d in t.descriptors if d)]
        return found[0] if len(found) == 1 else None

    def _weight(self, thing: Thing, token: Token) -> float:
        """Return how present a thing is: by the likeliest of its mentions in the sentence that last speaks of it."""
        sent = self.parsed.tokens[thing.last_before(token.i)].sent
        return max(
            salience(
                self.parsed,
                token,
                Antecedent(f.head, (thing,), thing.kind, False, "", True, f.adjectival),
                self.seen[id(thing)],
            )
            for f in thing.found
            if f.head < token.i and self.parsed.tokens[f.head].sent == sent
        )
