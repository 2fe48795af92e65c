"""Small matters of English form: agreement with a name that takes the place of a pronoun, contractions, cutting."""

from __future__ import annotations

from kg.parsed import Token

SINGULAR = {"am": "is", "are": "is", "were": "was", "was": "was", "have": "has", "do": "does"}
SHORT = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am"}
APOSTROPHES = str.maketrans("\u2019\u2018\u02bc", "'''")
_OPENING = (
    "of to on in at by for with from against between into over about and or but that which who whose as amid"
)
_SMALL = (
    "a an the its his her their not was were is are be been being has have had will would may might could should must "
    "can did does do n't"
)
OPENING = frozenset(_OPENING.split())
"""Words that open a phrase: where a label is cut, it is cut before one of them."""
OPEN_ENDS = OPENING.union(_SMALL.split())
"""Words that a label never ends on where it is cut."""


def third_person(verb: str) -> str:
    """Return a present verb as it stands with a singular name: `deny` → `denies`."""
    lower = verb.lower()
    if lower in SINGULAR:
        return SINGULAR[lower]
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if lower.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"


def in_full(token: Token, following: Token | None) -> str:
    """Return a contracted auxiliary in full: "'ll" → "will", "'s" → "is" or "has"."""
    lower = token.text.lower().translate(APOSTROPHES)
    if lower in SHORT:
        return SHORT[lower]
    if lower == "'s":
        return "has" if token.lemma == "have" else "is"
    if lower == "'d":
        return "had" if following is not None and following.tag in ("VBN", "VBD") else "would"
    return token.text


def cut(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters: words that do not fit give way to an ellipsis.

    Example:
        >>> cut("Norway promised to send help to the islands", 30)
        'Norway promised to send help…'
    """
    if len(text) <= longest:
        return text
    words = text[:longest].rsplit(" ", 1)[0].split()
    following = text[len(" ".join(words)) :].strip()
    opens = max((n for n, word in enumerate(words) if word.lower() in OPENING), default=0)
    begun = [word for word in words[opens:] if word.lower() not in OPEN_ENDS]
    named = words[-1][:1].isupper() and (following[:1].isupper() or following.startswith("of "))
    if len(begun) < 2 and opens > len(words) / 2 and (named or words[opens] in ("that", "which", "who")):
        words = words[:opens]  # "with the Organization …", "that he …" tell nothing
    while len(words) > 1 and words[-1].lower().strip(",") in OPEN_ENDS:
        words.pop()
    kept = " ".join(words).rstrip(" ,;:-\u2013\u2014(\u201c\"'")
    return f"{kept[: longest - 1]}\u2026"
