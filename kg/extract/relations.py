"""Standing relations between things: nationality, location, part of, family, education, birthplace, former names."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.logical_objects import logical_object
from kg.extract.participants import Participants
from kg.extract.syntax import conjuncts, logical_subject, prepositional, subject
from kg.lexicon import Lexicon, RelationCue
from kg.model import Kind, MentionKind, Relation
from kg.parsed import Link, Resolved, Token

RANGES = {
    "schema:birthPlace": (Kind.PERSON, Kind.PLACE),
    "schema:alumniOf": (Kind.PERSON, Kind.ORGANIZATION),
    "schema:nationality": (Kind.PERSON, Kind.PLACE),
    "schema:foundingLocation": (Kind.ORGANIZATION, Kind.PLACE),
    "schema:location": (Kind.ORGANIZATION, Kind.PLACE),
    "org:subOrganizationOf": (Kind.ORGANIZATION, Kind.ORGANIZATION),
}
LEVELS = ("schema:Country", "schema:State", "schema:County", "schema:City")
"""Kinds of places, what holds others first."""


def find_relations(resolved: Resolved, people: Participants, lexicon: Lexicon) -> list[Relation]:
    """Return the relations of an article, each once, in the order of the text."""
    return RelationFinder(resolved, people, lexicon).run()


@dataclass(slots=True)
class RelationFinder:
    """Collects the relations of one resolved article; call `run` once."""

    resolved: Resolved
    people: Participants
    lexicon: Lexicon
    found: list[Relation] = field(default_factory=list)

    def run(self) -> list[Relation]:
        """Return the relations, each once, in the order of the text."""
        parsed, kinds = self.resolved.parsed, self.people.kinds
        for link in self.resolved.links:
            head = parsed.tokens[link.head]
            if len(link.entities) != 1 or link.kind is MentionKind.PRONOUN:
                continue
            kind = kinds[link.entities[0]]
            if (
                link.adjectival
                and head.dep in ("amod", "compound", "nmod")
                and self._classes(link.entities[0])
            ):
                self._nationality(head, link.entities[0])
            if kind is Kind.PLACE and link.kind is MentionKind.NAME and not link.adjectival:
                self._location(head, link)
            if kind is Kind.PERSON:
                above = [parsed.tokens[head.head]] if head.dep == "appos" else []
                for noun in (*parsed.dependents(head, "appos"), *above):
                    self._family(noun, head, link.entities[0])
        for token in parsed.tokens:
            pos = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}.get(token.pos, "")
            for cue in self.lexicon.relations.cues.get((token.lemma.lower(), pos), ()) if pos else ():
                self._by_cue(token, cue)
        return self.found

    def _add(self, a: str, predicate: str, b: str, token: Token, confidence: float, reason: str) -> None:
        told = any(r.subject == a and r.predicate == predicate and r.object == b for r in self.found)
        if a != b and not told:
            sentence = self.resolved.parsed.sentence_span(token)
            self.found.append(Relation(a, predicate, b, sentence, confidence, reason))

    def _classes(self, place: str) -> tuple[str, ...]:
        """Return the finer classes of a place; a part of the world has none."""
        return next((e.classes for e in self.resolved.entities if e.id == place), ())

    def _nationality(self, head: Token, country: str) -> None:
        """ "The Norwegian swimmer A": the adjective before a person, with no title between that it belongs to."""
        tokens, tables = self.resolved.parsed.tokens, self.lexicon.tables
        governor = tokens[head.head]
        if governor.left > head.i or governor.i - head.i > 4:
            return
        between = {t.lemma.lower() for t in tokens[head.i + 1 : governor.i]}
        if not (between.isdisjoint(tables.titles) and between.isdisjoint(tables.title_heads)):
            return
        for person in self.people.of_kind(governor, Kind.PERSON):
            self._add(person, "schema:nationality", country, head, 0.7, "nationality word")

    def _location(self, head: Token, link: Link) -> None:
        """ "Aceh, Indonesia" and "the museum in Lyon"."""
        parsed, place = self.resolved.parsed, link.entities[0]
        governor = parsed.tokens[head.head]
        near = head.i - governor.i <= 3 and parsed.tokens[head.i - 1].text == ","
        if head.dep in ("appos", "npadvmod") and near:
            for other in self.people.of_kind(governor, Kind.PLACE):
                if not self._is_list(other, link):
                    self._add(other, "schema:location", place, head, 0.85, "place, place")
        if head.dep == "pobj" and governor.text.lower() in ("in", "near"):
            above = parsed.tokens[governor.head]
            at = self.resolved.at.get(above.i)
            named = at is not None and self.resolved.links[at].kind is MentionKind.NAME
            sited = named and governor.i - above.i == 1
            for other in self.people.of_kind(above, Kind.ORGANIZATION, Kind.PLACE) if sited else ():
                self._add(other, "schema:location", place, head, 0.7, "in")

    def _is_list(self, one: str, other: Link) -> bool:
        """Tell "Angola, Namibia, and Chad" from "Aceh, Indonesia": places of one kind, or more that "and" joins."""
        first, second = ([c for c in LEVELS if c in self._classes(e)] for e in (one, other.entities[0]))
        if first and second and (first != second or first != ["schema:City"]):
            return LEVELS.index(first[0]) <= LEVELS.index(second[0])
        after = self.resolved.parsed.tokens[other.last : other.last + 3]
        words = after[1:] if after and after[0].text == "," else after
        joined = len(words) > 1 and words[0].text.lower() in ("and", "or")
        return joined and any(self.people.kinds.get(e) is Kind.PLACE for e in self.people.linked(words[1]))

    def _family(self, noun: Token, name: Token, person: str) -> None:
        """ "Paris's father, Albert Jaquier", "her daughters, Ann and Kate": a kinship noun whose possessor is a person,
        and the name beside it with those that "and" joins.
        """
        parsed, kinds = self.resolved.parsed, self.people.kinds
        entry = self.lexicon.relations.kinship.get(noun.lemma.lower())
        after = [t.text.lower() for t in parsed.tokens[noun.i + 1 : noun.i + 3]]
        if entry is None or after == ["-", "in"]:  # "his son-in-law, A"
            return
        owner = next(iter(parsed.dependents(noun, "poss")), None) or prepositional(parsed, noun, "of")
        owners = self.people.linked(owner) if owner is not None else ()
        if owner is None or len(owners) != 1 or kinds.get(owners[0]) is not Kind.PERSON:
            return  # "they and their son": whose he is of several is not told
        kin = [(name, person)]
        if noun.tag == "NNS" and noun.i < name.i:
            kin += [(m, e) for m in conjuncts(parsed, name)[1:] for e in self.people.linked(m)]
        for each, relative in kin:
            if kinds.get(relative) is Kind.PERSON and not self._are_apart(noun, each, owners[0]):
                self._add(owners[0], entry.predicate, relative, noun, 0.85, noun.lemma)
                self._add(relative, entry.inverse, owners[0], noun, 0.85, noun.lemma)

    def _are_apart(self, noun: Token, name: Token, owner: str) -> bool:
        """Tell whether a semicolon, another noun of kinship or somebody else's name stands between a noun of kinship
        and a name: "his wife, Ann; Kate's son", "her sister Kate, her brother John".
        """
        first, last = sorted((noun.i, name.i))
        between = self.resolved.parsed.tokens[first + 1 : last]
        if any(t.text == ";" or t.lemma.lower() in self.lexicon.relations.kinship for t in between):
            return True
        at = self.resolved.at.get(noun.i + 1)
        own = at is not None and self.resolved.links[at].kind is MentionKind.NAME
        others = {e for t in between for e in self.people.of_kind(t, Kind.PERSON)}
        return noun.i > name.i and (own or bool(others - {owner}))

    def _by_cue(self, token: Token, cue: RelationCue) -> None:
        """Read a relation off a cue word's slots; its ends must be of the kinds that the predicate joins."""
        parsed, kinds = self.resolved.parsed, self.people.kinds
        over = self.lexicon.tables.former | self.lexicon.tables.constructions.of_the_past
        if any(c.dep == "neg" or c.text.lower() in over for c in parsed.dependents(token)):
            return
        left, right = _slot(self.resolved, token, cue.subject), _slot(self.resolved, token, cue.object)
        if left is None or right is None:
            return
        wanted = RANGES.get(cue.predicate)
        for a in (e for t in conjuncts(parsed, left) for e in self.people.linked(t)):
            for b in (e for t in conjuncts(parsed, right) for e in self.people.linked(t)):
                if wanted is None or (kinds.get(a), kinds.get(b)) == wanted:
                    self._add(a, cue.predicate, b, token, 0.8, token.lemma)
                    if cue.symmetric:
                        self._add(b, cue.predicate, a, token, 0.8, token.lemma)


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
