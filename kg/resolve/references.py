"""Walks an article from left to right and links pronouns, and what `descriptions` knows, to what they speak of."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Kind, MentionKind
from kg.parsed import Token
from kg.resolve.headlines import Headlines
from kg.resolve.meant import SPOKEN_FOR
from kg.resolve.relatives import relatives
from kg.resolve.salience import WINDOW, Antecedent, best, inside, salience, same_clause_argument
from kg.resolve.things import Found, Thing

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
GOODS = frozenset({"PRODUCT", "ORG", "FAC", "WORK_OF_ART"})


class Linker(Headlines):
    """Walks an article once and adds description and pronoun mentions to `things`."""

    named: set[int]

    def run(self) -> list[tuple[Found, tuple[Thing, ...]]]:
        """Link everything; return the plural mentions that speak of several things at once."""
        self.named = {i for n in self.parsed.names if n.label in GOODS for i in range(n.first, n.last)}
        self._describe()
        for token in self.parsed.tokens:
            self._visit(token)
        self._predicates()
        self._headline()
        for thing, found in relatives(self.parsed, self.owner, self.lexicon):
            thing.found.append(found)
        return self.pairs

    # -- the walk

    def _visit(self, token: Token) -> None:
        lower = token.text.lower()
        if token.i in self.owner:
            self._remember(token, self.owner[token.i])
        elif token.i in self.covered:
            return
        elif token.pos == "PRON":
            self._pronoun(token, lower)
        elif token.dep in ("compound", "nmod", "amod"):
            self._modifier(token)
        elif token.pos in ("NOUN", "PROPN") or (token.lemma == "old" and self._is_of_an_age(token, "old")):
            if token.dep != "acomp" and not self._description(token):
                self._remember_other(token)

    def _remember_other(self, token: Token) -> None:
        lemma = token.lemma.lower()
        plural = token.tag in ("NNS", "NNPS")
        gender = self.lexicon.tables.person_nouns.get(lemma, "")
        person = not plural and self.lexicon.tables.calls_person(lemma)
        kind = Kind.PERSON.value if person else "thing"
        self.antecedents.append(
            Antecedent(token.i, (), kind, plural, gender if gender in ("m", "f") else "", False)
        )

    def _recent(self, token: Token) -> list[Antecedent]:
        out = []
        for candidate in reversed(self.antecedents):
            if token.sent - self.parsed.tokens[candidate.head].sent > WINDOW:
                break
            out.append(candidate)
        return out

    def _pronoun(self, token: Token, lower: str) -> None:
        if lower in HE:
            gender = HE[lower]
            self._choose(
                token,
                lambda a: a.kind == Kind.PERSON and not a.plural and a.gender in ("", gender),
                gender,
                -3.2,
            )
        elif lower in IT:
            if not self._pleonastic(token) and self.parsed.tokens[token.i - 1].text != "(":
                self._choose(token, lambda a: _may_be_it(a, token), "", -1.6)
        elif lower in THEY:
            self._choose(token, lambda a: a.plural or a.kind == Kind.ORGANIZATION, "", -1.2)

    def _in_list(self, head: Token) -> bool:
        return head.dep == "conj" or bool(self.parsed.dependents(head, "conj"))

    def _choose(self, token: Token, admits, gender: str, floor: float) -> None:  # type: ignore[no-untyped-def]
        scored: list[tuple[float, Antecedent]] = []
        spoken_for = self._spoken_for(token) if token.text.lower() in IT else None
        bodily = token.text.lower() in IT and self._is_bodily(token)
        for candidate in self._recent(token):
            head = self.parsed.tokens[candidate.head]
            if (
                not admits(candidate)
                or same_clause_argument(self.parsed, token, head)
                or (inside(self.parsed, token, head) and len(candidate.things) != 1)
            ):
                continue
            count = self.seen[id(candidate.things[0])] if candidate.things else 0
            score = salience(self.parsed, token, candidate, count)
            if gender and candidate.gender == gender:
                score += 0.4
            if token.text.lower() in THEY and candidate.things and not candidate.plural:
                score -= 0.8
            if self._in_list(head) and not candidate.plural and not inside(self.parsed, token, head):
                score -= 0.6  # one of several that are named together
            if spoken_for is not None and candidate.things == (spoken_for,):
                score += SPOKEN_FOR
            if not candidate.things and bodily and not self._acts(head):
                score -= 1.5
            if self._is_apart(token, head):
                score -= 1.5  # what a quotation speaks of is its speaker's matter
            if gender and self.quoted[token.i] >= 0 and self._speaks_beside(token, head):
                score -= 2.5  # in his own words the speaker is "I"
            scored.append((score, candidate))
        if token.dep == "poss" and (gender or token.text.lower() in IT):
            scored += self._cataphora(token, gender)
        chosen = best(scored)
        if chosen is None or chosen[0] < floor:
            return
        if not chosen[2].things:
            unnamed = chosen[2]
            self.echoes[token.i] = self.echoes.get(unnamed.head, unnamed.head)
            if gender:  # "a judge … she": the judge is a woman from here on
                index = self.antecedents.index(unnamed)
                self.antecedents[index] = replace(unnamed, gender=gender)
            return
        confidence = 0.55 + min(0.35, 0.15 * chosen[1])
        found = Found(
            token.i,
            token.i + 1,
            token.i,
            MentionKind.PRONOUN,
            confidence=round(confidence, 2),
            reason="pronoun",
        )
        self._attach(found, chosen[2].things, gender)

    def _is_apart(self, token: Token, head: Token) -> bool:
        """Whether the candidate stands in another quotation, unless both are of one paragraph."""
        here, there = self.quoted[token.i], self.quoted[head.i]
        return there >= 0 and here != there and not (here >= 0 and token.block == head.block)

    def _speaks_beside(self, token: Token, head: Token) -> bool:
        """Whether the candidate is the subject of a verb of speech outside the quotation, in its paragraph."""
        role = self.parsed.tokens[head.head] if head.dep == "appos" else head
        says = self.parsed.tokens[role.head].lemma.lower() in self.lexicon.cues.verbs
        return self.quoted[head.i] < 0 and token.block == head.block and role.dep == "nsubj" and says

    def _is_bodily(self, token: Token) -> bool:
        """Whether what "it" does or has is what bodies do and have: "it said", "its shares", "its Norwind 40"."""
        tables, above = self.lexicon.tables, self.parsed.tokens[token.head]
        if token.dep == "poss":
            had = (
                above.lemma.lower()
                in tables.constructions.owned_by_bodies | tables.constructions.had_by_bodies
            )
            named = [above, *self.parsed.dependents(above, "compound", "nmod")]
            return had or any(t.tag in ("NNP", "NNPS") or t.i in self.named for t in named)
        return token.dep == "nsubj" and above.lemma.lower() in tables.constructions.acts_of_bodies

    def _acts(self, noun: Token) -> bool:
        lemma, tables = noun.lemma.lower(), self.lexicon.tables
        return lemma in tables.organization_words or lemma in tables.group_nouns

    def _cataphora(self, token: Token, gender: str) -> list[tuple[float, Antecedent]]:
        """ "Discussing his concern, the minister said": a possessive before the subject of the sentence
        that it belongs to.
        """
        out = []
        sentence = self.parsed.sentences[token.sent]
        for later in self.parsed.tokens[token.i + 1 : sentence.last]:
            thing = self.owner.get(later.i)
            if (
                thing is not None
                and thing.kind is (Kind.PERSON if gender else Kind.ORGANIZATION)
                and later.dep == "nsubj"
                and thing.gender in ("", gender)
            ):
                verb = self.parsed.tokens[later.head]
                if verb.head == verb.i and token.i < verb.i and not inside(self.parsed, token, later):
                    out.append((0.2, Antecedent(later.i, (thing,), thing.kind, False, thing.gender, True)))
        return out

    def _is_of_subject(self, children: list[Token]) -> bool:
        """ "It is ready to …", "it is likely to …": an adjective that says something of who is meant."""
        words = self.lexicon.tables.constructions
        for child in children:
            if child.dep == "acomp":
                lemma, clauses = child.lemma.lower(), self.parsed.dependents(child, "ccomp")
                return lemma in words.of_minds or (lemma in words.of_prospects and not clauses)
        return False

    def _pleonastic(self, token: Token) -> bool:
        """Tell the "it" that speaks of nothing: "it is clear that …", "it seems", "it is snowing"."""
        verb = self.parsed.tokens[token.head]
        if token.dep not in ("nsubj", "nsubjpass", "expl") or verb.pos not in ("VERB", "AUX"):
            return token.dep == "expl"
        children = self.parsed.dependents(verb)
        if verb.lemma == "be":
            if self._is_of_subject(children):
                return False
            if any(c.dep in ("ccomp", "xcomp", "advcl", "csubj") for c in children) and any(
                c.dep in ("acomp", "attr") for c in children
            ):
                return True
            return any(
                g.dep in ("ccomp", "xcomp")
                for c in children
                if c.dep in ("acomp", "attr")
                for g in self.parsed.dependents(c)
            )
        if verb.lemma in self.lexicon.tables.constructions.raising and any(
            c.dep in ("ccomp", "xcomp", "oprd", "advcl") for c in children
        ):
            return True
        return token.dep == "nsubjpass" and any(c.dep == "ccomp" for c in children)


def _may_be_it(candidate: Antecedent, token: Token) -> bool:
    """Whether "it" may speak of something: no person, and no plural but the name of a body ("Norwind Airlines … its");
    a team is seldom what something is done to by that word.
    """
    if candidate.kind == Kind.PERSON or len(candidate.things) > 1:
        return False
    return not candidate.plural or (candidate.kind == Kind.ORGANIZATION and token.dep != "dobj")
