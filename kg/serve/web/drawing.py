"""The interactive graph: of the most active actors, or of a thing and what it is tied to."""

from __future__ import annotations

import asyncio
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import KGError
from kg.serve.engine import Engine
from kg.serve.web.addresses import is_iri
from kg.serve.web.desk import Desk, listed
from kg.serve.web.facts import TIED
from kg.serve.web.kept import Kept
from kg.serve.web.pages import Nothing, Pages
from kg.serve.web.words import full
from kg.serve.workers import BusyError, TimeLimitError

_SECONDS, _WAITING = 90, 8
_AROUND = """
SELECT DISTINCT ?fact WHERE {{
  VALUES ?thing {{ {things} }}
  {{ ?fact {tied} ?thing }}
  UNION {{ ?thing nkg:confidence ?sure BIND (?thing AS ?fact) }}
}} ORDER BY ?fact LIMIT {most}"""
_ALL = """
SELECT DISTINCT ?fact WHERE {{
  VALUES ?class {{ sem:Event nkg:Statement org:Membership nkg:Relation }} ?fact a ?class
}} LIMIT {most}"""
_ACTIVE = """
SELECT ?thing (COUNT(?event) AS ?n) WHERE { ?event nkg:agent|nkg:patient ?thing
} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 40"""
_TOLD = """
CONSTRUCT {{ ?one ?p ?o }} WHERE {{ SELECT DISTINCT ?one ?p ?o WHERE {{ VALUES ?one {{ {iris} }} ?one ?p ?o }} }}"""
_NAMED = """
CONSTRUCT {{ ?one ?p ?o }} WHERE {{ SELECT DISTINCT ?one ?p ?o WHERE {{
  VALUES ?one {{ {iris} }}
  ?one ?p ?o
  FILTER (?p IN (rdf:type, rdfs:label, skos:altLabel, nkg:formerName, owl:sameAs, schema:latitude,
    schema:longitude, schema:headline, schema:datePublished, schema:publisher, schema:author, schema:url,
    schema:inLanguage, dcterms:identifier))
}} }}"""
_CLASSES = """
CONSTRUCT { ?class ?p ?o } WHERE {
  ?class a owl:Class ; rdfs:subClassOf ?above ; ?p ?o
  FILTER (?p IN (rdf:type, rdfs:subClassOf, rdfs:label, nkg:stance))
}"""
"""The classes of the user's own, which events are called by."""
_PARTS = """
SELECT DISTINCT ?p ?o WHERE {{
  VALUES ?fact {{ {iris} }}
  ?fact ?p ?o
  FILTER (isIRI(?o) && ?p NOT IN (rdf:type, rdf:predicate, nkg:modality))
}}"""
_TIES = """
ASK {{
  VALUES ?thing {{ {thing} }}
  {{ ?fact nkg:agent|nkg:patient ?thing }}
  UNION {{ ?fact rdf:subject|rdf:object ?thing ; a nkg:Relation }}
  UNION {{ ?fact org:member|org:organization ?thing ; org:organization ?body }}
}}"""
"""Whether there's anything to draw between actors; if not, quotes and events are drawn as nodes of their own."""
_THINGS = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?class { schema:Person schema:Organization schema:Place nkg:Group } ?thing a ?class
} LIMIT 3000"""
_MOST_AROUND, _MOST_ALL = 300, 800
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn page, with the policy that it asks for; `whole` tells that it holds the whole graph."""

    page: bytes
    policy: str
    facts: int
    whole: bool


