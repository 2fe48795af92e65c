"""Finds runs of capitalised words that the recogniser passed over, which may be names or not."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.mentions.gazetteer_mentions import OTHER_LABELS
from kg.resolve.mentions.span_repair import split
from kg.resolve.types.name_features import LABELS
from kg.world import World


def doubtful(
    parsed: Parsed, taken: list[bool], lexicon: Lexicon, world: World
) -> Iterator[tuple[int, int, str]]:
    """Yield what is a name only if the learned judge says so: titles of works, laws and happenings as the
    recogniser sees them, and the capitalised runs that nothing speaks for.
    """
    for found in parsed.names:
        if found.label not in LABELS and found.label not in OTHER_LABELS:
            for first, last in split(parsed, found.first, found.last, found.label):
                yield first, last, found.label
    for first, last, likely in capitalised(parsed, taken, lexicon, world):
        if not likely:
            yield first, last, ""


def capitalised(
    parsed: Parsed, taken: list[bool], lexicon: Lexicon, world: World
) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of proper nouns that the recogniser passed over, and whether their words speak for a name."""
    for sentence in parsed.sentences:
        i = sentence.first
        upper = sum(
            1
            for t in parsed.tokens[sentence.first : sentence.last]
            if t.text[:1].isupper() and t.text.isalpha()
        )
        # headlines in title case tell nothing
        shouting = upper * 1.6 > max(6, sentence.last - sentence.first)
        while i < sentence.last:
            token = parsed.tokens[i]
            if taken[i] or token.pos != "PROPN" or not token.text[:1].isupper():
                i += 1
                continue
            j = i + 1
            while j < sentence.last and not taken[j] and _continues(parsed, j, sentence.last):
                j += 1
            words = [t.text.lower() for t in parsed.tokens[i:j]]
            known = any(w in lexicon.tables.organization_words for w in (words[0], words[-1])) and j - i > 1
            person = parsed.tokens[i].text in world.given_names and j - i in (2, 3) and not shouting
            head = parsed.tokens[j - 1]
            lone = (
                head.dep in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "appos")
                and not shouting
                and i > sentence.first
                and not any(w in lexicon.tables.titles for w in words)
            )
            if " ".join(words) not in lexicon.tables.titles:
                yield i, j, known or person or lone
            i = j


def _continues(parsed: Parsed, i: int, stop: int) -> bool:
    token = parsed.tokens[i]
    if token.pos == "PROPN" and token.text[:1].isupper():
        return True
    return (
        token.text in ("of", "for")
        and i + 1 < stop
        and parsed.tokens[i + 1].pos == "PROPN"
        and parsed.tokens[i + 1].text[:1].isupper()
    )
