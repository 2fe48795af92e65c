"""Positions that verbs and nouns tell: "is", "was appointed as", "chairs", "in her time as"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.logical_objects import logical_object
from kg.extract.roles.appositions import AppositionReader
from kg.extract.roles.gathering import GatheredRoles, Holding
from kg.extract.roles.modality import is_becoming, modality_of_holding
from kg.extract.roles.phrases import OfficePhraseReader
from kg.extract.roles.words import RoleWords
from kg.extract.syntax import conjuncts, is_passive, logical_subject, prepositional, subject
from kg.model import Kind, Modality
from kg.parsed import Token

PRESENT = ("VBZ", "VBP")
SERVING = ("serve", "work", "act", "study")


class ClauseReader:
    """Reads the positions that the verbs and nouns of one article tell."""

    def __init__(
        self,
        words: RoleWords,
        gathered: GatheredRoles,
        phrases: OfficePhraseReader,
        appositions: AppositionReader,
    ) -> None:
        self.words, self.gathered, self.phrases, self.appositions = words, gathered, phrases, appositions
        self.parsed, self.people, self.lexicon = words.parsed, words.people, words.lexicon
        self.covered = words.covered

    def predicate(self, head: Token, person: str) -> None:
        """ "She was a member of parliament", "Maroni, who is the president of …", "X became chief executive of Y"."""
        parsed = self.parsed
        if head.dep not in ("nsubj", "nsubjpass"):
            return
        verb = parsed.tokens[head.head]
        if verb.lemma in ("be", "become", "remain"):
            modality = self._how(verb)
            for noun in parsed.dependents(verb, "attr"):
                for each in conjuncts(parsed, noun):
                    if self.appositions.is_of_all(each, head, person, "copula", modality):
                        continue
                    if (
                        self.words.is_role_noun(each)
                        and each.i not in self.covered
                        and each.tag not in ("NNS", "NNPS")
                    ):
                        past = verb.lemma == "be" and (
                            (verb.tag == "VBD" and self._dated_past(verb)) or self._is_over(verb)
                        )
                        now = verb.tag in PRESENT
                        held = Holding(person, head, 0.75, "copula", past, modality, now)
                        self.phrases.noun_phrase(each, held)
        self._holding(verb, person, head)
        for clause in parsed.dependents(head, "relcl"):
            self._holding(clause, person, head)
            if clause.lemma == "be":
                for noun in parsed.dependents(clause, "attr"):
                    if self.words.is_role_noun(noun):
                        past = clause.tag == "VBD" or self._is_over(clause)
                        how, now = self._how(clause), clause.tag in PRESENT
                        held = Holding(person, head, 0.75, "relative clause", past, how, now)
                        self.phrases.noun_phrase(noun, held)

    def _holding(self, verb: Token, person: str, head: Token) -> None:
        """ "X, who chairs the committee", "X heads the agency": the verb tells the position."""
        title = self.lexicon.tables.constructions.holding.get(verb.lemma.lower())
        if title is None or verb.pos != "VERB" or is_passive(self.parsed, verb):
            return
        for noun in self.parsed.dependents(verb, "dobj"):
            for body in self.people.of_kind(noun, Kind.ORGANIZATION):
                told = Holding(person, head, 0.75, f"{verb.lemma} (verb)", modality=self._how(verb))
                self.gathered.add(told, title, body, verb.i, verb.i + 1)

    def _how(self, verb: Token) -> Modality:
        return modality_of_holding(self.parsed, verb, self.lexicon)

    def _is_over(self, verb: Token) -> bool:
        """Tell "is no longer chairman" and "used to be chairman"."""
        longer = any(c.text.lower() == "longer" for c in self.parsed.dependents(verb, "advmod", "neg"))
        above = self.parsed.tokens[verb.head]
        return longer or (verb.dep == "xcomp" and above.text.lower() == "used")

    def _is_past(self, verb: Token) -> bool:
        """ "She served as chair": the simple past of holding an office tells that it is over."""
        return verb.tag == "VBD" and verb.lemma in SERVING and not self.parsed.dependents(verb, "aux")

    def _dated_past(self, verb: Token) -> bool:
        """Tell "was chairman until 2009" and "from Norwind, where she was chairman"."""
        past = self.lexicon.tables.constructions.of_the_past | {"until", "from", "between"}
        return any(
            (verb.dep == "relcl" and c.text.lower() == "where") or c.text.lower() in past
            for c in self.parsed.dependents(verb)
        )

    def as_phrases(self) -> None:
        """ "forced to resign as minister", "was appointed (as) chairman", "served as ambassador"."""
        parsed = self.parsed
        for verb in parsed.tokens:
            change = (
                self.lexicon.tables.constructions.role_verbs.get(verb.lemma.lower())
                if verb.pos == "VERB"
                else None
            )
            if change is None:
                continue
            holder = (
                logical_object(parsed, verb)
                if change in ("appoint", "dismiss")
                else subject(parsed, verb)
                if not is_passive(parsed, verb)
                else logical_subject(parsed, verb)
            )
            hung = (verb, holder) if holder is not None and holder.i > verb.i else (verb,)
            nouns = [n for n in (prepositional(parsed, word, "as") for word in hung) if n is not None]
            nouns += list(parsed.dependents(verb, "oprd", "attr"))
            changes = verb.lemma.lower() in self.lexicon.tables.constructions.role_changes
            if change in ("appoint", "become") and not nouns and not changes:
                nouns = [c for c in parsed.dependents(verb, "dobj") if holder is not None and c.i != holder.i]
            if holder is None:
                continue
            persons = self.people.of_kind(holder, Kind.PERSON)
            if not persons and holder.dep == "appos":  # "A. Fontes, the Socialist who was elected mayor"
                persons = self.people.of_kind(parsed.tokens[holder.head], Kind.PERSON)
            for noun in nouns:
                if persons and self.words.is_role_noun(noun):
                    over = change in ("leave", "dismiss")
                    modality = self._how(verb)
                    if over and modality is not Modality.ASSERTED:
                        over, modality = False, Modality.ASSERTED  # who may or won't resign holds it still
                    over = over or (change == "serve" and self._is_past(verb))
                    now = change == "serve" and any(a.tag in PRESENT for a in parsed.dependents(verb, "aux"))
                    now = now or verb.lemma.lower() in self.lexicon.tables.constructions.inaugurations
                    now = now or is_becoming(verb)
                    held = Holding(persons[0], holder, 0.85, "as phrase", over, modality, now)
                    self.phrases.noun_phrase(noun, held)
                    if verb.lemma.lower() in self.lexicon.tables.constructions.role_entries:
                        self._entered(verb, persons[0])
            self._employer(verb, holder, change)

    def tenures(self) -> None:
        """ "During her time as mayor", "in his role as chairman": whose time it is held the position."""
        parsed, sets = self.parsed, self.lexicon.tables.constructions
        for noun in parsed.tokens:
            over = noun.lemma.lower() in sets.tenures or noun.text.lower() in sets.tenures
            if noun.pos != "NOUN" or not (over or noun.lemma.lower() in sets.holdings):
                continue
            title = prepositional(parsed, noun, "as")
            if title is None or not self.words.is_role_noun(title) or title.i in self.covered:
                continue
            for owner in parsed.dependents(noun, "poss"):
                persons = self.people.linked(owner)
                # "in their capacities as chairman, treasurer and clerk": who is which is not told
                if len(persons) == 1 and self.people.kinds.get(persons[0]) is Kind.PERSON:
                    self.phrases.noun_phrase(title, Holding(persons[0], owner, 0.8, "tenure", over))

    def _entered(self, verb: Token, person: str) -> None:
        """ "She joined Norwind as an engineer": what one joins is the body of what one joins it as."""
        bodies = [b for noun in self.parsed.dependents(verb, "dobj") for b in self.words.bodies(noun)]
        last = self.gathered.found[-1] if self.gathered.found else None
        if bodies and last is not None and last.person == person and last.organization is None:
            self.gathered.found[-1] = replace(last, organization=bodies[0])

    def infinitives(self) -> None:
        """ "Hopes to be mayor", "denied being a member", "used to be the captain": whose position it is, the verb
        above says.
        """
        parsed = self.parsed
        for verb in parsed.tokens:
            if verb.lemma != "be" or verb.tag not in ("VB", "VBG", "VBN") or parsed.dependents(verb, "nsubj"):
                continue
            nouns = [
                n
                for n in parsed.dependents(verb, "attr")
                if self.words.is_role_noun(n) and n.i not in self.covered
            ]
            holder = subject(parsed, verb) if nouns else None
            if holder is None:
                continue
            persons = self.people.of_kind(holder, Kind.PERSON)
            for noun in nouns:
                if len(persons) == 1 and noun.tag not in ("NNS", "NNPS"):
                    over, how = self._is_over(verb), self._how(verb)
                    self.phrases.noun_phrase(noun, Holding(persons[0], holder, 0.7, "infinitive", over, how))
                    self.appositions.behind_comma(noun, persons[0])

    def _employer(self, verb: Token, holder: Token, change: str) -> None:
        """ "The club sacked manager A. Moyes": who appoints or dismisses is the body of the title before the name."""
        boss = logical_subject(self.parsed, verb) if change in ("appoint", "dismiss") else None
        bodies = self.words.bodies(boss) if boss else []
        for index, role in enumerate(self.gathered.found):
            here = role.sentence == self.parsed.sentence_span(verb) and role.person in self.people.linked(
                holder
            )
            if bodies and here and role.organization is None:
                self.gathered.found[index] = replace(role, organization=bodies[0])
