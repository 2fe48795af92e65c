"""Find things by words in their names, through the index beside the snapshot, or list those of a kind."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from kg.graph.counts import ACTIVE
from kg.graph.inflection import inflected
from kg.serve.web.desk import Desk, Row, listed
from kg.serve.web.facts import TIED, read_facts
from kg.serve.web.records import Fact, PageLink
from kg.serve.web.words import short
from kg.serve.workers import TimeLimitError
from kg.store.labels import Hit
from kg.view.untrusted import clean

KINDS = {
    "person": ("schema:Person", "People"),
    "organization": ("schema:Organization", "Organisations"),
    "place": ("schema:Place", "Places"),
    "group": ("nkg:Group", "Unnamed groups"),
    "event": ("sem:Event", "Events"),
    "statement": ("nkg:Statement", "Statements"),
    "article": ("schema:NewsArticle", "Articles"),
    "role": ("org:Role", "Titles"),
}
"""The kinds that can be searched and listed: their class, and what many of them are called."""
_KIND = {cls.partition(":")[2]: kind for kind, (cls, _) in KINDS.items()}
_AT_A_TIME, _SUGGESTED = 50, 10


_ABOUT = f"""
  VALUES ?thing {{ %s }}
  {{ ?fact {TIED} ?thing }}
  UNION {{ ?thing prov:wasDerivedFrom ?any BIND (?thing AS ?fact) }}"""
_COUNTS = f"""
SELECT ?thing (COUNT(DISTINCT ?event) AS ?n) WHERE {{
  VALUES ?thing {{ %s }}
  ?event {ACTIVE} ?thing
}} GROUP BY ?thing"""
_DATES = f"""
SELECT ?thing (MIN(?when) AS ?first) (MAX(?when) AS ?last) WHERE {{
  {{{_ABOUT} ?fact sem:hasTimeStamp ?own }} UNION {{ VALUES ?thing {{ %s }} ?thing schema:datePublished ?own }}
  BIND (SUBSTR(STR(?own), 1, 10) AS ?when)
}} GROUP BY ?thing"""
_FIRST = f"""
SELECT ?thing (MIN(STR(?span)) AS ?sentence) WHERE {{{_ABOUT} ?fact prov:wasDerivedFrom ?span }} GROUP BY ?thing"""
_TOLD = """
SELECT ?fact (SAMPLE(?said) AS ?words) WHERE {
  VALUES ?type { %s }
  ?fact a ?type ; prov:wasDerivedFrom/nif:anchorOf ?sentence .
  OPTIONAL { ?fact rdfs:label ?label }
  OPTIONAL { ?fact schema:text ?said }
  BIND (LCASE(CONCAT(COALESCE(STR(?label), ""), " ", STR(?sentence))) AS ?all)
  FILTER (%s)
} GROUP BY ?fact ORDER BY ?fact LIMIT %d OFFSET %d"""
_WORD = re.compile(r"[^\W_]+")
_SENTENCES = "SELECT ?span ?text WHERE { VALUES ?span { %s } ?span nif:anchorOf ?text }"


@dataclass(frozen=True, slots=True)
class FoundThing:
    """A thing that was found: `also` is the name by which it was, if that is not its usual one.

    `events` is how many events it takes part in, `first` and `last` the dates that they reach over, `snippet` the
    first sentence that speaks of it, `fact` the event itself, if it is one.
    """

    link: PageLink
    also: str = ""
    events: int = 0
    first: str = ""
    last: str = ""
    snippet: str = ""
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, from number `start` on; `more` tells that there is more.

    `by_words` tells that no name has the words, and these are facts whose sentences have them.
    """

    kind: str
    title: str
    hits: tuple[FoundThing, ...]
    start: int
    more: bool
    by_words: bool = False


