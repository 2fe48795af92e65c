"""Positions that stand right before or behind a name: titles, ranks, letters of an office."""

from __future__ import annotations

from kg.extract.roles.gathering import GatheredRoles, Holding
from kg.extract.roles.lists import TitleListReader
from kg.extract.roles.title_walk import TitleWalker
from kg.extract.roles.words import BODIES, RoleWords
from kg.model import Kind
from kg.parsed import Token

OFFICE_JOINTS = frozenset({"of", "for", "the", "and", "&", ","})
"""Small words within the field of an office: "Minister of Climate and the Environment"."""


class TitleReader:
    """Reads the positions that stand right before or behind the names of one article."""

    def __init__(
        self, words: RoleWords, gathered: GatheredRoles, lists: TitleListReader, walker: TitleWalker
    ) -> None:
        self.words, self.gathered, self.lists, self.walker = words, gathered, lists, walker
        self.parsed, self.people, self.lexicon = words.parsed, words.people, words.lexicon
        self.covered = words.covered

    def before(self, first: int, head: Token, person: str) -> None:
        """ "US Secretary of State John Kerry", "team member Rodaba Noori": the title stands right before the name."""
        parsed, tokens = self.parsed, self.parsed.tokens
        block = parsed.blocks[head.block].first
        first = self._before_letters(block, first)
        if (
            self._of_a_body(first, head, person)
            or self.lists.plural_rank(first, head)
            or self.lists.examples(first, head)
        ):
            return
        first = self._before_letters(block, self._ranks(first, head, person))
        for begin in range(max(block, first - 6), first):
            words = parsed.text(begin, first).lower()
            if self._is_of_something_else(tokens[first - 1], head):
                break
            if words in self.lexicon.tables.titles and not self.words.is_several(tokens[first - 1]):
                self._joined_before(self.walker.from_title(begin, first, person, head, 0.92), person, head)
                return
        if first == block:
            return
        office = self.office_phrase(block, first)
        if office is not None:
            begin, noun = office
            self.walker.from_title(begin, first, person, head, 0.88, noun)
            return
        last = tokens[first - 1]
        if self._is_of_something_else(last, head):
            return
        if self.words.is_several(last):
            self.lists.listed(last, head)

    def _before_letters(self, block: int, first: int) -> int:
        """ "Member of Parliament (MP) A", "MP (Member of Parliament) A", "head of the Trade Union (TU) A": return where
        the brackets begin, which say the title or its body again.
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
            if last < block or last in self.covered or not (joined or self.walker.is_address(begin)):
                return
            noun = tokens[last]
            if (
                not self.words.is_role_noun(noun)
                or noun.tag in ("NNS", "NNPS")
                or self.words.is_several(noun)
            ):
                return
            start = self._title_before(block, last)
            before = tokens[start - 1].text.lower() if start > block else ""
            if joined and before in ("a", "an", "the", "his", "her", "their", "its", "for", "as"):
                return  # "the minister and singer A" may be two people
            begin = self.walker.from_title(start, last + 1, person, head, 0.8)

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
        if self.words.is_several(office):  # "members of the House of Lords A and B"
            begin, title = self.lists.singular(office)
            self.lists.each(self.lists.members(head), title, link.entities[0], begin, of)
            return True
        if not self.words.is_role_noun(office):
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
        title = self.words.title_text(list(range(begin, of)))
        former = before in self.lexicon.tables.former
        self.gathered.add(
            Holding(person, head, 0.88, "title and body before name", former=former),
            title,
            link.entities[0],
            begin,
            link.last,
        )
        return True

    def office_phrase(self, block: int, first: int) -> tuple[int, Token] | None:
        """Return where "Minister of State for Foreign Affairs" before a name begins, and its office: a preposition and
        words in capitals, or those of a field behind an office of a state.
        """
        tokens, tables = self.parsed.tokens, self.lexicon.tables
        probe = first - 1
        if (
            probe <= block
            or tokens[probe].pos not in ("NOUN", "PROPN")
            or self.words.is_role_noun(tokens[probe])
        ):
            return None
        while probe > block and first - probe < 10:
            word = tokens[probe]
            link = self.covered.get(probe)
            office = tokens[probe - 1]
            if word.text.lower() in ("of", "for", "to") and self.words.is_role_noun(office):
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
        if any(self.words.is_role_noun(t) for t in field) or office.tag in ("NNS", "NNPS"):
            return None
        to = office.i - 1 - (tokens[office.i - 1].text.lower() == "the")
        if to > block and tokens[to].text == "to":
            outer = tokens[to - 1]
            if self.words.is_rank(outer) or self.words.is_role_noun(outer):
                office = outer  # "Assistant to the President for Trade A"
        begin = office.i - len(self.words.known_title(office))
        while begin > block and begin - 1 not in self.covered and self.words.is_rank(tokens[begin - 1]):
            begin -= 1
        return begin, office

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
            self.gathered.add(
                Holding(person, head, 0.85, "rank before name"), title, None, short[0], short[-1] + 1, True
            )
        return begin

    def _is_of_longer(self, block: int, last: int) -> bool:
        """Tell "Lady" of "First Lady A" from a form of address."""
        known = self.lexicon.tables.titles
        return any(self.parsed.text(i, last + 1).lower() in known for i in range(max(block, last - 4), last))

    def behind(self, last: int, head: Token, person: str) -> None:
        """ "Simon Reed QC": the letters of an office behind the name."""
        letters = self.parsed.tokens[last - 1]
        if letters.text.isupper() and letters.text.lower() in self.lexicon.tables.constructions.behind_names:
            self.gathered.add(
                Holding(person, head, 0.85, "letters behind a name"), letters.text, None, last - 1, last
            )
