"""The words within and behind names by which their bounds are found and names are compared, from `name_words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.lexicon.files import DATA, read
from kg.lexicon.schema import Strict, WordSet


class NameWords(Strict):
    """The sets of the file, each explained there. They are those of every lexicon: a user's folder adds none."""

    particles: WordSet
    small: WordSet
    generations: Mapping[str, str]
    cut_off: WordSet
    stopped: WordSet
    behind_mac: WordSet
    sums: WordSet


@cache
def name_words() -> NameWords:
    """Return the words, read at the first call."""
    return read(DATA / "name_words.yaml", NameWords)
