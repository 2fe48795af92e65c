"""Walks from a known title before a name to the left: the words that belong to it, its body, whether it is over."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.roles.gathering import GatheredRoles, Holding
from kg.extract.roles.words import BODIES, RoleWords
from kg.model import Kind
from kg.parsed import Token


@dataclass(slots=True)
class TitleWalk:
    """A walk to the left from a title that is known: the tokens of the title so far and where it begins, the token
    that is looked at next, where the known title starts and its noun, the body it is held in, whether it is over.
    """

    title: list[int]
    begin: int
    probe: int
    start: int
    noun: Token
    organization: str | None = None
    former: bool = False
    owned: bool = False  # a possessor stands before it


class TitleWalker:
    """Walks from a title before a name to the left, up to where its phrase begins."""

    def __init__(self, words: RoleWords, gathered: GatheredRoles) -> None:
        self.words, self.gathered = words, gathered
        self.parsed, self.people, self.lexicon = words.parsed, words.people, words.lexicon
        self.covered = words.covered

    def from_title(
        self, begin: int, end: int, person: str, head: Token, confidence: float, noun: Token | None = None
    ) -> int:
        """Add the role of the title from `begin` to `end`, with what stands before it; return where all that begins.

        Its noun, where `noun` is None, is the last word before a preposition.
        """
        tokens, parsed = self.parsed.tokens, self.parsed
        stands = self.words.contender(begin)
        begin, noun = (stands.i, stands) if stands is not None else (begin, noun)
        last = (
            next((i for i in range(begin + 1, end) if tokens[i].text.lower() in ("of", "for", "to")), end) - 1
        )
        walk = TitleWalk(list(range(begin, end)), begin, begin - 1, begin, noun or tokens[last])
        block = parsed.blocks[head.block].first
        while walk.probe >= block and end - walk.probe < 12 and self._step(walk, block):
            pass
        begin = walk.begin
        known = parsed.text(begin, end).lower() in self.lexicon.tables.titles
        national = walk.noun.lemma.lower() in self.lexicon.tables.constructions.national_titles
        organization = walk.organization
        if known and not national and tokens[begin].lemma.lower() in self.lexicon.tables.organization_words:
            # "Board member A", "Company president A"
            organization = organization or next(iter(self.words.bodies(tokens[begin])), None)
        organization = organization or self.words.owner(head)
        if organization is None and noun is not None:
            organization = self.words.owner(noun)
        title = self.words.title_text(walk.title)
        if title:
            officer = walk.noun.lemma.lower() in self.words.officers
            named = officer and any(self._is_of_a_body(tokens[i]) for i in range(begin, walk.start))
            owned = walk.owned or named
            told = Holding(person, head, confidence, "title before name", former=walk.former)
            self.gathered.add(told, title, organization, begin, end, owned)
        return walk.probe + 1

    def _step(self, walk: TitleWalk, block: int) -> bool:
        """Take the word before a title along, or pass it over; return False where the title's phrase begins."""
        token = self.parsed.tokens[walk.probe]
        lower = token.text.lower()
        if walk.probe in self.covered:
            return self._over_name(walk)
        if self.words.is_former(token):
            walk.former = walk.former or lower != "outgoing"
            walk.probe -= 3 if lower == "time" else 1
        elif (
            token.pos in ("ADJ", "NOUN", "PROPN")
            and token.dep in ("amod", "compound", "nmod")
            and token.text[:1].isalpha()
        ):
            return self._over_word(token, walk)
        elif walk.title[0] == walk.probe + 1 and walk.probe > block and self._is_hyphen(walk.probe):
            walk.begin = walk.probe - 1  # "third-grade teacher A"
            walk.title = [walk.begin, walk.probe, *walk.title]
            walk.probe -= 2
        elif lower in ("and", "&") and walk.begin == walk.probe + 1 and self._is_joined_field(walk):
            walk.begin = walk.probe - 1  # "trade and industry commissioner A"
            walk.title = [walk.begin, walk.probe, *walk.title]
            walk.probe -= 2
        elif lower in ("'s", "’s", "-", "(", ")"):  # "the Coast Guard (CG) commander A"
            walk.owned = walk.owned or lower in ("'s", "’s")
            walk.probe -= 1
        else:
            return False
        return True

    def _over_name(self, walk: TitleWalk) -> bool:
        """Pass over a name before a title: its field is a part of the title, its body is where it is held."""
        link = self.covered[walk.probe]
        entity = link.entities[0]
        if self.words.is_field(entity, walk.noun):
            walk.begin = link.first
            walk.title = [*range(link.first, link.last), *walk.title]
        elif self.people.kinds.get(entity) in BODIES and walk.organization is None:
            if self._is_of_unnamed_body(link.last, walk):  # "Brazilian federation chief A"
                return False
            words = self.parsed.text(link.first, link.last).lower()
            partisan = words in self.lexicon.tables.constructions.party_words
            if partisan and self.words.is_of_a_place(walk.noun.text) and not self._stands(walk.noun):
                pass  # "Democratic mayor A" is mayor of a town
            elif not self.words.is_nationality(link.first, link.last, entity, walk.noun):
                walk.organization = entity
                if self.people.kinds.get(entity) is Kind.ORGANIZATION and not walk.owned:
                    walk.title = self._common(walk.title, walk.start)
        else:
            return False
        walk.probe = link.first - 1
        return True

    def _stands(self, noun: Token) -> bool:
        """Tell who is put up by a party: a candidate, and a member of a parliament."""
        sets = self.lexicon.tables.constructions
        return noun.lemma.lower() in sets.contenders | sets.lawmakers

    def _is_of_unnamed_body(self, first: int, walk: TitleWalk) -> bool:
        """Tell whether a word for a body without a name, which no government has, stands between a country and the
        office.
        """
        tables = self.lexicon.tables
        between = self.parsed.tokens[first : max(first, walk.noun.i)]
        private = (t.text for t in between if t.text in tables.constructions.employers)
        return any(tables.organization_words.get(w) != "schema:GovernmentOrganization" for w in private)

    def _over_word(self, token: Token, walk: TitleWalk) -> bool:
        """Take a modifier before a title along, unless it belongs to the name of a body; return False at another
        title.
        """
        if self._is_form_of_address(token):  # "Mr Justice A"
            walk.probe -= 1
            return True
        if walk.probe == walk.begin - 1 and self.is_address(walk.begin) and self.words.is_role_noun(token):
            return False
        if walk.organization is None and (token.pos != "ADJ" or self._is_of_compound(token, walk)):
            walk.title.insert(0, walk.probe)
            walk.begin = walk.probe
            if token.text.lower() in self.lexicon.tables.organization_words:
                walk.organization = self.words.described(token)  # "team member": the team that was spoken of
        walk.probe -= 1
        return True

    def _is_form_of_address(self, word: Token) -> bool:
        tables, after = self.lexicon.tables, self.parsed.tokens[word.i + 1]
        known = f"{word.text} {after.text}".lower() in tables.titles  # "Lord Mayor"
        return word.text.lower().rstrip(".") in tables.honorifics and not known

    def _is_joined_field(self, walk: TitleWalk) -> bool:
        """Tell "trade and" of "trade and industry commissioner" from a title that "and" joins."""
        first, second = self.parsed.tokens[walk.probe - 1], self.parsed.tokens[walk.probe + 1]
        if first.i in self.covered or second.i == walk.noun.i or first.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        joined = second.dep == "conj" and second.head == first.i
        return (joined or first.head in walk.title) and not self.words.is_role_noun(first)

    def _is_of_compound(self, word: Token, walk: TitleWalk) -> bool:
        """Tell "social" of "social security minister" from what says how a minister is."""
        return word.head in walk.title and word.head != walk.noun.i

    def _common(self, title: list[int], start: int) -> list[int]:
        """Return the tokens of a title without those of its body's name: "Norwind Ship Works chief A", but "Norwind
        Principal Deputy Secretary A".
        """
        tokens, ranks = self.parsed.tokens, self.lexicon.tables.constructions.office_ranks
        start = min([start, *(i for i in title if i < start and tokens[i].text.lower() in ranks)])
        return [i for i in title if i >= start or tokens[i].text.islower()]

    def _is_of_a_body(self, word: Token) -> bool:
        """Tell "Assembly" of "Assembly president", a word for a body or of a name that is not known."""
        body = word.text.lower() in self.lexicon.tables.organization_words
        return body or (
            word.pos == "PROPN" and not self.words.is_role_noun(word) and not self.words.is_rank(word)
        )

    def _is_hyphen(self, index: int) -> bool:
        before, hyphen = self.parsed.tokens[index - 1 : index + 1]
        if before.text.lower() in self.lexicon.tables.former:
            return False  # "ex-minister A"
        joined = hyphen.text == "-" and not hyphen.space and not before.space
        return joined and before.pos in ("NOUN", "ADJ", "NUM", "ADV") and before.i not in self.covered

    def is_address(self, begin: int) -> bool:
        """Tell a title in capitals right behind one in small letters, or a form of address: "lead author Professor A",
        "National Security Advisor Sheikh B".
        """
        before, word = self.parsed.tokens[begin - 1], self.parsed.tokens[begin]
        small = before.text.islower() or word.text.lower() in self.lexicon.tables.constructions.addresses
        return small and word.text[:1].isupper() and word.text.lower() in self.lexicon.tables.titles
