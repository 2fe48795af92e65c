"""What tells whether a mention speaks of an antecedent: features for the ranking, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.heads.features import path
from kg.model import Kind
from kg.parsed import Token
from kg.resolve.entity_drafts import Thing
from kg.resolve.references.antecedents import (
    SUBJECT,
    Antecedent,
    doer_beside,
    inside,
    is_in_main_clause,
    is_told_by,
)
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.selectional_restrictions import is_bodily, may_act
from kg.resolve.references.speaker_affiliation import is_apart, speaks_beside, spoken_for

GENDERS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
ROLES = frozenset(
    {"dobj", "pobj", "agent", "dative", "poss", "compound", "nmod", "amod", "attr", "conj", "appos", "ROOT"}
)
SENTENCES = (0, 1, 2, 3, 4, 6, 9, 14)
TOKENS = (-1, 3, 6, 10, 16, 25, 40, 70, 120)
COUNTS = (0, 1, 2, 3, 5, 8, 13)
FEW = (0, 1, 3, 7)


class AntecedentFeatures:
    """The features of the mentions of one article. Names joined by "|" hold for a kind of mention by itself."""

    def __init__(self, state: DiscourseModel) -> None:
        self._state = state
        actors = [t for t in state.things if t.kind is not Kind.PLACE]
        self._topic = min(actors, key=lambda t: t.first, default=None)

    def of_mention(self, token: Token, kind: str) -> Iterator[str]:
        """Yield what is known of a mention by itself."""
        parsed = self._state.parsed
        yield f"mention={kind}"
        yield f"dep={token.dep}|{kind}"
        yield f"up={parsed.tokens[token.head].pos}|{kind}"
        yield "in=" + parsed.blocks[token.block].kind.value
        if self._state.quoted[token.i] >= 0:
            yield f"quoted|{kind}"
        if kind != "he":
            yield "word=" + token.text.lower()
        if kind == "it" and is_bodily(parsed, token, self._state.lexicon):
            yield "bodily"

    def of_pairs(
        self, token: Token, kind: str, candidates: Sequence[Antecedent]
    ) -> Iterator[tuple[str, ...]]:
        """Yield for each candidate what is known of it and a mention."""
        voice = spoken_for(self._state, token)
        places: dict[object, int] = {}
        for candidate in sorted(candidates, key=lambda a: -a.head):
            places.setdefault(candidate.key, len(places))
        for candidate in candidates:
            yield tuple(self._of_pair(token, kind, candidate, places[candidate.key], voice))

    def _of_pair(
        self, token: Token, kind: str, candidate: Antecedent, place: int, voice: Thing | None
    ) -> Iterator[str]:
        head = self._state.parsed.tokens[candidate.head]
        yield from self._distance(token, kind, head, place)
        yield from self._grammar(token, kind, candidate, head)
        yield from self._form(token, kind, candidate, head)
        yield from self._speech(token, kind, head)
        if len(candidate.things) == 1:
            yield from self._thing(kind, candidate.things[0], voice)

    def _distance(self, token: Token, kind: str, head: Token, place: int) -> Iterator[str]:
        gap, parsed = token.sent - head.sent, self._state.parsed
        step = _step(gap, SENTENCES) if gap >= 0 else "behind"
        yield f"sentences={step}"
        yield f"sentences={step}|{kind}"
        yield "tokens=" + _step(token.i - head.i, TOKENS)
        yield f"back={_step(place, (0, 1, 2, 3, 5, 8))}|{kind}"
        if head.block != token.block:
            yield "other block"
            yield "block=" + parsed.blocks[head.block].kind.value
        elif gap:
            yield "same block"

    def _grammar(self, token: Token, kind: str, candidate: Antecedent, head: Token) -> Iterator[str]:
        parsed = self._state.parsed
        role, own = self._role(head), _own_role(token)
        yield f"role={role}|{kind}"
        yield f"roles={role}|{own}"
        yield f"role={role}|{min(token.sent - head.sent, 2)}"
        if token.sent == head.sent:
            yield "path=" + path(parsed, token.i, head.i)
            if inside(parsed, token, head):
                yield "inside"
        if own == "subject" and head.dep in SUBJECT and is_told_by(parsed, token, head):
            yield "told by"
        if own == "poss" and head.i == doer_beside(parsed, token):
            yield "doer|" + ("thing" if candidate.things else "none")
        if head.dep == "conj" or parsed.dependents(head, "conj"):
            yield "in list|several" if len(candidate.things) > 1 else "in list"

    def _role(self, head: Token) -> str:
        role = self._state.parsed.top(head, "appos")  # "Norwind, an airline, said": both are its subject
        if role.dep in SUBJECT:
            return "subject" if is_in_main_clause(self._state.parsed, role) else "inner subject"
        return head.dep if head.dep in ROLES else "other"

    def _form(self, token: Token, kind: str, candidate: Antecedent, head: Token) -> Iterator[str]:
        things = candidate.things
        if not things:
            form = "unnamed"
            yield f"unnamed={candidate.kind}|{kind}|{head.pos}"
            if may_act(head, self._state.lexicon):
                yield f"unnamed body|{kind}"
        elif len(things) > 1:
            form = "several"
        elif candidate.name:
            form = "name"
        else:
            form = "pronoun" if head.pos == "PRON" else "description"
        yield f"form={form}|{kind}"
        yield f"kind={candidate.kind}|{kind}"
        if candidate.adjectival:
            yield f"adjectival|{kind}"
        if candidate.plural:
            yield f"plural|{kind}|{candidate.kind}"
        if head.tag in ("NNS", "NNPS"):
            yield f"plural noun|{kind}"
        if kind == "he":
            yield "gender=" + ("same" if candidate.gender == GENDERS[token.text.lower()] else "unknown")

    def _speech(self, token: Token, kind: str, head: Token) -> Iterator[str]:
        here, there = self._state.quoted[token.i], self._state.quoted[head.i]
        if here == there:
            where = "same" if here >= 0 else "none"
        else:
            where = "both" if min(here, there) >= 0 else "here" if here >= 0 else "there"
        yield f"quotes={where}|{kind}"
        if speaks_beside(self._state, token, head):
            yield f"speaks beside|{kind}" if here >= 0 else "said before"
        if is_apart(self._state, token, head):
            yield f"apart|{kind}"

    def _thing(self, kind: str, thing: Thing, voice: Thing | None) -> Iterator[str]:
        seen = self._state.seen
        count = seen[id(thing)]
        yield "seen=" + _step(count, COUNTS)
        yield f"seen={_step(count, FEW)}|{kind}"
        if count and count == max(seen.values()):
            yield f"most seen|{kind}"
        if voice is thing:
            yield "spoken for"
        if thing is self._topic:
            yield f"topic|{kind}"
        if thing.plural:
            yield f"may be they|{kind}"
        if thing.place is not None:
            yield f"place={thing.place.kind}|{kind}"
        if thing.institution is not None:
            yield f"institution|{kind}"
        if thing.classes:
            yield f"class={thing.classes[0]}|{kind}"


def _own_role(token: Token) -> str:
    if token.dep in SUBJECT:
        return "subject"
    return "poss" if token.dep == "poss" else "object" if token.dep in ("dobj", "pobj") else "other"


def _step(count: int, edges: tuple[int, ...]) -> str:
    """Return the first edge that is not below the count."""
    return next((str(e) for e in edges if count <= e), f">{edges[-1]}")
