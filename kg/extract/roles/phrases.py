"""Reads the noun phrase of a position: its title without names, the body that it is held in, whether it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.roles.gathering import GatheredRoles, Holding
from kg.extract.roles.words import BODIES, ORG_PREPOSITIONS, RoleWords
from kg.extract.syntax import conjuncts, prepositional, singular
from kg.model import Kind
from kg.parsed import Token

LEFT = frozenset({"amod", "compound", "nmod", "poss", "nummod", "advmod", "punct", "npadvmod"})


@dataclass(slots=True)
class OfficePhrase:
    """What is read of one noun phrase so far: the tokens of its title, its end, whether it is over, its body."""

    noun: Token
    kept: list[int]
    last: int
    former: bool
    organization: str | None = None
    party: str | None = None  # "the Democratic chairman of the committee" chairs the committee


class OfficePhraseReader:
    """Reads the noun phrases of one resolved article that tell of positions."""

    def __init__(self, words: RoleWords, gathered: GatheredRoles) -> None:
        self.words, self.gathered = words, gathered
        self.parsed, self.people, self.lexicon = words.parsed, words.people, words.lexicon
        self.covered = words.covered

    def noun_phrase(self, noun: Token, held: Holding) -> None:
        """Read the position that a noun tells, with what stands before and behind it, and note the role."""
        noun = self.words.contender(noun.left) or noun
        if noun.lemma.lower() in self.lexicon.tables.constructions.stances and (
            prepositional(self.parsed, noun, "of") or self.parsed.dependents(noun, "poss")
        ):
            return  # "a critic of the government" holds no position
        phrase = OfficePhrase(noun, [noun.i, *self.words.known_title(noun)], noun.i, held.former)
        for child in self.parsed.dependents(noun):
            if child.i > noun.i:
                continue
            self._premodifier(child, phrase)
        first_conjunct = self.parsed.tokens[noun.head]
        shared = self.parsed.dependents(first_conjunct, "prep") if noun.dep == "conj" else []
        beside = self._behind_brackets(noun.i) + 1
        for child in [*self.parsed.dependents(noun, "prep"), *(c for c in shared if c.i == noun.i + 1)]:
            if child.i in (phrase.last + 1, beside) and child.text.lower() in (*ORG_PREPOSITIONS, "to", "on"):
                self._postmodifier(child, phrase)
                for inner in self.parsed.dependents(child, "pobj"):
                    for other in self.parsed.dependents(inner, "conj"):
                        if self.words.is_office_beside(other, inner):
                            self.noun_phrase(other, held)
        title = self.words.title_text(sorted(set(phrase.kept)))
        organization = phrase.organization or self.words.owner(noun) or self.gathered.shared_with_owner(noun)
        if title:
            written = title if noun.tag in ("NNS", "NNPS") else ""
            if written:
                title = " ".join(singular(noun) if w == noun.text else w for w in title.split())
            # "the club's president" is of no country
            owned = any(c.dep == "poss" for c in self.parsed.dependents(noun))
            first, last = min(phrase.kept), max(max(phrase.kept), phrase.last) + 1
            told = replace(held, former=phrase.former, written=written)
            self.gathered.add(told, title, organization, first, last, owned)

    def _premodifier(self, child: Token, phrase: OfficePhrase) -> None:
        """Read one word before the noun: "former", the field, the body that owns it, or a word of the title."""
        lower = child.text.lower()
        link = self.covered.get(child.i)
        if self.words.is_former(child):
            phrase.former = phrase.former or lower != "outgoing"
        elif self._tells_origin(child) or lower in self.words.doubts:
            return
        elif child.dep != "poss" and link is not None and self.words.is_field(link.entities[0], phrase.noun):
            phrase.kept += range(link.first, link.last)
        elif child.dep == "poss" or link is not None:
            self._possessor(child, phrase)
        elif (
            child.dep in LEFT
            and child.pos in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "NUM")
            and not child.text.isdigit()
            and child.lemma.lower() != "old"  # "a 67-year-old farmer"
            and not self.words.ornament(child)
        ):
            self._title_words(child, phrase)

    def _possessor(self, child: Token, phrase: OfficePhrase) -> None:
        """ "Norwind's chairman", "the Norwind chairman": the body is the possessor, or what that belongs to."""
        for each, entity in ((c, e) for c in conjuncts(self.parsed, child) for e in self.people.linked(c)):
            if self.people.kinds.get(entity) not in BODIES or phrase.organization is not None:
                continue
            link = self.covered.get(each.i)
            if (
                child.dep == "poss"
                or link is None
                or not self.words.is_nationality(link.first, link.last, entity, phrase.noun)
            ):
                phrase.organization = entity
                words = self.parsed.text(link.first, link.last).lower() if link else ""
                partisan = words in self.lexicon.tables.constructions.party_words
                if child.dep != "poss" and (partisan or self.words.is_party(entity)):
                    phrase.party = entity
        for nested in self.parsed.dependents(child, "poss", "compound", "amod", "nmod"):
            owners = self.people.linked(nested)
            if phrase.organization is None and owners and self.people.kinds.get(owners[0]) in BODIES:
                phrase.organization = owners[0]

    def _title_words(self, child: Token, phrase: OfficePhrase) -> None:
        """Keep the words below a premodifier; a name among them is of the body, not of the title."""
        for i in range(child.left, child.right + 1):
            link = self.covered.get(i)
            if link is None:
                phrase.kept.append(i)
            elif phrase.organization is None:
                if not self.words.is_nationality(link.first, link.last, link.entities[0], phrase.noun):
                    phrase.organization = link.entities[0]

    def _postmodifier(self, preposition: Token, phrase: OfficePhrase) -> None:
        """Read "of the Syria desk", "at the school", "to the king" behind the noun."""
        inner = next(iter(self.parsed.dependents(preposition, "pobj")), None)
        if inner is None or inner.pos == "NUM":  # "a teacher of 62"
            return
        inner = self._named_behind(inner)
        word, stop = preposition.text.lower(), self._phrase_end(inner)
        # "a clerk for Judge A on the court"
        if any(self.words.is_person(i) for i in range(inner.left, stop)):
            phrase.organization, phrase.last = phrase.organization or self._body_below(inner), stop - 1
            return
        named = self._body_within(inner, stop)
        whereabouts = word == "in" or (word == "from" and not self.words.needs_constituency(phrase.noun.text))
        if whereabouts and self.people.kinds.get(named or "") is Kind.PLACE:
            return  # where it is done: "head of research in Oslo", "a nurse from Kassel"
        named = named or next(iter(self.words.bodies(inner)), None)
        if named is None and word == "from":  # "a teacher from a small village"
            return
        if word == "at" and inner.lemma.lower() in self.lexicon.tables.organization_words:
            body = next(iter(self.words.bodies(inner)), named)
            if body is not None and self.people.kinds.get(body) is Kind.ORGANIZATION:
                phrase.organization = phrase.organization or body
            # "a professor of biology at the school": the place of work is no part of the title
            phrase.last = stop - 1
            return
        self._tail(preposition, inner, stop, named, phrase)
        phrase.organization = phrase.organization or self._body_below(inner)

    def _tail(
        self, preposition: Token, inner: Token, stop: int, named: str | None, phrase: OfficePhrase
    ) -> None:
        """Read the words from a preposition up to `stop`: a body, which may be `named`, or a part of the title."""
        word, tail = preposition.text.lower(), list(range(preposition.i, stop))
        if self._is_loose(phrase.noun, word, inner, named):
            phrase.last = stop - 1
            parties = (self.covered[i].entities[0] for i in range(inner.left, stop) if i in self.covered)
            if phrase.noun.lemma.lower() in self.lexicon.tables.constructions.contenders:
                # "candidate in the Green primary"
                own = next((e for e in parties if self.words.is_party(e)), None)
                phrase.organization = phrase.organization or own
        elif self._is_field_of(phrase, named):
            phrase.kept += tail
            phrase.last = stop - 1
        elif named is not None and (word in ORG_PREPOSITIONS or self._sits_on(word, named, inner)):
            if phrase.organization in (None, phrase.party):
                phrase.organization = named
            if not self._is_unnamed_body(preposition, inner):
                phrase.kept += self._common_words(inner, tail)
            phrase.last = stop - 1
        elif named is None or word in ("to", "on"):
            owner = next(iter(self.parsed.dependents(inner, "poss")), None)
            if owner is not None and word == "of":
                phrase.organization = phrase.organization or next(iter(self.words.bodies(owner)), None)
                tail = [i for i in tail if not owner.left <= i <= owner.right]
            if not self._is_unnamed_body(preposition, inner):
                phrase.kept += tail
            phrase.last = stop - 1

    def _sits_on(self, preposition: str, named: str, body: Token) -> bool:
        """Tell a court or board that one sits on from what an expert on it knows of."""
        seat = body.lemma.lower() in self.lexicon.tables.organization_words
        return seat and preposition == "on" and self.people.kinds.get(named) is Kind.ORGANIZATION

    def _is_loose(self, noun: Token, preposition: str, inner: Token, named: str | None) -> bool:
        """Tell what a title is not made of: "founder of a school for girls", "candidate in the primary"."""
        sets, lemma = self.lexicon.tables.constructions, noun.lemma.lower()
        made = lemma in sets.makers and preposition in ("of", "for", "to") and named is None
        if preposition == "for" and inner.lemma.lower() in sets.tenures:
            return True  # "a member for a term of five years"
        if preposition == "with" and named is None:
            return True  # "a player with world ranking number 27"
        contest = preposition in ("in", "on", "at") or inner.lemma.lower() == "election"
        return made or (lemma in sets.contenders and contest)

    def _is_field_of(self, phrase: OfficePhrase, named: str | None) -> bool:
        """Tell "for Central Europe" of "Norwind's director for Central Europe": a place that is not the employer."""
        kinds, contender = self.people.kinds, self.lexicon.tables.constructions.contenders
        employed = phrase.party is None and kinds.get(phrase.organization or "") is Kind.ORGANIZATION
        return (
            employed and kinds.get(named or "") is Kind.PLACE and phrase.noun.lemma.lower() not in contender
        )

    def _named_behind(self, inner: Token) -> Token:
        """Return the name right behind a noun that only says what it is: "of the opposition Green Alliance"."""
        for name in self.parsed.dependents(inner, "appos"):
            link = self.covered.get(name.i)
            if link is not None and link.first == inner.i + 1:
                if self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION:
                    return name
        return inner

    def _behind_brackets(self, last: int) -> int:
        """Return the last token of letters in brackets behind a title, which say it again: "manager (DRM)"."""
        words = self.parsed.tokens[last + 1 : last + 4]
        letters = [t.text for t in words]
        return last + 3 if len(letters) == 3 and letters[0] == "(" and letters[2] == ")" else last

    def _body_below(self, inner: Token) -> str | None:
        """Return the body of the next phrase down: "head of research at Norwind"."""
        below = (
            c for c in self.parsed.dependents(inner, "prep") if c.text.lower() in ("at", "of", "in", "on")
        )
        second = next(below, None)
        deep = next(iter(self.parsed.dependents(second, "pobj")), None) if second is not None else None
        return next(iter(self.words.bodies(deep)), None) if deep is not None else None

    def _common_words(self, inner: Token, tail: Sequence[int]) -> list[int]:
        """Return the words of "of the Syria desk of Norwind" that belong to the title, as they are no name."""
        tokens = self.parsed.tokens
        if all(i in self.covered or tokens[i].text.lower() in (*ORG_PREPOSITIONS, "the", ",") for i in tail):
            return []
        owned = {  # "head of the company's risk unit" is no title with the company in it
            i for c in self.parsed.dependents(inner, "poss") for i in range(c.left, c.right + 1)
        }
        rest = [i for i in tail if i not in self.covered and i not in owned]
        if inner.i in self.covered or self.people.linked(inner):
            return []
        if not any(tokens[i].pos in ("NOUN", "ADJ") for i in rest):
            return []
        return [tail[0], *(i for i in rest if i != tail[0] and tokens[i].text.lower() not in ("the", "'s"))]

    def _is_unnamed_body(self, preposition: Token, inner: Token) -> bool:
        """ "A spokesman for the fire service", "founder of a charity": a nameless body is no part of the title."""
        tables = self.lexicon.tables
        whose = preposition.text.lower() in ("of", "for", "with", "at")
        return (
            whose
            and inner.tag == "NN"
            and inner.lemma.lower()
            in (tables.constructions.generic_organizations | tables.constructions.employers)
        )

    def _body_within(self, inner: Token, stop: int) -> str | None:
        """Return the body that the noun phrase of `inner` names up to `stop`: what it is, before whose it is and where
        it sits ("Iran's Quds Force", "Virginia-based Norwind").
        """
        tokens = self.parsed.tokens
        own: list[str] = []
        others: list[str] = []
        for i in range(inner.left, stop):
            if i not in self.covered or tokens[i].dep == "amod":  # "curator of Canadian art"
                continue
            entity = self.covered[i].entities[0]
            if self.people.kinds.get(entity) in BODIES:
                (others if self._is_beside(i, inner) else own).append(entity)
        return next(iter((*own, *others)), None)

    def _is_beside(self, index: int, inner: Token) -> bool:
        """Tell whether a token belongs to a possessor or to "London-based" under the noun `inner`."""
        path = self.parsed.upward(self.parsed.tokens[index])
        stops = (t.i for t in path if t.i == inner.i or t.dep in ("poss", "npadvmod"))
        return next(stops, inner.i) != inner.i

    def _phrase_end(self, inner: Token) -> int:
        """Return where the noun phrase of `inner` ends: with "of" phrases, without clauses, commas or
        further places.
        """
        end = inner.i + 1
        for child in self.parsed.dependents(inner):
            if child.i < end:
                continue
            if (child.dep in ("prep",) and child.text.lower() in ("of", "for", "on") and child.i == end) or (
                child.dep in ("cc", "conj") and child.i >= end and child.right - inner.i < 6
            ):
                if any(self.words.is_office_beside(c, inner) for c in self.parsed.dependents(inner, "conj")):
                    break  # "co-author of the study and Fellow of the institute"
                end = child.right + 1
            elif child.i >= end:
                break
        return end

    def _tells_origin(self, child: Token) -> bool:
        """Tell "Houston-born" and "Vienna-based" from what belongs to a title."""
        return child.tag == "VBN" and any(
            place.i in self.covered for place in self.parsed.dependents(child, "npadvmod", "compound", "nmod")
        )
