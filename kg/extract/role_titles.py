"""Positions that stand right before or behind a name: titles, ranks, lists of holders, letters of an office."""

from __future__ import annotations

from kg.extract.role_bodies import BODIES
from kg.extract.role_phrases import RolePhrases
from kg.extract.syntax import conjuncts, prepositional
from kg.model import Kind
from kg.parsed import Token


class RoleTitles(RolePhrases):
    """The roles of one resolved article that stand beside the names of their holders."""

    def _before(self, first: int, head: Token, person: str) -> None:
        """ "US Secretary of State John Kerry", "team member Rodaba Noori": the title stands right before the name."""
        parsed, tokens = self.parsed, self.parsed.tokens
        block = parsed.blocks[head.block].first
        first = self._ranks(first, head, person)
        for begin in range(max(block, first - 6), first):
            words = parsed.text(begin, first).lower()
            if words in self.lexicon.tables.titles and tokens[first - 1].tag not in ("NNS", "NNPS"):
                self._from_title(begin, first, person, head, 0.92)
                return
        if first == block:
            return
        last = tokens[first - 1]
        if last.tag in ("NNS", "NNPS") and self._is_role_noun(last):
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
            self._from_title(begin, first, person, head, 0.85)

    def _is_hyphen(self, index: int) -> bool:
        before, hyphen = self.parsed.tokens[index - 1 : index + 1]
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
            if tokens[last].text.lower().rstrip(".") not in tables.honorifics:
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
                person, title, None, False, short[0], short[-1] + 1, head, 0.85, "rank before name", True
            )
        return begin

    def _behind(self, last: int, head: Token, person: str) -> None:
        """ "Simon Reed QC": the letters of an office behind the name."""
        letters = self.parsed.tokens[last - 1]
        if letters.text.isupper() and letters.text.lower() in self.lexicon.tables.constructions.behind_names:
            self._add(person, letters.text, None, False, last - 1, last, head, 0.85, "letters behind a name")

    def _listed(self, noun: Token, head: Token) -> None:
        """ "Senators A of X and B of Y": each person of the list holds the title, each with the body
        beside the name.
        """
        organization = self._inside_organization(noun.left, noun.i)
        title = noun.lemma[:1].upper() + noun.lemma[1:] if noun.text[:1].isupper() else noun.lemma
        for member in conjuncts(self.parsed, head):
            for person in self.people.linked(member):
                if self.people.kinds.get(person) is not Kind.PERSON:
                    continue
                body = prepositional(self.parsed, member, "of", "from")
                named = self._bodies(body) if body is not None else []
                self._add(
                    person,
                    title,
                    named[0] if named else organization,
                    False,
                    noun.i,
                    noun.i + 1,
                    member,
                    0.85,
                    "title before a list",
                )

    def _from_title(self, begin: int, end: int, person: str, head: Token, confidence: float) -> None:
        tokens, parsed = self.parsed.tokens, self.parsed
        title_tokens = list(range(begin, end))
        organization: str | None = None
        start, probe = begin, begin - 1
        block = parsed.blocks[head.block].first
        former = False
        while probe >= block and end - probe < 12:
            token = tokens[probe]
            if (
                probe in self.covered and tokens[probe + 1].lemma.lower() == "affair"
            ):  # "Russian affairs expert"
                title_tokens.insert(0, probe)
                probe -= 1
                break
            if probe in self.covered:
                link = self.covered[probe]
                entity = link.entities[0]
                if self._is_field(entity, tokens[end - 1]):
                    begin = link.first
                    title_tokens = [*range(begin, link.last), *title_tokens]
                    probe = begin - 1
                    continue
                if self.people.kinds.get(entity) in BODIES and organization is None:
                    if not self._is_nationality(link.first, link.last, entity, tokens[end - 1]):
                        organization = entity
                        if self.people.kinds.get(entity) is Kind.ORGANIZATION:
                            title_tokens = self._common(title_tokens, start)
                    probe = link.first - 1
                    continue
                break
            lower = token.text.lower()
            if lower in self.lexicon.tables.former:
                former = former or lower not in ("late", "outgoing")
                probe -= 1
                continue
            if (
                token.pos in ("ADJ", "NOUN", "PROPN")
                and token.dep in ("amod", "compound", "nmod")
                and token.text[:1].isalpha()
            ):
                named = self._named(token.text) if organization is None and token.pos == "PROPN" else None
                if named is not None:  # "Norwind" in "Norwind chief executive A" was not seen to be a name
                    organization = named
                    title_tokens = self._common(title_tokens, start)
                    probe -= 1
                    continue
                if organization is None and token.pos != "ADJ":
                    title_tokens.insert(0, probe)
                    begin = probe
                    if (
                        token.text.lower() in self.lexicon.tables.organization_words
                    ):  # "team member": the team that was spoken of
                        organization = self._described(token)
                probe -= 1
                continue
            if (
                title_tokens[0] == probe + 1 and probe > block and self._is_hyphen(probe)
            ):  # "third-grade teacher A"
                begin = probe - 1
                title_tokens = [begin, probe, *title_tokens]
                probe -= 2
                continue
            if lower in ("'s", "’s", "-", "(", ")"):  # "the Coast Guard (CG) commander A"
                probe -= 1
                continue
            break
        known = parsed.text(begin, end).lower() in self.lexicon.tables.titles
        inside = None if known or begin in self.covered else self._inside_organization(begin, end)
        national = tokens[end - 1].lemma.lower() in self.lexicon.tables.constructions.national_titles
        if known and not national and tokens[begin].lemma.lower() in self.lexicon.tables.organization_words:
            inside = next(iter(self._bodies(tokens[begin])), None)  # "Board member A", "Company president A"
        organization = organization or inside or self._owner(head)
        title = self._title_text(title_tokens)
        if title:
            self._add(person, title, organization, former, begin, end, head, confidence, "title before name")

    def _common(self, title: list[int], start: int) -> list[int]:
        """Return the tokens of a title without those of its body's name: "Norwind Ship Works chief A"."""
        return [i for i in title if i >= start or self.parsed.tokens[i].text.islower()]
