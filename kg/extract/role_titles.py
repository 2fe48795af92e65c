"""Positions that stand right before or behind a name: titles, ranks, letters of an office."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.role_lists import RoleLists
from kg.extract.role_organizations import BODIES
from kg.extract.role_phrases import Holding
from kg.model import Kind
from kg.parsed import Token

OFFICE_JOINTS = frozenset({"of", "for", "the", "and", "&", ","})
"""Small words within the field of an office: "Minister of Climate and the Environment"."""


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


class RoleTitles(RoleLists):
    """The roles of one resolved article that stand beside the names of their holders."""

    def _before(self, first: int, head: Token, person: str) -> None:
        """ "US Secretary of State John Kerry", "team member Rodaba Noori": the title stands right before the name."""
        parsed, tokens = self.parsed, self.parsed.tokens
        block = parsed.blocks[head.block].first
        if (
            self._of_a_body(first, head, person)
            or self._plural_rank(first, head)
            or self._examples(first, head)
        ):
            return
        first = self._ranks(first, head, person)
        first = self._before_letters(block, first)
        for begin in range(max(block, first - 6), first):
            words = parsed.text(begin, first).lower()
            if self._is_of_something_else(tokens[first - 1], head):
                break
            if words in self.lexicon.tables.titles and not self._is_several(tokens[first - 1]):
                self._joined_before(self._from_title(begin, first, person, head, 0.92), person, head)
                return
        if first == block:
            return
        office = self._office_phrase(block, first)
        if office is not None:
            begin, noun = office
            self._from_title(begin, first, person, head, 0.88, noun)
            return
        last = tokens[first - 1]
        if self._is_of_something_else(last, head):
            return
        if self._is_several(last):
            self._listed(last, head)
            return
        if (
            last.pos in ("NOUN", "PROPN")
            and self._is_role_noun(last)
            and last.head in range(first, head.i + 1)
        ):
            begin = last.i
            while (
                begin - 1 >= block
                and tokens[begin - 1].dep in ("compound", "amod", "nmod")
                and tokens[begin - 1].pos in ("NOUN", "ADJ", "PROPN")
                and begin - 1 not in self.covered
            ):
                begin -= 1
            self._joined_before(self._from_title(begin, first, person, head, 0.85), person, head)

    def _before_letters(self, block: int, first: int) -> int:
        """ "Member of Parliament (MP) A", "MP (Member of Parliament) A": return where the brackets begin, which say the
        title again.
        """
        tokens, titles = self.parsed.tokens, self.lexicon.tables.titles
        if first - 4 < block or tokens[first - 1].text != ")":
            return first
        for i in range(first - 3, max(block, first - 7), -1):
            if tokens[i].text == "(":
                words = self.parsed.text(i + 1, first - 1)
                return i if words.isupper() or words.lower() in titles else first
        return first

    def _joined_before(self, begin: int, person: str, head: Token) -> None:
        """ "Singer and lyricist A", "writer, poet and activist A", "lead author Professor A": the titles before that
        which stands next to the name, whose words begin at `begin`.
        """
        tokens = self.parsed.tokens
        block = max(self.parsed.blocks[head.block].first, self.parsed.sentences[head.sent].first)
        for _ in range(3):
            last = begin - 1
            while last > block and last in self.covered:  # "businessman and Norwind director A"
                last = self.covered[last].first - 1
            joined = last > block and tokens[last].text.lower() in ("and", "&", ",")
            last -= joined
            if last < block or last in self.covered or not (joined or self._is_address(begin)):
                return
            noun = tokens[last]
            if not self._is_role_noun(noun) or noun.tag in ("NNS", "NNPS") or self._is_several(noun):
                return
            start = self._title_before(block, last)
            before = tokens[start - 1].text.lower() if start > block else ""
            if joined and before in ("a", "an", "the", "his", "her", "their", "its", "for", "as"):
                return  # "the minister and singer A" may be two people
            begin = self._from_title(start, last + 1, person, head, 0.8)

    def _title_before(self, block: int, last: int) -> int:
        """Return where the title that ends with the token `last` begins: a known one, or a noun with its compounds."""
        tokens = self.parsed.tokens
        for begin in range(max(block, last - 5), last):
            if self.parsed.text(begin, last + 1).lower() in self.lexicon.tables.titles:
                return begin
        begin = last
        while (
            begin > block and begin - 1 not in self.covered and tokens[begin - 1].dep in ("compound", "amod")
        ):
            begin -= 1
        return begin

    def _is_address(self, begin: int) -> bool:
        """Tell a title in capitals right behind one in small letters, or a form of address: "lead author Professor A",
        "National Security Advisor Sheikh B".
        """
        before, word = self.parsed.tokens[begin - 1], self.parsed.tokens[begin]
        small = before.text.islower() or word.text.lower() in self.lexicon.tables.constructions.addresses
        return small and word.text[:1].isupper() and word.text.lower() in self.lexicon.tables.titles

    def _is_of_something_else(self, word: Token, head: Token) -> bool:
        """Tell "a major Mark Rothman show": a word in small letters that says what the show is, not who the man is."""
        before = self.parsed.tokens[word.i - 1] if word.i > 0 else word
        if word.text.islower() and word.tag == "JJ" and before.text.lower() in ("a", "an"):
            return True
        governor = self.parsed.tokens[head.head]
        within = (
            head.dep in ("compound", "nmod", "poss")
            and governor.i > head.i
            and governor.pos in ("NOUN", "PROPN")
        )
        return word.text.islower() and within and word.head == governor.i

    def _of_a_body(self, first: int, head: Token, person: str) -> bool:
        """ "President of the European Commission A", "Mayor of Leeds B": the body stands between title and name."""
        parsed, tokens = self.parsed, self.parsed.tokens
        block = parsed.blocks[head.block].first
        link = self.covered.get(first - 1) if first > block else None
        if link is None or link.last != first or self.people.kinds.get(link.entities[0]) not in BODIES:
            return False
        of = link.first - 1
        if of > block and tokens[of].text.lower() == "the":
            of -= 1
        if of <= block or tokens[of].text.lower() != "of" or of - 1 in self.covered:
            return False
        if any(
            parsed.text(b, first).lower() in self.lexicon.tables.titles for b in range(max(block, of - 3), of)
        ):
            return False  # "Speaker of the House A"
        office = tokens[of - 1]
        if self._is_several(office):  # "members of the House of Lords A and B"
            begin, title = self._singular(office)
            self._each(self._list(head), title, link.entities[0], begin, of)
            return True
        if not self._is_role_noun(office):
            return False
        begin = next(
            (
                b
                for b in range(max(block, of - 5), of)
                if parsed.text(b, of).lower() in self.lexicon.tables.titles
            ),
            of - 1,
        )
        before = tokens[begin - 1].text.lower() if begin > block else ""
        title = self._title_text(list(range(begin, of)))
        former = before in self.lexicon.tables.former
        self._add(
            Holding(person, head, 0.88, "title and body before name", former=former),
            title,
            link.entities[0],
            begin,
            link.last,
        )
        return True

    def _office_phrase(self, block: int, first: int) -> tuple[int, Token] | None:
        """Return where "Minister of State for Foreign Affairs" before a name begins, and its office: a preposition and
        words in capitals, or those of a field behind an office of a state.
        """
        tokens, tables = self.parsed.tokens, self.lexicon.tables
        probe = first - 1
        if probe <= block or tokens[probe].pos not in ("NOUN", "PROPN") or self._is_role_noun(tokens[probe]):
            return None
        while probe > block and first - probe < 10:
            word = tokens[probe]
            link = self.covered.get(probe)
            office = tokens[probe - 1]
            if word.text.lower() in ("of", "for", "to") and self._is_role_noun(office):
                break
            if link is not None and self.people.kinds.get(link.entities[0]) is not Kind.PLACE:
                return None
            if (
                word.text == ","
                and not tokens[probe + 1].text[:1].isupper()
                and tokens[probe + 1].text != "and"
            ):
                return None
            if word.pos not in ("NOUN", "PROPN", "ADJ") and word.text.lower() not in OFFICE_JOINTS:
                return None
            probe -= 1
        else:
            return None
        office, field = tokens[probe - 1], tokens[probe + 1 : first]
        named = all(t.text[:1].isupper() for t in field if t.text.lower() not in OFFICE_JOINTS)
        lower = office.lemma.lower()
        sent = tokens[probe].text.lower() == "to" and all(
            t.i in self.covered or t.text == "the" for t in field
        )
        of_a_state = office.text.islower() and (sent or lower in tables.constructions.national_titles)
        if not field or office.i in self.covered or not ((office.text[:1].isupper() and named) or of_a_state):
            return None
        if any(self._is_role_noun(t) for t in field) or office.tag in ("NNS", "NNPS"):
            return None
        the = office.i - 1 - (tokens[office.i - 1].text.lower() == "the")
        outer = tokens[the - 1]
        if the > block and tokens[the].text == "to" and (self._is_rank(outer) or self._is_role_noun(outer)):
            office = outer  # "Assistant to the President for Trade A"
        begin = office.i - len(self._known_title(office))
        while begin > block and begin - 1 not in self.covered and self._is_rank(tokens[begin - 1]):
            begin -= 1
        return begin, office

    def _is_rank(self, word: Token) -> bool:
        return word.text.lower() in self.lexicon.tables.constructions.office_ranks

    def _is_hyphen(self, index: int) -> bool:
        before, hyphen = self.parsed.tokens[index - 1 : index + 1]
        if before.text.lower() in self.lexicon.tables.former:
            return False  # "ex-minister A"
        joined = hyphen.text == "-" and not hyphen.space and not before.space
        return joined and before.pos in ("NOUN", "ADJ", "NUM", "ADV") and before.i not in self.covered

    def _ranks(self, first: int, head: Token, person: str) -> int:
        """ "Spokesman Sgt. A", "Maj. Gen. B": forms of address right before the name; those that tell a rank are roles.

        Returns where they begin.
        """
        tokens, tables = self.parsed.tokens, self.lexicon.tables
        begin = first
        block = self.parsed.blocks[head.block].first
        while True:
            last = begin - 1 - (tokens[begin - 1].text == ".")  # "Sgt" + "."
            if last < block or not tokens[last].text[:1].isupper():
                break
            word = tokens[last].text.lower().rstrip(".")
            if word not in tables.honorifics or word in tables.title_heads or self._is_of_longer(block, last):
                break
            begin = last
        short = [
            i
            for i in range(begin, first)
            if tokens[i].text.lower().rstrip(".") in tables.constructions.short_ranks
        ]
        if short:
            title = self.parsed.text(short[0], short[-1] + 1)
            self._add(
                Holding(person, head, 0.85, "rank before name"), title, None, short[0], short[-1] + 1, True
            )
        return begin

    def _is_of_longer(self, block: int, last: int) -> bool:
        """Tell "Lady" of "First Lady A" from a form of address."""
        known = self.lexicon.tables.titles
        return any(self.parsed.text(i, last + 1).lower() in known for i in range(max(block, last - 4), last))

    def _behind(self, last: int, head: Token, person: str) -> None:
        """ "Simon Reed QC": the letters of an office behind the name."""
        letters = self.parsed.tokens[last - 1]
        if letters.text.isupper() and letters.text.lower() in self.lexicon.tables.constructions.behind_names:
            self._add(
                Holding(person, head, 0.85, "letters behind a name"), letters.text, None, last - 1, last
            )

    def _from_title(
        self, begin: int, end: int, person: str, head: Token, confidence: float, noun: Token | None = None
    ) -> int:
        """Add the role of the title from `begin` to `end`, with what stands before it; return where all that begins.

        Its noun, where `noun` is None, is the last word before a preposition.
        """
        tokens, parsed = self.parsed.tokens, self.parsed
        stands = self._contender(begin)
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
        inside = (
            None
            if known or noun is not None or begin in self.covered
            else self._inside_organization(begin, end)
        )
        national = walk.noun.lemma.lower() in self.lexicon.tables.constructions.national_titles
        if known and not national and tokens[begin].lemma.lower() in self.lexicon.tables.organization_words:
            inside = next(iter(self._bodies(tokens[begin])), None)  # "Board member A", "Company president A"
        organization = walk.organization or inside or self._owner(head)
        if organization is None and noun is not None:
            organization = self._owner(noun)
        title = self._title_text(walk.title)
        if title:
            officer = walk.noun.lemma.lower() in self._officers
            named = officer and any(self._is_of_a_body(tokens[i]) for i in range(begin, walk.start))
            owned = walk.owned or named
            told = Holding(person, head, confidence, "title before name", former=walk.former)
            self._add(told, title, organization, begin, end, owned)
        return walk.probe + 1

    def _is_of_a_body(self, word: Token) -> bool:
        """Tell "Assembly" of "Assembly president", a word for a body or of a name that is not known."""
        body = word.text.lower() in self.lexicon.tables.organization_words
        return body or (word.pos == "PROPN" and not self._is_role_noun(word) and not self._is_rank(word))

    def _step(self, walk: TitleWalk, block: int) -> bool:
        """Take the word before a title along, or pass it over; return False where the title's phrase begins."""
        token = self.parsed.tokens[walk.probe]
        lower = token.text.lower()
        if walk.probe in self.covered:
            return self._over_name(walk)
        if self._is_former(token):
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
        if self.parsed.tokens[walk.probe + 1].lemma.lower() == "affair":  # "Russian affairs expert"
            walk.title.insert(0, walk.probe)
            return False
        link = self.covered[walk.probe]
        entity = link.entities[0]
        if self._is_field(entity, walk.noun):
            walk.begin = link.first
            walk.title = [*range(link.first, link.last), *walk.title]
        elif self.people.kinds.get(entity) in BODIES and walk.organization is None:
            if self._is_of_unnamed_body(link.last, walk):  # "Brazilian federation chief A"
                return False
            words = self.parsed.text(link.first, link.last).lower()
            partisan = words in self.lexicon.tables.constructions.party_words
            if partisan and self._is_of_a_place(walk.noun.text) and not self._stands(walk.noun):
                pass  # "Democratic mayor A" is mayor of a town
            elif not self._is_nationality(link.first, link.last, entity, walk.noun):
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
        """Tell whether a word for a body without a name stands between a country and the office."""
        sets = self.lexicon.tables.constructions
        between = self.parsed.tokens[first : max(first, walk.noun.i)]
        return any(t.text in sets.employers and t.text not in sets.bodies_of_fields for t in between)

    def _over_word(self, token: Token, walk: TitleWalk) -> bool:
        """Take a modifier before a title along, unless it belongs to the name of a body; return False at another
        title.
        """
        if self._is_form_of_address(token):  # "Mr Justice A"
            walk.probe -= 1
            return True
        named = self._named(token.text) if walk.organization is None and token.pos == "PROPN" else None
        if named is not None:  # "Norwind" in "Norwind chief executive A" was not seen to be a name
            walk.organization = named
            walk.title = self._common(walk.title, walk.start)
        elif walk.probe == walk.begin - 1 and self._is_address(walk.begin) and self._is_role_noun(token):
            return False
        elif walk.organization is None and (token.pos != "ADJ" or self._is_of_compound(token, walk)):
            walk.title.insert(0, walk.probe)
            walk.begin = walk.probe
            if token.text.lower() in self.lexicon.tables.organization_words:
                walk.organization = self._described(token)  # "team member": the team that was spoken of
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
        return (joined or first.head in walk.title) and not self._is_role_noun(first)

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
