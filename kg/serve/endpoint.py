"""The SPARQL 1.1 endpoint: queries, updates with a token, and the description of the service."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import NoMatchFound
from starlette.types import Receive, Scope, Send

from kg.errors import KGError, QueryError, StoreError
from kg.graph.terms import Graph, URIRef
from kg.serve.engine import Engine
from kg.serve.negotiate import GRAPH, MEDIA, PAGE, ROWS, TRUTH, accepted
from kg.serve.operation import Operation, ProtocolError, read_operation
from kg.serve.patience import PatientResponse
from kg.serve.workers import BusyError, MemoryLimitError, TimeLimitError, UnacceptableError
from kg.store.ask import WrittenAnswer

T = TypeVar("T")
_STATUS = (
    (TimeLimitError, 504),
    (MemoryLimitError, 500),  # as the protocol has it for a query that is refused
    (BusyError, 503),
    (UnacceptableError, 406),
    (QueryError, 400),
    (StoreError, 503),
)
_UNSENT = 4
"""How many answers of the greatest size may wait for their clients to take them."""
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
            "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip


class Endpoint:
    """Serves one engine; `token` lets those who have it change the store, None nobody."""

    def __init__(self, engine: Engine, token: str | None = None) -> None:
        self._engine = engine
        self._token = token
        self._unsent = 0

    async def __call__(self, request: Request) -> Response:
        """Answer one request of the protocol."""
        try:
            operation = await read_operation(request, self._engine.limits.body)
            if operation is None:
                return self._description(request)
            work = self._update if operation.kind == "update" else self._query
            return await while_connected(request, work(request, operation))
        except KGError as error:
            return refusal(error)

    async def _query(self, request: Request, operation: Operation) -> Response:
        accept = request.headers.get("accept")
        named = bool(operation.default or operation.named)
        answer = await self._engine.ask(
            operation.text,
            base=address(request),
            default=list(operation.default) if named else None,
            named=list(operation.named) if named else None,
            rows=accepted(accept, ROWS),
            truth=accepted(accept, TRUTH),
            graph=accepted(accept, GRAPH),
        )
        if self._unsent + len(answer.body) > _UNSENT * self._engine.limits.answer:
            raise BusyError("too many answers wait to be taken; try again in a moment")
        headers = {"Vary": "Accept"}
        if answer.cut:
            headers["KG-Truncated"] = f"rows={self._engine.limits.rows}"
        return _Counted(self, answer, headers)

    async def _update(self, request: Request, operation: Operation) -> Response:
        if self._token is None:
            raise ProtocolError(403, "this endpoint takes no updates")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(given.strip().encode("utf-8"), self._token.encode("utf-8"))
        if scheme.lower() != "bearer" or not right:
            response = refusal(ProtocolError(401, "an update needs the token (Authorization: Bearer …)"))
            response.headers["WWW-Authenticate"] = 'Bearer realm="updates"'
            return response
        await self._engine.change(
            operation.text, address(request), list(operation.default), list(operation.named)
        )
        return Response(status_code=204)

    def _description(self, request: Request) -> Response:
        accept = request.headers.get("accept")
        form = accepted(accept, {**{m: f for m, f in GRAPH.items() if m != "text/plain"}, **PAGE})
        if form == "html":
            try:
                return RedirectResponse(request.url_for("query"), status_code=303)
            except NoMatchFound:
                form = "turtle"
        if form is None:
            raise UnacceptableError("the service describes itself as Turtle, N-Triples, JSON-LD or RDF/XML")
        body = describe(address(request), self._token is not None, form)
        return Response(body, media_type=MEDIA[form], headers={"Vary": "Accept"})

    def hold(self, size: int) -> None:
        """Count bytes of answers that wait to be sent; a negative size for those that no longer do."""
        self._unsent += size


class _Counted(PatientResponse):
    """An answer that is counted until it is sent."""

    def __init__(self, endpoint: Endpoint, answer: WrittenAnswer, headers: dict[str, str]) -> None:
        super().__init__(answer.body, media_type=MEDIA[answer.form], headers=headers)
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        self._endpoint.hold(len(self.body))
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._endpoint.hold(-len(self.body))


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what the work gives, but stop it as soon as the client has gone.

    The request's body must have been read. What a client that has gone would get does not matter.
    """
    task = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ProtocolError(499, "the client has gone")
        return task.result()
    finally:
        for one in (task, gone):
            one.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def address(request: Request) -> str:
    """Return the endpoint's own address, which relative IRIs in a query are relative to."""
    return str(request.url.replace(query="", fragment=""))


def refusal(error: KGError) -> Response:
    """Return the response for an error: its line, and the status that says whose fault it is."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if isinstance(error, ProtocolError):
        status = error.status
    headers = {"Retry-After": "5"} if status == 503 else None
    return PlainTextResponse(f"{error}\n", status_code=status, headers=headers)


def describe(iri: str, updates: bool, form: str) -> bytes:
    """Return the description of an endpoint, in one of the forms of `kg.serve.negotiate.GRAPH`."""
    graph = Graph(bind_namespaces="none")
    graph.bind("sd", _SD)
    service = URIRef(iri)

    def say(predicate: str, value: str) -> None:
        graph.add((service, URIRef(predicate), URIRef(value)))

    say(_TYPE, f"{_SD}Service")
    say(f"{_SD}endpoint", iri)
    for language in ("SPARQL11Query", *(("SPARQL11Update",) if updates else ())):
        say(f"{_SD}supportedLanguage", _SD + language)
    say(f"{_SD}feature", f"{_SD}UnionDefaultGraph")
    for name in _RESULTS:
        say(f"{_SD}resultFormat", _FORMATS + name)
    return graph.serialize(format=_NAMES[form], encoding="utf-8")
