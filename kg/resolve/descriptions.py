"""Links descriptions to the things that they speak of: "the secretary of state", "the team", "both countries"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token
from kg.resolve.appositions import by_comma, fits
from kg.resolve.salience import Antecedent
from kg.resolve.sorts import is_a, may_be_a, note_lands, note_sorts
from kg.resolve.things import Found, Thing
from kg.resolve.together import Together
from kg.world import World

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NUMBERS = frozenset({"two", "both", "three"})


def prepositional(parsed: Parsed, head: Token, word: str) -> Token | None:
    """Return the object of the preposition `word` under `head`, or None."""
    for child in parsed.dependents(head, "prep"):
        if child.text.lower() == word:
            for inner in parsed.dependents(child, "pobj"):
                return inner
    return None


def _quoted(parsed: Parsed) -> list[int]:
    """Return for each token the index of the quotation that holds it, or -1."""
    out = [-1] * len(parsed.tokens)
    starts = [t.begin for t in parsed.tokens]
    for index, quote in enumerate(parsed.quotes):
        for i in range(bisect_left(starts, quote.span.begin), bisect_left(starts, quote.span.end)):
            out[i] = index
    return out


class Descriptions(Together):
    """What is known of an article's things while it is read from left to right, and what they are called."""

    def __init__(self, parsed: Parsed, things: list[Thing], lexicon: Lexicon, world: World) -> None:
        self.parsed, self.things, self.lexicon, self.world = parsed, things, lexicon, world
        self.owner: dict[int, Thing] = {}
        self.covered: set[int] = set()
        for thing in things:
            for found in thing.found:
                self.owner[found.head] = thing
                self.covered.update(range(found.first, found.last))
        self.antecedents: list[Antecedent] = []
        self.seen: Counter[int] = Counter()
        self.pairs: list[tuple[Found, tuple[Thing, ...]]] = []
        self.quoted = _quoted(parsed)
        self.echoes: dict[int, int] = {}  # pronouns of unnamed people

    def _describe(self) -> None:
        note_sorts(self.parsed, self.owner, self.lexicon, self.world)
        for person in [t for t in self.things if t.kind is Kind.PERSON]:
            for found in [f for f in person.found if f.kind is MentionKind.NAME]:
                self._title(person, found)
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
        for thing in self.things:
            for found in [f for f in thing.found if f.kind is MentionKind.NAME and not f.adjectival]:
                for noun in by_comma(self.parsed, found):
                    if noun.i not in self.covered and self._fits(thing, noun):
                        self._mention(thing, noun, "apposition", 0.7)

    def _modifier(self, token: Token) -> bool:
        """ "Company president A", "the club website": the word for a body before what it has speaks of that body."""
        tokens, lemma = self.parsed.tokens, token.lemma.lower()
        tables = self.lexicon.tables
        opening = self.parsed.sentences[token.sent].first == token.i
        if lemma not in tables.organization_words or token.tag not in ("NN", "NNP"):
            return False
        before = tokens[token.i - 1] if token.i > 0 and not opening else None
        if (not token.text.islower() and not opening) or (
            before is not None and before.pos in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
        ):
            return False
        had = tables.constructions.had_by_bodies
        for noun in tokens[token.i + 1 : token.i + 4]:
            if noun.pos not in ("NOUN", "PROPN", "ADJ") or noun.sent != token.sent:
                return False
            if noun.lemma.lower() in had:
                thing = self._body([t for t in self.things if t.last_before(token.i) >= 0], lemma, [], token)
                if thing is None:
                    return False
                self._mention(thing, token, "modifier", 0.7)
                self._remember(token, thing)
                return True
        return False

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

    def _fits(self, thing: Thing, noun: Token) -> bool:
        return fits(thing, noun, self.lexicon)

    def _gender_from(self, thing: Thing, lemma: str) -> None:
        gender = self.lexicon.tables.person_nouns.get(lemma, "")
        if gender in ("m", "f") and not thing.gender:
            thing.gender = gender

    def _mention(self, thing: Thing, noun: Token, reason: str, confidence: float = 0.8) -> None:
        first = self._phrase_start(noun)
        if noun.i in self.covered:
            return
        thing.found.append(
            Found(first, noun.i + 1, noun.i, MentionKind.NOMINAL, confidence=confidence, reason=reason)
        )
        self.owner[noun.i] = thing
        self.covered.add(noun.i)
        lemma = noun.lemma.lower()
        if reason != "latter":
            thing.descriptors.add(lemma)
        if thing.kind is Kind.PERSON:
            self._gender_from(thing, lemma)
        elif thing.kind is Kind.ORGANIZATION and reason != "description":
            note_lands(self.parsed, noun, self.owner, thing)

    def _remember(self, token: Token, thing: Thing) -> None:
        self.seen[id(thing)] += 1
        found = next((f for f in thing.found if f.head == token.i), None)
        name = found is None or found.kind is MentionKind.NAME
        self.antecedents.append(
            Antecedent(
                token.i,
                (thing,),
                thing.kind,
                thing.plural,
                thing.gender,
                name,
                bool(found and found.adjectival),
            )
        )
        partners = [self.owner[c.i] for c in self._conjuncts(token) if c.i in self.owner]
        if partners and all(p is not thing and p.kind is thing.kind for p in partners):
            self.antecedents.append(Antecedent(token.i, (thing, *partners), thing.kind, True, "", True))

    def _conjuncts(self, token: Token) -> list[Token]:
        out: list[Token] = []
        for child in self.parsed.dependents(token, "conj"):
            out += [child, *self._conjuncts(child)]
        return out

    def _attach(self, found: Found, things: tuple[Thing, ...], gender: str = "") -> None:
        if len(things) > 1:
            self.pairs.append((found, things))
            self.covered.add(found.head)
            token = self.parsed.tokens[found.head]
            self.antecedents.append(Antecedent(token.i, things, things[0].kind, True, "", False))
            return
        thing = things[0]
        thing.found.append(found)
        self.owner[found.head] = thing
        self.covered.add(found.head)
        if gender and not thing.gender:
            thing.gender = gender
        self._remember(self.parsed.tokens[found.head], thing)

    def _description(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        children = self.parsed.dependents(token)
        determiner = next((c.text.lower() for c in children if c.dep == "det"), "")
        possessor = next((c for c in children if c.dep == "poss"), None)
        plural = token.tag in ("NNS", "NNPS")
        number = next(
            (
                c.text.lower()
                for c in children
                if c.dep in ("nummod", "predet", "det") and c.text.lower() in NUMBERS
            ),
            "",
        )
        if plural:
            return (
                number != ""
                and (determiner in ("the", "both", "these") or number == "both")
                and self._several(token, lemma, number)
            )
        capital_title = (
            token.text[:1].isupper()
            and lemma in self.lexicon.tables.titles
            and not determiner
            and token.dep in ("nsubj", "nsubjpass")
        )
        if possessor is not None:
            return self._body_of(possessor, token, lemma)
        if determiner not in DEFINITE and not capital_title:
            return False
        if lemma == "latter":
            return self._latter(token)
        of = prepositional(self.parsed, token, "of")
        if of is not None:  # "the city of Aleppo" is Aleppo; "the capital of France" is somewhere new
            thing = self.owner.get(of.i)
            if (
                thing is None
                or thing.kind is not Kind.PLACE
                or lemma
                not in (
                    "city",
                    "town",
                    "village",
                    "state",
                    "province",
                    "republic",
                    "island",
                    "kingdom",
                    "county",
                    "port",
                )
            ):
                return False
            self._mention(thing, token, "description", 0.8)
            self._remember(token, thing)
            return True
        if token.dep == "attr" and not self.lexicon.tables.calls_person(lemma):
            return False  # what the subject is
        thing = self._described(token, lemma, children)
        if thing is None:
            return False
        self._mention(thing, token, "description", 0.7)
        self._remember(token, thing)
        return True

    def _latter(self, token: Token) -> bool:
        """ "The latter": whom the text named last."""
        for candidate in reversed(self.antecedents):
            if token.sent - self.parsed.tokens[candidate.head].sent > 1:
                break
            if candidate.name and len(candidate.things) == 1 and not candidate.adjectival:
                self._mention(candidate.things[0], token, "latter", 0.7)
                self._remember(token, candidate.things[0])
                return True
        return False

    def _body_of(self, possessor: Token, token: Token, lemma: str) -> bool:
        """ "His company": the body that the article names with the person's title."""
        person = self.owner.get(possessor.i)
        if person is None or person.kind is not Kind.PERSON or possessor.pos != "PRON":
            return False
        generic = lemma in self.lexicon.tables.constructions.generic_organizations
        may_be = may_be_a if generic else is_a
        for found in person.found:
            if found.kind is not MentionKind.NOMINAL or found.head > token.i:
                continue
            for i in range(found.first, self.parsed.tokens[found.head].right + 1):
                body = self.owner.get(i)
                if body is not None and body.kind is Kind.ORGANIZATION and may_be(body, lemma, self.lexicon):
                    self._mention(body, token, "of a person", 0.6)
                    self._remember(token, body)
                    return True
        return False

    def _several(self, token: Token, lemma: str, number: str) -> bool:
        """ "The two leaders", "both countries", "the two companies": all of that kind are spoken of."""
        size = 3 if number == "three" else 2
        things = self._meant_together(token, lemma, size)
        if not things:
            return False
        found = Found(
            self._phrase_start(token),
            token.i + 1,
            token.i,
            MentionKind.NOMINAL,
            confidence=0.6,
            reason="both",
        )
        self._attach(found, tuple(sorted(things, key=lambda t: t.first)))
        return True

    def _predicates(self) -> None:
        """ "Paris was a volunteer": the predicate noun speaks of the subject (Penn/GUM: copular coreference)."""
        for token in self.parsed.tokens:
            if token.dep != "attr" or token.i in self.covered or token.pos not in ("NOUN", "PROPN"):
                continue
            verb = self.parsed.tokens[token.head]
            negated = any(c.dep == "neg" for c in self.parsed.dependents(verb))
            for subject in self.parsed.dependents(verb, "nsubj"):
                thing = self.owner.get(subject.i)
                if thing is not None and not negated and self._fits(thing, token):
                    self._mention(thing, token, "predicate", 0.75)
