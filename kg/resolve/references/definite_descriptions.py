"""Links descriptions to the things that they speak of: "the secretary of state", "the team", "both countries"."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.nominal_coreference import Described
from kg.resolve.references.plural_anaphora import Together
from kg.resolve.references.speaker_affiliation import bodies_of
from kg.resolve.types.organization_types import is_a, is_business, may_be_a

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NUMBERS = frozenset({"two", "both", "three"})
_NAMED_AFTER_OF = "city town village state province republic island kingdom county port"
NAMED_AFTER_OF = frozenset(_NAMED_AFTER_OF.split())


def prepositional(parsed: Parsed, head: Token, word: str) -> Token | None:
    """Return the object of the preposition `word` under `head`, or None."""
    for child in parsed.dependents(head, "prep"):
        if child.text.lower() == word:
            for inner in parsed.dependents(child, "pobj"):
                return inner
    return None


class Descriptions:
    """Resolves the descriptions of an article one by one, in the order of the text."""

    def __init__(self, state: DiscourseModel) -> None:
        self._state, self._described = state, Described(state)
        self._together = Together(state, self._described)

    def resolve(self, token: Token) -> bool:
        """Add the mention that a noun heads; tell whether it is one."""
        lemma = token.lemma.lower()
        children = self._state.parsed.dependents(token)
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
            # "the carriers", which were named together
            if determiner in ("the", "those", "these") and not number:
                return self._all_of(token, lambda t: t.kind is Kind.ORGANIZATION, lemma)
            return (
                number != ""
                and (determiner in ("the", "both", "these") or number == "both")
                and self._several(token, lemma, number)
            )
        if lemma in ("pair", "duo", "couple") and determiner == "the" and len(children) == 1:
            persons = lemma == "couple"
            return self._all_of(
                token, lambda t: t.kind is Kind.PERSON if persons else t.kind is not Kind.PLACE, ""
            )
        capital_title = (
            token.text[:1].isupper()
            and lemma in self._state.lexicon.tables.titles
            and not determiner
            and token.dep in ("nsubj", "nsubjpass")
        )
        if possessor is not None:
            return (
                self._body_of(possessor, token, lemma)
                or self._officer_of(possessor, token, lemma)
                or self._foremost(possessor, token, lemma)
            )
        if determiner not in DEFINITE and not capital_title:
            return False
        if lemma == "latter":
            return self._latter(token)
        of = prepositional(self._state.parsed, token, "of")
        if of is not None:  # "the city of Aleppo" is Aleppo; "the capital of France" is somewhere new
            thing = self._state.owner.get(of.i)
            if thing is None or thing.kind is not Kind.PLACE or lemma not in NAMED_AFTER_OF:
                return False
            return self._means(thing, token, "description", 0.8)
        if token.dep == "attr" and not self._state.lexicon.tables.calls_person(lemma):
            return False  # what the subject is
        thing = self._described.meant(token, lemma, children)
        return thing is not None and self._means(thing, token, "description", 0.7)

    def _means(
        self, thing: Thing, token: Token, reason: str, confidence: float, describes: bool = True
    ) -> bool:
        """Note that a description speaks of a thing, and that it may be meant next."""
        self._state.mention(thing, token, reason, confidence, describes=describes)
        self._state.remember(token, thing)
        return True

    def _latter(self, token: Token) -> bool:
        """ "The latter": whom the text named last."""
        for candidate in reversed(self._state.antecedents):
            if token.sent - self._state.parsed.tokens[candidate.head].sent > 1:
                break
            if candidate.name and len(candidate.things) == 1 and not candidate.adjectival:
                return self._means(candidate.things[0], token, "latter", 0.7, describes=False)
        return False

    def _body_of(self, possessor: Token, token: Token, lemma: str) -> bool:
        """ "His company": the body that the article names with the person's title."""
        person = self._state.owner.get(possessor.i)
        if person is None or person.kind is not Kind.PERSON or possessor.pos != "PRON":
            return False
        generic = lemma in self._state.lexicon.tables.constructions.generic_organizations
        may_be = may_be_a if generic else is_a
        body = next(
            (b for b in bodies_of(self._state, person, token.i) if may_be(b, lemma, self._state.lexicon)),
            None,
        )
        return body is not None and self._means(body, token, "of a person", 0.6)

    def _officer_of(self, possessor: Token, token: Token, lemma: str) -> bool:
        """ "The bank's president": whom the article has called so, with that body in the title."""
        body = self._state.owner.get(possessor.i)
        if body is None or body.kind is not Kind.ORGANIZATION or token.dep == "appos":
            return False
        if lemma not in self._state.lexicon.tables.constructions.body_officers:
            return False
        holders = [
            t
            for t in self._state.before(token)
            if t.kind is Kind.PERSON and lemma in t.descriptors and body in bodies_of(self._state, t, token.i)
        ]
        return len(holders) == 1 and self._means(holders[0], token, "description", 0.7)

    def _foremost(self, possessor: Token, token: Token, lemma: str) -> bool:
        """ "The world's biggest automaker said": one that the article is at, unless it only becomes so."""
        tokens, place = self._state.parsed.tokens, self._state.owner.get(possessor.i)
        of_place = possessor.lemma.lower() == "world" or (place is not None and place.kind is Kind.PLACE)
        if not of_place or lemma not in self._state.lexicon.tables.constructions.generic_organizations:
            return False
        first = any(c.tag == "JJS" for c in self._state.parsed.dependents(token, "amod"))
        if not first or token.dep in ("attr", "appos", "oprd") or tokens[token.head].text.lower() == "as":
            return False
        before = self._state.before(token)
        thing = self._described.body(before, lemma, [] if place is None else [place], token)
        return thing is not None and self._means(thing, token, "description", 0.6)

    def modifier(self, token: Token) -> bool:
        """ "Company president A", "the club website": the word for a body before what it has speaks of that body."""
        tokens, lemma = self._state.parsed.tokens, token.lemma.lower()
        tables = self._state.lexicon.tables
        opening = self._state.parsed.sentences[token.sent].first == token.i
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
                thing = self._described.body(self._state.before(token), lemma, [], token)
                if thing is None:
                    return False
                return self._means(thing, token, "modifier", 0.7)
        return False

    def _several(self, token: Token, lemma: str, number: str) -> bool:
        """ "The two leaders", "both countries", "the two companies": all of that kind are spoken of."""
        size = 3 if number == "three" else 2
        things = self._together.meant(token, lemma, size)
        if not things:
            return False
        self._speak_of(token, things)
        return True

    def both(self, token: Token) -> None:
        """ "Both praised Norway": the two that stood together in the sentence before."""
        things = self._together.stood(token, lambda t: t.kind is not Kind.PLACE, 2, 1)
        if (
            things
            and token.dep in ("nsubj", "nsubjpass")
            and not self._state.parsed.dependents(token, "prep")
        ):
            self._speak_of(token, things)

    def _all_of(self, token: Token, admits: Callable[[Thing], bool], lemma: str) -> bool:
        """ "The companies", "the pair": those that stood together last."""
        if lemma and not is_business(lemma, self._state.lexicon):
            return False
        things = self._together.stood(token, admits, 2 if not lemma else 0, 2)
        if things:
            self._speak_of(token, things)
        return bool(things)

    def _speak_of(self, token: Token, things: list[Thing]) -> None:
        first, last = self._state.phrase_start(token), token.i + 1
        found = Found(first, last, token.i, MentionKind.NOMINAL, confidence=0.6, reason="both")
        self._state.attach(found, tuple(sorted(things, key=lambda t: t.first)))
