"""The web app's routes: what address shows what."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KGError
from kg.serve.edits import Edits
from kg.serve.engine import Engine
from kg.serve.negotiate import GRAPH, MEDIA, PAGE, accepted
from kg.serve.patience import PatientResponse
from kg.serve.web import articles, facts, front, pairs, search, things
from kg.serve.web.addresses import ENDINGS, Addresses, elsewhere, is_iri
from kg.serve.web.ask import AskPages
from kg.serve.web.assets import Assets
from kg.serve.web.desk import Desk, listed
from kg.serve.web.drawing import Drawings
from kg.serve.web.kept import Kept
from kg.serve.web.pages import Nothing, Pages, named
from kg.serve.web.programs import Programs, number
from kg.serve.web.words import NAMES, local, term
from kg.serve.workers import UnacceptableError
from kg.store.ask import WrittenAnswer

Handler = Callable[[Request], Awaitable[Response]]
_ARTICLE = "SELECT ?article { ?article a schema:NewsArticle } LIMIT 1"
_KNOWN = "ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"
_TRIPLES = """
SELECT DISTINCT ?p ?o ?s WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }} ORDER BY ?p ?o ?s LIMIT 300"""
_DOCUMENTS = {**PAGE, **{media: form for media, form in GRAPH.items() if media != "text/plain"}}
_ENDING = {form: ending for ending, form in ENDINGS.items()}
_MOST_TOLD = 20_000
_ABOUT = """
CONSTRUCT {{ ?thing ?p ?o . ?o rdfs:label ?name . ?s ?q ?thing . ?s rdfs:label ?other }} WHERE {{
  VALUES ?thing {{ {thing} }}
  {{ ?thing ?p ?o OPTIONAL {{ ?o rdfs:label ?name }} }}
  UNION {{ ?s ?q ?thing FILTER (?q != nif:sourceUrl) OPTIONAL {{ ?s rdfs:label ?other }} }}
}}"""


def web_routes(engine: Engine, edits: Edits | None = None) -> list[BaseRoute]:
    """Return the routes of the pages over an engine; the last one catches what no other does.

    With `edits` the pages have what corrects facts.
    """
    app = Web(engine, "" if edits is None else edits.token)

    def route(path: str, handler: Handler, *methods: str, name: str | None = None) -> Route:
        async def answer(request: Request) -> Response:
            try:
                await app.settle()
                return await handler(request)
            except KGError as error:
                return app.pages.wrong(request, error)

        return Route(path, answer, methods=list(methods or ("GET",)), name=name or path)

    programs = Programs(engine, app.desk, app.addresses)
    queries, query, search, thing = map(
        programs.told, (programs.queries, programs.query, programs.search, programs.thing)
    )
    return [
        route("/openapi.json", programs.told(programs.openapi)),
        route("/query.json", queries),
        route("/query/{name}.json", query),
        route("/search.json", search),
        route("/page.json", thing),
        route("/page/{rest:path}.json", app.unless_named_so(programs.beside(app.page, thing), thing)),
        route("/", app.front),
        route("/page", programs.beside(app.page, thing)),
        route("/page/{rest:path}", programs.beside(app.page, thing)),
        route("/data", app.data),
        route("/data/{rest:path}", app.data),
        route("/search", programs.beside(app.search, search)),
        route("/suggest", app.suggest),
        route("/pairs", app.pairs),
        route("/query", app.ask.page, "GET", "POST", name="query"),  # where the endpoint sends browsers
        route("/query/{name}", programs.beside(app.ask.page, query), "GET"),
        route("/download/{form}", app.ask.download, "GET", "POST"),
        route("/graph", app.drawings.page),
        route("/graph/drawing", app.drawings.drawing),
        *([] if edits is None else [Route("/edit", edits.__call__, methods=["POST"])]),
        route("/static/{name:path}", app.assets.file),
        route("/{rest:path}", app.thing),
    ]


class Web:
    """The handlers of all pages."""

    def __init__(self, engine: Engine, token: str = "") -> None:
        self.engine = engine
        self.desk = Desk(engine)
        self.pages = Pages(self.addresses, token, named(engine.source))
        self._base = ""
        self._ready: asyncio.Task[None] | None = None
        self.kept = Kept(engine)
        self.assets = Assets()
        self.ask = AskPages(engine, self.pages)
        self.drawings = Drawings(engine, self.desk, self.pages)

    def addresses(self) -> Addresses:
        """Return the addresses for the base of what is served."""
        return Addresses(self._base or self.engine.base)

    async def settle(self) -> None:
        """Find the base of what is served: a graph file does not tell it, but its articles do."""
        self._base = await self.kept.get("base", self._found_base)

    async def _found_base(self) -> str:
        rows = await self.desk.rows(_ARTICLE)
        article = min((row["article"] for row in rows), default="")
        base, found, _ = article.partition("article/")
        return base if found and not article.startswith(self.engine.base) else self.engine.base

    async def front(self, request: Request) -> Response:
        """Show what is in the graph."""
        found = await self.kept.get("front", lambda: front.read_front(self.desk))
        # the index of names is made when it is first needed: have it ready when somebody types
        self._ready = asyncio.create_task(self._make_ready())
        return self.pages.show("front.html.j2", front=found)

    async def thing(self, request: Request) -> Response:
        """Send those who ask for a thing itself to a document about it, in the form that they like best."""
        addresses, path = self.addresses(), request.url.path
        given = str(request.scope["path"])
        if not given.startswith(addresses.path):
            raise Nothing(f"{path}: there is no such page")
        iri = addresses.iri(given[len(addresses.path) :])
        if not is_iri(iri) or not await self._known(iri):
            raise Nothing(f"{path}: there is no such page, and the graph holds nothing of that name")
        form = accepted(request.headers.get("accept"), _DOCUMENTS)
        if form is None:
            raise UnacceptableError("a thing is told as HTML, Turtle, N-Triples, JSON-LD or RDF/XML")
        target = addresses.page(iri) if form == "html" else addresses.data(iri, _ENDING[form])
        return RedirectResponse(target, 303, {"Vary": "Accept"})

    async def data(self, request: Request) -> Response:
        """Give what the graph says of a thing to a program."""
        iri, ending = self._asked(request), request.query_params.get("form", "ttl")
        if "rest" in request.path_params:
            iri, _, ending = iri.rpartition(".")
        if ending not in ENDINGS or not is_iri(iri) or not await self._known(iri):
            raise Nothing(f"{request.url.path}: the graph holds nothing of that name")
        answer = await read_data(self.engine, iri, ENDINGS[ending])
        page = self.addresses().page(iri)
        headers = {"Link": f'<{page}>; rel="alternate"; type="text/html"'}
        if answer.cut:
            headers["KG-Truncated"] = "yes"
        return PatientResponse(answer.body, media_type=MEDIA[answer.form], headers=headers)

    async def page(self, request: Request) -> Response:
        """Show what is known of a thing, on a page for its kind."""
        iri = self._asked(request)
        if not is_iri(iri):
            raise Nothing("that is no IRI: there is no page for it")
        kind = await self.desk.kind(iri)
        if kind == "article":
            article = await self.kept.get(f"article {iri}", lambda: articles.read_article(self.desk, iri))
            return self._shown("article.html.j2", iri, article=article)
        if kind in {"event", "statement", "membership", "relation"}:
            return await self._fact(iri)
        only = request.query_params.get("part", "")
        if only not in {*things.SECTIONS, "articles", ""}:
            raise Nothing(f"a page has no part '{only[:40]}'")
        start = number(request, "from") if only else 0
        thing = await self.kept.get(
            f"thing {only} {start} {iri}", lambda: things.read_thing(self.desk, iri, only, start)
        )
        if kind or (thing.known and any(s.facts for s in thing.sections)):
            return self._shown("thing.html.j2", iri, thing=thing, only=only)
        return await self._anything(iri)

    def unless_named_so(self, page: Handler, program: Handler) -> Handler:
        """Return a handler that gives JSON, or a page where the graph has something whose name ends in .json."""

        async def choose(request: Request) -> Response:
            whole = f"{request.path_params['rest']}.json"
            iri = self.addresses().iri(whole)
            if not is_iri(iri) or not await self._known(iri):
                return await program(request)
            request.path_params["rest"] = whole
            return await page(request)

        return choose

    async def _fact(self, iri: str) -> Response:
        found = await facts.read_facts(self.desk, [iri])
        if not found:
            return await self._anything(iri)
        fact = found[0]
        rows = await self.desk.rows(
            f"SELECT DISTINCT ?fact {{ ?fact nkg:accordingTo <{iri}> }} ORDER BY ?fact LIMIT 50"
        )
        source = [fact.according_to] if fact.according_to else []
        told, reported = await asyncio.gather(
            facts.read_facts(self.desk, source), facts.read_facts(self.desk, (row["fact"] for row in rows))
        )
        return self._shown("fact.html.j2", iri, fact=fact, source=told, reported=reported)

    async def _anything(self, iri: str) -> Response:
        """Show the triples of what has no page of its own: a class, a span, something imported."""
        rows = await self.desk.rows(_TRIPLES.format(iri=iri))
        if not rows:
            raise Nothing(f"{iri}: the graph holds nothing of that name")
        links = await self.desk.links(
            value for row in rows for value in (row.get("o", ""), row.get("s", "")) if is_iri(value)
        )
        lines = [(term(row["p"]), row.get("o", ""), row.get("s", "")) for row in rows]
        return self._shown("anything.html.j2", iri, name=local(iri), lines=lines, links=links)

    async def search(self, request: Request) -> Response:
        """Show what is found under some words, or the things of a kind."""
        words, kind = request.query_params.get("q", "")[:200], request.query_params.get("kind", "")
        found = await search.find(self.desk, words, kind, number(request, "from"))
        return self.pages.show("search.html.j2", words=words, found=found, kinds=search.KINDS)

    async def pairs(self, request: Request) -> Response:
        """Show who had most to do with whom, or the events that two have in common."""
        one, other, of = (request.query_params.get(name, "") for name in ("one", "other", "of"))
        start = number(request, "from")
        if any(iri and not is_iri(iri) for iri in (one, other, of)):
            raise Nothing("that is no IRI: there is nothing of that name")
        if one and other:
            between = await pairs.read_between(self.desk, one, other, start)
            if between is None or not between.count:
                raise Nothing("the graph has no event in which these two take part")
            return self.pages.show("between.html.j2", found=between)
        found = await self.kept.get(f"pairs {start} {of}", lambda: pairs.read_pairs(self.desk, of, start))
        return self.pages.show("pairs.html.j2", found=found)

    async def suggest(self, request: Request) -> Response:
        """Give the things that begin like what is being typed."""
        words, kind = request.query_params.get("q", "")[:200], request.query_params.get("kind", "")
        found = await search.suggestions(self.desk, words, kind)
        page = self.addresses().page
        return JSONResponse(
            [
                {
                    "label": link.label,
                    "also": name,
                    "kind": NAMES.get(link.kind, ""),
                    "page": page(link.iri),
                    "iri": link.iri,
                }
                for link, name in found
            ],
            headers={"Cache-Control": "no-cache"},
        )

    async def _make_ready(self) -> None:
        with suppress(KGError):  # whoever searches will be told
            await self.kept.get("names", lambda: self.engine.search("a", 1))

    def _asked(self, request: Request) -> str:
        rest = request.path_params.get("rest")
        return self.addresses().iri(rest) if rest is not None else request.query_params.get("iri", "")

    async def _known(self, iri: str) -> bool:
        answer = await self.engine.ask(_KNOWN.format(iri=iri))
        return b"true" in answer.body

    def _shown(self, template: str, iri: str, **values: Any) -> Response:
        data_of = self.addresses().data
        links = ", ".join(
            f'<{data_of(iri, ending)}>; rel="alternate"; type="{media}"'
            for ending, media in (("ttl", "text/turtle"), ("jsonld", "application/ld+json"))
        )
        about = f'<{quote(iri, safe=":/?#[]@!$&()*+,;=~%-._")}>; rel="describes"'
        return self.pages.show(
            template, headers={"Link": f"{links}, {about}"}, iri=iri, outside=elsewhere(iri), **values
        )


async def read_data(engine: Engine, iri: str, form: str) -> WrittenAnswer:
    """Return the triples from and to a thing, with the labels of what it is tied to."""
    return await engine.ask(_ABOUT.format(thing=listed([iri])), graph=form, most=_MOST_TOLD)
