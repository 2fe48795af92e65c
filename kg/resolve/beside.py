"""Finds the descriptions that stand with a name itself: its title, an apposition, a predicate, what it is called."""

from __future__ import annotations

from kg.model import Kind, MentionKind
from kg.parsed import Token
from kg.resolve.appositions import by_comma, by_dash, run_on
from kg.resolve.offices import offices_held
from kg.resolve.reading import Reading
from kg.resolve.sorts import note_sorts
from kg.resolve.things import Found, Thing


class Beside(Reading):
    """Adds these descriptions before the article is read, and predicates after it."""

    def _describe(self) -> None:
        note_sorts(self.parsed, self.things, self.owner, self.lexicon, self.world)
        bodies = {f.last: f for t in self.things if t.kind is Kind.ORGANIZATION for f in t.found}
        for person in [t for t in self.things if t.kind is Kind.PERSON]:
            for found in [f for f in person.found if f.kind is MentionKind.NAME]:
                self._title(person, found)
                office = run_on(self.parsed, found, bodies)
                if office is not None and office.i not in self.covered and self._fits(person, office):
                    self._mention(person, office, "apposition", 0.7)
                    self._first_office(person, office)
        for body in [t for t in self.things if t.kind is Kind.ORGANIZATION]:
            for found in [f for f in body.found if f.kind is MentionKind.NAME]:
                self._owned_noun(body, found)
        for token in self.parsed.tokens:
            thing = self.owner.get(token.i)
            if thing is None:
                continue
            for child in self.parsed.dependents(token, "appos", "compound", "nmod", "amod"):
                if child.i in self.covered or child.pos not in ("NOUN", "PROPN"):
                    continue
                if child.dep == "appos":
                    for noun in (child, *self._conjuncts(child)):  # "NAME, chairman and founder of X"
                        if self._fits(thing, noun) and noun.i not in self.covered:
                            self._mention(thing, noun, "apposition")
                elif thing.kind is Kind.PERSON and self.lexicon.tables.calls_person(child.lemma.lower()):
                    thing.descriptors.add(child.lemma.lower())
                    self._gender_from(thing, child.lemma.lower())
            governor = self.parsed.tokens[token.head]
            if thing.kind is Kind.PLACE and thing.place is None and token.dep == "compound":
                if governor.i == token.i + 1 and governor.lemma.lower() in self.lexicon.tables.place_words:
                    thing.descriptors.add(governor.lemma.lower())  # "the Reventador volcano" … "the volcano"
            if token.dep in ("oprd", "pobj", "dobj", "attr"):
                self._called(thing, token)
            if (
                token.dep == "appos"
                and governor.i not in self.covered
                and governor.pos in ("NOUN", "PROPN")
                and governor.i < token.i
            ):
                if self._fits(thing, governor):
                    self._mention(thing, governor, "apposition")
                    self._first_office(thing, governor)
        for thing in self.things:
            for found in [f for f in thing.found if f.kind is MentionKind.NAME and not f.adjectival]:
                for noun in by_comma(self.parsed, found):
                    if noun.i not in self.covered and self._fits(thing, noun):
                        self._mention(thing, noun, "apposition", 0.7)
                        self._first_office(thing, noun)
                explained = next((n for n in by_dash(self.parsed, found) if self._fits(thing, n)), None)
                if explained is not None and explained.i not in self.covered:
                    self._mention(thing, explained, "apposition", 0.7)

    def _first_office(self, thing: Thing, noun: Token) -> None:
        """ "The founder and former chief executive of Norwind, A": both offices speak of the one person."""
        other = self.parsed.tokens[noun.head]
        if thing.kind is not Kind.PERSON or noun.dep != "conj" or other.i in self.covered:
            return
        if other.tag in ("NN", "NNP") and self._fits(thing, other):
            if not self.parsed.dependents(noun, "det", "poss"):
                self._mention(thing, other, "apposition", 0.7)

    def _title(self, thing: Thing, name: Found) -> None:
        """ "Apple CEO Steve Jobs": the title before the name, with the body that it is held in, speaks of him too."""
        tokens = self.parsed.tokens
        last = name.first - 1
        if last < self.parsed.blocks[tokens[name.first].block].first or last in self.covered:
            return
        noun = tokens[last]
        if (
            noun.pos not in ("NOUN", "PROPN")
            or noun.tag in ("NNS", "NNPS")
            or not self.lexicon.tables.calls_person(noun.lemma.lower())
        ):
            return
        first = min(last, max(tokens[name.head].left, self.parsed.blocks[noun.block].first))
        if tokens[name.head].head == last:  # "Norwind's chief executive A", where the name hangs on the title
            first = self._phrase_start(noun)
        while first < last and (
            tokens[first].pos in ("PUNCT", "CCONJ") or tokens[first].text in ("'s", "’s")
        ):
            first += 1
        thing.found.append(
            Found(first, name.first, last, MentionKind.NOMINAL, confidence=0.85, reason="title")
        )
        self.owner[last] = thing
        self.covered.add(last)
        other = tokens[tokens[name.head].head]
        joined = tokens[name.head].dep == "conj" and tokens[first - 1].text == "and" and other.i == first - 2
        if joined and other.i not in self.covered and not self.parsed.dependents(other, "det", "poss"):
            # "Norwind chairman and chief executive A" is one person
            offices = self.lexicon.tables.constructions.body_officers
            if {noun.lemma.lower(), other.lemma.lower()} <= offices and other.tag in ("NN", "NNP"):
                self._mention(thing, other, "title", 0.8)

    def _owned_noun(self, thing: Thing, name: Found) -> None:
        """ "Norwind's rival Solida", "its parent Halvex": the noun before the name, with its owner."""
        tokens, last = self.parsed.tokens, name.first - 1
        if last < 1 or last in self.covered:
            return
        noun, head = tokens[last], tokens[name.head]
        owner = next(iter(self.parsed.dependents(head, "poss") or self.parsed.dependents(noun, "poss")), None)
        if noun.tag != "NN" or owner is None or owner.right >= last or noun.sent != head.sent:
            return
        if self._fits(thing, noun):
            self._mention(thing, noun, "title", 0.8, owner.left)

    def _called(self, thing: Thing, token: Token) -> None:
        """ "a user labelled Anonymous", "a group known as X": the noun before the participle is the named thing."""
        verb = self.parsed.tokens[token.head]
        if verb.pos == "ADP":
            verb = self.parsed.tokens[verb.head]
        noun = self.parsed.tokens[verb.head]
        naming = self.lexicon.tables.constructions.naming
        if (
            verb.dep == "acl"
            and verb.tag == "VBN"
            and (verb.lemma.lower() in naming or verb.lemma in ("name", "know", "nickname"))
        ):
            if noun.i not in self.covered and noun.i < verb.i and self._fits(thing, noun):
                self._mention(thing, noun, "called")

    def _predicates(self) -> None:
        """ "Paris was a volunteer": the predicate noun speaks of the subject (Penn/GUM: copular coreference)."""
        for token in self.parsed.tokens:
            if token.dep != "attr" or token.i in self.covered or token.pos not in ("NOUN", "PROPN"):
                continue
            verb = self.parsed.tokens[token.head]
            negated = any(c.dep == "neg" for c in self.parsed.dependents(verb))
            for subject in self.parsed.dependents(verb, "nsubj"):
                relative = verb.dep == "relcl" and subject.tag in ("WP", "WDT")  # "A, who is a nurse"
                thing = self.owner.get(verb.head if relative else subject.i)
                if thing is not None and not negated and self._fits(thing, token):
                    self._mention(thing, token, "predicate", 0.75)
        for office, holder in offices_held(self.parsed, self.lexicon):
            person = self.owner.get(holder.i)
            if person is not None and office.i not in self.covered and self._fits(person, office):
                self._mention(person, office, "predicate", 0.75)
