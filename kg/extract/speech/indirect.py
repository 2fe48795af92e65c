"""Indirect speech: clauses under a verb of saying, and sentences with "according to"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.speech.attribution import Speakers
from kg.extract.speech.direct import Spoken
from kg.extract.syntax import clause_span, is_passive
from kg.model import Span, is_named
from kg.parsed import Token

LEAST_PRIOR = 0.7  # verbs less sure than this report too seldom ("see", "learn")
SHORTEST = 3  # tokens


@dataclass(frozen=True, slots=True)
class ReportedSpeech:
    """One stretch of indirect speech: its span, cue token and words, speaker (entity id) and the prior of its cue."""

    span: Span
    cue: Token
    cue_text: str
    speaker: str | None
    prior: float


class Reports:
    """Finds the indirect speech of one article; `spoken` is its direct speech, by which "they also said"
    is resolved.
    """

    def __init__(self, speakers: Speakers, spoken: list[Spoken]) -> None:
        self.speakers, self.parsed, self.people = speakers, speakers.parsed, speakers.people
        self.lexicon = speakers.lexicon
        self.spoken = spoken
        self.found: list[ReportedSpeech] = []

    def run(self) -> list[ReportedSpeech]:
        """Return the indirect speech, in no order."""
        for verb in self.parsed.tokens:
            if verb.pos not in ("VERB", "AUX") or self.speakers.in_quote[verb.i] >= 0:
                continue
            cue = self.lexicon.cues.verbs.get(verb.lemma.lower())
            if cue is None or not cue.indirect or (cue.prior < LEAST_PRIOR and cue.weight == "speech"):
                continue
            if any(c.dep == "neg" for c in self.parsed.dependents(verb)):
                continue
            clauses = self.parsed.dependents(verb, "ccomp")
            later = [c for c in clauses if c.i > verb.i]
            for clause in later or clauses:
                self._clause(verb, clause, cue.prior)
            if not clauses and verb.dep == "parataxis":
                self._inserted(verb, cue.prior)
            elif not clauses:
                self._strayed(verb, cue.prior)
        self._according()
        return self.found

    def _clause(self, verb: Token, clause: Token, prior: float) -> None:
        opening = self.parsed.tokens[clause.left]
        if not self._finite(clause) or (opening.tag in ("WRB", "WP", "WDT") and opening.dep != "mark"):
            return
        first, last = clause_span(self.parsed, clause)
        if self.parsed.tokens[first].lemma == "only" and self.parsed.tokens[first + 1].dep == "mark":
            first += 2  # "said only that"
        if first <= verb.i < last or self.parsed.tokens[last - 1].pos == "CCONJ":
            return
        if any(t.text == ";" for t in self.parsed.tokens[last : verb.i]):
            return
        quoted = sum(1 for i in range(first, last) if self.speakers.in_quote[i] >= 0)
        if last - first < SHORTEST or quoted > 0.85 * (last - first) or self.speakers.in_quote[first] >= 0:
            return
        token = self.speakers.speaker(verb)
        speaker = self._speaker(verb, token)
        told = verb.lemma.lower() in self.lexicon.tables.constructions.telling
        if speaker is None and (not is_passive(self.parsed, verb) or verb.dep == "advcl" or told):
            return  # "asked whether he would run": he is asked, and says nothing
        if (
            speaker is not None
            and not is_named(speaker)
            and token is not None
            and not self._can_speak(verb, token)
        ):
            return
        self._add(first, last, verb, verb.text, speaker, prior)

    def _speaker(self, verb: Token, token: Token | None) -> str | None:
        speaker = self.people.source(token)
        if speaker is None and token is not None and token.pos == "PRON":
            before = [s for s in self.spoken if s.first < verb.i and s.speaker is not None]
            if before and verb.block - self.parsed.tokens[before[-1].first].block <= 1:
                return before[-1].speaker
        return speaker

    def _can_speak(self, verb: Token, noun: Token) -> bool:
        """Tell whether an unnamed source says something: of people only what they say counts, not what they think."""
        return self.lexicon.cues.verbs[verb.lemma.lower()].weight != "opinion" and self.speakers.can_speak(
            noun
        )

    def _inserted(self, verb: Token, prior: float) -> None:
        """ "The bridge is safe, a spokesman said, but …", "If it rained, she said, the dam …": the clause
        around or before the verb.
        """
        tokens, main = self.parsed.tokens, self.parsed.tokens[verb.head]
        sentence = self.parsed.sentences[verb.sent]
        start = verb.left + (tokens[verb.left].text == ",")
        if tokens[start - 1].text != "," or main.sent != verb.sent or not self._finite(main):
            return
        token = self.speakers.speaker(verb)
        speaker = self._speaker(verb, token)
        if token is None or speaker is None or (not is_named(speaker) and not self._can_speak(verb, token)):
            return
        first, last = sentence.first, start - 1 if main.i < verb.i else sentence.last
        while last > first and tokens[last - 1].pos in ("PUNCT", "SPACE"):
            last -= 1
        if last - first >= SHORTEST and not any(self.speakers.in_quote[i] >= 0 for i in range(first, last)):
            self._add(first, last, verb, verb.text, speaker, prior)

    def _strayed(self, verb: Token, prior: float) -> None:
        """ "told X in a call that …": the parser hangs the clause on the noun before it; with a subject
        of its own it is the verb's.
        """
        tokens = self.parsed.tokens
        for that in tokens[verb.i + 1 : verb.right + 1]:
            clause = self.parsed.top(tokens[that.head], "xcomp")
            noun, subjects = tokens[clause.head], self.parsed.dependents(clause, "nsubj", "nsubjpass")
            above = tokens[noun.head]
            strayed = noun.dep == "pobj" and above.pos == "ADP" and above.head == verb.i < noun.i < that.i
            strayed &= clause.dep in ("relcl", "acl") and any(c.i > that.i for c in subjects)
            opens = that.text.lower() == "that" and self.speakers.in_quote[that.i] < 0
            if opens and strayed and self._finite(clause):
                speaker, end = self.people.source(self.speakers.speaker(verb)), verb.right + 1
                while tokens[end - 1].pos in ("PUNCT", "SPACE") and tokens[end - 1].text != '"':
                    end -= 1
                if speaker is not None and end > that.i + 1:
                    self._add(that.i + 1, end, verb, verb.text, speaker, prior * 0.9)
                return

    def _finite(self, clause: Token) -> bool:
        if clause.tag in ("VBD", "VBZ", "VBP", "MD"):
            return True
        helpers = self.parsed.dependents(clause, "aux", "auxpass")
        if any(c.tag in ("MD", "VBD", "VBZ", "VBP") for c in helpers):
            return True
        return clause.pos not in ("VERB", "AUX") and bool(self.parsed.dependents(clause, "nsubj"))

    def _according(self) -> None:
        for token in self.parsed.tokens:
            phrase = self._of_source(token) if self.speakers.in_quote[token.i] < 0 else None
            if phrase is not None:
                words, source = phrase
                speaker = self.people.source(self.speakers.behind(source))
                self._around(token, max(source.right, token.right) + 1, words, speaker)

    def _of_source(self, token: Token) -> tuple[str, Token] | None:
        """Return the words and the source of a phrase that a token opens: "according to *her*", "Per *reports*"."""
        tokens = self.parsed.tokens
        if token.text == "Per":
            source = next(iter(self.parsed.dependents(token, "pobj")), None)
            return None if source is None else ("per", source)
        if token.text.lower() != "according" or token.i + 1 >= len(tokens):
            return None
        to = tokens[token.i + 1]
        source = next(
            iter((*self.parsed.dependents(to, "pobj"), *self.parsed.dependents(token, "pobj"))), None
        )
        return None if to.text.lower() != "to" or source is None else ("according to", source)

    def _around(self, token: Token, phrase_end: int, words: str, speaker: str | None) -> None:
        """Add what stands before or after an "according to" phrase in its clause, whichever is longer."""
        tokens = self.parsed.tokens
        sentence = self.parsed.sentences[token.sent]
        head = tokens[token.head]
        closing = all(t.pos in ("PUNCT", "SPACE") for t in tokens[phrase_end : sentence.last])
        closing = closing and tokens[token.i - 1].text == ","  # "…, according to X." speaks of all before it
        inner = (
            not closing and head.pos in ("VERB", "AUX") and head.dep in ("relcl", "ccomp", "advcl", "conj")
        )
        first, last = (
            (head.left, head.right + 1)
            if inner and head.left < token.i < head.right
            else (sentence.first, sentence.last)
        )
        left, right = (first, token.i), (phrase_end, last)
        begin, end = left if left[1] - left[0] > right[1] - right[0] else right
        while (
            begin < end
            and tokens[begin].pos in ("PUNCT", "SPACE", "CCONJ")
            and tokens[begin].text not in ('"', "[")
        ):
            begin += 1
        while end > begin and tokens[end - 1].pos in ("PUNCT", "SPACE") and tokens[end - 1].text != '"':
            end -= 1
        if end - begin >= SHORTEST:
            self._add(begin, end, token, words, speaker, 0.9)

    def _add(
        self, first: int, last: int, cue: Token, cue_text: str, speaker: str | None, prior: float
    ) -> None:
        tokens = self.parsed.tokens
        open_marks = sum(t.text == '"' for t in tokens[first:last]) % 2
        if open_marks and last < len(tokens) and tokens[last].text == '"':
            last += 1  # 'was "unjustified"': the mark belongs to the words
        span = Span(tokens[first].begin, tokens[last - 1].end)
        self.found.append(ReportedSpeech(span, cue, cue_text, speaker, prior))
