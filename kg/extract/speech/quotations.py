"""Which stretches of an article the reader takes for speech, each cut to the words that are said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.extract.decoding import Thresholds
from kg.extract.speech.phrase_bounds import phrase_bounds
from kg.heads.reader import Reading
from kg.heads.spans import Stretch, stretches
from kg.model import Span
from kg.parsed import Parsed, Token

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
        odd = sum(_is_mark(t.text, '"“”«»') for t in tokens[first:last]) % 2 > 0
        while last > first and (
            tokens[last - 1].text in (",", ".", ";", ":", "-", "–", "—")
            or (odd and _is_mark(tokens[last - 1].text, OPEN))  # of what is quoted next
        ):
            last -= 1
    if sum(t.text[:1].isalnum() for t in tokens[first:last]) < SHORTEST:
        return None
    marked = None if direct else _marked(parsed, first, last)
    if marked is not None:
        direct, first, last = True, *marked
        last -= tokens[last - 1].text == ","
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


def _marked(parsed: Parsed, first: int, last: int) -> tuple[int, int] | None:
    """Return the tokens between quotation marks that stand right at both ends of a stretch, whether they were taken
    for a part of it or not; None where there are others, or none.
    """
    tokens = parsed.tokens
    begin = first - (first > 0 and not _is_mark(tokens[first].text, OPEN))
    end = last
    if end < len(tokens) and not _is_mark(tokens[end - 1].text, CLOSE):
        end += 1 + (tokens[end].text in (",", ".", "!", "?"))
    around = tokens[begin:end]
    inner = [t.i for t in around[1:-1] if _is_mark(t.text, '"“”«»')]
    if len(around) < 3 or inner or not _is_mark(around[0].text, OPEN) or not _is_mark(around[-1].text, CLOSE):
        return None
    return begin + 1, end - 1


def _is_mark(text: str, marks: str) -> bool:
    return bool(text) and all(c in marks for c in text)
