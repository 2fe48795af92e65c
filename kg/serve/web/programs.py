"""JSON for programs at the addresses of pages: named queries, search, things; by `.json` or by `Accept`."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import KGError
from kg.querying import get_query, list_queries, prepare
from kg.serve.endpoint import refusal
from kg.serve.engine import Engine
from kg.serve.negotiate import PAGE, accepted
from kg.serve.web import articles, facts, search, things
from kg.serve.web.addresses import Addresses, is_iri
from kg.serve.web.desk import Desk
from kg.serve.web.openapi import document
from kg.serve.web.pages import Nothing
from kg.serve.web.plainly import Value, of_article, of_fact, of_hits, of_thing
from kg.store.ask import WrittenAnswer

Handler = Callable[[Request], Awaitable[Response]]
ENDING = ".json"
_OFFERS = {**PAGE, "application/json": "json"}
_INTEGER, _DECIMAL, _TRUTH = "integer", ("decimal", "double", "float"), "boolean"


@dataclass(frozen=True, slots=True)
class Programs:
    """The handlers that answer JSON; `addresses` are those of the graph that is served now."""

    engine: Engine
    desk: Desk
    addresses: Callable[[], Addresses]

    def beside(self, page: Handler, program: Handler) -> Handler:
        """Return a handler that gives JSON to those who like it better than a page."""

        async def choose(request: Request) -> Response:
            wanted = accepted(request.headers.get("accept"), _OFFERS) == "json"
            response = await (program if wanted else page)(request)
            response.headers["Vary"] = "Accept"
            return response

        return choose

    def told(self, program: Callable[[Request], Awaitable[Value]]) -> Handler:
        """Return a handler that gives what `program` returns, or what went wrong, as JSON."""

        async def answer(request: Request) -> Response:
            try:
                return _json(await program(request))
            except KGError as error:
                status = 404 if isinstance(error, Nothing) else refusal(error).status_code
                return _json({"error": str(error)}, status)

        return answer

    async def openapi(self, _request: Request) -> Value:
        """Describe all these answers."""
        return document()

    async def queries(self, _request: Request) -> Value:
        """List the named queries with what they take."""
        return named_queries()

    async def query(self, request: Request) -> Value:
        """Answer a named query: rows as objects, what is not bound left out."""
        name = str(request.path_params["name"]).removesuffix(ENDING)
        try:
            get_query(name)
        except KGError as error:
            raise Nothing(str(error)) from error
        given = {key: value.strip() for key, value in request.query_params.items() if value.strip()}
        answer = await self.engine.ask(prepare(name, given, "?{}=…"), rows="json")
        return {"query": name, "parameters": given, **as_rows(answer)}

    async def search(self, request: Request) -> Value:
        """Find things by words in their names."""
        words, kind = request.query_params.get("q", "")[:200], request.query_params.get("kind", "")
        if kind and kind not in search.KINDS:
            raise Nothing(f"there is no kind '{kind[:40]}'; there are {', '.join(search.KINDS)}")
        return of_hits(await search.find(self.desk, words, kind, number(request, "from")), words)

    async def thing(self, request: Request) -> Value:
        """Tell what is known of a thing: an article, a fact, or who and what facts speak of."""
        rest = request.path_params.get("rest")
        iri = request.query_params.get("iri", "")
        if rest is not None:
            iri = self.addresses().iri(str(rest))
        only = request.query_params.get("part", "")
        return await self.known(iri, only, number(request, "from"))

    async def known(self, iri: str, only: str = "", start: int = 0) -> Value:
        """Return what is known of a thing; `only` one section of it, from number `start` on.

        Raises:
            KGError: the graph holds nothing of that name, or as `Engine.ask` does.
        """
        if not is_iri(iri):
            raise Nothing("that is no IRI: nothing is known of it")
        kind = await self.desk.kind(iri)
        if kind == "article":
            return of_article(await articles.read_article(self.desk, iri))
        if kind in {"event", "statement", "membership", "relation"}:
            for fact in await facts.read_facts(self.desk, [iri]):
                return of_fact(fact)
        if only not in {*things.SECTIONS, "articles", ""}:
            raise Nothing(f"a thing has no part '{only[:40]}'")
        found = await things.read_thing(self.desk, iri, only, start if only else 0)
        if not kind and not (found.known and any(section.count for section in found.sections)):
            raise Nothing(f"{iri}: the graph holds no thing, article or fact of that name")
        return of_thing(found)


def named_queries() -> Value:
    """Return the named queries with what they take."""
    return {
        "queries": [
            {
                "name": query.name,
                "description": query.description,
                "parameters": [
                    {
                        "name": param.name,
                        "description": param.description,
                        "required": param.required,
                        "default": param.default,
                    }
                    for param in query.params
                ],
            }
            for query in list_queries()
        ]
    }


def as_rows(answer: WrittenAnswer) -> Value:
    """Return the rows of an answer in SPARQL JSON as objects, what is not bound left out."""
    found = json.loads(answer.body)
    rows = [{key: _value(term) for key, term in row.items()} for row in found["results"]["bindings"]]
    return {"columns": found["head"]["vars"], "rows": rows, "truncated": answer.cut}


def number(request: Request, name: str) -> int:
    """Return a number among a request's parameters, 0 where there is none."""
    given = request.query_params.get(name, "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 0


def _value(term: dict[str, str]) -> object:
    """Return a term as JSON has it: numbers and truth as such, all else as words."""
    kind, value = term.get("datatype", "").rpartition("#")[2], term["value"]
    try:
        if kind == _INTEGER:
            return int(value)
        if kind in _DECIMAL:
            return float(value) if math.isfinite(float(value)) else value
    except ValueError:
        return value
    return value == "true" if kind == _TRUTH else value


def _json(value: Value, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str)
    safe = body.encode("utf-8", "replace")  # a lone surrogate can't be sent
    return Response(safe, status, {"Cache-Control": "no-cache"}, media_type=JSONResponse.media_type)
