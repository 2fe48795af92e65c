"""Positions that stand in apposition to a name, or open the sentence before it."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.roles.gathering import GatheredRoles, Holding
from kg.extract.roles.lists import TitleListReader
from kg.extract.roles.modality import modality_of_question
from kg.extract.roles.phrases import OfficePhraseReader
from kg.extract.roles.titles import TitleReader
from kg.extract.roles.words import BODIES, RoleWords
from kg.extract.syntax import conjuncts, office_of
from kg.model import Kind, Modality, Role
from kg.parsed import Token


class AppositionReader:
    """Reads the positions that one article tells in apposition to names, or right behind them."""

    def __init__(
        self,
        words: RoleWords,
        gathered: GatheredRoles,
        phrases: OfficePhraseReader,
        lists: TitleListReader,
        titles: TitleReader,
    ) -> None:
        self.words, self.gathered, self.phrases = words, gathered, phrases
        self.lists, self.titles = lists, titles
        self.parsed, self.people, self.lexicon = words.parsed, words.people, words.lexicon
        self.covered = words.covered

    def appositions(self, head: Token, person: str) -> None:
        """Read the titles that stand in apposition to a name, before and behind it."""
        parsed = self.parsed
        for child in parsed.dependents(head, "appos"):
            self._behind_name_apposed(child, head, person)
        governor = parsed.tokens[head.head]
        if head.left > 0 and parsed.tokens[self._first(head) - 1].text == "vice":
            return  # "to be Secretary, vice A": in whose place
        if self._is_behind_another(governor, person):
            return  # "A, the finance minister, B, the interior minister": the parser hangs B on A's title
        if head.dep == "appos" and governor.i not in self.covered and self.words.is_role_noun(governor):
            if governor.tag in ("NNS", "NNPS"):
                # "acting through his lawyers, A said" makes nobody a lawyer
                if len(self.lists.members(head)) > 1:
                    self.lists.listed(governor, head)
            else:
                above = parsed.tokens[governor.head]
                if governor.dep == "conj" and above.tag == governor.tag and self.words.is_role_noun(above):
                    governor = (
                        above  # "Norwind president and chief executive, A": the parser hangs A on the second
                    )
                for noun in conjuncts(parsed, governor):
                    if noun.i < head.i and self.words.is_role_noun(noun) and noun.i not in self.covered:
                        self.phrases.noun_phrase(noun, Holding(person, head, 0.85, "apposition"))
        self._hung_before(head, person)
        if head.dep in ("conj",) and governor.pos in ("NOUN", "PROPN"):
            return
        self._complete(head, person)

    def _is_behind_another(self, noun: Token, person: str) -> bool:
        """Tell a title in apposition behind the name of another person."""
        above = self.people.linked(self.parsed.tokens[noun.head]) if noun.dep == "appos" else ()
        return any(e != person and self.people.kinds.get(e) is Kind.PERSON for e in above)

    def _first(self, head: Token) -> int:
        link = self.covered.get(head.i)
        return link.first if link is not None else head.left

    def _behind_name_apposed(self, child: Token, head: Token, person: str) -> None:
        """Read the titles that "and" joins in one apposition behind a name."""
        parsed = self.parsed
        for noun in conjuncts(parsed, child):
            if self.is_of_all(noun, head, person, "apposition"):
                continue
            if (
                self.words.is_role_noun(noun)
                and noun.i not in self.covered
                and noun.tag not in ("NNS", "NNPS")
                and not self._leads_to_another(noun, person)
            ):
                asked = modality_of_question(parsed, head)
                self.phrases.noun_phrase(noun, Holding(person, head, 0.9, "apposition", modality=asked))
                self.behind_comma(noun, person)

    def is_of_all(
        self, noun: Token, head: Token, person: str, how: str, modality: Modality = Modality.ASSERTED
    ) -> bool:
        """ "A, one of the authors", "A and B, both authors", "A and B were farmers": add the roles, and tell whether
        there are any.
        """
        title = self.lists.of_several(noun)
        holders = [(person, head)] if title is not None and noun.lemma.lower() == "one" else []
        if not holders and (title is not None or self.words.is_several(noun)) and noun.i not in self.covered:
            holders = self.lists.together(noun, head)
        for each, name in holders:
            self.phrases.noun_phrase(title or noun, Holding(each, name, 0.75, how, modality=modality))
        return bool(holders)

    def opening_noun(self, head: Token, person: str) -> None:
        """ "A subsistence farmer, he grew rice": what opens a sentence before its subject says what that is."""
        tokens, begin = self.parsed.tokens, self.parsed.sentences[head.sent].first
        comma = head.left - 1
        if head.dep not in ("nsubj", "nsubjpass") or comma <= begin or tokens[comma].text != ",":
            return
        if tokens[begin].text.lower() not in ("a", "an"):
            return
        for noun in tokens[begin + 1 : comma]:
            if noun.pos in ("VERB", "AUX", "PRON"):
                return
            if (
                noun.left == begin
                and noun.tag == "NN"
                and self.words.is_role_noun(noun)
                and noun.right < comma
            ):
                self.phrases.noun_phrase(noun, Holding(person, head, 0.8, "opening of the sentence"))
                return

    def _leads_to_another(self, noun: Token, person: str) -> bool:
        """ "A, state representative and former speaker B": the title before the next name is that person's."""
        i, tokens = noun.i + 1, self.parsed.tokens
        stop = self.parsed.sentences[noun.sent].last
        if self._is_before_another(noun, stop):
            return True
        while (
            i < stop
            and not self.words.is_person(i)
            and (i not in self.covered or self._is_in_brackets(noun.i, i))
            and (
                tokens[i].text.lower() in ("and", "&", "(", ")")
                or self._is_in_brackets(noun.i, i)
                or tokens[i].text.lower() in self.lexicon.tables.former
                or self.words.is_role_noun(tokens[i])
                or tokens[i].dep in ("compound", "amod")
            )
        ):
            i += 1
        link = self.covered.get(i) if i < stop else None
        if link is None or len(link.entities) != 1 or link.entities[0] == person:
            return False
        return self.people.kinds.get(link.entities[0]) is Kind.PERSON

    def _is_before_another(self, noun: Token, stop: int) -> bool:
        """ "A, Minister of State for Foreign Affairs B": the office stands before the next name."""
        link = next((self.covered[i] for i in range(noun.i + 1, stop) if self.words.is_person(i)), None)
        if link is None:
            return False
        office = self.titles.office_phrase(noun.i - 1, link.first)
        return office is not None and office[0] <= noun.i

    def _is_in_brackets(self, first: int, index: int) -> bool:
        words = [token.text for token in self.parsed.tokens[first + 1 : index]]
        return "(" in words and ")" not in words

    def behind_comma(self, noun: Token, person: str) -> None:
        """ "A, administrator, Harbour Agency, said": the body of a title that has none stands behind a comma."""
        tokens = self.parsed.tokens[noun.i + 1 : noun.i + 3]
        link = self.covered.get(noun.i + 2)
        if len(tokens) < 2 or tokens[0].text != "," or link is None:
            return
        after = self.parsed.tokens[link.last : link.last + 1]
        closed = not after or after[0].text in (",", "(", ".", ";", ")") or after[0].pos in ("VERB", "AUX")
        if closed and self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION and self.gathered.found:
            last = self.gathered.found[-1]
            if last.person == person and last.organization is None:
                self.gathered.found[-1] = replace(last, organization=link.entities[0])

    def _hung_before(self, head: Token, person: str) -> None:
        """ "With the votes of the Left Bloc, the minister for works, A, said": the parser hangs the title on what
        goes before, and the name on that or on the verb.
        """
        tokens, last = self.parsed.tokens, head.left - 2
        if last < 0 or tokens[last + 1].text != "," or tokens[last].sent != head.sent:
            return
        noun = self.parsed.climb(
            tokens[last], lambda node: node.dep != "appos" and tokens[node.head].right == last
        )
        if noun.dep != "appos" or noun.right != last or noun.head == head.i or noun.i in self.covered:
            return
        owners = self.people.linked(tokens[noun.head])
        if self.words.is_role_noun(noun) and not any(self.people.kinds.get(o) is Kind.PERSON for o in owners):
            self.phrases.noun_phrase(noun, Holding(person, head, 0.75, "apposition"))

    def _complete(self, head: Token, person: str) -> None:
        """ "Kramer of Harvard", "Senators A of X", "Professor A at the University of X": only with a title that lacks
        its body.
        """
        told = self._behind_name(head)
        if told is None:
            return
        preposition, body = told
        for index, role in enumerate(self.gathered.found):
            if role.person != person or role.sentence != self.parsed.sentence_span(head):
                continue
            told_behind = {"of", "at", "for"} & {*role.span.of(self.parsed.article.text).split()}
            of_a_place = self.words.is_of_a_place(role.title)
            placed = of_a_place and preposition != "at" and not told_behind and not self.words.is_party(body)
            # "President A at the Vatican" is there as a guest
            if placed or (self._lacks_body(role, body) and not (of_a_place and preposition == "at")):
                self.gathered.found[index] = replace(role, organization=body)

    def _behind_name(self, head: Token) -> tuple[str, str] | None:
        """Return the preposition behind a name and the body that it brings: as the parser sees it, or as it stands."""
        for preposition in self.parsed.dependents(head, "prep"):
            if preposition.text.lower() in ("of", "from", "at"):
                for inner in self.parsed.dependents(preposition, "pobj"):
                    if bodies := self.words.bodies(inner):
                        return preposition.text.lower(), bodies[0]
        link = self.covered.get(head.i)
        after = link.last if link is not None else head.i + 1
        tokens = self.parsed.tokens[after : after + 4]
        if len(tokens) < 2 or tokens[0].text.lower() not in ("of", "from", "at"):
            return None
        name = self.covered.get(tokens[1].i + (tokens[1].text.lower() == "the"))
        if name is None or self.people.kinds.get(name.entities[0]) not in BODIES:
            return None
        return tokens[0].text.lower(), name.entities[0]

    def _lacks_body(self, role: Role, body: str) -> bool:
        """ "Opposition leader A of the Labour Party": any title may have its organisation behind the name."""
        sets = self.lexicon.tables.constructions
        free = sets.titles_without_bodies
        if self.words.is_party(body) and office_of(role.title) in sets.lawmakers | {"parliament"}:
            return False  # "MP A of the Green Party"
        return (
            role.organization is None
            and role.title.lower().split()[-1] not in free
            and self.people.kinds.get(body) is Kind.ORGANIZATION
        )
