"""Chooses which of an article's things a plural with a number means: "the two leaders", "both companies"."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Kind
from kg.parsed import Token
from kg.resolve.entity_drafts import Thing
from kg.resolve.references.antecedents import WINDOW, same_clause_argument
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.nominal_coreference import Described
from kg.resolve.types.organization_types import is_business, may_trade_as

Admits = Callable[[Thing], bool]


class Together:
    """Chooses among an article's things, by what stood together and what was named last."""

    def __init__(self, state: DiscourseModel, described: Described) -> None:
        self._state, self._described = state, described

    def meant(self, token: Token, lemma: str, size: int) -> list[Thing]:
        """Return as many things as the number says, or none."""
        tables = self._state.lexicon.tables
        for child in self._state.parsed.dependents(token, "appos"):  # "the two men, A and B"
            told = [self._state.owner.get(t.i) for t in (child, *self._state.conjuncts(child))]
            if len(told) == size and all(told):
                return [t for t in told if t is not None]
        of_countries = lemma in tables.constructions.several_countries
        if tables.calls_person(lemma):
            return self._named_together(token, _is_person, size) or self._named_last(token, _is_person, size)
        if of_countries and (found := self._named_together(token, _is_country, size)):
            return found
        if lemma in tables.constructions.several_bodies:
            admits = self._bodies(lemma)
            found = self._named_together(token, admits, size)
            if found or not of_countries:
                return found or self._most_present(token, admits, size)
        return self._named_last(token, _is_country, size) if of_countries else []

    def _bodies(self, lemma: str) -> Admits:
        """Any business may be one of "the two companies"."""
        if is_business(lemma, self._state.lexicon):
            return lambda t: t.kind is Kind.ORGANIZATION and may_trade_as(t, lemma, self._state.lexicon)
        return lambda t: t.kind is Kind.ORGANIZATION

    def _named_together(self, token: Token, admits: Admits, size: int) -> list[Thing]:
        """Return those that its sentence names before the plural if they are just as many, or that stood together
        last; the subject of a verb is not among its objects ("A and B asked both sides").
        """
        tokens = self._state.parsed.tokens
        here: dict[int, Thing] = {}
        for i in range(self._state.parsed.sentences[token.sent].first, token.i):
            thing = self._state.owner.get(i)
            if thing is not None and admits(thing) and not self._argument_beside(token, tokens[i]):
                here[id(thing)] = thing
        if len(here) == size:
            return list(here.values())
        return self.stood(token, admits, size, 2 * WINDOW)

    def stood(self, token: Token, admits: Admits, size: int, window: int) -> list[Thing]:
        """Return the last several that stood together in the sentences before, as many as `size` unless that is 0."""
        tokens = self._state.parsed.tokens
        for candidate in reversed(self._state.antecedents):
            if token.sent - tokens[candidate.head].sent > window:
                break
            if len(candidate.things) > 1 and size in (0, len(candidate.things)):
                fits = all(map(admits, candidate.things))
                if fits and not self._argument_beside(token, tokens[candidate.head]):
                    return list(candidate.things)
        return []

    def _argument_beside(self, token: Token, other: Token) -> bool:
        parsed = self._state.parsed
        return same_clause_argument(parsed, token, parsed.top(other, "conj"))

    def _named_last(self, token: Token, admits: Admits, size: int) -> list[Thing]:
        recent: list[Thing] = []
        for candidate in reversed(self._state.antecedents):
            if token.sent - self._state.parsed.tokens[candidate.head].sent > 2 * WINDOW:
                break
            recent += [t for t in candidate.things if admits(t) and t not in recent]
            if len(recent) >= size:
                return recent[:size]
        return []

    def _most_present(self, token: Token, admits: Admits, size: int) -> list[Thing]:
        """Return the likeliest bodies nearby, of which the press is none: it reports on them."""
        near = [
            (self._described.weight(t, token), t)
            for t in self._state.things
            if admits(t)
            and "schema:NewsMediaOrganization" not in t.classes
            and (last := t.last_before(token.i)) >= 0
            and token.sent - self._state.parsed.tokens[last].sent <= WINDOW
        ]
        near.sort(key=lambda n: -n[0])
        return [t for _, t in near[:size]] if len(near) >= size else []


def _is_person(thing: Thing) -> bool:
    return thing.kind is Kind.PERSON


def _is_country(thing: Thing) -> bool:
    return thing.place is not None and thing.place.kind == "country"