async def find(desk: Desk, words: str, kind: str, start: int) -> Hits:
    """Return the things whose names have these words; without words, those of the kind, by their names.

    Where no name has the words, the events and statements whose label and sentence have all of them, in any order.
    """
    cls, title = KINDS.get(kind, ("", "Everything"))
    kind = kind if cls else ""
    found = await desk.engine.search(words, start + _AT_A_TIME + 1, cls.partition(":")[2])
    if not found and words and kind in {"", "event", "statement"}:
        facts = await _facts(desk, words, kind, start)
        hits = await _told(desk, facts[:_AT_A_TIME])
        return Hits(kind, title, hits, start, len(facts) > _AT_A_TIME, by_words=True)
    found = found[start:]
    named = await _named(desk, found[:_AT_A_TIME])
    return Hits(kind, title, await _told(desk, named), start, len(found) > _AT_A_TIME)


async def suggestions(desk: Desk, words: str, kind: str = "") -> tuple[tuple[PageLink, str], ...]:
    """Return a few things, for words that may not be finished."""
    return await _named(
        desk, await desk.engine.search(words, _SUGGESTED, KINDS.get(kind, ("",))[0].partition(":")[2])
    )


async def _facts(desk: Desk, words: str, kind: str, start: int) -> tuple[tuple[PageLink, str], ...]:
    tokens = _WORD.findall(words.lower())[:8]
    if not tokens:
        return ()
    kinds = [kind] if kind else ["event", "statement"]
    has = " && ".join(f'REGEX(?all, "{_has(token)}")' for token in tokens)
    query = _TOLD % (" ".join(KINDS[k][0] for k in kinds), has, _AT_A_TIME + 1, start)
    try:
        rows = await desk.rows(query)
    except TimeLimitError:  # too large a graph to read all its sentences: then names alone are looked through
        return ()
    rows = [row for row in rows if "fact" in row]
    links = await desk.links(row["fact"] for row in rows)
    named = []
    for row in rows:
        link = links.get(row["fact"])
        if link is not None:
            said = short(clean(row.get("words", "")), 140)
            named.append((replace(link, label=said) if said and link.kind == "statement" else link, ""))
    return tuple(named)


def _has(token: str) -> str:
    """Return the pattern, as SPARQL writes it, of a text that has a word which begins so or is another form of it."""
    letter = "[^\\\\p{L}\\\\p{N}]"
    forms = inflected(token).replace("(?:", "(")
    return f"(^|{letter})({token}{f'|({forms})({letter}|$)' if forms else ''})"


async def _named(desk: Desk, hits: list[Hit]) -> tuple[tuple[PageLink, str], ...]:
    links = await desk.links(hit.iri for hit in hits)
    found = []
    for hit in hits:
        link = links.get(hit.iri, PageLink(hit.iri, hit.name, _KIND.get(hit.kind, "")))
        name = short(clean(hit.name), 140)
        if link.kind == "statement":
            link, name = replace(link, label=name or link.label), ""
        found.append((link, name if name != link.label else ""))
    return tuple(found)


async def _told(desk: Desk, named: tuple[tuple[PageLink, str], ...]) -> tuple[FoundThing, ...]:
    iris = listed(link.iri for link, _ in named)
    if not iris:
        return ()
    *asked, events = await asyncio.gather(
        desk.rows(_COUNTS % iris),
        desk.rows(_DATES % (iris, iris)),
        desk.rows(_FIRST % iris),
        read_facts(desk, (link.iri for link, _ in named if link.kind == "event")),
    )
    facts = {fact.iri: fact for fact in events}
    rows: dict[str, Row] = defaultdict(dict)
    for row in (row for found in asked for row in found if "thing" in row):
        rows[row["thing"]] |= row
    spans = {row["sentence"] for row in rows.values() if "sentence" in row}
    told_in = await desk.rows(_SENTENCES % listed(sorted(spans))) if spans else []
    texts = {row["span"]: row["text"] for row in told_in}
    hits = []
    for link, also in named:
        row = rows[link.iri]
        told = link.kind not in {"event", "statement", "article"}
        snippet = short(clean(texts.get(row.get("sentence", ""), "")), 180)
        hits.append(
            FoundThing(
                link,
                also,
                int(row.get("n", 0)) if told else 0,
                row.get("first", ""),
                row.get("last", ""),
                "" if snippet == link.label else snippet,
                facts.get(link.iri),
            )
        )
    return tuple(hits)
