"""Tells where a capital stands for the government that sits in it: "Washington has no plans"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.lexicon import Lexicon
from kg.model import Kind
from kg.parsed import BlockKind, Parsed, Token
from kg.resolve.name_keys import plain_key
from kg.resolve.name_mention import Name
from kg.world import World


def capitals_meant_as_governments(
    parsed: Parsed, names: list[Name], types: Mapping[str, Kind | None], lexicon: Lexicon, world: World
) -> dict[int, str]:
    """Map name → country where a capital stands for its government ("Washington has no plans").

    The capital must not be the place of something ("in Moscow", "Moscow, Russia") and its country must be spoken of.
    """
    gazetteer = world.gazetteer
    spoken = {n.place.key for n in names if n.place is not None and n.place.kind == "country"}
    out: dict[int, str] = {}
    for name in names:
        country = gazetteer.capitals.get(name.text)
        if country is None or country not in spoken or types.get(plain_key(name.text)) is not Kind.PLACE:
            continue
        head = parsed.climb(  # "in Idaho, Ohio and Washington"
            parsed.tokens[name.last - 1], lambda t: t.dep == "conj" and parsed.tokens[t.head].pos == "PROPN"
        )
        governor = parsed.tokens[head.head]
        after = parsed.tokens[name.last].text if name.last < len(parsed.tokens) else ""
        if head.dep == "pobj" and _is_local(parsed, governor, lexicon):
            continue
        if head.dep in ("dobj", "nsubjpass") and governor.lemma in lexicon.tables.constructions.done_to_towns:
            continue
        if (
            after == ","
            and name.last + 1 < len(parsed.tokens)
            and parsed.tokens[name.last + 1].pos == "PROPN"
        ):
            continue
        if head.dep == "poss" and (
            governor.pos == "PROPN" or governor.lemma.lower() in lexicon.tables.place_words
        ):  # "Cairo's Nasr City district", "Moscow's suburbs"
            continue
        if (
            head.dep in ("nsubj", "nsubjpass", "poss", "pobj", "dobj", "conj", "agent", "dative")
            and parsed.blocks[head.block].kind is not BlockKind.CAPTION
        ):
            out[name.first] = country
    return out


def _is_local(parsed: Parsed, preposition: Token, lexicon: Lexicon) -> bool:
    """Tell a place from an addressee: "in Lima", "flew to Lima", but not "a message to Lima"."""
    word, above = preposition.lemma.lower(), parsed.tokens[preposition.head]
    if above.dep == "advmod":  # "flew back to Lima"
        above = parsed.tokens[above.head]
    sets = lexicon.tables.constructions
    if word == "for":
        return above.lemma.lower() in sets.bound
    if word in ("to", "toward", "towards"):
        if above.lemma.lower() in sets.ways or above.lemma.lower() in sets.bound:
            return True
        pos = {"VERB": "verb", "NOUN": "noun"}.get(above.pos, "")
        return (
            any(
                "moving" in lexicon.classes[f.event_class].flags
                for f in lexicon.frames_of(above.lemma.lower(), pos)
            )
            if pos
            else False
        )
    locatives = lexicon.tables.locatives - {"over"}  # "leverage over Moscow"
    return word in locatives or word in ("from", "through", "of", "into", "than")
