"""Which language a text is in, as far as reading needs it: English, or not and then which one.

Function words tell running text apart reliably, weigh nothing and do not judge names. A general language
identifier was left out: those at hand need another numpy than the pinned spaCy, or a hundred megabytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.read.tables import load_table

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 3000
_MIN_WORDS = 20
_ENOUGH_ENGLISH = 0.12
_NO_ENGLISH = 0.04
_SURE_OTHER = 0.10
_MIN_UNKNOWN = 60
_MIN_DISTINCT = 6


@dataclass(frozen=True, slots=True)
class Languages:
    """Function words by language, and languages by the script they are written in."""

    words: Mapping[str, frozenset[str]]
    scripts: Mapping[str, str]


@cache
def languages() -> Languages:
    """Return the packaged table of languages."""
    data = cast(dict[str, dict[str, str]], load_table("languages.yaml"))
    words = {name: frozenset(line.split()) for name, line in data["words"].items()}
    return Languages(words, data["scripts"])


def other_language(text: str) -> str | None:
    """Return why `text` is not English ("looks like French"), or None when it is, or is too short to tell."""
    sample = text[:_SAMPLE]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    table = languages()
    script = _script(sample)
    if script != "LATIN":
        letters = sum(character.isalpha() for character in sample)
        known = table.scripts.get(script)
        if letters < 3 * _MIN_WORDS:  # Chinese and Thai do not part their words
            return None
        return f"looks like {known}" if known else "is not in the Latin script"
    if len(words) < _MIN_WORDS:
        return None
    counts = Counter(words)
    shares = {name: sum(counts[word] for word in known) / len(words) for name, known in table.words.items()}
    english = shares.pop("English")
    best = max(shares, key=lambda name: shares[name])
    if english >= _ENOUGH_ENGLISH and english >= shares[best] / 2:
        return None
    distinct = sum(word in counts for word in table.words[best])
    if shares[best] >= _SURE_OTHER and shares[best] > english * 1.5 and distinct >= _MIN_DISTINCT:
        return f"looks like {best}"
    if english < _NO_ENGLISH and len(words) >= _MIN_UNKNOWN:
        return "does not look like English prose"
    return None


def _script(sample: str) -> str:
    """Return the script of most letters, by the first word of their Unicode names."""
    counts: Counter[str] = Counter()
    for character, number in Counter(sample).items():
        if character.isalpha():
            name = "LATIN" if character.isascii() else unicodedata.name(character, "UNKNOWN").split()[0]
            counts[name] += number
    return counts.most_common(1)[0][0] if counts else "LATIN"
