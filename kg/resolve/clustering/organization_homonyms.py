"""Tells which body is meant by a name that several share."""

from __future__ import annotations

from collections import Counter

from kg.lexicon import Lexicon
from kg.parsed import Parsed
from kg.resolve.name_mention import Name


def told_by_lands(parsed: Parsed, names: list[Name], lexicon: Lexicon) -> dict[str, str]:
    """Map a name that several bodies share ("Treasury", "RSF") to the full name of the one that is meant: the only one
    that the article writes out, the one of an office behind it ("Treasury Secretary"), or, of bodies of several
    countries, that of the country whose places the article names most.
    """
    sets, namesakes = lexicon.tables.constructions, lexicon.tables.namesakes
    after = ((n.text, parsed.tokens[n.last].text) for n in names if n.last < len(parsed.tokens))
    told = {
        t: sets.bodies_of_offices[k] for t, w in after if (k := f"{t} {w}".lower()) in sets.bodies_of_offices
    }
    texts = {n.text for n in names}
    written = ((text, namesakes[text] & texts) for text in sorted(texts & namesakes.keys()))
    told |= {text: next(iter(full)) for text, full in written if len(full) == 1}
    lands = Counter(n.place.country for n in names if n.place is not None)
    for text in texts & sets.bodies_of_lands.keys() - told.keys():
        bodies = sets.bodies_of_lands[text].items()
        ranked = sorted(((lands[land], body) for land, body in bodies), reverse=True)
        if ranked[0][0] > (ranked[1][0] if len(ranked) > 1 else 0):
            told[text] = ranked[0][1]
    return told
