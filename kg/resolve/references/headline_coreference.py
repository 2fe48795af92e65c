"""Finds whom the bare nouns of a headline speak of: "Superintendent quits", "Chairman of Norwind leaves company"."""

from __future__ import annotations

from kg.model import Kind, MentionKind
from kg.parsed import BlockKind, Token
from kg.resolve.entity_drafts import Thing
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.types.organization_types import is_called, is_of, lands_beside, may_be_a

PLACES = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "agent", "ROOT", "appos", "conj")


class Headlines:
    """Reads the headline last, when all that the article calls its things is known."""

    def __init__(self, state: DiscourseModel) -> None:
        self._state = state

    def read(self) -> None:
        """Add what the bare nouns of headlines speak of."""
        for block in self._state.parsed.blocks:
            if block.kind is not BlockKind.TITLE:
                continue
            for token in self._state.parsed.tokens[block.first : block.last]:
                if (
                    token.i in self._state.covered
                    or token.tag not in ("NN", "NNP")
                    or token.dep not in PLACES
                ):
                    continue
                if self._state.parsed.dependents(token, "det", "poss", "nummod"):
                    continue
                thing = self._named_below(token)
                if thing is not None:
                    self._state.mention(thing, token, "headline", 0.6)

    def _named_below(self, token: Token) -> Thing | None:
        lemma, tables = token.lemma.lower(), self._state.lexicon.tables
        beside = lands_beside(self._state.parsed, token, self._state.owner, self._state.lexicon)
        if tables.calls_person(lemma):
            called = [t for t in self._state.things if t.kind is Kind.PERSON and lemma in t.descriptors]
            return called[0] if len(called) == 1 and not beside else None
        if lemma not in tables.organization_words:
            return None
        bodies = [t for t in self._state.things if t.kind is Kind.ORGANIZATION and is_of(t, beside)]
        called = [t for t in bodies if is_called(t, lemma, self._state.lexicon)]
        if called:
            return called[0] if len(called) == 1 else None
        if lemma not in tables.constructions.generic_organizations:
            return None
        first = self._state.parsed.blocks[token.block].first
        above = [
            t
            for t in bodies
            if may_be_a(t, lemma, self._state.lexicon)
            and any(first <= f.head < token.i and f.kind is MentionKind.NAME for f in t.found)
        ]
        return above[0] if len(above) == 1 else None
