"""Who says what: direct and indirect speech of an article as statements, each once, in the order of the text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from kg.extract.attribution import Speakers
from kg.extract.decoding import Thresholds, load_thresholds
from kg.extract.direct_speech import is_title
from kg.extract.interval_index import SpokenOf
from kg.extract.participants import Participants
from kg.extract.phrase_bounds import phrase_bounds
from kg.extract.temporal_expressions import Times
from kg.heads.reader import Candidate, Reading
from kg.heads.spans import Stretch, stretches
from kg.lexicon import Lexicon
from kg.model import Ground, Span, Statement
from kg.parsed import Parsed, Resolved, Token

SHORTEST = 2  # words of a statement
LEAST_BEFORE = 3  # words that stand before what breaks it off
MONEY = ("$", "£", "€", "¥")
OPEN, CLOSE = "\"“«„'‘", "\"”»'’"


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of speech: tokens `first` to `last` (exclusive), where its words stand, and how surely it is one."""

    first: int
    last: int
    span: Span
    direct: bool
    probability: float


class StatementFinder:
    """Collects the statements of one resolved article; call `run` once."""

    def __init__(
        self,
        resolved: Resolved,
        reading: Reading,
        people: Participants,
        times: Times,
        lexicon: Lexicon,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.resolved, self.parsed, self.reading = resolved, resolved.parsed, reading
        self.people, self.times, self.lexicon = people, times, lexicon
        self.thresholds = thresholds or load_thresholds()
        self.speakers = Speakers(resolved, people, lexicon)

    def run(self) -> list[Statement]:
        """Return the statements, ids `s1`, `s2`, …"""
        made: list[Statement] = []
        breaking = self.lexicon.tables.constructions.breaking_off
        speech = quotations(self.parsed, self.reading, self.thresholds, breaking)
        related = self.reading.related("quote", [(said.first, said.last - 1) for said in speech])
        for said, found in zip(speech, related, strict=True):
            cue = self._best(found["cue"], "cue")
            if not self._is_name(said, cue):
                whole = self._called(self._behind_addressee(said, cue), cue)
                made.append(self._statement(whole, cue, found, made[-1] if made else None))
        spoken_of = SpokenOf(self.resolved)
        return [replace(s, id=f"s{n}", about=spoken_of.about(s)) for n, s in enumerate(made, 1)]

    def _is_name(self, said: Said, cue: Token | None) -> bool:
        """Tell a title or name in quotation marks from words: 'his book, "The Long Road Home", was sold'."""
        if not said.direct or not is_title(said.span.of(self.parsed.article.text)):
            return False
        before = self.parsed.tokens[max(0, said.first - 2)]
        if before.text == ",":
            before = self.parsed.tokens[before.i - 1]
        naming = self.lexicon.tables.constructions.naming
        beside = before.pos in ("NOUN", "PROPN", "DET") and (cue is None or before.i != cue.i)
        return cue is None or cue.lemma.lower() in naming or beside

    def _behind_addressee(self, said: Said, cue: Token | None) -> Said:
        """Return the words without whom they are told: "told Harbour Radio | the ships were late"."""
        if said.direct or cue is None or cue.lemma.lower() not in self.lexicon.tables.constructions.telling:
            return said
        for clause in self.parsed.dependents(cue, "ccomp"):
            told = [
                c for c in self.parsed.dependents(cue, "dobj", "dative") if said.first <= c.i < clause.left
            ]
            if told and clause.left == told[-1].right + 1 < said.last:
                first = clause.left + (self.parsed.tokens[clause.left].text.lower() == "that")
                return replace(said, first=first, span=self.parsed.span(first, said.last))
        return said

    def _called(self, said: Said, cue: Token | None) -> Said:
        """Return what somebody calls something, where it stands in quotation marks: 'described it as a "grave error"'
        are his words "grave error".
        """
        tokens = self.parsed.tokens
        if said.direct or cue is None or cue.lemma.lower() not in self.lexicon.tables.constructions.naming:
            return said
        marked = [q for q in self.parsed.quotes if q.span.overlaps(said.span)]
        if (
            len(marked) != 1
            or not said.span.begin < marked[0].inner.begin < said.span.end <= marked[0].span.end
        ):
            return said
        inner = self.parsed.tokens_in(marked[0].inner)
        first, last = inner[0].i, inner[-1].i + (inner[-1].text != ",")
        before = tokens[first - 2]
        if before.dep == "det":
            before = tokens[before.i - 1]
        if before.text.lower() != "as" and before.tag not in ("PRP", "POS") and before.head != cue.i:
            return said
        return Said(first, last, self.parsed.span(first, last), True, said.probability)

    def _statement(
        self,
        said: Said,
        cue: Token | None,
        related: dict[str, list[Candidate]],
        before: Statement | None,
    ) -> Statement:
        speaker_token = self._best(related["speaker"], "speaker")
        if speaker_token is None and cue is not None and cue.pos == "VERB":
            speaker_token = self.speakers.speaker(cue)
        why = [
            Ground(
                "head quotes", "text", "direct" if said.direct else "indirect", round(said.probability, 3)
            ),
            *self._grounds(related, "speaker"),
            *self._grounds(related, "cue"),
        ]
        speaker, reason = self._speaker(speaker_token), "named beside it"
        if speaker is None and speaker_token is None and said.direct and before is not None:
            speaker, reason = self._goes_on(said, before), "goes on from the words before"
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
            addressee=self._addressee(cue, speaker) if cue is not None else None,
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

    def _goes_on(self, said: Said, before: Statement) -> str | None:
        """A quotation without a speaker of its own, right behind another's, is his: "…," she said. "…" """
        tokens = self.parsed.tokens
        gap = [t for t in tokens[max(0, said.first - 60) : said.first] if t.begin >= before.span.end]
        near = bool(gap) and gap[0].begin - before.span.end < 8 and len(gap) < 40
        return before.speaker if near and tokens[said.first].block - gap[0].block <= 1 else None

    def _addressee(self, cue: Token, speaker: str | None) -> str | None:
        if cue.lemma.lower() not in self.lexicon.tables.constructions.telling:
            return None
        for child in self.parsed.dependents(cue, "dobj", "dative"):
            for filler in self.people.fill(child, groups=False, metonymy=False):
                return filler.entity if filler.entity != speaker else None
        return None


def quotations(
    parsed: Parsed, reading: Reading, thresholds: Thresholds, breaking: Collection[str]
) -> list[Said]:
    """Return the stretches of speech of an article, in order, none over another.

    `breaking` are the verbs by which a source breaks off. What the reader takes for direct speech ends where its marks
    do; the marks themselves are no part of it.
    """
    breaks = [block.first for block in parsed.blocks]
    bounds = phrase_bounds(parsed, thresholds.costs["torn"])
    found = stretches(
        reading.probabilities("quotes"),
        reading.values("quotes"),
        breaks,
        thresholds.costs["quotes"],
        bounds.opening,
        bounds.closing,
    )
    return [s for one in found if (s := _trimmed(parsed, one, breaking)) is not None]


def _trimmed(parsed: Parsed, one: Stretch, breaking: Collection[str]) -> Said | None:
    tokens, first, last = parsed.tokens, one.first, one.last
    direct = one.kind == "direct"
    while first < last and not _may_begin(tokens[first], direct):
        first += 1
    if direct:  # the words run to the closing mark, with the stop before it
        while last > first and (
            tokens[last - 1].pos == "SPACE" or _is_mark(tokens[last - 1].text, f"{CLOSE},")
        ):
            last -= 1
    else:
        last = _before_silence(parsed, first, last, breaking)
        while last > first and tokens[last - 1].text in (",", ".", ";", ":", "-", "–", "—"):
            last -= 1
    if sum(t.text[:1].isalnum() for t in tokens[first:last]) < SHORTEST:
        return None
    direct = direct or _is_quoted(parsed, first, last)
    return Said(first, last, parsed.span(first, last), direct, one.probability)


def _may_begin(token: Token, direct: bool) -> bool:
    """Tell whether a statement may begin at a token: not at a mark, nor at the "that" before what is said."""
    if token.pos in ("PUNCT", "SPACE", "SYM"):
        opens = not direct and _is_mark(token.text, OPEN)
        return opens or token.text in ("(", "[", "#") or token.text.endswith(MONEY)
    return direct or not (token.text.lower() == "that" and token.dep == "mark")


def _before_silence(parsed: Parsed, first: int, last: int, breaking: Collection[str]) -> int:
    """Return where indirect speech ends that runs on into another's clause ("…; the firm …"), or into that its source
    said no more ("… without elaborating").
    """
    tokens, marked = parsed.tokens, 0
    for token in tokens[first:last]:
        marked += _is_mark(token.text, '"“”«»')
        after = tokens[token.i + 1] if token.i + 1 < last else None
        if after is None or token.i - first < LEAST_BEFORE or marked % 2:
            continue
        silent = token.text.lower() == "without" and after.tag == "VBG" and after.lemma.lower() in breaking
        if silent or (token.text == ";" and after.dep != "cc"):
            return token.i
    return last


def _is_quoted(parsed: Parsed, first: int, last: int) -> bool:
    """Tell whether quotation marks stand right around tokens `first` to `last` (exclusive) and none within."""
    tokens = parsed.tokens
    if first == 0 or last >= len(tokens) or any(_is_mark(t.text, '"“”«»') for t in tokens[first:last]):
        return False
    after = last + (tokens[last].text in (",", ".", "!", "?") and last + 1 < len(tokens))
    return _is_mark(tokens[first - 1].text, OPEN) and _is_mark(tokens[after].text, CLOSE)


def _is_mark(text: str, marks: str) -> bool:
    return bool(text) and all(c in marks for c in text)


def _cue_words(parsed: Parsed, cue: Token) -> str:
    after = parsed.tokens[cue.i + 1].text.lower() if cue.i + 1 < len(parsed.tokens) else ""
    return "according to" if cue.text.lower() == "according" and after == "to" else cue.text
