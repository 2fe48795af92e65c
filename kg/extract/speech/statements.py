"""Who says what: direct and indirect speech of an article as statements, each once, in the order of the text."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.decoding import load_thresholds
from kg.extract.interval_index import SpokenOf
from kg.extract.participants import Participants
from kg.extract.speech.attribution import Speakers
from kg.extract.speech.extents import StatementExtents
from kg.extract.speech.quotations import Said, quotations
from kg.extract.temporal_expressions import Times
from kg.heads.reader import Candidate, Reading
from kg.lexicon import Lexicon
from kg.model import Ground, Span, Statement
from kg.parsed import BlockKind, Parsed, Resolved, Token

TOPIC = frozenset({"of", "about", "on", "regarding", "concerning"})


class StatementFinder:
    """Collects the statements of one resolved article; call `run` once."""

    def __init__(
        self, resolved: Resolved, reading: Reading, people: Participants, times: Times, lexicon: Lexicon
    ) -> None:
        self.resolved, self.parsed, self.reading = resolved, resolved.parsed, reading
        self.people, self.times, self.lexicon = people, times, lexicon
        self.thresholds = load_thresholds()
        self.speakers = Speakers(resolved, people, lexicon)
        self.extents = StatementExtents(resolved.parsed, lexicon)
        self.phrases: set[str] = set()

    def run(self) -> list[Statement]:
        """Return the statements, ids `s1`, `s2`, …"""
        made: list[Statement] = []
        breaking = self.lexicon.tables.constructions.breaking_off
        speech = quotations(self.parsed, self.reading, self.thresholds, breaking)
        related = self.reading.related("quote", [(said.first, said.last - 1) for said in speech])
        for said, found in zip(speech, related, strict=True):
            cue = self._best(found["cue"], "cue")
            if said.direct and self.speakers.is_name(said.first, said.span.of(self.parsed.article.text), cue):
                continue
            if self._is_topic(said) or (cue is not None and self._is_description(cue)):
                continue
            for part in self.extents.of(said, cue):
                statement = self._statement(part, cue, found, made[-1] if made else None)
                if self._is_bare(part, cue, statement):
                    continue
                made.append(statement)
                if not part.direct and not self._has_verb(part):
                    self.phrases.add(f"s{len(made)}")
        spoken_of = SpokenOf(self.resolved)
        return [replace(s, id=f"s{n}", about=spoken_of.about(s)) for n, s in enumerate(made, 1)]

    def _is_topic(self, said: Said) -> bool:
        """Tell what somebody speaks of from what he says: "said *of the merger*"."""
        before = self.parsed.tokens[said.first - 1 if said.first else 0]
        told = before.text.lower() in TOPIC and self.parsed.tokens[before.head].pos == "VERB"
        return told and not said.direct and not self._has_verb(said)

    def _is_description(self, cue: Token) -> bool:
        """Tell a participle that only describes from one by which somebody speaks: "an *abiding* promise", "gunmen
        *reported* to be loyal".
        """
        if cue.tag == "VBG":
            return cue.dep == "amod" and cue.head == cue.i + 1
        told = cue.dep == "acl" and cue.head < cue.i and not self.parsed.dependents(cue, "agent")
        return cue.tag == "VBN" and told and bool(self.parsed.dependents(cue, "xcomp"))

    def _is_bare(self, said: Said, cue: Token | None, made: Statement) -> bool:
        """Tell a headline, or words without a verb ("Events of 3 May"), where nothing beside them tells that they are
        said: a cue of the next paragraph does not.
        """
        if made.direct or made.speaker is not None:
            return False
        block = self.parsed.tokens[said.first].block
        if cue is not None and cue.block == block:
            return False
        return self.parsed.blocks[block].kind is BlockKind.TITLE or not self._has_verb(said)

    def _has_verb(self, said: Said) -> bool:
        tokens = self.parsed.tokens[said.first : said.last]
        return any(t.pos in ("VERB", "AUX") and t.dep not in ("amod", "compound") for t in tokens)

    def _is_spoken_to(self, cue: Token | None, token: Token | None) -> bool:
        """Tell of whom a passive cue tells: of "Lund is accused of …", Lund says nothing."""
        if cue is None or token is None or cue.lemma.lower() in ("quote", "cite"):
            return False
        around = self.parsed.dependents(cue, "nsubjpass") if cue.tag == "VBN" else []
        return any(c.left <= token.i <= c.right and token.i < cue.i for c in around)

    def _statement(
        self,
        said: Said,
        cue: Token | None,
        related: dict[str, list[Candidate]],
        before: Statement | None,
    ) -> Statement:
        speaker_token = self._best(related["speaker"], "speaker")
        beside = self._grounds(related, "speaker")
        if self._is_spoken_to(cue, speaker_token):
            speaker_token = None
            beside = [replace(g, kept=False, note="is spoken to, or of") for g in beside]
        if speaker_token is None and cue is not None and cue.pos == "VERB":
            speaker_token = self.speakers.speaker(cue)
        why = [
            Ground(
                "head quotes", "text", "direct" if said.direct else "indirect", round(said.probability, 3)
            ),
            *beside,
            *self._grounds(related, "cue"),
        ]
        speaker, reason = self._speaker(speaker_token), "named beside it"
        goes_on = said.direct if speaker_token is None else speaker_token.text.lower() in ("it", "they")
        if speaker is None and before is not None and goes_on:
            speaker, reason = self._goes_on(said, before, speaker_token), "goes on from the words before"
            why.append(
                Ground("rule goes on", "speaker", entity=speaker, kept=speaker is not None, note=reason)
            )
        elif speaker_token is not None:
            why.append(
                Ground("rule source", "speaker", speaker_token.text, None, None, speaker, speaker is not None)
            )
        sentence = self.parsed.sentences[self.parsed.tokens[said.first].sent].span
        if cue is not None:
            other = self.parsed.sentence_span(cue)
            sentence = Span(min(sentence.begin, other.begin), max(sentence.end, other.end))
        words = said.span.of(self.parsed.article.text)
        return Statement(
            id="",
            text=words,
            span=said.span,
            sentence=sentence,
            speaker=speaker,
            direct=said.direct,
            cue=_cue_words(self.parsed, cue) if cue is not None else None,
            addressee=self.speakers.addressee(cue, speaker) if cue is not None else None,
            time=self.times.of(cue) if cue is not None else None,
            confidence=round(said.probability, 2),
            reason=f"reader {said.probability:.2f}; speaker {reason if speaker else 'unknown'}",
            grounds=tuple(why),
        )

    def _grounds(self, related: dict[str, list[Candidate]], name: str) -> list[Ground]:
        """Return the likeliest word for a relation, whether it is likely enough or not."""
        best = max(related[name], key=lambda c: (c.probability, -c.token), default=None)
        if best is None:
            return []
        span, least = self.parsed.span(best.token, best.token + 1), self.thresholds.of("quote", name)
        kept, score = best.probability >= least, round(best.probability, 3)
        note = "" if kept else f"less likely than {least}"
        return [Ground(f"head quote.{name}", name, "", score, span, None, kept, note)]

    def _best(self, found: list[Candidate], name: str) -> Token | None:
        least = self.thresholds.of("quote", name)
        best = max(found, key=lambda c: (c.probability, -c.token), default=None)
        return self.parsed.tokens[best.token] if best is not None and best.probability >= least else None

    def _speaker(self, token: Token | None) -> str | None:
        if token is None or not any(c.isalnum() for c in token.text):  # the "#" of a hashtag says nothing
            return None
        return self.people.source(self.speakers.behind(token))

    def _goes_on(self, said: Said, before: Statement, token: Token | None) -> str | None:
        """A quotation without a speaker of its own, right behind another's, is his: "…," she said. "…"; as are words
        of a pronoun that nobody near is meant by: "They also found …".
        """
        tokens = self.parsed.tokens
        gap = [t for t in tokens[max(0, said.first - 60) : said.first] if t.begin >= before.span.end]
        if not gap or (token is None and (gap[0].begin - before.span.end >= 8 or len(gap) >= 40)):
            return None
        return before.speaker if tokens[said.first].block - gap[0].block <= (token is None) else None


def _cue_words(parsed: Parsed, cue: Token) -> str:
    after = parsed.tokens[cue.i + 1].text.lower() if cue.i + 1 < len(parsed.tokens) else ""
    return "according to" if cue.text.lower() == "according" and after == "to" else cue.text
