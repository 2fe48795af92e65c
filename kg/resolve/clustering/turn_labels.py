"""Merges the letters that label the turns of an interview with whom they are short for: "((NW))" of Norwind News."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Kind
from kg.parsed import Parsed
from kg.resolve.entity_drafts import Found, Thing
from kg.resolve.name_keys import initials

LONGEST = 4  # letters


def merge_turn_labels(parsed: Parsed, things: list[Thing]) -> list[Thing]:
    """Return the things, those that only label turns merged into the one person or body with their letters.

    A label stands at the beginning of a paragraph, in brackets or before a colon. Its letters are the initials of a
    name of several words, or stand in order in a name of one ("WN" in "WorldNews"). What nothing or more than one
    thing fits stays as it is.
    """
    full: dict[str, list[Thing]] = defaultdict(list)
    labels = [t for t in things if _letters(t) and any(_labels_a_turn(parsed, f) for f in t.found)]
    for label in labels:
        fits = [
            t for t in things if t not in labels and t.kind is not Kind.PLACE and _fits(_letters(label), t)
        ]
        full[_letters(label)] = fits
    gone: list[Thing] = []
    for label in labels:
        fits = full[_letters(label)]
        if len(fits) == 1:
            fits[0].found.extend(label.found)
            fits[0].names.update(label.names)
            gone.append(label)
    return [t for t in things if all(t is not other for other in gone)]


def _letters(thing: Thing) -> str:
    name = next(iter(thing.names), "") if len(thing.names) == 1 else ""
    return name if name.isalpha() and name.isupper() and 2 <= len(name) <= LONGEST else ""


def _labels_a_turn(parsed: Parsed, found: Found) -> bool:
    tokens, block = parsed.tokens, parsed.blocks[parsed.tokens[found.first].block]
    behind = tokens[found.last].text if found.last < block.last else ""
    opened = tokens[block.first : found.first]
    return all(t.text in ("(", "((") for t in opened) and behind in ((")", "))") if opened else (":",))


def _fits(letters: str, thing: Thing) -> bool:
    for name in thing.names:
        if " " in name:
            if initials(name) == letters:
                return True
            continue
        rest = iter(name.upper())
        if name[:1] == letters[0] and len(name) > len(letters) and all(c in rest for c in letters):
            return True
    return False
