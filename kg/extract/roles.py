"""Who holds which position where: titles before names, appositions, copulas, "of" phrases and relative clauses."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.role_bodies import BODIES
from kg.extract.role_phrases import RolePhrases
from kg.extract.syntax import conjuncts, is_passive, logical_object, logical_subject, prepositional, subject
from kg.model import Kind, Role
from kg.parsed import Token


class RoleFinder(RolePhrases):
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
        self._as_phrases()
        self._owned_names()
        self._shared_bodies()
        return self._unique()

    def _owned_names(self) -> None:
        """ "Labour's Keir Starmer, who was elected leader": the possessor of the name is the body of the title."""
        for index, role in enumerate(self.found):
            if role.organization is not None:
                continue
            for link in self.resolved.links:
                head = self.parsed.tokens[link.head]
                if link.entities != (role.person,) or self.parsed.sentence_span(head) != role.sentence:
                    continue
                for owner in self.parsed.dependents(head, "poss"):
                    if bodies := self._bodies(owner):
                        self.found[index] = replace(role, organization=bodies[0])

    def _shared_bodies(self) -> None:
        """ "The chairman and chief executive of Norwind, A": one body of two offices that "and" joins."""
        officers, text = self.lexicon.tables.constructions.body_officers, self.parsed.article.text
        for index, role in enumerate(self.found):
            if role.organization is not None or role.title.lower().split()[-1] not in officers:
                continue
            for other in self.found:
                first, second = sorted((role.span, other.span), key=lambda span: span.begin)
                joined = text[first.end : second.begin].strip(" ,") in ("and", "&")
                before = other.span is second or not {"of", "at", "for"} & {*other.span.of(text).split()}
                if other.person == role.person and other.organization and joined and before:
                    self.found[index] = replace(role, organization=other.organization)

    # -- constructions

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
            if lower in ("'s", "’s", "-", "(", ")"):  # "the Coast Guard (CG) commander A"
                probe -= 1
                continue
            break
        known = parsed.text(begin, end).lower() in self.lexicon.tables.titles
        inside = None if known else self._inside_organization(begin, end)
        organization = organization or inside or self._owner(head)
        title = self._title_text(title_tokens)
        if title:
            self._add(person, title, organization, former, begin, end, head, confidence, "title before name")

    def _common(self, title: list[int], start: int) -> list[int]:
        """Return the tokens of a title without those of its body's name: "Norwind Ship Works chief A"."""
        return [i for i in title if i >= start or self.parsed.tokens[i].text.islower()]

    def _appositions(self, head: Token, person: str) -> None:
        parsed = self.parsed
        for child in parsed.dependents(head, "appos"):
            for noun in conjuncts(parsed, child):
                if (
                    self._is_role_noun(noun)
                    and noun.i not in self.covered
                    and noun.tag not in ("NNS", "NNPS")
                ):
                    self._noun_phrase(noun, person, head, 0.9, "apposition")
        governor = parsed.tokens[head.head]
        if head.dep == "appos" and governor.i not in self.covered and self._is_role_noun(governor):
            if governor.tag in ("NNS", "NNPS"):
                self._listed(governor, head)
            else:
                for noun in conjuncts(parsed, governor):
                    if noun.i < head.i and self._is_role_noun(noun):
                        self._noun_phrase(noun, person, head, 0.85, "apposition")
        self._hung_before(head, person)
        if head.dep in ("conj",) and governor.pos in ("NOUN", "PROPN"):
            return
        of = self.parsed.dependents(head, "prep")
        for (
            preposition
        ) in of:  # "Kramer of Harvard", "Senators A of X": only with a title that lacks its body
            if preposition.text.lower() in ("of", "from"):
                for inner in self.parsed.dependents(preposition, "pobj"):
                    self._complete(head, person, inner)

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
            self._noun_phrase(noun, person, head, 0.75, "apposition")

    def _complete(self, head: Token, person: str, inner: Token) -> None:
        bodies = self._bodies(inner)
        if not bodies:
            return
        for index, role in enumerate(self.found):
            if (
                role.person == person
                and role.sentence == self.parsed.sentence_span(head)
                and (self._needs_constituency(role.title) or self._lacks_body(role, bodies[0]))
            ):
                self.found[index] = replace(role, organization=bodies[0])

    def _lacks_body(self, role: Role, body: str) -> bool:
        """ "Opposition leader A of the Labour Party": any title may have its organisation behind the name."""
        return role.organization is None and self.people.kinds.get(body) is Kind.ORGANIZATION

    def _holding(self, verb: Token, person: str, head: Token) -> None:
        """ "X, who chairs the committee", "X heads the agency": the verb tells the position."""
        title = self.lexicon.tables.constructions.holding.get(verb.lemma.lower())
        if title is None or verb.pos != "VERB" or is_passive(self.parsed, verb):
            return
        for noun in self.parsed.dependents(verb, "dobj"):
            for body in self.people.linked(noun):
                if self.people.kinds.get(body) is Kind.ORGANIZATION:
                    self._add(
                        person, title, body, False, verb.i, verb.i + 1, head, 0.75, f"{verb.lemma} (verb)"
                    )

    def _predicate(self, head: Token, person: str) -> None:
        """ "She was a member of parliament", "Maroni, who is the president of …", "X became chief executive of Y"."""
        parsed = self.parsed
        if head.dep not in ("nsubj", "nsubjpass"):
            return
        verb = parsed.tokens[head.head]
        if any(c.dep == "neg" or c.tag == "MD" for c in parsed.dependents(verb)):
            return
        if verb.lemma in ("be", "become", "remain"):
            for noun in parsed.dependents(verb, "attr"):
                for each in conjuncts(parsed, noun):
                    if (
                        self._is_role_noun(each)
                        and each.i not in self.covered
                        and each.tag not in ("NNS", "NNPS")
                    ):
                        past = verb.tag == "VBD" and verb.lemma == "be" and self._dated_past(verb)
                        self._noun_phrase(each, person, head, 0.75, "copula", past)
        self._holding(verb, person, head)
        for clause in parsed.dependents(head, "relcl"):
            self._holding(clause, person, head)
            if clause.lemma == "be":
                for noun in parsed.dependents(clause, "attr"):
                    if self._is_role_noun(noun):
                        self._noun_phrase(noun, person, head, 0.75, "relative clause", clause.tag == "VBD")

    def _dated_past(self, verb: Token) -> bool:
        return any(
            c.lemma in ("until", "once", "previously", "formerly")
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
            nouns = [n for n in (prepositional(parsed, verb, "as"),) if n is not None]
            nouns += list(parsed.dependents(verb, "oprd", "attr"))
            if change in ("appoint", "become") and not nouns:
                nouns = [c for c in parsed.dependents(verb, "dobj") if holder is not None and c.i != holder.i]
            if holder is None:
                continue
            persons = [e for e in self.people.linked(holder) if self.people.kinds.get(e) is Kind.PERSON]
            if not persons and holder.dep == "appos":  # "A. Fontes, the Socialist who was elected mayor"
                above = self.people.linked(parsed.tokens[holder.head])
                persons = [e for e in above if self.people.kinds.get(e) is Kind.PERSON]
            for noun in nouns:
                if persons and self._is_role_noun(noun):
                    self._noun_phrase(
                        noun, persons[0], holder, 0.85, "as phrase", change in ("leave", "dismiss")
                    )
            self._employer(verb, holder, change)

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
