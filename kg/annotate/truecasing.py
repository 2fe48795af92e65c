"""Writes headlines in capitals or title case as the sentences below them are written, so that the parser reads them.

"MINISTER QUITS AFTER LEAK" and "Minister Quits After Leak" hide which words are names. The article's own sentences tell
it for most words, the pipeline's vocabulary for the rest. The words keep their length, so that offsets stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['’.&-][^\W\d_]+)*\.?")
_SMALL = """
a an the of in on at to for from by with as and or but nor so yet if is are was were be been has have had do does did
will would may might can could should must not no over under after before amid into onto out off up down about
against between during through than that this these those its it his her their our your my he she they we you who
what when where why how says said say
"""
SMALL = frozenset(_SMALL.split())
FEWEST = 3  # words that a headline must have for its letters to tell how it is written
STEM = 4  # letters that a word shares at least with another form of it
ENDS_SENTENCE = re.compile(r"""(?:^|[.!?:]["'”’)]*\s+|[\n"“‘(]\s*)$""")

Rank = Callable[[str], int | None]
"""How far back a form stands among the words of the vocabulary, None where it isn't known."""


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """How an article writes its words within sentences: forms in small letters, and capitalised forms by their small
    ones; `opening` are those that are only seen where any word has its capital.
    """

    small: frozenset[str]
    names: dict[str, str]
    opening: dict[str, str]


def gather(texts: Iterable[str]) -> CaseEvidence:
    """Return how the words of running text are written."""
    small: set[str] = set()
    names: dict[str, str] = {}
    opening: dict[str, str] = {}
    for text in texts:
        for found in WORD.finditer(text):
            word = _bare(found[0])
            if word.islower():
                small.add(word)
            elif ENDS_SENTENCE.search(text[max(0, found.start() - 8) : found.start()]):
                opening.setdefault(word.lower(), word)
            else:
                names.setdefault(word.lower(), word)
    return CaseEvidence(frozenset(small), names, opening)


def is_shouted(words: str) -> bool:
    """Tell a headline all in capitals."""
    found = [w for w in WORD.findall(words) if len(_bare(w)) > 1]
    long = [w for w in found if len(w) > 3]
    return len(found) >= FEWEST and len(long) >= 2 and all(w.isupper() for w in found)


def is_title_case(words: str) -> bool:
    """Tell a headline in which all words have capitals, but perhaps the small ones."""
    found = WORD.findall(words)[1:]
    others = [w for w in found if w.lower() not in SMALL]
    capitals = sum(w[:1].isupper() for w in others)
    return len(others) >= FEWEST and capitals >= 0.9 * len(others) and not is_shouted(words)


def usual(words: str, evidence: CaseEvidence, rank: Rank) -> str:
    """Return a headline as its sentences write the words, of the same length; one in sentence case as it is."""
    shouted = is_shouted(words)
    if not shouted and not is_title_case(words):
        return words
    opened = False

    def one(found: re.Match[str]) -> str:
        nonlocal opened
        form = _form(found[0], shouted, evidence, rank)
        if not opened:
            opened, form = True, form[:1].upper() + form[1:]
        return form if len(form) == len(found[0]) else found[0]

    return WORD.sub(one, words)


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.rstrip("."), flags=re.IGNORECASE)


def _form(word: str, shouted: bool, evidence: CaseEvidence, rank: Rank) -> str:
    bare = _bare(word)
    tail = word[len(bare) :].lower()
    low = bare.lower()
    if low in evidence.names:
        known = evidence.names[low]
        if not shouted and low in evidence.small:
            return word
        return known + tail
    if low in SMALL or low in evidence.small:
        return low + tail
    if not shouted and not bare.istitle():
        return word  # "eBay", "UN"
    if _has_form(low, evidence.small):
        return low + tail
    if low in evidence.opening:
        return evidence.opening[low] + tail
    title = bare.title() if shouted else bare
    small_rank, title_rank = rank(low), rank(title)
    if small_rank is None:
        return title + tail
    if title_rank is None or small_rank < title_rank or (shouted and small_rank == title_rank):
        return low + tail
    return title + tail


def _has_form(word: str, forms: frozenset[str]) -> bool:
    """Tell whether another form of a word is among `forms`: "resigns" of "resigned"."""
    if len(word) <= STEM:
        return f"{word}s" in forms or word.removesuffix("s") in forms
    stem = word[: max(STEM, len(word) - 3)]
    return any(f.startswith(stem) and abs(len(f) - len(word)) <= 4 for f in forms)
