"""Direct speech: which quotation marks hold something said, at which cue, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.speech.attribution import Speakers
from kg.model import Kind, Span
from kg.parsed import Block, Quote, Token

SINGLE = "'‘"  # what opens a quotation between single marks
REACH = 24  # tokens between a quotation and its cue verb
DEAREST = 18  # costlier cues are another sentence's
FIRST_PERSON = frozenset({"i", "me", "my", "we", "our", "us"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """One stretch of direct speech: its words, span, cue token, speaker (entity id) and how surely."""

    text: str
    span: Span
    first: int
    speaker: str | None
    cue: Token | None
    confidence: float
    reason: str


class Quotations:
    """Finds the direct speech of one article; call `run` once."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers, self.parsed, self.people = speakers, speakers.parsed, speakers.people
        self.found: list[Spoken] = []

    def run(self) -> list[Spoken]:
        """Return the direct speech in the order of the text."""
        quotes = self.parsed.quotes
        index = 0
        while index < len(quotes):
            group = [quotes[index]]
            while index + 1 < len(quotes) and quotes[index + 1].continued:
                index += 1
                group.append(quotes[index])
            index += 1
            self._group(group)
        self._unmarked_blocks()
        return sorted(self.found, key=lambda s: s.span)

    # -- with quotation marks

    def _group(self, group: list[Quote]) -> None:
        first = self._first_token(group[0])
        if first is None:
            return
        block = self.parsed.tokens[first].block
        whole = self._is_whole_block(group[0], block)
        clausal = self._is_clausal(group[0], first)
        cue, speaker_token, confidence = self._cue_of_all(group, first)
        if cue is None and not clausal and not whole:
            return
        if cue is not None and not clausal and not self._judged(first, cue) and not self._adjoins(first, cue):
            return
        if self.speakers.is_name(first, group[0].inner.of(self.parsed.article.text), cue):
            return
        speaker = self.people.source(speaker_token)
        if speaker is None and cue is None:
            speaker, confidence = self._carried(block, whole, group[0])
            if speaker is None and (
                not whole or len(group[0].inner.of(self.parsed.article.text).split()) < 5
            ):
                return
        self._add(group, first, speaker, cue, confidence, "quotation")

    def _cue_of_all(self, group: list[Quote], first: int) -> tuple[Token | None, Token | None, float]:
        """Return the cue of a quotation of one or more paragraphs, the token of its speaker, and how sure both are."""
        found = self._cue_of(first)
        final = self._first_token(group[-1])
        if found[0] is None and len(group) > 1 and final is not None:  # named where the last paragraph closes
            found = self._cue_of(final)
        if found[0] is None and (announced := self.speakers.announcing(first)) is not None:
            return (*announced, 0.75)
        return found

    def _first_token(self, quote: Quote) -> int | None:
        for position in range(quote.inner.begin, min(quote.inner.end, quote.inner.begin + 40)):
            if position in self.speakers.token_at:
                return self.speakers.token_at[position]
        return None

    def _is_clausal(self, quote: Quote, first: int) -> bool:
        """Tell a sentence from a phrase in scare quotes: it has a finite verb, and some length."""
        count, verb = 0, False
        tokens = self.parsed.tokens
        for i in range(first, len(tokens)):
            token = tokens[i]
            if token.begin >= quote.inner.end:
                break
            count += token.pos != "PUNCT"
            finite = token.tag in ("VBZ", "VBP", "VBD", "MD")
            verb = verb or finite or (token.dep == "ROOT" and token.pos == "VERB")
        words = quote.inner.of(self.parsed.article.text).strip()
        sentence = words[:1].isupper() and words.endswith((".", "!", "?"))  # "We lost everything."
        return (verb and (count >= 5 or (sentence and count >= 2))) or count >= 9

    def _is_whole_block(self, quote: Quote, block: int) -> bool:
        span = self.parsed.blocks[block].span
        return (
            quote.span.begin <= span.begin + 1
            and (span.end - span.begin) - (quote.span.end - quote.span.begin) < 12
        )

    def _judged(self, first: int, cue: Token) -> bool:
        """ "called the verdict "unacceptable"": a word or two in quotes that are what the speaker calls something."""
        lemma = cue.lemma.lower()
        if lemma not in self.speakers.lexicon.tables.constructions.naming:
            return False
        return 0 < first - cue.i < REACH or self.speakers.governs(cue, first, first)

    def _adjoins(self, first: int, cue: Token) -> bool:
        """Tell whether a phrase in quotes stands right at the verb of saying: 'said "no comment"', '"no
        comment," he said'.
        """
        says = self.speakers.lexicon.cues.verbs.get(cue.lemma.lower())
        if says is None or not says.direct:
            return False
        index = self.speakers.in_quote[first]
        between = [
            t
            for t in self.parsed.tokens[min(first, cue.i) + 1 : max(first, cue.i)]
            if self.speakers.in_quote[t.i] != index and t.pos != "PUNCT"
        ]
        return len(between) <= (0 if cue.i < first else 3)

    def _cue_of(self, first: int) -> tuple[Token | None, Token | None, float]:
        """Return the nearest cue verb outside the quotation in its block, the token of its speaker, and a
        confidence.
        """
        tokens, speakers = self.parsed.tokens, self.speakers
        block = self.parsed.blocks[tokens[first].block]
        index = speakers.in_quote[first]
        end = first
        while end + 1 < block.last and speakers.in_quote[end + 1] == index:
            end += 1
        best: tuple[float, Token, Token | None] | None = None
        for token in tokens[max(block.first, first - 40) : min(block.last, end + 40)]:
            if speakers.in_quote[token.i] >= 0 or not speakers.is_direct_cue(token):
                continue
            cost = self._cost(token, first, end, index)
            if cost is None or (token.i > end and self._tells_something_else(token, index)):
                continue
            speaker = speakers.speaker(token)
            if speaker is None and not speakers.governs(token, first, end):
                cost += 5
            if speaker is not None and speaker.pos == "NOUN" and not speakers.can_speak(speaker):
                cost += 12
            if token.i - end > 4 and tokens[end - 1].text == ".":
                cost += 12  # a sentence closed within the marks: what comes after it is another's
            if best is None or cost < best[0]:
                best = (cost, token, speaker)
        if best is None or best[0] > DEAREST:
            return None, None, 0.0
        return best[1], best[2], 0.9 if best[0] < 6 else 0.7

    def _tells_something_else(self, cue: Token, index: int) -> bool:
        """Tell whether a cue behind a quotation frames a clause of its own, or the next quotation, with a sentence of
        the first one closed: "… of the time." *Roth said* the bank …
        """
        tokens, in_quote = self.parsed.tokens, self.speakers.in_quote
        clauses = [c for c in self.parsed.dependents(cue, "ccomp") if c.i > cue.i and in_quote[c.i] != index]
        if any(not self.speakers.in_quote[c.i] >= 0 for c in clauses):
            return True
        last = self.parsed.quotes[index].inner.end - 1
        opens = cue.i + 1 < len(tokens) and in_quote[cue.i + 1] not in (-1, index)
        return opens and self.parsed.article.text[last] in ".!?"

    def _cost(self, cue: Token, first: int, end: int, index: int) -> float | None:
        """Return how far a cue is from the quotation in syntax and words; None where another quotation
        stands between.
        """
        tokens, in_quote = self.parsed.tokens, self.speakers.in_quote
        after = cue.i > end
        gap = cue.i - end if after else first - cue.i
        between = range(end + 1, cue.i) if after else range(cue.i + 1, first)
        if gap > REACH or any(in_quote[k] not in (-1, index) for k in between):
            return None
        stops = sum(1 for k in between if tokens[k].text in (".", "!", "?", ";") and in_quote[k] != index)
        governs = self.speakers.governs(cue, first, end)
        opens = not after and first >= 2 and tokens[first - 2].text in (":", ",")
        cost = (
            gap
            + 15.0 * stops
            - (3 if after and gap <= 4 else 0)
            - (8 if governs else 0)
            - (4 if opens else 0)
        )
        if not after and gap > 6 and not governs and not opens and stops == 0:
            cost += 6
        if governs and not after:
            cost = min(cost, 8.0 + gap / 10)
        return cost

    def _carried(self, block: int, whole: bool, quote: Quote) -> tuple[str | None, float]:
        """Find the speaker of a quotation without a cue: named after it, announced before it, or speaking on."""
        tokens, span = self.parsed.tokens, self.parsed.blocks[block]
        for token in self.parsed.tokens_in(Span(quote.span.end, quote.span.end + 45)):  # "…" - Name
            near = span.first <= token.i < span.last
            named = self.people.of_kind(token, Kind.PERSON)
            if near and named and token.right + 2 >= span.last:
                return named[0], 0.7
        before = self.found[-1] if self.found else None
        distance = block - tokens[before.first].block if before is not None else 99
        if before is not None and distance == 0 and before.speaker is not None:
            return before.speaker, 0.75
        if block > 0:
            announced = self._announcer(block - 1, whole and distance > 1)
            if announced is not None:
                return announced, 0.65
        if before is not None and distance == 1 and before.speaker is not None and whole:
            return before.speaker, 0.6
        return None, 0.4

    def _announcer(self, block: int, bare: bool) -> str | None:
        """Return who the block before a quotation says is about to speak: it ends in a colon, or its last
        verb is of saying.
        """
        span = self.parsed.blocks[block]
        if span.last == span.first:
            return None
        colon = self.parsed.tokens[span.last - 1].text == ":"
        if not colon and not bare:
            return None
        for token in reversed(self.parsed.tokens[span.first : span.last]):
            if token.pos != "VERB" or self.speakers.in_quote[token.i] >= 0:
                continue
            lemma = token.lemma.lower()
            if self.speakers.is_direct_cue(token) or (colon and lemma in self.speakers.lexicon.light_verbs):
                speaker = self.people.source(self.speakers.speaker(token))
                if speaker is not None:
                    return speaker
        return None

    # -- without quotation marks

    def _unmarked_blocks(self) -> None:
        """Block quotations: after a colon, and pull quotes in the first person with the speaker's name at their end."""
        tokens = self.parsed.tokens
        for index, block in enumerate(self.parsed.blocks):
            quoted = sum(self.speakers.in_quote[i] >= 0 for i in range(block.first, block.last))
            if block.last - block.first < 6 or quoted > (block.last - block.first) / 4:
                continue
            if quoted and self.parsed.article.text[self._mark_in(block)] not in SINGLE:
                continue  # between single marks may stand a word that the speaker doubts: "wasn't 'forced'"
            last = tokens[block.last - 1]
            named = self.people.of_kind(last, Kind.PERSON)
            name_first = last.left
            if (
                named
                and name_first > block.first
                and tokens[name_first - 1].text in (".", "!", "?", "—", "–", "-")
            ):
                if any(t.text.lower() in FIRST_PERSON for t in tokens[block.first : name_first]):
                    self._add_span(block.first, name_first - 1, named[0], 0.6, "pull quote")
                    continue
            if index and tokens[self.parsed.blocks[index - 1].last - 1].text == ":":
                speaker = self._announcer(index - 1, False)
                if speaker is not None:
                    self._add_span(
                        block.first,
                        block.last - 1,
                        speaker,
                        0.6,
                        "block quotation",
                    )

    def _mark_in(self, block: Block) -> int:
        """Return where the first quotation of a block begins."""
        index = next(k for i in range(block.first, block.last) if (k := self.speakers.in_quote[i]) >= 0)
        return self.parsed.quotes[index].span.begin

    # -- adding

    def _add_span(self, first: int, last: int, speaker: str, confidence: float, reason: str) -> None:
        span = Span(self.parsed.tokens[first].begin, self.parsed.tokens[last].end)
        self.found.append(
            Spoken(span.of(self.parsed.article.text), span, first, speaker, None, confidence, reason)
        )

    def _add(
        self,
        group: list[Quote],
        first: int,
        speaker: str | None,
        cue: Token | None,
        confidence: float,
        reason: str,
    ) -> None:
        text = self.parsed.article.text
        words = "\n".join(q.inner.of(text) for q in group).rstrip(",").strip()
        span = Span(group[0].inner.begin, group[-1].inner.end)
        self.found.append(Spoken(words, span, first, speaker, cue, confidence, reason))
