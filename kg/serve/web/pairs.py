"""Who had most to do with whom: pairs by the events that both take part in, what was done in them, and how certain."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.counts import TOGETHER
from kg.serve.web.desk import Desk, Row, listed
from kg.serve.web.facts import number, read_facts
from kg.serve.web.records import Fact, PageLink
from kg.serve.web.words import MODALITIES, local
from kg.view.untrusted import clean

_RANKED = f"""
SELECT ?one ?other (COUNT(DISTINCT ?event) AS ?n) WHERE {{
  %s {TOGETHER} FILTER (%s)
}} GROUP BY ?one ?other ORDER BY DESC(?n) ?one ?other LIMIT %d OFFSET %d"""
_TOLD = f"""
SELECT DISTINCT ?one ?other ?event ?trigger ?mode ?sure WHERE {{
  VALUES (?one ?other) {{ %s }}
  {TOGETHER}
  OPTIONAL {{ ?event nkg:trigger ?trigger }}
  OPTIONAL {{ ?event nkg:modality ?mode }}
  OPTIONAL {{ ?event nkg:confidence ?sure }}
}} LIMIT 20000"""
_BETWEEN = f"""
SELECT DISTINCT ?event ?when ?sentence WHERE {{
  VALUES (?one ?other) {{ %s }}
  {TOGETHER}
  OPTIONAL {{ ?event sem:hasTimeStamp ?when }}
  OPTIONAL {{ ?event prov:wasDerivedFrom ?sentence }}
}} LIMIT 20000"""
_AT_A_TIME, _FACTS_AT_A_TIME, _WORDS = 50, 25, 4


@dataclass(frozen=True, slots=True)
class RankedPair:
    """Two things and the number of events that both take part in.

    `words` are what was done in them with how often, the most usual first; `more` is how many words are left out;
    `certain` are pairs of a number and how certain so many of the events are, `sure` the confidence of the surest.
    """

    one: PageLink
    other: PageLink
    events: int
    words: tuple[tuple[str, int], ...] = ()
    more: int = 0
    certain: tuple[tuple[int, str], ...] = ()
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class RankedPairs:
    """Pairs from number `start` on; `of` is the thing that all of them have in common, if they're asked for by one."""

    pairs: tuple[RankedPair, ...]
    start: int = 0
    more: bool = False
    of: PageLink | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """The events that two things take part in, in time order, from number `start` on."""

    one: PageLink
    other: PageLink
    facts: tuple[Fact, ...]
    count: int
    start: int = 0


async def read_pairs(desk: Desk, iri: str = "", start: int = 0, most: int = _AT_A_TIME) -> RankedPairs:
    """Return the pairs with most events in common, at most so many; of one thing alone if its IRI is given."""
    given, apart = (
        (f"VALUES ?one {{ {listed([iri])} }}", "?one != ?other") if iri else ("", "STR(?one) < STR(?other)")
    )
    rows = [row for row in await desk.rows(_RANKED % (given, apart, most + 1, start)) if "one" in row]
    shown = rows[:most]
    named, told = await asyncio.gather(
        desk.links([iri, *(end for row in shown for end in (row["one"], row["other"]))]),
        desk.rows(_TOLD % _both((row["one"], row["other"]) for row in shown)) if shown else _nothing(),
    )
    events: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in told:
        events[row["one"], row["other"]].append(row)
    pairs = tuple(_pair(row, named, events[row["one"], row["other"]]) for row in shown)
    return RankedPairs(pairs, start, len(rows) > most, named.get(iri))


async def read_between(desk: Desk, one: str, other: str, start: int = 0) -> Between | None:
    """Return the events that two take part in, None where the graph has nothing of one of them."""
    named, rows = await asyncio.gather(desk.links([one, other]), desk.rows(_BETWEEN % _both([(one, other)])))
    if one not in named or other not in named:
        return None
    keys: dict[str, tuple[str, str]] = {}
    for row in rows:
        key = row.get("when", "9999"), row.get("sentence", "")
        keys[row["event"]] = min(keys.get(row["event"], key), key)
    order = sorted(keys, key=lambda event: (keys[event], event))
    facts = await read_facts(desk, order[start : start + _FACTS_AT_A_TIME])
    return Between(named[one], named[other], tuple(facts), len(order), start)


async def _nothing() -> list[Row]:
    return []


def _both(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"({listed([one])} {listed([other])})" for one, other in pairs)


def _pair(row: Row, named: dict[str, PageLink], told: list[Row]) -> RankedPair:
    modes: dict[str, str] = {}
    triggers: dict[str, str] = {}
    for event in told:
        modes[event["event"]] = local(event.get("mode", "")) or "Asserted"
        triggers.setdefault(event["event"], clean(event.get("trigger", "")).strip())
    certain = Counter(modes.values())
    # where all are as certain, it's said once, beside them
    words = Counter(
        f"{word} ({MODALITIES[modes[iri]]})" if modes[iri] in MODALITIES and len(certain) > 1 else word
        for iri, word in triggers.items()
        if word
    )
    ranked = sorted(words.items(), key=lambda pair: (-pair[1], pair[0].endswith(")"), pair[0]))
    return RankedPair(
        one=named.get(row["one"], PageLink(row["one"], local(row["one"]))),
        other=named.get(row["other"], PageLink(row["other"], local(row["other"]))),
        events=int(row["n"]),
        words=tuple(ranked[:_WORDS]),
        more=len(ranked[_WORDS:]),
        certain=tuple(
            (certain[mode], name)
            for mode, name in (("Asserted", "as fact"), *MODALITIES.items())
            if certain[mode]
        ),
        sure=max(
            (found for event in told if (found := number(event.get("sure", ""))) is not None), default=None
        ),
    )
