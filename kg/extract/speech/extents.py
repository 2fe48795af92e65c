"""What the cue of a statement tells of where its words begin and end."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.speech.quotations import SHORTEST, Said
from kg.extract.syntax import conjunct_of_source
from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token

REACH = 6  # tokens from "but" to the verb by which a source falls silent
DASHES = (",", "—", "–", "-")
MARKS = ('"', "“", "”", "«", "»")


class StatementExtents:
    """Cuts what is said to its words, by the word that tells of it, in one parsed article."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self.parsed, self.lexicon = parsed, lexicon
        self.tables, self.cues = lexicon.tables.constructions, lexicon.cues.verbs

    def of(self, said: Said, cue: Token | None) -> list[Said]:
        """Return the words that are said at a cue, one stretch or two: what stands around "…, she said, …"; none where
        the source speaks of what comes behind it alone.
        """
        if cue is None:
            return [said]
        if not said.direct:
            if said.last <= cue.i and conjunct_of_source(self.parsed, cue) is not None:
                return []
            said = self._behind_semicolon(said, cue)
            said = self._before_other_deeds(said, cue)
            return [self._called(one, cue) for one in self._around(said, cue)]
        return self._around(said, cue)

    def _behind_semicolon(self, said: Said, cue: Token) -> Said:
        """Return what a cue behind it tells: not the clause before a semicolon, but "oil, *officials said*, leaked"."""
        tokens = self.parsed.tokens
        stops = [t.i for t in tokens[said.first : cue.i] if t.text == ";" and tokens[t.i + 1].dep != "cc"]
        last = min((t.left for t in self.parsed.dependents(cue, "nsubj") if t.i < cue.i), default=cue.i) - 1
        if not stops or stops[-1] + SHORTEST >= last:
            return said
        return self._stretch(said, stops[-1] + 1, last)

    def _stretch(self, said: Said, first: int, last: int) -> Said:
        return replace(said, first=first, last=last, span=self.parsed.span(first, last))

    def _called(self, said: Said, cue: Token) -> Said:
        """Return what somebody calls something, or accuses somebody of, where it stands in quotation marks: 'described
        it as a "grave error"' are his words "grave error".
        """
        tokens, lemma = self.parsed.tokens, cue.lemma.lower()
        marked = [q for q in self.parsed.quotes if q.span.overlaps(said.span)]
        if said.direct or len(marked) != 1 or not said.span.begin < marked[0].inner.begin < said.span.end:
            return said
        inner = self.parsed.tokens_in(marked[0].inner)
        if not inner or inner[0].i < 2:
            return said
        first, last = inner[0].i, inner[-1].i + (inner[-1].text != ",")
        if said.last > last + 1 and tokens[last + 1].text != ",":
            return said
        before = tokens[first - 2]
        if before.dep == "det":
            before = tokens[before.i - 1]
        named = before.text.lower() == "as" or before.tag in ("PRP", "POS") or before.head == cue.i
        if not (named and lemma in self.tables.naming) and not (before.text == "of" and lemma == "accuse"):
            return said
        return replace(self._stretch(said, first, last), direct=True)

    def _before_other_deeds(self, said: Said, cue: Token) -> Said:
        """Return the words up to what their source does beside saying them ("said the road was shut *and urged* …"),
        or fell silent.
        """
        tokens = self.parsed.tokens
        if cue.i >= said.first:
            return said
        for token in tokens[said.first + SHORTEST : said.last]:
            last = token.i
            if token.text.lower() == "but" and self._breaks_off(token, said.last):
                pass
            elif token.dep == "conj" and self._is_like(token, cue):
                joint = [
                    c.i
                    for c in self.parsed.dependents(tokens[token.head], "cc")
                    if said.first < c.i < token.i
                ]
                if not joint:
                    continue
                last = joint[-1]
            else:
                continue
            if sum(t.text in MARKS for t in tokens[said.first : last]) % 2:
                continue
            while last > said.first and (tokens[last - 1].pos == "CCONJ" or tokens[last - 1].text in DASHES):
                last -= 1
            return self._stretch(said, said.first, last) if last - said.first >= SHORTEST else said
        return said

    def _breaks_off(self, but: Token, last: int) -> bool:
        """Tell whether a source falls silent: "…, *but would not say why*", "*but declined to comment*"."""
        tokens = self.parsed.tokens
        for token in tokens[but.i + 1 : min(but.i + REACH, last)]:
            if token.pos == "VERB":
                words = {t.text.lower() for t in tokens[but.i + 1 : token.i]}
                silent = token.lemma.lower() in ("decline", "refuse") or words & {"not", "n't", "never"}
                return bool(silent) and token.lemma.lower() in self.tables.breaking_off
            if token.pos not in ("AUX", "PART", "ADV"):
                return False
        return False

    def _is_like(self, verb: Token, cue: Token) -> bool:
        """Tell whether a verb has the form and the subject of a cue, also where the parser joined it to what is said:
        "said the road was shut *and urged* …" (roads urge nobody).
        """
        if verb.tag != cue.tag or self.parsed.dependents(
            verb, "nsubj", "nsubjpass", "expl", "aux", "auxpass"
        ):
            return False
        if verb.head == cue.i:
            return True
        subjects = self.parsed.dependents(self.parsed.tokens[verb.head], "nsubj", "nsubjpass", "expl")
        things = all(s.dep == "expl" or (s.pos == "NOUN" and not self._is_source(s)) for s in subjects)
        return bool(subjects) and things and verb.lemma.lower() in self.cues

    def _is_source(self, noun: Token) -> bool:
        tables, lemma = self.lexicon.tables, noun.lemma.lower()
        body = lemma in tables.organization_words or lemma in tables.speech_nouns
        return body or lemma in tables.group_nouns or tables.calls_person(lemma)

    def _around(self, said: Said, cue: Token) -> list[Said]:
        """Return what is said on both sides of a cue between commas, where one was not found: "The trouble, *says
        Roth*, is that …".
        """
        tokens, inserted = self.parsed.tokens, self._inserted(cue)
        if inserted is None:
            return [said]
        begin, end, verb = inserted
        sentence, before = self.parsed.sentences[cue.sent], said.last in (begin - 1, begin)
        opens = end + 1 + (tokens[min(end + 1, sentence.last - 1)].text in MARKS)
        if not before and not end <= said.first <= opens:
            return [said]
        first, last = (end + 1, sentence.last) if before else (sentence.first, begin - 1)
        stops = [t.i for t in tokens[first:last] if t.text in (";", ":")]
        if stops:
            first, last = (first, stops[0]) if before else (stops[-1] + 1, last)
        while first < last and tokens[first].pos in ("PUNCT", "SPACE", "CCONJ"):
            first += 1
        while last > first and tokens[last - 1].pos in ("PUNCT", "SPACE"):
            last -= 1
        marked = any(t.text in MARKS for t in tokens[max(first - 1, 0) : last + 1])
        torn = marked or (first < tokens[verb].left if not before else said.direct)
        torn |= said.direct and verb > begin  # "On Monday, *Roth said*, "We …""
        if torn or last - first < SHORTEST or first < said.last <= last:
            return [said]
        other = replace(self._stretch(said, first, last), direct=False)
        return [said, other] if before else [other, said]

    def _inserted(self, cue: Token) -> tuple[int, int, int] | None:
        """Return where a cue between commas begins and ends with its source, and the verb of the clause around it."""
        tokens = self.parsed.tokens
        if cue.pos == "VERB":
            source = self.parsed.dependents(cue, "nsubj")
            clauses = self.parsed.dependents(cue, "ccomp")
            if cue.dep == "amod" and tokens[cue.i - 1].text == ",":  # "…, *reported officials*, …"
                source = [tokens[cue.head]]
                clauses = [tokens[source[0].head]]
            if not source:
                return None
            parts = [cue, *source, *self.parsed.dependents(cue, "aux")]
            begin, end = (
                min(p.i if p is cue else p.left for p in parts),
                max(p.i if p is cue else p.right for p in parts) + 1,
            )
            verb = clauses[0] if clauses else tokens[cue.head]
            if not clauses and cue.dep not in ("parataxis", "ccomp"):
                return None
        else:
            return None
        sentence = self.parsed.sentences[cue.sent]
        commas = begin > sentence.first and end < sentence.last
        commas = commas and tokens[begin - 1].text == "," and tokens[end].text == ","
        if not commas or verb.pos not in ("VERB", "AUX") or begin <= verb.i < end:
            return None
        return begin, end, verb.i
