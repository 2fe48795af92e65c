"""Positions that several people hold at once: titles before, behind and above a list of names."""

from __future__ import annotations

from kg.extract.roles.gathering import GatheredRoles, Holding
from kg.extract.roles.words import BODIES, RoleWords
from kg.extract.syntax import conjuncts, prepositional, singular
from kg.model import Kind
from kg.parsed import Token


class TitleListReader:
    """Reads the titles that one article tells of several people at once."""

    def __init__(self, words: RoleWords, gathered: GatheredRoles) -> None:
        self.words, self.gathered = words, gathered
        self.parsed, self.people, self.lexicon = words.parsed, words.people, words.lexicon
        self.covered = words.covered

    def plural_rank(self, first: int, head: Token) -> bool:
        """ "Sens. A and B": the short form of an office before a list of its holders."""
        tokens, ranks = self.parsed.tokens, self.lexicon.tables.constructions.plural_ranks
        last = first - 1 - (first > 0 and tokens[first - 1].text == ".")
        if last < self.parsed.blocks[head.block].first:
            return False
        title = ranks.get(tokens[last].text.lower().rstrip("."))
        if title is None or not tokens[last].text[:1].isupper():
            return False
        self.each(self.members(head), title, None, last, first)
        return True

    def members(self, head: Token) -> list[Token]:
        """Return the heads of the names that stand in one list with a first one, "of Texas" and brackets between: as
        the parser joins them, or as they stand.
        """
        tokens, found = self.parsed.tokens, [head]
        for member in conjuncts(self.parsed, head)[1:]:
            if self._has_own_title(member):  # "English artists A, B and American artist C"
                break
            found.append(member)
        stop = self.parsed.sentences[head.sent].last
        i = self.covered[head.i].last if head.i in self.covered else head.i + 1
        joined = False
        while i < stop:
            link, word = self.covered.get(i), tokens[i].text.lower()
            if link is not None:
                kind = self.people.kinds.get(link.entities[0])
                if kind is Kind.PERSON and joined:
                    if self._has_own_title(tokens[link.head]):
                        break
                    if not any(link.first <= t.i < link.last for t in found):
                        found.append(tokens[link.head])
                elif kind not in BODIES:
                    break
                i, joined = link.last, False
            elif word in (",", "and", "&"):
                i, joined = i + 1, True
            elif word in ("of", "from", "the", "(", ")"):
                i += 1
            else:
                break
        return found

    def _has_own_title(self, member: Token) -> bool:
        link = self.covered.get(member.i)
        before = self.parsed.tokens[(link.first if link is not None else member.left) - 1]
        titled = self.words.is_role_noun(before) or self.words.is_several(before)
        return before.i < member.i and titled and before.i not in self.covered

    def listed(self, noun: Token, head: Token) -> None:
        """ "Senators A of X and B of Y": each person of the list holds the title, each with the body
        beside the name.
        """
        organization = self._body_of_all(noun)
        begin, title = self.singular(noun)
        self.each(self.members(head), title, organization, begin, noun.i + 1)

    def _body_of_all(self, noun: Token) -> str | None:
        """Return the body that stands within a title in the plural; where artists come from is none."""
        for i in range(noun.left, noun.i):
            link = self.covered.get(i)
            if link is not None and self.people.kinds.get(link.entities[0]) in BODIES:
                entity = link.entities[0]
                return None if self.words.is_nationality(link.first, link.last, entity, noun) else entity
        return None

    def examples(self, first: int, head: Token) -> bool:
        """ "Artists such as A and B", "officials, including A": names that stand as examples of many."""
        tokens, block = self.parsed.tokens, self.parsed.blocks[head.block].first
        last = first - 1
        if last - 1 > block and [t.text.lower() for t in tokens[last - 1 : first]] == ["such", "as"]:
            last -= 2
        elif last > block and tokens[last].text.lower() == "including":
            last -= 1 + (tokens[last - 1].text == ",")
        else:
            return False
        if last < block or last in self.covered or not self.words.is_several(tokens[last]):
            return False
        self.listed(tokens[last], head)
        return True

    def of_several(self, noun: Token) -> Token | None:
        """Return the title in "one of the authors" and "two of its founders", or None."""
        if noun.tag != "CD" and noun.text.lower() != "one":
            return None
        title = prepositional(self.parsed, noun, "of")
        return (
            title
            if title is not None and self.words.is_several(title) and title.i not in self.covered
            else None
        )

    def together(self, noun: Token, head: Token) -> list[tuple[str, Token]]:
        """Return who is meant by a title in the plural that stands with one name of a list: all of the list, each with
        the name; nobody where there is no list ("A, members said").
        """
        found = [
            (person, member)
            for member in conjuncts(self.parsed, self.parsed.top(head, "conj"))
            for person in self.people.of_kind(member, Kind.PERSON)
        ]
        return found if len(found) > 1 else []

    def singular(self, noun: Token) -> tuple[int, str]:
        """Return where a title in the plural begins, and the title of one: "special envoy" of "special envoys"."""
        begin = self._begin_of_several(noun)
        before = self.parsed.text(begin, noun.i).split() if begin < noun.i else []
        return begin, " ".join([*before, singular(noun)])

    def _begin_of_several(self, noun: Token) -> int:
        """Return where a title in the plural begins: a known one, or its noun with what stands before it."""
        parsed, block, one = self.parsed, self.parsed.blocks[noun.block].first, singular(noun)
        for begin in range(max(block, noun.i - 4), noun.i):
            known = f"{parsed.text(begin, noun.i)} {one}".lower() in self.lexicon.tables.titles
            if known and begin not in self.covered:
                return begin
        begin = noun.i
        while begin > block and self._is_of_title(parsed.tokens[begin - 1], noun):
            begin -= 1
        return begin

    def _is_of_title(self, word: Token, noun: Token) -> bool:
        """Tell "visual" of "visual artists" from "Dutch", "six", "former" and praise."""
        left_out = (
            word.text.lower()
            in self.lexicon.tables.constructions.left_out_of_titles
            | self.lexicon.tables.former
            | self.words.doubts
        )
        # "Senior Advisors"
        named = word.pos == "PROPN" and word.text[:1].isupper() and noun.text[:1].isupper()
        fits = (word.pos in ("NOUN", "ADJ") or named) and word.dep in ("amod", "compound", "nmod")
        fits = fits and word.head >= noun.i
        return fits and not left_out and word.i not in self.covered and not self.words.ornament(word)

    def each(self, members: list[Token], title: str, organization: str | None, first: int, last: int) -> None:
        """Give each person of a list the title, with the body beside the name."""
        written = " ".join(self.parsed.text(first, last).split())
        for member in members:
            for person in self.people.of_kind(member, Kind.PERSON):
                body = prepositional(self.parsed, member, "of", "from")
                named = self.words.bodies(body) if body is not None else []
                self.gathered.add(
                    Holding(person, member, 0.85, "title before a list", written=written),
                    title,
                    named[0] if named else organization,
                    first,
                    last,
                )
