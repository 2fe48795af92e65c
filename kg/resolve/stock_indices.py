"""Tells what reports on stock markets name that acts as nobody: share indices and the letters that shares go by."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.parsed import Parsed

TICKER = re.compile(r"^[A-Z]{1,5}\.[A-Z]{1,3}$")


def is_index(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell a share index ("the Dow", "the Nasdaq composite") from the body whose name it may bear."""
    sets, text = lexicon.tables.constructions, parsed.text(first, last).lower()
    after = parsed.tokens[last].text.lower() if last < len(parsed.tokens) else ""
    return text in sets.share_indices or (text in sets.indices_of_bodies and after in sets.index_words)


def is_ticker(parsed: Parsed, first: int, last: int) -> bool:
    """Tell the letters under which a share is traded: "(NWD.N)", "(NYSE: NWD)"."""
    tokens, before, text = parsed.tokens, first - 1, parsed.text(first, last)
    if before < 0 or last >= len(tokens) or tokens[last].text != ")":
        return False
    if tokens[before].text == "(":
        return TICKER.match(text) is not None
    return tokens[before].text == ":" and text.isupper() and before > 1 and tokens[before - 2].text == "("
