"""Who holds which position where: titles before names, appositions, copulas, "of" phrases and relative clauses."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.role_modality import modality_of_holding, modality_of_question
from kg.extract.role_organizations import BODIES
from kg.extract.role_phrases import Holding
from kg.extract.role_titles import RoleTitles
from kg.extract.syntax import (
    conjuncts,
    is_passive,
    logical_object,
    logical_subject,
    office_of,
    prepositional,
    subject,
)
from kg.model import Kind, MentionKind, Modality, Role
from kg.parsed import Token

PRESENT = ("VBZ", "VBP")
SERVING = ("serve", "work", "act", "study")


class RolePatterns(RoleTitles):
    """Collects the roles of one resolved article; call `run` once."""

    def run(self) -> list[Role]:
        """Return each role once, in the order of the text; the telling that names an organisation goes
        before one that does not.
        """
        for link in self.resolved.links:
            if len(link.entities) != 1 or self.people.kinds.get(link.entities[0]) is not Kind.PERSON:
                continue
            head, person = self.parsed.tokens[link.head], link.entities[0]
            if link.kind.value == "name":
                self._before(link.first, head, person)
                self._behind(link.last, head, person)
                self._appositions(head, person)
            self._predicate(head, person)
            self._opening_noun(head, person)
        self._as_phrases()
        self._infinitives()
        self._tenures()
        self._owned_names()
        self._shared_bodies()
        self._shared_countries()
        self._shared_in_succession()
        for index, name in self._bare.items():
            role = self.found[index]
            if role.organization is None:
                self.found[index] = replace(role, organization=self._implied(role.title.lower(), name))
        return self._unique()

    def _owned_names(self) -> None:
        """ "Labour's Keir Starmer, who was elected leader": the possessor of the name is the body of the title."""
        for index, role in enumerate(self.found):
            if role.organization is not None:
                continue
            for link in self.resolved.links:
                head = self.parsed.tokens[link.head]
                if link.kind is not MentionKind.NAME or link.entities != (role.person,):
                    continue
                if self.parsed.sentence_span(head) != role.sentence:
                    continue
                for owner in self.parsed.dependents(head, "poss"):
                    if bodies := self._bodies(owner):
                        self.found[index] = replace(role, organization=bodies[0])

    def _shared_bodies(self) -> None:
        """ "The chairman and chief executive of Norwind, A": one body of two offices that "and" joins."""
        text = self.parsed.article.text
        for index, role in enumerate(self.found):
            if role.organization is not None or role.title.lower().split()[-1] not in self._officers:
                continue
            if {"of", "at", "for"} & {*role.span.of(text).split()}:  # "owner of the website"
                continue
            for other in self.found:
                first, second = sorted((role.span, other.span), key=lambda span: span.begin)
                joined = text[first.end : second.begin].strip(" ,") in (
                    "and",
                    "&",
                    "and a",
                    "and an",
                    "and the",
                )
                before = other.span is second or not {"of", "at", "for"} & {*other.span.of(text).split()}
                if other.person == role.person and other.organization and joined and before:
                    self.found[index] = replace(role, organization=other.organization)

    def _shared_in_succession(self) -> None:
        """ "Sworn in as prime minister of Norland, succeeding interim prime minister A": the office is one."""
        sets = self.lexicon.tables.constructions
        for index, role in enumerate(self.found):
            if role.organization is not None:
                continue
            changed = any(t.lemma.lower() in sets.role_changes for t in self.parsed.tokens_in(role.sentence))
            for other in self.found if changed else ():
                apart = other.person != role.person and other.sentence == role.sentence
                if apart and other.organization and office_of(other.title) == office_of(role.title):
                    self.found[index] = replace(role, organization=other.organization)

    def _shared_countries(self) -> None:
        """ "Iran's chief negotiator, Deputy Foreign Minister A": one country of two offices that one sentence tells."""
        sets = self.lexicon.tables.constructions
        for index, role in enumerate(self.found):
            words = role.title.lower().split()
            national = words[-1] in sets.national_titles or words[0] == "presidential"
            if role.organization is not None or not national:
                continue
            for other in self.found:
                home = self.entities.get(other.organization or "")
                same = other.person == role.person and other.sentence == role.sentence
                if same and home is not None and "schema:Country" in home.classes:
                    self.found[index] = replace(role, organization=home.id)

    # -- constructions

    def _appositions(self, head: Token, person: str) -> None:
        parsed = self.parsed
        for child in parsed.dependents(head, "appos"):
            self._behind_name_apposed(child, head, person)
        governor = parsed.tokens[head.head]
        if head.left > 0 and parsed.tokens[self._first(head) - 1].text == "vice":
            return  # "to be Secretary, vice A": in whose place
        if self._is_behind_another(governor, person):
            return  # "A, the finance minister, B, the interior minister": the parser hangs B on A's title
        if head.dep == "appos" and governor.i not in self.covered and self._is_role_noun(governor):
            if governor.tag in ("NNS", "NNPS"):
                if len(self._list(head)) > 1:  # "acting through his lawyers, A said" makes nobody a lawyer
                    self._listed(governor, head)
            else:
                above = parsed.tokens[governor.head]
                if governor.dep == "conj" and above.tag == governor.tag and self._is_role_noun(above):
                    governor = (
                        above  # "Norwind president and chief executive, A": the parser hangs A on the second
                    )
                for noun in conjuncts(parsed, governor):
                    if noun.i < head.i and self._is_role_noun(noun) and noun.i not in self.covered:
                        self._noun_phrase(noun, Holding(person, head, 0.85, "apposition"))
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
            if self._is_of_all(noun, head, person, "apposition"):
                continue
            if (
                self._is_role_noun(noun)
                and noun.i not in self.covered
                and noun.tag not in ("NNS", "NNPS")
                and not self._leads_to_another(noun, person)
            ):
                asked = modality_of_question(parsed, head)
                self._noun_phrase(noun, Holding(person, head, 0.9, "apposition", modality=asked))
                self._behind_comma(noun, person)

    def _is_of_all(
        self, noun: Token, head: Token, person: str, how: str, modality: Modality = Modality.ASSERTED
    ) -> bool:
        """ "A, one of the authors", "A and B, both authors", "A and B were farmers": add the roles, and tell whether
        there are any.
        """
        title = self._of_several(noun)
        holders = [(person, head)] if title is not None and noun.lemma.lower() == "one" else []
        if not holders and (title is not None or self._is_several(noun)) and noun.i not in self.covered:
            holders = self._together(noun, head)
        for each, name in holders:
            self._noun_phrase(title or noun, Holding(each, name, 0.75, how, modality=modality))
        return bool(holders)

    def _opening_noun(self, head: Token, person: str) -> None:
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
            if noun.left == begin and noun.tag == "NN" and self._is_role_noun(noun) and noun.right < comma:
                self._noun_phrase(noun, Holding(person, head, 0.8, "opening of the sentence"))
                return

    def _leads_to_another(self, noun: Token, person: str) -> bool:
        """ "A, state representative and former speaker B": the title before the next name is that person's."""
        i, tokens = noun.i + 1, self.parsed.tokens
        stop = self.parsed.sentences[noun.sent].last
        if self._is_before_another(noun, stop):
            return True
        while (
            i < stop
            and not self._is_person(i)
            and (i not in self.covered or self._is_in_brackets(noun.i, i))
            and (
                tokens[i].text.lower() in ("and", "&", "(", ")")
                or self._is_in_brackets(noun.i, i)
                or tokens[i].text.lower() in self.lexicon.tables.former
                or self._is_role_noun(tokens[i])
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
        link = next((self.covered[i] for i in range(noun.i + 1, stop) if self._is_person(i)), None)
        if link is None:
            return False
        office = self._office_phrase(noun.i - 1, link.first)
        return office is not None and office[0] <= noun.i

    def _is_in_brackets(self, first: int, index: int) -> bool:
        words = [token.text for token in self.parsed.tokens[first + 1 : index]]
        return "(" in words and ")" not in words

    def _is_person(self, index: int) -> bool:
        link = self.covered.get(index)
        return link is not None and self.people.kinds.get(link.entities[0]) is Kind.PERSON

    def _behind_comma(self, noun: Token, person: str) -> None:
        """ "A, administrator, Harbour Agency, said": the body of a title that has none stands behind a comma."""
        tokens = self.parsed.tokens[noun.i + 1 : noun.i + 3]
        link = self.covered.get(noun.i + 2)
        if len(tokens) < 2 or tokens[0].text != "," or link is None:
            return
        after = self.parsed.tokens[link.last : link.last + 1]
        closed = not after or after[0].text in (",", "(", ".", ";", ")") or after[0].pos in ("VERB", "AUX")
        if closed and self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION and self.found:
            last = self.found[-1]
            if last.person == person and last.organization is None:
                self.found[-1] = replace(last, organization=link.entities[0])

    def _hung_before(self, head: Token, person: str) -> None:
        """ "With the votes of the Left Bloc, the minister for works, A, said": the parser hangs the title on what
        goes before, and the name on that or on the verb.
        """
        tokens, last = self.parsed.tokens, head.left - 2
        if last < 0 or tokens[last + 1].text != "," or tokens[last].sent != head.sent:
            return
        noun = tokens[last]
        while noun.dep != "appos" and noun.head != noun.i and tokens[noun.head].right == last:
            noun = tokens[noun.head]
        if noun.dep != "appos" or noun.right != last or noun.head == head.i or noun.i in self.covered:
            return
        owners = self.people.linked(tokens[noun.head])
        if self._is_role_noun(noun) and not any(self.people.kinds.get(o) is Kind.PERSON for o in owners):
            self._noun_phrase(noun, Holding(person, head, 0.75, "apposition"))

    def _complete(self, head: Token, person: str) -> None:
        """ "Kramer of Harvard", "Senators A of X", "Professor A at the University of X": only with a title that lacks
        its body.
        """
        told = self._behind_name(head)
        if told is None:
            return
        preposition, body = told
        for index, role in enumerate(self.found):
            if role.person != person or role.sentence != self.parsed.sentence_span(head):
                continue
            told_behind = {"of", "at", "for"} & {*role.span.of(self.parsed.article.text).split()}
            of_a_place = self._is_of_a_place(role.title)
            placed = of_a_place and preposition != "at" and not told_behind and not self._is_party(body)
            # "President A at the Vatican" is there as a guest
            if placed or (self._lacks_body(role, body) and not (of_a_place and preposition == "at")):
                self.found[index] = replace(role, organization=body)

    def _behind_name(self, head: Token) -> tuple[str, str] | None:
        """Return the preposition behind a name and the body that it brings: as the parser sees it, or as it stands."""
        for preposition in self.parsed.dependents(head, "prep"):
            if preposition.text.lower() in ("of", "from", "at"):
                for inner in self.parsed.dependents(preposition, "pobj"):
                    if bodies := self._bodies(inner):
                        return preposition.text.lower(), bodies[0]
        link = self.covered.get(head.i)
        after = link.last if link is not None else head.i + 1
        tokens = self.parsed.tokens[after : after + 4]
        if len(tokens) < 2 or tokens[0].text.lower() not in ("of", "from", "at"):
            return None
        name = self.covered.get(tokens[1].i + (tokens[1].text.lower() == "the"))
        if name is None or self.people.kinds.get(name.entities[0]) not in BODIES:
            return None
        following = self.parsed.tokens[name.last : name.last + 1]
        place = self.people.kinds.get(name.entities[0]) is Kind.PLACE
        if place and following and following[0].text in ("'s", "’s"):  # "A of Norway's harbour board"
            return None
        return tokens[0].text.lower(), name.entities[0]

    def _lacks_body(self, role: Role, body: str) -> bool:
        """ "Opposition leader A of the Labour Party": any title may have its organisation behind the name."""
        sets = self.lexicon.tables.constructions
        free = sets.titles_without_bodies
        if self._is_party(body) and office_of(role.title) in sets.lawmakers | {"parliament"}:
            return False  # "MP A of the Green Party"
        return (
            role.organization is None
            and role.title.lower().split()[-1] not in free
            and self.people.kinds.get(body) is Kind.ORGANIZATION
        )

    def _holding(self, verb: Token, person: str, head: Token) -> None:
        """ "X, who chairs the committee", "X heads the agency": the verb tells the position."""
        title = self.lexicon.tables.constructions.holding.get(verb.lemma.lower())
        if title is None or verb.pos != "VERB" or is_passive(self.parsed, verb):
            return
        for noun in self.parsed.dependents(verb, "dobj"):
            for body in self.people.linked(noun):
                if self.people.kinds.get(body) is Kind.ORGANIZATION:
                    told = Holding(person, head, 0.75, f"{verb.lemma} (verb)", modality=self._how(verb))
                    self._add(told, title, body, verb.i, verb.i + 1)

    def _predicate(self, head: Token, person: str) -> None:
        """ "She was a member of parliament", "Maroni, who is the president of …", "X became chief executive of Y"."""
        parsed = self.parsed
        if head.dep not in ("nsubj", "nsubjpass"):
            return
        verb = parsed.tokens[head.head]
        if verb.lemma in ("be", "become", "remain"):
            modality = self._how(verb)
            for noun in parsed.dependents(verb, "attr"):
                for each in conjuncts(parsed, noun):
                    if self._is_of_all(each, head, person, "copula", modality):
                        continue
                    if (
                        self._is_role_noun(each)
                        and each.i not in self.covered
                        and each.tag not in ("NNS", "NNPS")
                    ):
                        past = verb.lemma == "be" and (
                            (verb.tag == "VBD" and self._dated_past(verb)) or self._is_over(verb)
                        )
                        now = verb.lemma == "be" and verb.tag in PRESENT
                        held = Holding(person, head, 0.75, "copula", past, modality, now)
                        self._noun_phrase(each, held)
        self._holding(verb, person, head)
        for clause in parsed.dependents(head, "relcl"):
            self._holding(clause, person, head)
            if clause.lemma == "be":
                for noun in parsed.dependents(clause, "attr"):
                    if self._is_role_noun(noun):
                        past = clause.tag == "VBD" or self._is_over(clause)
                        how, now = self._how(clause), clause.tag in PRESENT
                        held = Holding(person, head, 0.75, "relative clause", past, how, now)
                        self._noun_phrase(noun, held)

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
        return any(
            (verb.dep == "relcl" and c.text.lower() == "where")
            or c.lemma in ("until", "once", "previously", "formerly")
            or c.text.lower() in ("until", "once", "previously", "formerly", "from", "between")
            for c in self.parsed.dependents(verb)
        )

    def _as_phrases(self) -> None:
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
            persons = [e for e in self.people.linked(holder) if self.people.kinds.get(e) is Kind.PERSON]
            if not persons and holder.dep == "appos":  # "A. Fontes, the Socialist who was elected mayor"
                above = self.people.linked(parsed.tokens[holder.head])
                persons = [e for e in above if self.people.kinds.get(e) is Kind.PERSON]
            for noun in nouns:
                if persons and self._is_role_noun(noun):
                    over = change in ("leave", "dismiss")
                    modality = self._how(verb)
                    if over and modality is not Modality.ASSERTED:
                        over, modality = False, Modality.ASSERTED  # who may or won't resign holds it still
                    over = over or (change == "serve" and self._is_past(verb))
                    now = change == "serve" and any(a.tag in PRESENT for a in parsed.dependents(verb, "aux"))
                    now = now or verb.lemma.lower() in self.lexicon.tables.constructions.inaugurations
                    held = Holding(persons[0], holder, 0.85, "as phrase", over, modality, now)
                    self._noun_phrase(noun, held)
                    if verb.lemma.lower() in self.lexicon.tables.constructions.role_entries:
                        self._entered(verb, persons[0])
            self._employer(verb, holder, change)

    def _tenures(self) -> None:
        """ "During her time as mayor", "in his role as chairman": whose time it is held the position."""
        parsed, sets = self.parsed, self.lexicon.tables.constructions
        for noun in parsed.tokens:
            over = noun.lemma.lower() in sets.tenures or noun.text.lower() in sets.tenures
            if noun.pos != "NOUN" or not (over or noun.lemma.lower() in sets.holdings):
                continue
            title = prepositional(parsed, noun, "as")
            if title is None or not self._is_role_noun(title) or title.i in self.covered:
                continue
            for owner in parsed.dependents(noun, "poss"):
                persons = self.people.linked(owner)
                # "in their capacities as chairman, treasurer and clerk": who is which is not told
                if len(persons) == 1 and self.people.kinds.get(persons[0]) is Kind.PERSON:
                    self._noun_phrase(title, Holding(persons[0], owner, 0.8, "tenure", over))

    def _entered(self, verb: Token, person: str) -> None:
        """ "She joined Norwind as an engineer": what one joins is the body of what one joins it as."""
        bodies = [b for noun in self.parsed.dependents(verb, "dobj") for b in self._bodies(noun)]
        last = self.found[-1] if self.found else None
        if bodies and last is not None and last.person == person and last.organization is None:
            self.found[-1] = replace(last, organization=bodies[0])

    def _infinitives(self) -> None:
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
                if self._is_role_noun(n) and n.i not in self.covered
            ]
            holder = subject(parsed, verb) if nouns else None
            if holder is None:
                continue
            persons = [e for e in self.people.linked(holder) if self.people.kinds.get(e) is Kind.PERSON]
            for noun in nouns:
                if len(persons) == 1 and noun.tag not in ("NNS", "NNPS"):
                    over, how = self._is_over(verb), self._how(verb)
                    self._noun_phrase(noun, Holding(persons[0], holder, 0.7, "infinitive", over, how))
                    self._behind_comma(noun, persons[0])

    def _employer(self, verb: Token, holder: Token, change: str) -> None:
        """ "The club sacked manager A. Moyes": who appoints or dismisses is the body of the title before the name."""
        boss = logical_subject(self.parsed, verb) if change in ("appoint", "dismiss") else None
        bodies = self._bodies(boss) if boss else []
        for index, role in enumerate(self.found):
            here = role.sentence == self.parsed.sentence_span(verb) and role.person in self.people.linked(
                holder
            )
            if bodies and here and role.organization is None:
                self.found[index] = replace(role, organization=bodies[0])
