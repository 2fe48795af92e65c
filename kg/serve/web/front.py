"""What the front page tells: what is in the graph, who acts most, when, and what is new in it."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.graph.counts import ACTIVE, COUNTS
from kg.serve.web.chart import Chart, columns
from kg.serve.web.classes import own_classes
from kg.serve.web.desk import Desk, Row, listed
from kg.serve.web.facts import read_facts
from kg.serve.web.pairs import RankedPairs, read_pairs
from kg.serve.web.records import Fact, PageLink
from kg.serve.web.words import event_word, full, local
from kg.view.untrusted import clean

_KINDS = {
    "articles": "article",
    "people": "person",
    "organisations": "organization",
    "places": "place",
    "events": "event",
    "statements": "statement",
    "roles": "membership",
    "relations": "relation",
}
_ACTORS = f"""
SELECT ?thing (COUNT(DISTINCT ?event) AS ?n) WHERE {{
  ?event {ACTIVE} ?thing .
}} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 20"""
_TIMES = """
SELECT ?when (COUNT(?event) AS ?n) WHERE { ?event a sem:Event ; sem:hasTimeStamp ?when } GROUP BY ?when"""
_DATED = "SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event a sem:Event ; sem:hasTimeStamp ?when }"
_CLASSES = """
SELECT ?class (COUNT(?event) AS ?n) WHERE {
  ?event nkg:trigger ?trigger ; a ?class
  FILTER NOT EXISTS { ?own rdfs:subClassOf ?class . ?event a ?own }
} GROUP BY ?class"""
"""Each event under its own class, not under the one above it too."""
_ARTICLES = """
SELECT ?article (MIN(?title) AS ?headline) (MAX(?published) AS ?date) (MIN(?by) AS ?publisher) WHERE {
  ?article a schema:NewsArticle
  OPTIONAL { ?article schema:headline ?title }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:publisher ?by }
} GROUP BY ?article ORDER BY DESC(?date) ?article LIMIT 8"""
_QUOTES = """
SELECT DISTINCT ?statement WHERE {
  VALUES ?statement { %s }
  ?statement a nkg:Statement ; nkg:direct true ; nkg:speaker ?speaker
} ORDER BY ?statement LIMIT 60"""
_ACTORS_SHOWN, _QUOTES_SHOWN, _CLASSES_SHOWN, _PAIRS_SHOWN = 10, 5, 10, 8
_PAIRED = 5000
"""Of so many events the pairs are counted for the front page; of more, on a page of their own."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind there are."""

    name: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a ranking; `share` is its length out of 100."""

    link: PageLink
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Headline:
    """An article as the front page names it."""

    link: PageLink
    date: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Front:
    """All of the front page."""

    counts: tuple[Count, ...]
    actors: tuple[Bar, ...]
    classes: tuple[Bar, ...]
    chart: Chart | None
    articles: tuple[Headline, ...]
    quotes: tuple[Fact, ...]
    dated: int = 0
    pairs: RankedPairs | None = None

    @property
    def events(self) -> int:
        """How many events there are."""
        return next((count.number for count in self.counts if count.kind == "event"), 0)


async def read_front(desk: Desk) -> Front:
    """Return what is in the graph."""
    counted, acting, times, classes, latest, dated = await asyncio.gather(
        *(desk.rows(query) for query in (COUNTS, _ACTORS, _TIMES, _CLASSES, _ARTICLES, _DATED))
    )
    numbers = {row["kind"]: int(row["n"]) for row in counted if "kind" in row}
    articles = tuple(map(_headline, (row for row in latest if "article" in row)))
    few = numbers.get("events", 0) <= _PAIRED
    links, quotes, own, pairs = await asyncio.gather(
        desk.links(row["thing"] for row in acting if "thing" in row),
        _quotes(desk, [a.link.iri for a in articles]),
        own_classes(desk, (row["class"] for row in classes if "class" in row)),
        read_pairs(desk, most=_PAIRS_SHOWN) if few else asyncio.sleep(0),
    )
    actors = [(links[row["thing"]], int(row["n"])) for row in acting if row.get("thing") in links]
    named = [pair for pair in actors if pair[0].kind in {"person", "organization", "place"}]
    return Front(
        counts=tuple(Count(name.capitalize(), kind, numbers.get(name, 0)) for name, kind in _KINDS.items()),
        actors=_bars(named[:_ACTORS_SHOWN]),
        classes=_classes(classes, own),
        chart=columns(Counter({row["when"]: int(row["n"]) for row in times})),
        articles=articles,
        quotes=quotes,
        dated=int(dated[0]["n"]) if dated else 0,
        pairs=pairs,
    )


def _headline(row: Row) -> Headline:
    label = clean(row.get("headline", "")) or local(row["article"])
    return Headline(
        PageLink(row["article"], label, "article"), row.get("date", "")[:10], clean(row.get("publisher", ""))
    )


async def _quotes(desk: Desk, articles: list[str]) -> tuple[Fact, ...]:
    """Return direct quotes of the latest articles, those of a length that reads well first."""
    if not articles:
        return ()
    told = await asyncio.gather(*(desk.stretches(article) for article in articles))
    rows = await desk.rows(
        _QUOTES % listed(sorted({one.thing for some in told for one in some if one.denotes}))
    )
    facts = await read_facts(desk, (row["statement"] for row in rows))
    place = {iri: number for number, iri in enumerate(articles)}
    fit = sorted(
        facts,
        key=lambda f: (
            not 40 <= len(f.text) <= 220,
            min((place.get(e.article.iri, len(place)) for e in f.evidence), default=len(place)),
            f.iri,
        ),
    )
    return tuple(fit[:_QUOTES_SHOWN])


def _classes(rows: list[Row], own: Mapping[str, dict[str, Any]]) -> tuple[Bar, ...]:
    found: Counter[str] = Counter()
    iris: dict[str, str] = {}
    for row in rows:
        of_model = re.search(r"newskg(/plover)?#", row["class"])
        if row["class"] in {full("sem:Event"), full("nkg:Fact")} or not (of_model or row["class"] in own):
            continue
        name = event_word([row["class"]], own)[0]
        found[name] += int(row["n"])
        iris[name] = row["class"]
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_CLASSES_SHOWN]
    return _bars([(PageLink(iris[name], name), number) for name, number in ranked])


def _bars(ranked: list[tuple[PageLink, int]]) -> tuple[Bar, ...]:
    most = max((number for _, number in ranked), default=1)
    return tuple(Bar(link, number, round(100 * number / most, 2)) for link, number in ranked)
