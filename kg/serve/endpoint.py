"""The SPARQL 1.1 endpoint: queries, updates with a token, and the description of the service."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import KGError, QueryError, StoreError
from kg.graph.terms import Graph, URIRef
from kg.serve.engine import BusyError, Engine, TimeLimitError, UnacceptableError
from kg.serve.negotiate import GRAPH, MEDIA, PAGE, ROWS, TRUTH, accepted
from kg.serve.operation import Operation, ProtocolError, read_operation

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Serves one engine; `token` lets those who have it change the store, None nobody."""

    engine: Engine
    token: str | None = None

    async def __call__(self, request: Request) -> Response:
        """Answer one request of the protocol."""
        try:
            operation = await read_operation(request, self.engine.limits.body)
            if operation is None:
                return self._description(request)
            if operation.kind == "update":
                return await self._update(request, operation)
            return await self._query(request, operation)
        except KGError as error:
            return refusal(error)

    async def _query(self, request: Request, operation: Operation) -> Response:
        accept = request.headers.get("accept")
        named = bool(operation.default or operation.named)
        answer = await self.engine.ask(
            operation.text,
            base=address(request),
            default=list(operation.default) if named else None,
            named=list(operation.named) if named else None,
            rows=accepted(accept, ROWS),
            truth=accepted(accept, TRUTH),
            graph=accepted(accept, GRAPH),
        )
        headers = {"Vary": "Accept"}
        if answer.cut:
            headers["KG-Truncated"] = f"rows={self.engine.limits.rows}"
        media = MEDIA[answer.form]
        if answer.kind != "rows" and answer.form in {"csv", "tsv"}:
            media = "text/plain; charset=utf-8" if answer.kind != "truth" else media
        return Response(answer.body, media_type=media, headers=headers)

    async def _update(self, request: Request, operation: Operation) -> Response:
        if self.token is None:
            raise ProtocolError(403, "this endpoint takes no updates")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(given.strip().encode("utf-8"), self.token.encode("utf-8"))
        if scheme.lower() != "bearer" or not right:
            response = refusal(ProtocolError(401, "an update needs the token (Authorization: Bearer …)"))
            response.headers["WWW-Authenticate"] = 'Bearer realm="updates"'
            return response
        await self.engine.change(
            operation.text, address(request), list(operation.default), list(operation.named)
        )
        return Response(status_code=204)

    def _description(self, request: Request) -> Response:
        accept = request.headers.get("accept")
        form = accepted(accept, {**{m: f for m, f in GRAPH.items() if m != "text/plain"}, **PAGE})
        if form == "html":
            return RedirectResponse("/query", status_code=303)
        if form is None:
            raise UnacceptableError("the service describes itself as Turtle, N-Triples, JSON-LD or RDF/XML")
        graph = describe(address(request), self.token is not None)
        names = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
        body = graph.serialize(format=names[form], encoding="utf-8")
        return Response(body, media_type=MEDIA[form], headers={"Vary": "Accept"})


def describe(iri: str, updates: bool) -> Graph:
    """Return the SPARQL 1.1 Service Description of an endpoint."""
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    graph = Graph(bind_namespaces="none")
    graph.bind("sd", _SD)
    service = URIRef(iri)

    def say(predicate: str, value: str) -> None:
        graph.add((service, URIRef(predicate), URIRef(value)))

    say(kind, f"{_SD}Service")
    say(f"{_SD}endpoint", iri)
    for language in ("SPARQL11Query", *(("SPARQL11Update",) if updates else ())):
        say(f"{_SD}supportedLanguage", _SD + language)
    say(f"{_SD}feature", f"{_SD}UnionDefaultGraph")
    for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
                 "Turtle", "N-Triples", "JSON-LD", "RDF_XML"):  # fmt: skip
        say(f"{_SD}resultFormat", _FORMATS + name)
    return graph


def address(request: Request) -> str:
    """Return the endpoint's own address, which relative IRIs in a query are relative to."""
    return str(request.url.replace(query="", fragment=""))


def refusal(error: KGError) -> Response:
    """Return the response for an error: its line, and the status that says whose fault it is."""
    status, headers = 500, {}
    if isinstance(error, ProtocolError):
        status = error.status
    elif isinstance(error, TimeLimitError):
        status = 504
    elif isinstance(error, BusyError):
        status, headers = 503, {"Retry-After": "2"}
    elif isinstance(error, UnacceptableError):
        status = 406
    elif isinstance(error, QueryError):
        status = 400
    elif isinstance(error, StoreError):
        status = 503
    return PlainTextResponse(f"{error}\n", status_code=status, headers=headers)
