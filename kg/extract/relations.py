"""Standing relations between things: nationality, location, part of, family, education, birthplace, former names."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.participants import Participants
from kg.extract.syntax import conjuncts, logical_object, logical_subject, prepositional, subject
from kg.lexicon import Lexicon, RelationCue
from kg.model import Kind, Relation
from kg.parsed import Resolved, Token

Add = Callable[[str, str, str, Token, float, str], None]


def find_relations(resolved: Resolved, people: Participants, lexicon: Lexicon) -> list[Relation]:
    """Return the relations of an article, each once, in the order of the text."""
    found: list[Relation] = []
    parsed = resolved.parsed

    def add(a: str, predicate: str, b: str, token: Token, confidence: float, reason: str) -> None:
        if a != b and not any(r.subject == a and r.predicate == predicate and r.object == b for r in found):
            found.append(Relation(a, predicate, b, parsed.sentence_span(token), confidence, reason))

    for link in resolved.links:
        head = parsed.tokens[link.head]
        if len(link.entities) != 1 or link.kind.value == "pronoun":
            continue
        entity = link.entities[0]
        if link.adjectival and head.dep in ("amod", "compound", "nmod"):
            _nationality(resolved, people, head, entity, lexicon, add)
        if people.kinds[entity] is Kind.PLACE and link.kind.value == "name" and not link.adjectival:
            _location(resolved, people, head, entity, add)
        for child in parsed.dependents(head, "appos"):
            _family(resolved, people, child, entity, lexicon, add)
        if head.dep == "appos":
            _family(resolved, people, parsed.tokens[head.head], entity, lexicon, add)
    for token in parsed.tokens:
        pos = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}.get(token.pos, "")
        for cue in lexicon.relations.cues.get((token.lemma.lower(), pos), ()) if pos else ():
            _by_cue(resolved, people, token, cue, add)
    return found


def _nationality(
    resolved: Resolved, people: Participants, head: Token, country: str, lexicon: Lexicon, add: Add
) -> None:
    """ "The Norwegian swimmer A": the adjective before a person, with no title between that it belongs to."""
    governor = resolved.parsed.tokens[head.head]
    if governor.left > head.i or governor.i - head.i > 4:
        return
    if _title_between(resolved.parsed.tokens[head.i + 1 : governor.i], lexicon):
        return
    for person in people.linked(governor):
        if people.kinds.get(person) is Kind.PERSON:
            add(person, "schema:nationality", country, head, 0.7, "nationality word")


def _title_between(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    return any(
        t.lemma.lower() in lexicon.tables.titles or t.lemma.lower() in lexicon.tables.title_heads
        for t in tokens
    )


def _location(resolved: Resolved, people: Participants, head: Token, place: str, add: Add) -> None:
    """ "Aceh, Indonesia" and "the museum in Lyon"."""
    parsed = resolved.parsed
    governor = parsed.tokens[head.head]
    if (
        head.dep in ("appos", "npadvmod")
        and head.i - governor.i <= 3
        and parsed.tokens[head.i - 1].text == ","
    ):
        for other in people.linked(governor):
            if people.kinds.get(other) is Kind.PLACE:
                add(other, "schema:location", place, head, 0.85, "place, place")
    if head.dep == "pobj" and governor.text.lower() in ("in", "near"):
        above = parsed.tokens[governor.head]
        for other in people.linked(above):
            if (
                people.kinds.get(other) in (Kind.ORGANIZATION, Kind.PLACE)
                and above.i in resolved.at
                and resolved.links[resolved.at[above.i]].kind.value == "name"
                and governor.i - above.i == 1
            ):
                add(other, "schema:location", place, head, 0.7, "in")


def _family(
    resolved: Resolved, people: Participants, noun: Token, person: str, lexicon: Lexicon, add: Add
) -> None:
    """ "Paris's father, Albert Jaquier": a kinship noun whose possessor is a person."""
    entry = lexicon.relations.kinship.get(noun.lemma.lower())
    if entry is None or people.kinds.get(person) is not Kind.PERSON:
        return
    parsed = resolved.parsed
    owner = next(iter(parsed.dependents(noun, "poss")), None) or prepositional(parsed, noun, "of")
    if owner is None:
        return
    for other in people.linked(owner):
        if people.kinds.get(other) is Kind.PERSON and other != person:
            add(other, entry.predicate, person, noun, 0.85, noun.lemma)
            add(person, entry.inverse, other, noun, 0.85, noun.lemma)


RANGES = {
    "schema:birthPlace": (Kind.PERSON, Kind.PLACE),
    "schema:alumniOf": (Kind.PERSON, Kind.ORGANIZATION),
    "schema:nationality": (Kind.PERSON, Kind.PLACE),
    "schema:foundingLocation": (Kind.ORGANIZATION, Kind.PLACE),
    "schema:location": (Kind.ORGANIZATION, Kind.PLACE),
    "org:subOrganizationOf": (Kind.ORGANIZATION, Kind.ORGANIZATION),
}


def _by_cue(resolved: Resolved, people: Participants, token: Token, cue: RelationCue, add: Add) -> None:
    """Read a relation off a cue word's slots; its ends must be of the kinds that the predicate joins."""
    parsed = resolved.parsed
    if any(c.dep == "neg" for c in parsed.dependents(token)):
        return
    left, right = _slot(resolved, token, cue.subject), _slot(resolved, token, cue.object)
    if left is None or right is None:
        return
    wanted = RANGES.get(cue.predicate)
    for a in (e for t in conjuncts(parsed, left) for e in people.linked(t)):
        for b in (e for t in conjuncts(parsed, right) for e in people.linked(t)):
            if wanted is None or (people.kinds.get(a), people.kinds.get(b)) == wanted:
                add(a, cue.predicate, b, token, 0.8, token.lemma)
                if cue.symmetric:
                    add(b, cue.predicate, a, token, 0.8, token.lemma)


def _slot(resolved: Resolved, token: Token, slots: tuple[str, ...]) -> Token | None:
    parsed = resolved.parsed
    for slot in slots:
        found: Token | None
        if slot == "subj" and token.pos == "VERB":
            found = logical_subject(parsed, token)
        elif slot == "subj":
            head = parsed.tokens[token.head]
            if token.dep in ("attr", "acomp") and head.lemma in ("be", "become", "remain"):
                found = subject(parsed, head)
            else:
                found = head if token.dep == "appos" else None
        elif slot == "obj":
            found = logical_object(parsed, token)
        elif slot == "poss":
            found = next(iter(parsed.dependents(token, "poss")), None)
        else:
            found = prepositional(parsed, token, slot)
        if found is not None:
            return found
    return None
