"""Finds the descriptions that stand with a name itself: its title, an apposition, a predicate, what it is called."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Kind, MentionKind
from kg.parsed import Token
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.references.appositions import by_comma, by_dash, run_on
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.office_predicates import offices_held
from kg.resolve.types.organization_types import note_sorts


class AttributiveDescriptions:
    """Adds these descriptions before the article is read, and predicates after it."""

    def __init__(self, state: DiscourseModel) -> None:
        self._state = state

    def describe(self) -> None:
        """Add what stands with the names."""
        note_sorts(
            self._state.parsed, self._state.things, self._state.owner, self._state.lexicon, self._state.world
        )
        bodies = {f.last: f for t in self._state.things if t.kind is Kind.ORGANIZATION for f in t.found}
        for thing, found in self._names(Kind.PERSON):
            self._title(thing, found)
            self._title_run_on(thing, found, bodies)
        for thing, found in self._names(Kind.ORGANIZATION):
            self._owned_noun(thing, found)
        for token in self._state.parsed.tokens:
            owner = self._state.owner.get(token.i)
            if owner is not None:
                self._modifiers(owner, token)
                self._place_word(owner, token)
                if token.dep in ("oprd", "pobj", "dobj", "attr"):
                    self._called(owner, token)
                self._apposed_to(owner, token)
        for thing, found in self._names():
            if not found.adjectival:
                self._behind(thing, found)

    def _names(self, kind: Kind | None = None) -> list[tuple[Thing, Found]]:
        """Return all things, or those of a kind, with each mention of them by name."""
        wanted = [t for t in self._state.things if kind is None or t.kind is kind]
        return [(t, f) for t in wanted for f in t.found if f.kind is MentionKind.NAME]

    def _is_free(self, thing: Thing, noun: Token) -> bool:
        """Tell whether a noun is no mention yet and can speak of the thing."""
        return noun.i not in self._state.covered and self._state.fits(thing, noun)

    def _title_run_on(self, person: Thing, name: Found, bodies: Mapping[int, Found]) -> None:
        """ "Norwind chief executive A": the title whose body the parser took for its own phrase."""
        office = run_on(self._state.parsed, name, bodies)
        if office is not None and self._is_free(person, office):
            self._state.mention(person, office, "apposition", 0.7)
            self._first_office(person, office)

    def _modifiers(self, thing: Thing, token: Token) -> None:
        """ "NAME, chairman and founder of X": what hangs on the name; a noun of the name says what it is called."""
        for child in self._state.parsed.dependents(token, "appos", "compound", "nmod", "amod"):
            if child.i in self._state.covered or child.pos not in ("NOUN", "PROPN"):
                continue
            lemma = child.lemma.lower()
            if child.dep == "appos":
                for noun in (child, *self._state.conjuncts(child)):
                    if self._is_free(thing, noun):
                        self._state.mention(thing, noun, "apposition")
            elif thing.kind is Kind.PERSON and self._state.lexicon.tables.calls_person(lemma):
                thing.descriptors.add(self._state.office(child))
                self._state.gender_from(thing, lemma)

    def _place_word(self, thing: Thing, token: Token) -> None:
        """ "The Reventador volcano" … "the volcano": a place is called by the noun that it stands before."""
        governor = self._state.parsed.tokens[token.head]
        if thing.kind is Kind.PLACE and thing.place is None and token.dep == "compound":
            lemma = governor.lemma.lower()
            if governor.i == token.i + 1 and lemma in self._state.lexicon.tables.place_words:
                thing.descriptors.add(lemma)

    def _apposed_to(self, thing: Thing, token: Token) -> None:
        """ "The chairman of X, NAME": what the name hangs on."""
        governor = self._state.parsed.tokens[token.head]
        noun = governor.pos in ("NOUN", "PROPN") and governor.i < token.i
        if token.dep == "appos" and noun and self._is_free(thing, governor):
            self._state.mention(thing, governor, "apposition")
            self._first_office(thing, governor)

    def _behind(self, thing: Thing, name: Found) -> None:
        """ "NAME, a nurse", "NAME - a Norwegian shipping company -": what follows a comma or a dash."""
        for noun in by_comma(self._state.parsed, name):
            if self._is_free(thing, noun):
                self._state.mention(thing, noun, "apposition", 0.7)
                self._first_office(thing, noun)
        fitting = (n for n in by_dash(self._state.parsed, name) if self._state.fits(thing, n))
        explained = next(fitting, None)
        if explained is not None and explained.i not in self._state.covered:
            self._state.mention(thing, explained, "apposition", 0.7)

    def _first_office(self, thing: Thing, noun: Token) -> None:
        """ "The founder and former chief executive of Norwind, A": both offices speak of the one person."""
        other = self._state.parsed.tokens[noun.head]
        if thing.kind is not Kind.PERSON or noun.dep != "conj" or other.i in self._state.covered:
            return
        if other.tag in ("NN", "NNP") and self._state.fits(thing, other):
            if not self._state.parsed.dependents(noun, "det", "poss"):
                self._state.mention(thing, other, "apposition", 0.7)

    def _title(self, thing: Thing, name: Found) -> None:
        """ "Apple CEO Steve Jobs": the title before the name, with the body that it is held in, speaks of him too."""
        tokens = self._state.parsed.tokens
        last = name.first - 1
        if last < self._state.parsed.blocks[tokens[name.first].block].first or last in self._state.covered:
            return
        noun = tokens[last]
        if (
            noun.pos not in ("NOUN", "PROPN")
            or noun.tag in ("NNS", "NNPS")
            or not self._state.lexicon.tables.calls_person(noun.lemma.lower())
        ):
            return
        first = min(last, max(tokens[name.head].left, self._state.parsed.blocks[noun.block].first))
        if tokens[name.head].head == last:  # "Norwind's chief executive A", where the name hangs on the title
            first = self._state.phrase_start(noun)
        thing.found.append(
            Found(first, name.first, last, MentionKind.NOMINAL, confidence=0.85, reason="title")
        )
        self._state.owner[last] = thing
        self._state.covered.add(last)

    def _owned_noun(self, thing: Thing, name: Found) -> None:
        """ "Norwind's rival Solida", "its parent Halvex": the noun before the name, with its owner."""
        tokens, last = self._state.parsed.tokens, name.first - 1
        if last < 1 or last in self._state.covered:
            return
        noun, head = tokens[last], tokens[name.head]
        owner = next(
            iter(self._state.parsed.dependents(head, "poss") or self._state.parsed.dependents(noun, "poss")),
            None,
        )
        if noun.tag != "NN" or owner is None or owner.right >= last or noun.sent != head.sent:
            return
        if self._state.fits(thing, noun):
            self._state.mention(thing, noun, "title", 0.8, owner.left)

    def _called(self, thing: Thing, token: Token) -> None:
        """ "a user labelled Anonymous", "a group known as X": the noun before the participle is the named thing."""
        verb = self._state.parsed.tokens[token.head]
        if verb.pos == "ADP":
            verb = self._state.parsed.tokens[verb.head]
        noun = self._state.parsed.tokens[verb.head]
        naming = self._state.lexicon.tables.constructions.naming
        if (
            verb.dep == "acl"
            and verb.tag == "VBN"
            and (verb.lemma.lower() in naming or verb.lemma in ("name", "know", "nickname"))
        ):
            if noun.i not in self._state.covered and noun.i < verb.i and self._state.fits(thing, noun):
                self._state.mention(thing, noun, "called")

    def predicates(self) -> None:
        """ "Paris was a volunteer": the predicate noun speaks of the subject (Penn/GUM: copular coreference)."""
        for token in self._state.parsed.tokens:
            if token.dep != "attr" or token.i in self._state.covered or token.pos not in ("NOUN", "PROPN"):
                continue
            verb = self._state.parsed.tokens[token.head]
            negated = any(c.dep == "neg" for c in self._state.parsed.dependents(verb))
            for subject in self._state.parsed.dependents(verb, "nsubj"):
                relative = verb.dep == "relcl" and subject.tag in ("WP", "WDT")  # "A, who is a nurse"
                thing = self._state.owner.get(verb.head if relative else subject.i)
                if thing is not None and not negated and self._state.fits(thing, token):
                    self._state.mention(thing, token, "predicate", 0.75)
        for office, holder in offices_held(self._state.parsed, self._state.lexicon):
            person = self._state.owner.get(holder.i)
            if (
                person is not None
                and office.i not in self._state.covered
                and self._state.fits(person, office)
            ):
                self._state.mention(person, office, "predicate", 0.75)
