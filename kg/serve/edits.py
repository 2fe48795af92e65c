"""Corrections from the page: checked to come from it, kept in the readable file, and what is withdrawn goes at once."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import IdentityError, KGError, UsageError
from kg.graph.terms import Graph
from kg.identity import DecisionProvenance, Ref, fact_of, find_node
from kg.identity.corrections import Correction, Rename, Retype, Withdraw, keep, merged, parted, shown
from kg.identity.overrides import NODE_KINDS, Decision
from kg.serve.endpoint import refusal
from kg.serve.engine import Engine

HEADER = "kg-edit"
"""The header that carries the token, which only pages of this server know."""
_LARGEST = 20_000
_LONGEST = 2_000
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_FACT = """
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ <{iri}> ?p ?o BIND (<{iri}> AS ?s) }}
  UNION {{ <{iri}> ?how ?s . ?s ?p ?o FILTER (?p IN (rdfs:label, nif:anchorOf)) }}
}}"""
_THING = """
CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{
  <{iri}> ?p ?o FILTER (?p IN (rdf:type, rdfs:label, skos:altLabel, gaf:denotedBy))
}}"""
_NAMED = {"rename", "retype", "split"}


class Edits:
    """Takes corrections for one engine and keeps them in `file`; `token` is what the server's own pages send."""

    def __init__(self, engine: Engine, file: Path, token: str) -> None:
        self._engine, self._file, self.token = engine, file, token
        self._one = asyncio.Lock()

    async def __call__(self, request: Request) -> Response:
        """Take one correction; nothing is done unless a page of this very server asks for it."""
        wrong = self._foreign(request)
        if wrong:
            return JSONResponse({"error": wrong}, 403)
        try:
            given = await _read(request)
            async with self._one:
                told, gone = await self._decided(given)
        except KGError as error:
            status = 409 if isinstance(error, IdentityError) else refusal(error).status_code
            return JSONResponse({"error": str(error)}, 400 if isinstance(error, UsageError) else status)
        return JSONResponse({"told": told, "gone": gone})

    def _foreign(self, request: Request) -> str:
        """Say why a request can't be one of our own pages'; nothing if it is."""
        headers = request.headers
        origin = headers.get("origin", "")
        if urlsplit(origin).netloc.lower() != headers.get("host", "").lower() or not origin.startswith(
            "http"
        ):
            return "only the pages of this server may correct"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return "only the pages of this server may correct"
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return "a correction is JSON"
        if not hmac.compare_digest(headers.get(HEADER, "").encode(), self.token.encode()):
            return "the page was made by an earlier server: load it again"
        return ""

    async def _decided(self, given: dict[str, str]) -> tuple[str, list[str]]:
        """Carry out a correction; return what to tell, and which facts are gone."""
        do = given.get("do", "")
        told = DecisionProvenance(*(given.get(key, "") for key in ("by", "on", "why")))
        if do == "reject":
            fact = _iri(given, "fact")
            found = Withdraw(fact_of(await self._graph(_FACT, fact), fact), told)
            line = await self._keep(found)
            return f"Withdrawn: {line}", await self._engine.withdraw([fact])
        if do == "same":
            one, other = [await self._thing(_iri(given, key)) for key in ("one", "other")]
            return await self._keep(merged(one, other, told)), []
        if do in _NAMED:
            thing = await self._thing(_iri(given, "thing"))
            if do == "split":
                return await self._keep(parted(thing, given.get("articles", "").split(), told)), []
            to = given.get("to", "")
            if do == "rename" and to:
                return await self._keep(Rename(thing, to, told)), []
            if do == "retype" and to in NODE_KINDS:
                return await self._keep(Retype(thing, NODE_KINDS[to], told)), []
        raise UsageError("that is no correction")

    async def _graph(self, query: str, iri: str) -> Graph:
        answer = await self._engine.ask(query.format(iri=iri), graph="ntriples")
        return Graph(bind_namespaces="none").parse(data=answer.body, format="nt")

    async def _thing(self, iri: str) -> Ref:
        graph = await self._graph(_THING, iri)
        return find_node(graph, iri)

    async def _keep(self, decision: Correction | Decision) -> str:
        """Put a decision at the end of the file, and return it in a line."""
        await asyncio.to_thread(keep, self._file, decision)
        return f"{shown(decision)}. It holds in every build from the next one on; kept in {self._file.name}"


def _iri(given: dict[str, str], key: str) -> str:
    iri = given.get(key, "")
    if not _IRI.fullmatch(iri):
        raise UsageError(f"'{key}' must be an IRI")
    return iri


async def _read(request: Request) -> dict[str, str]:
    """Return the words of a request, each on one line.

    Raises:
        UsageError: it is too long, or no object of words.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise UsageError("a correction is shorter")
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("a correction is JSON") from None
    if not isinstance(found, dict) or not all(
        isinstance(v, str) and len(v) <= _LONGEST for v in found.values()
    ):
        raise UsageError("a correction is an object of words")
    return {
        key: "".join(c if c.isprintable() else " " for c in " ".join(v.split())) for key, v in found.items()
    }
