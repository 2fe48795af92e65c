"""Ask the engine on behalf of pages: rows as plain values, labels and kinds of many things at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.evidence import place_of
from kg.serve.engine import Engine
from kg.serve.web.addresses import is_iri
from kg.serve.web.records import PageLink
from kg.serve.web.words import best_label, kind_of, local, short

_LABELS = """
SELECT DISTINCT ?thing ?label ?type ?text WHERE {
  VALUES ?thing { %s }
  { ?thing rdfs:label|schema:headline ?label } UNION { ?thing a ?type } UNION { ?thing schema:text ?text }
}"""
Row = dict[str, str]
_TOLD = re.compile(
    r"<(?P<thing>[^>]+)> <(?:http://groundedannotationframework\.org/gaf#|http://www\.w3\.org/ns/prov#)"
    r"(?P<how>denotedBy|wasDerivedFrom)> <(?P<span>[^>]+)> \."
)


@dataclass(frozen=True, slots=True, order=True)
class TextAnchor:
    """A thing or fact, and a stretch of text that speaks of it: its own words, or a sentence that tells of it."""

    thing: str
    denotes: bool
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk at which pages ask one engine; all that is read at it raises KGError, as `Engine.ask` and `search` do."""

    engine: Engine

    async def rows(self, query: str) -> list[Row]:
        """Return the values of each row by their names, those unbound left out."""
        return [
            {name: str(term["value"]) for name, term in row.items()} for row in await self.engine.rows(query)
        ]

    async def stretches(self, article: str) -> list[TextAnchor]:
        """Return what an article's text speaks of, and where."""
        found = set()
        for line in (await self.engine.article(article)).decode().splitlines():
            if match := _TOLD.match(line):
                place = place_of(match["span"])
                if place is not None and place.doc == article:
                    found.add(TextAnchor(match["thing"], match["how"] == "denotedBy", place.begin, place.end))
        return sorted(found)

    async def kind(self, iri: str) -> str:
        """Return the kind of what an IRI names, '' if its classes decide none."""
        rows = await self.rows(f"SELECT DISTINCT ?type {{ <{iri}> a ?type }}")
        return kind_of(row["type"] for row in rows)

    async def links(self, iris: Iterable[str]) -> dict[str, PageLink]:
        """Return each thing with its best label and its kind; without a label, by the end of its IRI."""
        wanted = sorted({iri for iri in iris if is_iri(iri)})
        if not wanted:
            return {}
        labels: dict[str, set[str]] = defaultdict(set)
        types: dict[str, set[str]] = defaultdict(set)
        texts: dict[str, str] = {}
        for row in await self.rows(_LABELS % listed(wanted)):
            thing = row["thing"]
            if "label" in row:
                labels[thing].add(row["label"])
            elif "type" in row:
                types[thing].add(row["type"])
            else:
                texts.setdefault(thing, row["text"])
        return {
            iri: PageLink(
                iri, best_label(labels[iri]) or short(texts.get(iri, "")) or local(iri), kind_of(types[iri])
            )
            for iri in wanted
        }


def listed(iris: Iterable[str]) -> str:
    """Return IRIs as SPARQL writes them one after the other, those that it can't left out."""
    return " ".join(f"<{iri}>" for iri in iris if is_iri(iri))
