"""Walks an article from left to right and links pronouns, and what `descriptions` knows, to what they speak of."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Kind, MentionKind
from kg.parsed import Token
from kg.resolve.entity_drafts import Found
from kg.resolve.references.antecedent_features import GENDERS
from kg.resolve.references.antecedent_ranking import Choice, Rank, Ranking
from kg.resolve.references.antecedents import SUBJECT, WINDOW, Antecedent, inside, same_clause_argument
from kg.resolve.references.attributive_descriptions import AttributiveDescriptions
from kg.resolve.references.definite_descriptions import Descriptions
from kg.resolve.references.discourse_model import DiscourseModel
from kg.resolve.references.headline_coreference import Headlines
from kg.resolve.references.relative_pronouns import relatives
from kg.resolve.references.salience import best, salience
from kg.resolve.references.selectional_restrictions import has_mind, is_bodily, may_act
from kg.resolve.references.speaker_affiliation import is_apart, is_told_of, speaks_beside
from kg.scoring import weights

IT = frozenset({"it", "its", "itself"})
WEIGHED = ("he", "they")  # the pronouns that are weighed by hand where nothing was learned
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})


class Linker:
    """Walks an article once and adds description and pronoun mentions to its things."""

    def __init__(self, state: DiscourseModel, rank: Rank | None) -> None:
        self._state = state
        self._ranking = Ranking(state, rank)
        self._beside = AttributiveDescriptions(state)
        self._descriptions = Descriptions(state)

    def run(self) -> None:
        """Link everything; `pairs` of the state are the plural mentions that speak of several things at once."""
        state = self._state
        self._beside.describe()
        for token in state.parsed.tokens:
            if state.digest and token.i == state.parsed.blocks[token.block].first:
                state.antecedents.clear()
            self._visit(token)
        self._beside.predicates()
        Headlines(state).read()
        for thing, found in relatives(state.parsed, state.owner):
            thing.found.append(found)

    def _visit(self, token: Token) -> None:
        lower, state = token.text.lower(), self._state
        if token.i in state.owner:
            state.remember(token, state.owner[token.i])
        elif token.i in state.covered:
            return
        elif token.pos == "PRON" or lower == "both":
            self._pronoun(token, lower)
        elif token.dep in ("compound", "nmod", "amod"):
            self._descriptions.modifier(token)
        elif token.pos in ("NOUN", "PROPN") or (token.lemma == "old" and state.is_of_an_age(token, "old")):
            if token.dep != "acomp" and not self._descriptions.resolve(token):
                self._remember_other(token)

    def _remember_other(self, token: Token) -> None:
        lemma = token.lemma.lower()
        plural = token.tag in ("NNS", "NNPS")
        gender = self._state.lexicon.tables.person_nouns.get(lemma, "")
        person = not plural and self._state.lexicon.tables.calls_person(lemma)
        kind = Kind.PERSON.value if person else "thing"
        self._state.antecedents.append(
            Antecedent(token.i, (), kind, plural, gender if gender in ("m", "f") else "", False)
        )

    def _recent(self, token: Token) -> list[Antecedent]:
        out = []
        for candidate in reversed(self._state.antecedents):
            if token.sent - self._state.parsed.tokens[candidate.head].sent > WINDOW:
                break
            out.append(candidate)
        return out

    def _pronoun(self, token: Token, lower: str) -> None:
        before = self._state.parsed.tokens[token.i - 1].text if token.i else ""
        if lower in GENDERS:
            self._choose(token, "he", GENDERS[lower])
        elif lower in IT and before != "(":
            self._choose(token, "it")
        elif lower in THEY:
            self._choose(token, "they")
        elif lower == "both":
            self._descriptions.both(token)

    def _choose(self, token: Token, kind: str, gender: str = "") -> None:
        candidates = [a for a in self._recent(token) if self._may_be(token, kind, gender, a)]
        owns = token.dep == "poss" and kind != "they"
        if owns:
            candidates = [a for a in candidates if self._is_listed_with(token, a)] or candidates
        ahead = self._cataphora(token, gender) if owns else []
        choice = self._ranking.choose(
            token, kind, [*candidates, *ahead], lambda: self._weighed(token, kind, gender, candidates, ahead)
        )
        if choice is None:
            return
        antecedent, state = choice.antecedent, self._state
        if antecedent.things:
            made = MentionKind.PRONOUN
            sure = round(choice.confidence, 2)
            found = Found(token.i, token.i + 1, token.i, made, confidence=sure, reason="pronoun")
            state.attach(found, antecedent.things, gender)
            return
        state.echoes[token.i] = state.echoes.get(antecedent.head, antecedent.head)
        if gender:  # "a judge … she": the judge is a woman from here on
            state.antecedents[state.antecedents.index(antecedent)] = replace(antecedent, gender=gender)

    def _is_listed_with(self, token: Token, candidate: Antecedent) -> bool:
        """Tell whom "and" joins to what he has: "asked Lund to hear *Beck* and *his* son"."""
        node = self._state.parsed.tokens[token.head]
        while node.dep == "conj":
            node = self._state.parsed.tokens[node.head]
            if node.i == candidate.head:
                return True
        return False

    def _weighed(
        self, token: Token, kind: str, gender: str, candidates: list[Antecedent], ahead: list[Antecedent]
    ) -> Choice | None:
        """Choose by weights set by hand, which read persons and "they" as well as what was learned (docs/reader.md)."""
        if kind not in WEIGHED:
            return None
        state, w = self._state, weights("kg.resolve")
        scored: list[tuple[float, Antecedent]] = []
        for candidate in candidates:
            head = state.parsed.tokens[candidate.head]
            count = state.seen[id(candidate.things[0])] if candidate.things else 0
            score = salience(state.parsed, token, candidate, count)
            if gender and candidate.gender == gender:
                score += w["pronoun.same_gender"]
            if kind == "they" and candidate.things and not candidate.plural:
                score += w["pronoun.they_of_one"]
            if kind == "they" and head.text.lower() == "they" and token.dep in SUBJECT:
                score += w["pronoun.they_again"]
            listed = head.dep == "conj" or bool(state.parsed.dependents(head, "conj"))
            if listed and not candidate.plural and not inside(state.parsed, token, head):
                score += w["pronoun.one_of_a_list"]
            if is_apart(state, token, head):
                score += w["pronoun.outside_the_quotation"]
            if gender and state.quoted[token.i] >= 0 and speaks_beside(state, token, head):
                score += w["pronoun.speaker_of_the_quotation"]
            scored.append((score, candidate))
        before = w["pronoun.subject_ahead"]
        chosen = best([*scored, *((before, antecedent) for antecedent in ahead)])
        if chosen is None or chosen[0] < w[f"pronoun.least_{kind}"]:
            return None
        lead = min(w["pronoun.most_by_lead"], w["pronoun.sure_by_lead"] * chosen[1])
        return Choice(chosen[2], w["pronoun.sure"] + lead)

    def _may_be(self, token: Token, kind: str, gender: str, candidate: Antecedent) -> bool:
        """Tell whether gender, number, kind and binding let a pronoun speak of a candidate."""
        parsed = self._state.parsed
        head = parsed.tokens[candidate.head]
        if kind == "he":
            fits = candidate.kind == Kind.PERSON and not candidate.plural and candidate.gender in ("", gender)
        elif kind == "it":
            fits = _may_be_it(candidate, token) and (bool(candidate.things) or self._may_do_so(token, head))
        else:
            fits = candidate.plural or candidate.kind == Kind.ORGANIZATION
        within = inside(parsed, token, head) and len(candidate.things) != 1
        if fits and is_told_of(self._state, token, candidate.things, head):
            return False
        return fits and not within and not same_clause_argument(parsed, token, head)

    def _may_do_so(self, token: Token, noun: Token) -> bool:
        """Tell whether a noun without a name may be what does, has or is told what the pronoun does, has or is."""
        parsed, lexicon = self._state.parsed, self._state.lexicon
        of_bodies = is_bodily(parsed, token, lexicon) or has_mind(parsed, token, lexicon)
        return not of_bodies or may_act(noun, lexicon)

    def _cataphora(self, token: Token, gender: str) -> list[Antecedent]:
        """ "Discussing his concern, the minister said": a possessive before the subject of the sentence
        that it belongs to.
        """
        out = []
        sentence = self._state.parsed.sentences[token.sent]
        for later in self._state.parsed.tokens[token.i + 1 : sentence.last]:
            thing = self._state.owner.get(later.i)
            if (
                thing is not None
                and thing.kind is (Kind.PERSON if gender else Kind.ORGANIZATION)
                and later.dep == "nsubj"
                and thing.gender in ("", gender)
            ):
                verb = self._state.parsed.tokens[later.head]
                if verb.head == verb.i and token.i < verb.i and not inside(self._state.parsed, token, later):
                    out.append(Antecedent(later.i, (thing,), thing.kind, False, thing.gender, True))
        return out


def _may_be_it(candidate: Antecedent, token: Token) -> bool:
    """Whether "it" may speak of something: no person, and no plural but the name of a body ("Norwind Airlines … its");
    a team is seldom what something is done to by that word.
    """
    if candidate.kind == Kind.PERSON or len(candidate.things) > 1:
        return False
    return not candidate.plural or (candidate.kind == Kind.ORGANIZATION and token.dep != "dobj")
