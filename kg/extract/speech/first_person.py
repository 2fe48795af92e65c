"""Tells who "I" and "we" are in direct speech, who speaks or the body that he speaks for, and "you" in an interview."""

from __future__ import annotations

from kg.extract.participants import Participants
from kg.extract.speech.interview_turns import asked
from kg.extract.syntax import office_of, prepositional
from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind, Role, Span, Statement
from kg.parsed import Token

FIRST_PERSON = frozenset(["i", "me", "my", "myself", "mine"])
WE = frozenset(["we", "us", "our", "ourselves", "ours"])
AUTHORED = frozenset(["statement", "remarks", "message", "letter"])
YOU = frozenset(["you", "your", "yourself", "yours"])


def first_person(
    people: Participants, statements: list[Statement], roles: list[Role], lexicon: Lexicon
) -> dict[int, tuple[str, ...]]:
    """Return the tokens of "I", "my", "we" … in direct speech with who says them; whoever speaks for a body says
    "we" for it ("*We* take it seriously," said the ministry's spokeswoman), with a name or without. "You" in a question
    of an interview is whoever is asked.
    """
    parsed = people.parsed
    bodies: dict[str, str] = {}
    for role in roles:
        if role.organization is not None and not role.former and _is_voice(role.title, lexicon):
            bodies.setdefault(role.person, role.organization)
    for head, group in people.groups.items():
        body = _spoken_for(people, parsed.tokens[head], lexicon)
        if body is not None:
            bodies[group.id] = body
    out: dict[int, tuple[str, ...]] = {}
    spans = sorted(((s.span, s.speaker) for s in statements if s.direct), key=lambda one: one[0])
    spans.append((Span(0, len(parsed.article.text)), _author(people)))
    for token in parsed.tokens:
        lower = token.text.lower()
        if lower in FIRST_PERSON | WE and token.tag in ("PRP", "PRP$"):
            speaker = next(who for span, who in spans if span.begin <= token.begin < span.end)
            if speaker is not None:
                out[token.i] = (bodies.get(speaker, speaker) if lower in WE else speaker,)
    for span, person in asked(people.resolved, lexicon):
        out |= {t.i: (person,) for t in parsed.tokens_in(span) if t.text.lower() in YOU}
    return out


def _author(people: Participants) -> str | None:
    """Return who wrote a text: whom its title says it is by ("Statement by Minister Roth"), or who signed it."""
    parsed = people.parsed
    persons = [
        x for x in people.resolved.links if people.kinds.get(next(iter(x.entities), "")) is Kind.PERSON
    ]

    def words(first: int, last: int) -> set[str]:
        return {t.text.lower() for t in parsed.tokens[first:last]}

    for link in persons:
        title, end = parsed.blocks[0], parsed.blocks[-1]
        if link.kind is not MentionKind.NAME:
            continue
        opens = words(title.first, min(link.first, title.first + 2)) & AUTHORED
        near = words(max(title.first, link.first - 4), link.first) & {"by", "from"}
        headed = link.last <= title.last and opens and near
        if headed or (link.first >= end.first and end.last - end.first <= link.last - link.first + 1):
            return link.entities[0]
    return None


def _is_voice(title: str, lexicon: Lexicon) -> bool:
    return office_of(title) in lexicon.tables.constructions.voices


def _spoken_for(people: Participants, noun: Token, lexicon: Lexicon) -> str | None:
    """Return the body that a source without a name speaks for: "a spokesman for the bank", "the bank's statement"."""
    lemma = noun.lemma.lower()
    says = lemma in lexicon.tables.speech_nouns
    title = people.parsed.text(noun.left, noun.i + 1)
    if noun.tag not in ("NN", "NNP") or not (says or _is_voice(title, lexicon)):
        return None
    found = [f.entity for f in people.owners(noun)]
    inner = prepositional(people.parsed, noun, "of", "for", "from", "at", "on")
    if inner is not None:
        found += [*people.linked(inner), *(f.entity for f in people.owners(inner))]
    return next((e for e in found if _is_body(e, people)), None)


def _is_body(entity: str, people: Participants) -> bool:
    return people.kinds.get(entity) is Kind.ORGANIZATION or entity in people.countries
