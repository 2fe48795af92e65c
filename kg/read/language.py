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

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]")
_SAMPLE = 3000
_MIN_WORDS = 20
_ENOUGH_ENGLISH = 0.12
_NO_ENGLISH = 0.04
_SURE_OTHER = 0.10
_MIN_UNKNOWN = 60
_MIN_DISTINCT = 6


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of each function word, and languages by the script they are written in."""

    names: tuple[str, ...]
    of_word: Mapping[str, tuple[str, ...]]
    scripts: Mapping[str, str]


@cache
def languages() -> Languages:
    """Return the packaged table of languages."""
    data = cast(dict[str, dict[str, str]], load_table("languages.yaml"))
    of_word: dict[str, tuple[str, ...]] = {}
    for name, line in data["words"].items():
        for word in set(line.split()):
            of_word[word] = (*of_word.get(word, ()), name)
    return Languages(tuple(data["words"]), of_word, data["scripts"])


def other_language(text: str) -> str | None:
    """Return why `text` is not English ("looks like French"), or None when it is, or is too short to tell."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample.replace("’", "'"))]
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
    found, distinct = dict.fromkeys(table.names, 0), dict.fromkeys(table.names, 0)
    for word, number in Counter(words).items():
        for name in table.of_word.get(word, ()):
            found[name] += number
            distinct[name] += 1
    shares = {name: number / len(words) for name, number in found.items()}
    english = shares.pop("English")
    best = max(shares, key=lambda name: shares[name])
    if english >= _ENOUGH_ENGLISH and english >= shares[best] / 2:
        return None
    sure = shares[best] >= _SURE_OTHER and distinct[best] >= _MIN_DISTINCT
    if sure and shares[best] > english * 1.5:
        return f"looks like {best}"
    if english < _NO_ENGLISH and len(words) >= _MIN_UNKNOWN:
        return "does not look like English prose"
    return None


def _script(sample: str) -> str:
    """Return the script of most letters, by the first word of their Unicode names."""
    if _FOREIGN.search(sample) is None:
        return "LATIN"
    counts: Counter[str] = Counter()
    for character, number in Counter(sample).items():
        if character.isalpha():
            name = "LATIN" if character.isascii() else unicodedata.name(character, "UNKNOWN").split()[0]
            counts[name] += number
    return counts.most_common(1)[0][0] if counts else "LATIN"
