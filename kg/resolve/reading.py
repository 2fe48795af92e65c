"""Holds who is who while an article is read from left to right: what is spoken of where, and what may be meant next."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token
from kg.resolve.appositions import fits
from kg.resolve.salience import Antecedent
from kg.resolve.sorts import note_lands
from kg.resolve.things import Found, Thing
from kg.resolve.together import Together
from kg.world import World


def _quoted(parsed: Parsed) -> list[int]:
    """Return for each token the index of the quotation that holds it, or -1."""
    out = [-1] * len(parsed.tokens)
    starts = [t.begin for t in parsed.tokens]
    for index, quote in enumerate(parsed.quotes):
        for i in range(bisect_left(starts, quote.span.begin), bisect_left(starts, quote.span.end)):
            out[i] = index
    return out


class Reading(Together):
    """An article's things while it is read: adds mentions to them, and remembers them as antecedents."""

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

    def _fits(self, thing: Thing, noun: Token) -> bool:
        return fits(thing, noun, self.lexicon)

    def _gender_from(self, thing: Thing, lemma: str) -> None:
        gender = self.lexicon.tables.person_nouns.get(lemma, "")
        if gender in ("m", "f") and not thing.gender:
            thing.gender = gender

    def _mention(
        self, thing: Thing, noun: Token, reason: str, confidence: float = 0.8, first: int | None = None
    ) -> None:
        if first is None:
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
        elif thing.kind is Kind.ORGANIZATION:
            note_lands(self.parsed, noun, self.owner, thing, self.lexicon)

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
