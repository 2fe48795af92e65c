"""Whom a verb or noun of saying belongs to: subjects, "by" phrases, inverted order, and who issued a text."""

from __future__ import annotations

from kg.extract.participants import Participants
from kg.extract.syntax import antecedent, conjuncts, is_passive, noun_owner, subject
from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import Parsed, Resolved, Token

REACH_OF_ISSUE = 250  # tokens looked back from "the statement said" to who issued it


class Speakers:
    """Answers who speaks at a cue of one resolved article, and which tokens stand in quotation marks."""

    def __init__(self, resolved: Resolved, people: Participants, lexicon: Lexicon) -> None:
        self.parsed: Parsed = resolved.parsed
        self.people, self.lexicon = people, lexicon
        self.token_at = {t.begin: t.i for t in self.parsed.tokens}
        self.in_quote = self._mark_quotes()

    def _mark_quotes(self) -> list[int]:
        """Return for each token the index of the quotation that holds it, or -1."""
        marks = [-1] * len(self.parsed.tokens)
        tokens, i = self.parsed.tokens, 0
        for index, quote in enumerate(self.parsed.quotes):
            while i < len(tokens) and tokens[i].begin < quote.span.begin:
                i += 1
            while i < len(tokens) and tokens[i].end <= quote.span.end:
                marks[i] = index
                i += 1
        return marks

    def is_direct_cue(self, token: Token) -> bool:
        """Tell whether a verb may frame a quotation."""
        if token.pos not in ("VERB", "AUX") or token.dep in ("amod", "compound"):
            return False
        lemma = token.lemma.lower()
        cue = self.lexicon.cues.verbs.get(lemma)
        return (cue is not None and cue.direct) or lemma in self.lexicon.tables.constructions.naming

    def governs(self, verb: Token, first: int, end: int) -> bool:
        """Tell whether the quoted tokens `first` to `end` hang on the verb, or the verb on them."""
        complements = ("ccomp", "xcomp", "dobj", "oprd", "parataxis")
        if first <= verb.head <= end:
            return True
        if any(first - 1 <= c.i <= end for c in self.parsed.dependents(verb) if c.dep in complements):
            return True
        node = self.parsed.tokens[first]
        for _ in range(8):  # quoted words inside a reported clause: "told him that the US would "suspend …""
            above = self.parsed.tokens[node.head]
            if above.i == verb.i:
                return node.dep in ("ccomp", "xcomp")
            if above.i == node.i:
                break
            node = above
        return False

    def speaker(self, verb: Token) -> Token | None:
        """Return the token that names the speaker of a cue verb; of "the statement said" it is whoever issued it."""
        who = subject(self.parsed, verb)
        if is_passive(self.parsed, verb) and verb.lemma not in ("quote", "cite"):
            by = [p for c in self.parsed.dependents(verb, "agent") for p in self.parsed.dependents(c, "pobj")]
            if not by:
                return None
            who = by[0]
        if who is not None and self.in_quote[who.i] >= 0 and self.in_quote[verb.i] < 0:
            who = None  # the subject that the parser found is among the quoted words
            before = self.parsed.tokens[verb.i - 1]
            if before.tag == "PRP" and self.in_quote[before.i] < 0:
                who = before  # "…", he told reporters
        if who is None and verb.lemma.lower() not in self.lexicon.tables.constructions.telling:
            for child in self.parsed.dependents(verb, "attr", "dobj"):  # inverted: "said the minister"
                if verb.i + 1 in (child.i, child.left):
                    who = child
        if who is None:
            who = self._right_after(verb)
        if who is None:
            return None
        who = antecedent(self.parsed, who, verb)
        if self.is_text(who) and not self.people.linked(who):
            return self.issuer(who) or who
        return who

    def with_speaker(self, verb: Token, speaker: str | None) -> tuple[str, ...]:
        """Return who else speaks at a cue: those whom "and" joins to the speaker, or whom "they" means as well."""
        first = self.speaker(verb) if speaker is not None else None
        first = self._named(first) if first is not None else None
        if first is None or speaker not in self.people.linked(first):
            return ()
        others = [e for token in conjuncts(self.parsed, first) for e in self.people.linked(token)]
        return tuple(dict.fromkeys(e for e in others if e != speaker))

    def _named(self, token: Token) -> Token:
        """Return the name in apposition to a noun that nobody is known by: "Senators A and B"."""
        if self.people.linked(token):
            return token
        return next((c for c in self.parsed.dependents(token, "appos") if self.people.linked(c)), token)

    def announcing(self, first: int) -> tuple[Token, Token] | None:
        """Return the verb that announces a quotation behind a colon, without being one of saying ("issued a
        statement:"), and the token of its speaker.
        """
        tokens = self.parsed.tokens
        block = self.parsed.blocks[tokens[first].block].first
        colon = next((i for i in range(first - 1, max(block, first - 4), -1) if tokens[i].text == ":"), None)
        if colon is None:
            return None
        for token in reversed(tokens[max(block, colon - 40) : colon]):
            if token.pos != "VERB" or self.in_quote[token.i] >= 0:
                continue
            for text in self.parsed.dependents(token, "dobj"):
                if self.is_text(text):
                    issuer = self.issuer(text)
                    speaker = self._named(issuer) if issuer is not None else None
                    people = self.people.linked(speaker) if speaker is not None else ()
                    if speaker is not None and any(self.people.kinds.get(p) is Kind.PERSON for p in people):
                        return token, speaker
                    return None
        return None

    def _right_after(self, verb: Token) -> Token | None:
        """ ""…," said envoy A": the name that follows the verb, where the parser gave it another place."""
        for token in self.parsed.tokens[verb.i + 1 : verb.i + 7]:
            if self.in_quote[token.i] >= 0 or token.pos in ("PUNCT", "VERB", "ADP"):
                return None
            if self.people.linked(token) and token.pos != "PRON":
                return token
        return None

    def is_text(self, noun: Token) -> bool:
        """Tell whether a noun is something said or written ("statement", "post")."""
        return noun.lemma.lower() in self.lexicon.tables.speech_nouns

    def issuer(self, noun: Token) -> Token | None:
        """Return who issued a text: its possessor, "by" or "from" phrase, modifier, or the subject of issuing it."""
        parsed = self.parsed
        for child in parsed.dependents(noun, "poss"):
            return child
        for child in parsed.dependents(noun, "prep", "acl", "agent"):
            for by in (child, *parsed.dependents(child, "agent", "prep")):
                if by.text.lower() in ("by", "from"):
                    for inner in parsed.dependents(by, "pobj"):
                        body = inner.lemma.lower() in self.lexicon.tables.organization_words
                        if body or self.people.linked(inner) or self.people.is_people(inner):
                            return inner
        for child in parsed.dependents(noun, "compound", "nmod", "amod"):
            if self.people.linked(child):
                return child
        if noun.dep in ("dobj", "nsubjpass"):
            owner = noun_owner(parsed, noun)
            if owner is not None and owner.i != noun.i:
                return owner
        for token in reversed(parsed.tokens[max(0, noun.i - REACH_OF_ISSUE) : noun.i]):
            if token.lemma.lower() == noun.lemma.lower() and token.dep == "dobj":
                return subject(parsed, parsed.tokens[token.head])
        return None
