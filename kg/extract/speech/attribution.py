"""Whom a verb or noun of saying belongs to: subjects, "by" phrases, inverted order, and who issued a text."""

from __future__ import annotations

from itertools import islice

from kg.extract.participants import Participants
from kg.extract.syntax import antecedent, conjuncts, is_passive, noun_owner, prepositional, subject
from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import Parsed, Resolved, Token

LONGEST_TERM = 4  # words
SMALL = 4  # letters of words that a title writes in capitals
DEEPEST = 3  # from "part of the statement on its site" to whose it is
REACH_OF_NAME = 12  # tokens from a noun to the name behind it
REACH_OF_BY = 40  # tokens of a quotation between "described as" and "by"
REACH_OF_ISSUE = 250  # tokens looked back from "the statement said" to who issued it


def is_title(words: str) -> bool:
    """Tell a name between quotation marks from what is said: every longer word begins with a capital, and it is no
    sentence.

    >>> is_title("The Long Road Home"), is_title("We lost everything.")
    (True, False)
    """
    found = [w for w in words.split() if w[:1].isalpha()]
    if not found or words.endswith((".", "!", "?")):
        return False
    return all(w[:1].isupper() or len(w) < SMALL for w in found) and found[-1][:1].isupper()


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

    def is_name(self, first: int, words: str, cue: Token | None) -> bool:
        """Tell a name in quotation marks, whose words begin at `first`, from words that are said: 'his book, "The Long
        Road Home", was sold', 'a method called "open pit"' by nobody in particular.
        """
        naming = cue is not None and cue.lemma.lower() in self.lexicon.tables.constructions.naming
        if cue is not None and naming and len(words.split()) <= LONGEST_TERM and cue.tag in ("VBN", "VBD"):
            passive = cue.dep in ("acl", "amod") or bool(self.parsed.dependents(cue, "auxpass"))
            if passive and not self.parsed.dependents(cue, "agent") and not self._by_behind(cue):
                return True
        if not is_title(words):
            return False
        before = self.parsed.tokens[max(0, first - 2)]
        if before.text == ",":
            before = self.parsed.tokens[before.i - 1]
        return cue is None or naming or (before.pos in ("NOUN", "PROPN", "DET") and before.i != cue.i)

    def governs(self, verb: Token, first: int, end: int) -> bool:
        """Tell whether the quoted tokens `first` to `end` hang on the verb, or the verb on them."""
        complements = ("ccomp", "xcomp", "dobj", "oprd", "parataxis")
        if first <= verb.head <= end:
            return True
        if any(first - 1 <= c.i <= end for c in self.parsed.dependents(verb) if c.dep in complements):
            return True
        # quoted words inside a reported clause: "told him that the US would "suspend …""
        path = islice(self.parsed.upward(self.parsed.tokens[first]), 8)
        return next((node.dep in ("ccomp", "xcomp") for node in path if node.head == verb.i), False)

    def speaker(self, verb: Token) -> Token | None:
        """Return the token that names the speaker of a cue verb; of "the statement said" it is whoever issued it."""
        who = self._cited_as(verb)
        if who is not None:
            return self.behind(who)
        who = subject(self.parsed, verb)
        if is_passive(self.parsed, verb) and verb.lemma not in ("quote", "cite"):
            by = [p for c in self.parsed.dependents(verb, "agent") for p in self.parsed.dependents(c, "pobj")]
            by = by or self._by_behind(verb)
            if not by:
                return None
            who = by[0]
        if not is_passive(self.parsed, verb) and verb.lemma in ("quote", "cite"):
            who = self._quoted_as_saying(verb) or who
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
        return self.behind(antecedent(self.parsed, who, verb))

    def behind(self, source: Token) -> Token:
        """Return who says what a source tells: of a text or of figures, whoever issued them ("part of the judge's
        statement", "a post on the mayor's account").
        """
        source = self._last_part(source)
        for _ in range(DEEPEST):
            if source.pos != "PRON":
                source = self._named(source)
            cited = source.lemma.lower() in self.lexicon.tables.constructions.cited_works
            if cited or self.people.linked(source):
                return source
            inner = prepositional(self.parsed, source, "of")
            if inner is not None and source.lemma.lower() in self.lexicon.tables.constructions.quantities:
                issuer = inner if self.is_text(inner) else None
            else:
                issuer = self.issuer(source) if self.is_text(source) else None
            if issuer is None or (issuer.pos == "PRON" and not self.people.linked(issuer)):
                return source
            source = issuer
        return source

    def _last_part(self, noun: Token) -> Token:
        """ "co-author": the noun, not what a hyphen joins to it."""
        tokens = self.parsed.tokens
        while (
            noun.i + 2 < len(tokens)
            and tokens[noun.i + 1].text == "-"
            and not (noun.space or tokens[noun.i + 1].space)
            and tokens[noun.i + 2].pos in ("NOUN", "PROPN")
        ):
            noun = tokens[noun.i + 2]
        return noun

    def _by_behind(self, verb: Token) -> list[Token]:
        """ "was called "a fairy tale" by *the mayor*": the parser hangs it on what is quoted."""
        tokens = self.parsed.tokens
        for token in tokens[verb.i + 1 : verb.i + REACH_OF_BY]:
            if self.in_quote[token.i] >= 0 or token.text.lower() == "as" or token.dep == "det":
                continue
            quoted = self.in_quote[token.i - 1] >= 0
            return self.parsed.dependents(token, "pobj") if quoted and token.text.lower() == "by" else []
        return []

    def _cited_as(self, verb: Token) -> Token | None:
        """ "The paper cited *the mayor* as *saying* …": who is cited, not who cites."""
        if verb.dep != "pcomp" or verb.tag != "VBG":
            return None
        by = self.parsed.tokens[verb.head]
        above = self.parsed.tokens[by.head]
        if by.text.lower() != "as" or above.lemma.lower() not in ("quote", "cite"):
            return None
        return next(iter(self.parsed.dependents(above, "dobj", "nsubjpass")), None)

    def _quoted_as_saying(self, verb: Token) -> Token | None:
        """ "The paper quoted *the mayor* as saying …"."""
        saying = [p for c in self.parsed.dependents(verb, "prep") for p in self.parsed.dependents(c, "pcomp")]
        if not any(s.lemma.lower() in self.lexicon.cues.verbs for s in saying):
            return None
        return next(iter(self.parsed.dependents(verb, "dobj")), None)

    def with_speaker(self, verb: Token, speaker: str | None) -> tuple[str, ...]:
        """Return who else speaks at a cue: those whom "and" joins to the speaker, or whom "they" means as well."""
        first = self.speaker(verb) if speaker is not None else None
        first = self._named(first) if first is not None else None
        if first is None or speaker not in self.people.linked(first):
            return ()
        others = [e for token in conjuncts(self.parsed, first) for e in self.people.linked(token)]
        return tuple(dict.fromkeys(e for e in others if e != speaker))

    def _named(self, token: Token) -> Token:
        """Return the name of a source, where it stands beside the noun or place that the parser takes for it: "Senators
        A and B", "Norwind's Oslo head, *Anna Roth*", "Ohio Senator *A. Berg*", "a man called *B*"; else the noun.
        """
        if self._is_person(token):
            return token
        node = token
        for _ in range(DEEPEST):
            beside = self.parsed.dependents(node, "appos")
            beside += [
                n
                for c in self.parsed.dependents(node, "acl")
                if c.lemma.lower() in self.lexicon.tables.constructions.naming
                for n in self.parsed.dependents(c, "oprd")
            ]
            if not beside:
                break
            node = beside[0]
            if self._is_person(node) or (self.people.linked(node) and not self.people.linked(token)):
                return node
        return self._right_beside(token)

    def _is_person(self, token: Token) -> bool:
        return bool(self.people.of_kind(token, Kind.PERSON))

    def _right_beside(self, noun: Token) -> Token:
        """Return the person whose name follows a noun for one, or a place, and which the parser hung elsewhere."""
        tokens = self.parsed.tokens
        linked = self.people.linked(noun)
        comma = noun.i + 1 < len(tokens) and tokens[noun.i + 1].text == ","
        one = noun.tag == "NN" and self.people.nouns.is_people(noun)
        place = not comma and any(self.people.kinds.get(e) is Kind.PLACE for e in linked)
        named = noun
        for token in tokens[noun.i + 1 + comma : noun.i + REACH_OF_NAME]:
            if token.pos not in ("NOUN", "PROPN", "ADJ", "CCONJ"):
                return named if place or (one and not linked and comma and token.text == ",") else noun
            named = token if self._is_person(token) else named
        return noun

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
        clauses = [c for c in self.parsed.dependents(verb, "ccomp") if c.i > verb.i]
        for token in self.parsed.tokens[verb.i + 1 : verb.i + 7]:
            if self.in_quote[token.i] >= 0 or token.pos in ("PUNCT", "VERB", "ADP", "SCONJ"):
                return None
            if self.people.linked(token) and token.pos == "PROPN":
                return None if any(c.left <= token.i <= c.right for c in clauses) else token
        return None

    def is_text(self, noun: Token) -> bool:
        """Tell whether a noun is something said or written ("statement", "post"), or tells what others found."""
        tables, lemma = self.lexicon.tables, noun.lemma.lower()
        return noun.pos != "PRON" and (
            lemma in tables.speech_nouns or lemma in tables.constructions.informing
        )

    def can_speak(self, noun: Token) -> bool:
        """Tell people, bodies and texts, and whatever has a name, from things that say nothing."""
        lemma, tables, of = noun.lemma.lower(), self.lexicon.tables, None
        if noun.pos in ("NUM", "DET"):  # "one of her aides"
            of = prepositional(self.parsed, noun, "of")
        people = self.people.nouns.is_people(of or noun) or bool(
            noun.pos == "PRON" or self.people.linked(noun)
        )
        known = lemma in tables.organization_words or lemma in tables.constructions.speaking_sources
        return people or known or self.is_text(noun)

    def addressee(self, cue: Token, speaker: str | None) -> str | None:
        """Return whom a cue verb says that something is told."""
        if cue.lemma.lower() not in self.lexicon.tables.constructions.telling:
            return None
        for child in self.parsed.dependents(cue, "dobj", "dative"):
            if self.in_quote[child.i] < 0:
                for filler in self.people.fill(child, groups=False, metonymy=False):
                    return filler.entity if filler.entity != speaker else None
        return None

    def issuer(self, noun: Token) -> Token | None:
        """Return who issued a text: its possessor, "by" or "from" phrase, modifier, or the subject of issuing it."""
        parsed = self.parsed
        when = [n for n in parsed.names if n.label in ("DATE", "TIME")]  # "*today*'s report" is nobody's
        owned = [c for c in parsed.dependents(noun, "poss") if not any(n.first <= c.i < n.last for n in when)]
        owner = owned[0] if owned else self._from_whom(noun)
        if owner is not None:
            return owner
        for child in parsed.dependents(noun, "compound", "nmod", "amod"):
            if self.people.linked(child):
                return child
        carrier = prepositional(parsed, noun, "of", "in", "on")  # "a report in the *Harbour Post*"
        bodies = self.people.linked(carrier) if carrier is not None else ()
        if any(self.people.kinds.get(body) is Kind.ORGANIZATION for body in bodies):
            return carrier
        return self._who_issues(noun)

    def _from_whom(self, noun: Token) -> Token | None:
        """ "a statement by *the ministry*", "a report published by *the council*"."""
        for child in self.parsed.dependents(noun, "prep", "acl", "agent"):
            for by in (child, *self.parsed.dependents(child, "agent", "prep")):
                if by.text.lower() in ("by", "from"):
                    for inner in self.parsed.dependents(by, "pobj"):
                        body = inner.lemma.lower() in self.lexicon.tables.organization_words
                        known = body or self.people.linked(inner) or self.people.nouns.is_people(inner)
                        if known or self.is_text(inner):
                            return inner
        return None

    def _who_issues(self, noun: Token) -> Token | None:
        """ "*The ministry* issued a statement", in this sentence or in one before."""
        parsed = self.parsed
        if noun.dep in ("dobj", "nsubjpass"):
            owner = noun_owner(parsed, noun)
            if owner is not None and owner.i != noun.i:
                return owner
        for token in reversed(parsed.tokens[max(0, noun.i - REACH_OF_ISSUE) : noun.i]):
            if token.lemma.lower() == noun.lemma.lower() and token.dep == "dobj":
                return subject(parsed, parsed.tokens[token.head])
        return None
