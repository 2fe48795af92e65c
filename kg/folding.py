"""Letters without their accents, by which spellings of one name are found alike."""

from __future__ import annotations

import unicodedata

_STROKES = str.maketrans("łŁøØđĐıßæÆœŒ", "lLoOdDisaAoO")


def without_accents(text: str) -> str:
    """Return a text without the marks of its letters (NFKD).

    >>> without_accents("Peña, Łódź")
    'Pena, Łodz'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def plain_letters(text: str) -> str:
    """Return a text without accents and with plain letters for those that have a stroke, as agencies write it.

    >>> plain_letters("Łódź")
    'Lodz'
    """
    return without_accents(text.translate(_STROKES))
