"""Tells a body from the place of its name in one article: Amazon, the retailer, and the Amazon, the forest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import Parsed
from kg.resolve.name_mention import Name

SPOTS = frozenset({"LOC", "GPE"})
OF_NATURE = frozenset({"schema:BodyOfWater", "schema:Landform", "schema:Mountain", "nkg:Region"})
OF_BODIES_TOO = frozenset({"channel", "range", "peak", "sound", "plain", "canal"})  # "the Norwind channel"


def told_apart(
    parsed: Parsed, names: Sequence[Name], types: Mapping[int, Kind | None], lexicon: Lexicon
) -> dict[int, Kind]:
    """Map the names, by their first token, whose spelling is used of a body and of a place, to what each means.

    Rivers and forests have their article, companies none: a name with "the" before a word for a part of nature is that
    ("the Amazon basin"); where the recogniser takes one with "the" for a place and the same without it is a body, it is
    right. `types` has the kinds so far.
    """
    by_text: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        if types.get(name.first) in (Kind.ORGANIZATION, Kind.PLACE) and name.place is None:
            by_text[name.text.removeprefix("the ").removeprefix("The ")].append(name)
    found: dict[int, Kind] = {}
    for same in by_text.values():
        with_the = [n for n in same if _has_the(parsed, n)]
        bare = [n for n in same if n not in with_the]
        told = any(sort_of(parsed, n, lexicon) or _is_told(parsed, n, lexicon) for n in with_the)
        seen = any(_is_spot(parsed, n) for n in with_the) and any(_is_body(n) for n in bare)
        if not told and not seen:
            continue
        for name in same:
            body = name not in with_the or _owns_people(parsed, name, lexicon)
            if not body:
                found[name.first] = Kind.PLACE
            elif _is_body(name):
                found[name.first] = Kind.ORGANIZATION
    return found


def _has_the(parsed: Parsed, name: Name) -> bool:
    before = parsed.tokens[name.first - 1].text.lower() if name.first else ""
    return before == "the" or name.text.lower().startswith("the ")


def sort_of(parsed: Parsed, name: Name, lexicon: Lexicon) -> str | None:
    """Return the class of the part of nature that the word behind a name tells: "the Amazon basin"."""
    behind = parsed.tokens[name.last] if name.last < len(parsed.tokens) else None
    if behind is None or behind.sent != parsed.tokens[name.first].sent:
        return None
    lemma = behind.lemma.lower()
    return lexicon.tables.place_words[lemma] if is_of_nature(lemma, lexicon) else None


def _is_told(parsed: Parsed, name: Name, lexicon: Lexicon) -> bool:
    """Tell "the Amazon, the forest in Brazil", wherever the parser hangs the noun."""
    behind = parsed.tokens[name.last : name.last + 5]
    nouns = (t for t in behind if t.left == name.last + 1 and t.i > t.left and t.pos == "NOUN")
    return bool(behind) and behind[0].text == "," and any(is_of_nature(t.lemma, lexicon) for t in nouns)


def _is_spot(parsed: Parsed, name: Name) -> bool:
    seen = parsed.named_at(name.first)
    return seen is not None and seen.label in SPOTS


def _is_body(name: Name) -> bool:
    return name.votes.get("Organization", 0.0) > name.votes.get("Place", 0.0)


def _owns_people(parsed: Parsed, name: Name, lexicon: Lexicon) -> bool:
    """Tell "the Amazon spokesman": the article is the noun's."""
    behind = parsed.tokens[name.last] if name.last < len(parsed.tokens) else None
    return (
        behind is not None
        and behind.pos in ("NOUN", "PROPN")
        and behind.sent == parsed.tokens[name.first].sent
        and not is_of_nature(behind.lemma, lexicon)
    )


def is_of_nature(lemma: str, lexicon: Lexicon) -> bool:
    """Tell "forest" and "river" from "warehouse", which a body may have."""
    word = lemma.lower()
    return lexicon.tables.place_words.get(word) in OF_NATURE and word not in OF_BODIES_TOO
