"""Tells which country's body is meant by a name that bodies of several countries share."""

from __future__ import annotations

from collections import Counter

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.name_mention import Name


def told_by_lands(parsed: Parsed, names: list[Name], lexicon: Lexicon) -> dict[str, str]:
    """Map a name that bodies of several countries share ("Treasury") to the full name of the one that is meant: by an
    office behind it that one country has ("Treasury Secretary"), or the country whose places the article names most.
    """
    sets = lexicon.tables.constructions
    after = ((n.text, parsed.tokens[n.last].text) for n in names if n.last < len(parsed.tokens))
    told = {
        t: sets.bodies_of_offices[k] for t, w in after if (k := f"{t} {w}".lower()) in sets.bodies_of_offices
    }
    shared = {n.text for n in names} & sets.bodies_of_lands.keys() - told.keys()
    if shared:
        lands = Counter(n.place.country for n in names if n.place is not None)
        for text in shared:
            ranked = sorted(
                ((lands[land], body) for land, body in sets.bodies_of_lands[text].items()), reverse=True
            )
            if ranked[0][0] > (ranked[1][0] if len(ranked) > 1 else 0):
                told[text] = ranked[0][1]
    return told
