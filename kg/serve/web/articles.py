"""What the page of an article tells: its record, its text with what is found in it, its facts in the text's order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from kg.serve.web.addresses import elsewhere
from kg.serve.web.desk import Desk, TextAnchor, listed
from kg.serve.web.facts import read_facts
from kg.serve.web.marks import Cut, Mark, cut
from kg.serve.web.records import Fact, PageLink
from kg.serve.web.words import full, local
from kg.view.untrusted import clean, plain

_OWN = """
SELECT DISTINCT ?p ?o WHERE {
  VALUES ?doc { %s }
  VALUES ?p { schema:headline schema:datePublished schema:author schema:publisher schema:url schema:inLanguage
              dcterms:source dcterms:identifier nkg:sha256 }
  ?doc ?p ?o
}"""
_TEXT = """
SELECT ?context ?text WHERE {
  VALUES ?doc { %s }
  ?context nif:sourceUrl ?doc ; nif:isString ?text
}"""
_FACTS = 400
"""An article's page lists so many facts at most."""


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article; `pieces` are its text, `facts` what it tells, in its order, `more` how many are not listed."""

    iri: str
    headline: str
    date: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    source: str = ""
    language: str = ""
    digest: str = ""
    pieces: tuple[Cut, ...] = ()
    things: tuple[tuple[PageLink, int], ...] = ()
    facts: tuple[tuple[Fact, str], ...] = ()
    more: int = 0

    @property
    def events(self) -> list[tuple[Fact, str]]:
        """The events, each with its place in the text."""
        return [pair for pair in self.facts if pair[0].kind == "event"]

    @property
    def statements(self) -> list[tuple[Fact, str]]:
        """The statements, each with its place in the text."""
        return [pair for pair in self.facts if pair[0].kind == "statement"]

    @property
    def others(self) -> list[tuple[Fact, str]]:
        """Roles and relations, each with its place in the text."""
        return [pair for pair in self.facts if pair[0].kind in {"membership", "relation"}]


async def read_article(desk: Desk, iri: str) -> ShownArticle:
    """Return an article with its text and all that is found in it."""
    own, texts = await asyncio.gather(desk.rows(_OWN % listed([iri])), desk.rows(_TEXT % listed([iri])))
    values: dict[str, list[str]] = defaultdict(list)
    for row in own:
        values[row["p"]].append(row["o"])

    def one(name: str) -> str:
        return clean(min(values[full(name)], default=""))

    # the longest text is the article's; a headline that is no part of it has a context of its own
    body = max(texts, key=lambda row: (len(row["text"]), row["context"]), default=None)
    spans = await desk.stretches(iri) if body else []
    things, facts, more = await _found(desk, spans)
    text = plain(body["text"]) if body else ""
    return ShownArticle(
        iri=iri,
        headline=one("schema:headline") or one("dcterms:identifier") or local(iri),
        date=one("schema:datePublished"),
        authors=tuple(sorted(map(clean, values[full("schema:author")]))),
        publisher=one("schema:publisher"),
        url=elsewhere(one("schema:url")),
        source=one("dcterms:source"),
        language=one("schema:inLanguage"),
        digest=one("nkg:sha256"),
        pieces=tuple(cut(text, _marks(spans, things), ((s.begin, s.end) for s in spans))),
        things=_counted(spans, things),
        facts=facts,
        more=more,
    )


async def _found(
    desk: Desk, spans: list[TextAnchor]
) -> tuple[dict[str, PageLink], tuple[tuple[Fact, str], ...], int]:
    """Return what the text speaks of, and the facts in its order, each with the place of its words."""
    links = await desk.links({one.thing for one in spans})
    first: dict[str, tuple[int, int, int]] = {}
    for one in spans:
        # a fact stands where its own words are, or else where its sentence is
        place = (int(not one.denotes), one.begin, one.end)
        first[one.thing] = min(place, first.get(one.thing, place))
    told = [i for i, link in links.items() if link.kind in {"event", "statement", "membership", "relation"}]
    order = sorted(told, key=lambda i: (first[i][1:], i))
    facts = await read_facts(desk, order[:_FACTS])
    placed = tuple((fact, f"char={first[fact.iri][1]},{first[fact.iri][2]}") for fact in facts)
    return links, placed, len(order) - len(placed)


def _marks(spans: list[TextAnchor], links: dict[str, PageLink]) -> list[Mark]:
    return [Mark(one.begin, one.end, links[one.thing]) for one in spans if one.denotes and one.thing in links]


def _counted(spans: list[TextAnchor], links: dict[str, PageLink]) -> tuple[tuple[PageLink, int], ...]:
    """Return who and what is mentioned, the most often mentioned first."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for one in spans:
        link = links.get(one.thing)
        if link is not None and link.kind in {"person", "organization", "place", "group"}:
            places[link.iri].add((one.begin, one.end))
    found = ((links[iri], len(own)) for iri, own in places.items())
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].label, pair[0].iri)))
