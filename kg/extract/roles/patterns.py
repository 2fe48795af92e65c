"""Who holds which position where: titles before names, appositions, copulas, "of" phrases and relative clauses."""

from __future__ import annotations

from kg.extract.participants import Participants
from kg.extract.roles.appositions import AppositionReader
from kg.extract.roles.clauses import ClauseReader
from kg.extract.roles.gathering import GatheredRoles
from kg.extract.roles.lists import TitleListReader
from kg.extract.roles.phrases import OfficePhraseReader
from kg.extract.roles.title_walk import TitleWalker
from kg.extract.roles.titles import TitleReader
from kg.extract.roles.words import RoleWords
from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind, Role
from kg.parsed import Resolved


class RolePatterns:
    """Collects the roles of one resolved article; call `run` once."""

    def __init__(self, resolved: Resolved, people: Participants, lexicon: Lexicon) -> None:
        self._words = words = RoleWords(resolved, people, lexicon)
        self._gathered = gathered = GatheredRoles(words)
        phrases, lists = OfficePhraseReader(words, gathered), TitleListReader(words, gathered)
        self._titles = TitleReader(words, gathered, lists, TitleWalker(words, gathered))
        self._appositions = AppositionReader(words, gathered, phrases, lists, self._titles)
        self._clauses = ClauseReader(words, gathered, phrases, self._appositions)

    def run(self) -> list[Role]:
        """Return each role once, in the order of the text; the telling that names an organisation goes
        before one that does not.
        """
        words = self._words
        for link in words.resolved.links:
            if len(link.entities) != 1 or words.people.kinds.get(link.entities[0]) is not Kind.PERSON:
                continue
            head, person = words.parsed.tokens[link.head], link.entities[0]
            if link.kind is MentionKind.NAME:
                self._titles.before(link.first, head, person)
                self._titles.behind(link.last, head, person)
                self._appositions.appositions(head, person)
            self._clauses.predicate(head, person)
            self._appositions.opening_noun(head, person)
        self._clauses.as_phrases()
        self._clauses.infinitives()
        self._clauses.tenures()
        return self._gathered.settled()
