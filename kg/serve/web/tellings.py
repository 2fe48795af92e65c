"""What one article tells more than once of one happening, in one row with each telling under it.

The page of the graph has the same rule in its own script (`tellings.js`). Each telling is an event of the graph and is
counted as one: a row says how many it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.graph.inflection import root
from kg.serve.web.records import Fact

_WORDS = re.compile(r"[^\W_]+")


def gathered(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in their order, those told as one as the surest of them, with the others as its `tellings`."""
    rows: list[list[Fact]] = []
    places: dict[object, list[list[Fact]]] = {}
    for fact in facts:
        key = _happening(fact)
        found = (
            next((row for row in places.get(key, ()) if all(_one(f, fact) for f in row)), None)
            if key
            else None
        )
        if found is None:
            rows.append([fact])
            places.setdefault(key, []).append(rows[-1])
        else:
            found.append(fact)
    return [_row(row) for row in rows]


def _row(row: list[Fact]) -> Fact:
    if len(row) == 1:
        return row[0]
    first, *others = sorted(row, key=lambda f: (-(f.confidence or 0.0), not f.when, f.iri))
    return replace(first, tellings=tuple(others))


def _happening(fact: Fact) -> object:
    """Return what two tellings of a happening share; nothing for what is none, or has nobody in it."""
    articles = {piece.article.iri for piece in fact.evidence}
    sides = [tuple(sorted(link.iri for link in fact.who(part))) for part in ("agent", "patient", "place")]
    if fact.kind != "event" or not any(sides[:2]) or len(articles) != 1:
        return None
    return fact.word, fact.modality, *sides, *articles


def _one(one: Fact, other: Fact) -> bool:
    """Two days are two happenings, and so are words that have little in common."""
    if one.when and other.when and (one.when, one.until) != (other.when, other.until):
        return False
    own, others = (set(map(root, _WORDS.findall(fact.label.lower()))) for fact in (one, other))
    return _trigger(one) == _trigger(other) and 2 * len(own & others) >= min(len(own), len(others))


def _trigger(fact: Fact) -> str:
    told = (part.text for piece in fact.evidence for part in piece.pieces if part.marked)
    return root(next(told, "").lower())
