"""Holds who is who while an article is read from left to right: what is spoken of where, and what may be meant next."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Token, is_scattered
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.references.antecedents import Antecedent
from kg.resolve.references.appositions import fits
from kg.resolve.types.organization_types import note_lands
from kg.world import World

LEFT_MODIFIERS = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "advmod", "punct", "case"}
)


def _quoted(parsed: Parsed) -> list[int]:
    """Return for each token the index of the quotation that holds it, or -1."""
    out = [-1] * len(parsed.tokens)
    starts = [t.begin for t in parsed.tokens]
    for index, quote in enumerate(parsed.quotes):
        for i in range(bisect_left(starts, quote.span.begin), bisect_left(starts, quote.span.end)):
            out[i] = index
    return out


def lesser_offices(lexicon: Lexicon) -> frozenset[str]:
    """Return the words before a title whose holder is not called by the bare title: "vice", "former"."""
    return lexicon.tables.former | lexicon.tables.constructions.lesser_ranks


def _is_land(thing: Thing) -> bool:
    return thing.place is not None and thing.place.kind == "country"


class DiscourseModel:
    """An article's things while it is read: takes mentions of them, and remembers them as antecedents.

    `owner` tells whose mention a head token is, `covered` which tokens belong to one; `seen` counts what the walk has
    passed; `pairs` are mentions of several things at once; `quoted` is the index of the quotation that holds a token,
    or -1; `echoes` are pronouns of unnamed people.
    """

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
        self.echoes: dict[int, int] = {}
        self._lesser = lesser_offices(lexicon)
        self.digest = is_scattered([frozenset(map(self._block, t.found)) for t in things if not _is_land(t)])

    def _block(self, found: Found) -> int:
        return self.parsed.tokens[found.head].block

    def before(self, token: Token) -> list[Thing]:
        """Return what was spoken of before a token; in a digest by the same item."""
        block = self.parsed.blocks[token.block].first if self.digest else 0
        return [t for t in self.things if t.last_before(token.i) >= block]

    def fits(self, thing: Thing, noun: Token) -> bool:
        """Tell whether a thing may be called by a noun."""
        return fits(thing, noun, self.lexicon)

    def gender_from(self, thing: Thing, lemma: str) -> None:
        """Give a person of unknown gender the one that a noun tells: "his widow"."""
        gender = self.lexicon.tables.person_nouns.get(lemma, "")
        if gender in ("m", "f") and not thing.gender:
            thing.gender = gender

    def mention(
        self,
        thing: Thing,
        noun: Token,
        reason: str,
        confidence: float = 0.8,
        first: int | None = None,
        describes: bool = True,
    ) -> None:
        """Add a noun to the mentions of a thing, and, if it `describes` it, what it tells of the thing."""
        if first is None:
            first = self.phrase_start(noun)
        thing.found.append(
            Found(first, noun.i + 1, noun.i, MentionKind.NOMINAL, confidence=confidence, reason=reason)
        )
        self.owner[noun.i] = thing
        self.covered.add(noun.i)
        lemma = noun.lemma.lower()
        if describes:
            thing.descriptors.add(self.office(noun))
        if thing.kind is Kind.PERSON:
            self.gender_from(thing, lemma)
        elif thing.kind is Kind.ORGANIZATION:
            note_lands(self.parsed, noun, self.owner, thing, self.lexicon)

    def office(self, noun: Token) -> str:
        """Return a noun as it is told apart from the office itself: "former president", "vice president"."""
        before = {
            t.text.lower() for t in self.parsed.tokens[max(0, noun.i - 2) : noun.i] if t.sent == noun.sent
        }
        return " ".join((*sorted(before & self._lesser), noun.lemma.lower()))

    def remember(self, token: Token, thing: Thing) -> None:
        """Note that the walk has come by a mention of a thing, alone and with those that it is joined to."""
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
        partners = [self.owner[c.i] for c in self.conjuncts(token) if c.i in self.owner]
        if partners and all(p is not thing and p.kind is thing.kind for p in partners):
            self.antecedents.append(Antecedent(token.i, (thing, *partners), thing.kind, True, "", True))

    def conjuncts(self, token: Token) -> list[Token]:
        """Return what is joined to a token, in order."""
        out: list[Token] = []
        for child in self.parsed.dependents(token, "conj"):
            out += [child, *self.conjuncts(child)]
        return out

    def attach(self, found: Found, things: tuple[Thing, ...], gender: str = "") -> None:
        """Add a mention of one thing, or of several at once; a pronoun tells the gender of the one."""
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
        self.remember(self.parsed.tokens[found.head], thing)

    def phrase_start(self, noun: Token) -> int:
        """Return the first token of the phrase that a noun heads, without what is set apart before it."""
        start = noun.i
        if self.is_of_an_age(noun, noun.lemma.lower()) and noun.lemma.lower() == "old":
            return max(noun.left, noun.i - 5)
        for child in reversed(self.parsed.dependents(noun)):
            if child.i < noun.i and child.dep in LEFT_MODIFIERS and child.right == start - 1:
                start = child.left
        return start

    def is_of_an_age(self, token: Token, lemma: str) -> bool:
        """ "The 26-year-old", "the teenager": whoever the article is at."""
        if lemma not in self.lexicon.tables.constructions.of_an_age:
            return False
        return lemma != "old" or self.parsed.tokens[token.i - 1].text == "-"