class Drawings:
    """The handlers of the graph and of the page around it."""

    def __init__(self, engine: Engine, desk: Desk, pages: Pages) -> None:
        self._engine = engine
        self._desk = desk
        self._pages = pages
        self._drawn = Kept(engine, 12)  # they are large
        self._one = asyncio.Semaphore(1)
        self._waiting = 0

    async def page(self, request: Request) -> Response:
        """Show the graph within the site."""
        iri = _asked(request)
        links = await self._desk.links([iri] if iri else [])
        bare = bool(iri) and b"false" in (await self._engine.ask(_TIES.format(thing=listed([iri])))).body
        return self._pages.show(
            "graph.html.j2",
            iri=iri,
            link=links.get(iri),
            most=_MOST_AROUND if iri else _MOST_ALL,
            bare=bare,
        )

    async def drawing(self, request: Request) -> Response:
        """Give the graph itself: one page with its scripts inside, which its own policy names by their hashes."""
        iri = _asked(request)
        drawn = await self._drawn.get(iri, lambda: self._draw(iri))
        return HTMLResponse(
            drawn.page, headers={"Content-Security-Policy": drawn.policy, "Cache-Control": "no-cache"}
        )

    async def _draw(self, iri: str) -> Drawing:
        facts, whole = await self._facts(iri)
        if not facts:
            raise Nothing("there's nothing to draw: no event, statement, role or relation")
        title = (await self._desk.links([iri]))[iri].label if iri else "Who did what to whom"
        triples = await self._triples(facts)
        if whole:  # who is only mentioned counts, too
            rows = await self._desk.rows(_THINGS)
            triples += b"".join(await self._all(_NAMED, sorted(row["thing"] for row in rows)))
        if self._waiting >= _WAITING:
            raise BusyError("several graphs are being drawn already; try again in a moment")
        self._waiting += 1
        try:
            async with self._one:
                page = await _rendered(self._pages.addresses().base, title, triples)
        finally:
            self._waiting -= 1
        found = _POLICY.search(page[:4000].decode("utf-8", "replace"))
        policy = found[1].replace("&#39;", "'") if found else "default-src 'none'"
        return Drawing(page, f"{policy}; frame-ancestors 'self'", len(facts), whole)

    async def _facts(self, iri: str) -> tuple[list[str], bool]:
        if iri:
            # what is drawn around an article are the facts that its sentences tell of
            told = sorted({one.thing for one in await self._desk.stretches(iri) if not one.denotes})
            if told:
                return told[:_MOST_AROUND], False
            query = _AROUND.format(things=listed([iri]), tied=TIED, most=_MOST_AROUND)
            rows = await self._desk.rows(query)
            return [row["fact"] for row in rows], False
        rows = await self._desk.rows(_ALL.format(most=_MOST_ALL + 1))
        if len(rows) <= _MOST_ALL:
            return [row["fact"] for row in rows], True
        active = [row["thing"] for row in await self._desk.rows(_ACTIVE)]
        rows = await self._desk.rows(_AROUND.format(things=listed(active), tied=TIED, most=_MOST_ALL))
        return [row["fact"] for row in rows], False

    async def _triples(self, facts: list[str]) -> bytes:
        """Return the facts, those who take part and the sentences, as N-Triples."""
        parts = await self._parts(facts)
        sources = sorted(parts[full("nkg:accordingTo")] - set(facts))
        for predicate, found in (await self._parts(sources)).items():
            parts[predicate] |= found
        sentences = parts.pop(full("prov:wasDerivedFrom"), set())
        articles = {sentence.partition("#")[0] for sentence in sentences}
        spans = parts.pop(full("gaf:denotedBy"), set())
        things = set().union(*parts.values(), articles) - spans - set(sources)
        told = [*facts, *sources, *sorted(sentences)]
        classes = await self._engine.ask(_CLASSES, graph="ntriples")
        named = await self._all(_NAMED, sorted(things))
        return b"".join([*await self._all(_TOLD, told), *named, classes.body])

    async def _parts(self, facts: list[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for some in _batches(facts):
            for row in await self._desk.rows(_PARTS.format(iris=listed(some))):
                found[row["p"]].add(row["o"])
        return found

    async def _all(self, query: str, iris: list[str]) -> list[bytes]:
        asked = (
            self._engine.ask(query.format(iris=listed(some)), graph="ntriples") for some in _batches(iris)
        )
        return [answer.body for answer in await asyncio.gather(*asked)]


def _batches(iris: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(iris), 500):
        yield iris[begin : begin + 500]


def _asked(request: Request) -> str:
    iri = request.query_params.get("iri", "")
    if iri and not is_iri(iri):
        raise Nothing("that is no IRI: there is no graph around it")
    return iri


async def _rendered(site: str, title: str, triples: bytes) -> bytes:
    """Draw in a process of its own: it loads much, works for seconds, and can be ended."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kg.serve.web.draw", stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        head = "".join(" ".join(line.split()) + "\n" for line in (site, title))
        sent = head.encode("utf-8", "replace") + triples
        page, _ = await asyncio.wait_for(process.communicate(sent), _SECONDS)
    except TimeoutError:
        raise TimeLimitError(f"drawing was stopped after {_SECONDS} seconds") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise KGError("the graph can't be drawn")
    return page
