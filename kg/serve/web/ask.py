"""The page that asks: the named queries with their parameters, any SPARQL, and the answers as tables."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KGError, QueryError
from kg.graph.terms import Graph, URIRef
from kg.graph.vocabulary import PREFIXES
from kg.querying import get_query, list_queries, prepare
from kg.serve.endpoint import refusal
from kg.serve.engine import Engine
from kg.serve.negotiate import MEDIA
from kg.serve.operation import Operation, ProtocolError, read_operation
from kg.serve.patience import PatientResponse
from kg.serve.web.addresses import is_iri
from kg.serve.web.pages import Nothing, Pages
from kg.serve.web.words import model_terms
from kg.store.ask import WrittenAnswer
from kg.view import styles
from kg.view.terms import curie
from kg.view.untrusted import clean

_ROWS = 1000
"""A page shows so many rows; all of them can be downloaded."""
FIRST = """# Who takes part in most events?
SELECT ?actor (COUNT(DISTINCT ?event) AS ?events) ?who
WHERE {
  ?event nkg:agent|nkg:patient ?who .
  ?who rdfs:label ?actor .
}
GROUP BY ?who ?actor
ORDER BY DESC(?events) ?actor
LIMIT 20
"""
_FORMS = {
    "csv": ("csv", "turtle"),
    "tsv": ("tsv", "turtle"),
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "ttl": ("json", "turtle"),
}
"""The forms of a download: for rows, and for a graph."""
_NUMBER = re.compile(r"XMLSchema#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger)$")
_TIME = re.compile(r"XMLSchema#(date|dateTime|gYear|gYearMonth)$")


_SUGGESTED = {"name": "", "title": "role"}
"""The parameters for which names are suggested, and of which kind."""


@cache
def choices() -> dict[str, tuple[str, ...]]:
    """Return the values of the parameters that have a closed list."""
    modalities = tuple(styles.load()["modalities"])
    classes = sorted(name.partition(":")[2] for name in styles.load()["events"])
    return {
        "kind": ("Person", "Organization", "Place", "Group"),
        "class": tuple(classes),
        "modality": modalities,
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its sort (iri, number, date, text or nothing), as it is, and as it is shown."""

    sort: str = "none"
    value: str = ""
    shown: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as rows; `truth` is what ASK gave; `cut` tells that there are more."""

    names: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    truth: bool | None = None
    cut: bool = False


class AskPages:
    """The handlers of the page that asks and of the downloads."""

    def __init__(self, engine: Engine, pages: Pages) -> None:
        self._engine = engine
        self._pages = pages

    async def page(self, request: Request) -> Response:
        """Show the editor, and the answer if something is asked."""
        name = str(request.path_params.get("name", ""))
        given: dict[str, str] = {}
        text, error, table, status = "", "", None, 200
        try:
            if name:
                query = get_query(name)
                given = {
                    p.name: v for p in query.params if (v := request.query_params.get(p.name, "").strip())
                }
                text = query.text
                if all(p.name in given for p in query.params if p.required):
                    text = prepare(name, given, "?{}=…")
                    table = await self._table(text)
            else:
                text = (await _operation(request, self._engine.limits.body)).text
                if text:
                    table = await self._table(text)
        except QueryError as problem:
            if name and not text:
                raise Nothing(str(problem)) from problem
            error, status = clean(str(problem)), 400
        except KGError as problem:
            error, status = clean(str(problem)), refusal(problem).status_code
        values: dict[str, Any] = {
            "table": table, "error": error, "text": text, "most": _ROWS, "link": urlencode({"query": text}),
        }  # fmt: skip
        if request.query_params.get("part") == "answer":
            return self._pages.show("answer.html.j2", status, **values)
        return self._pages.show(
            "query.html.j2",
            status,
            name=name,
            given=given,
            queries=list_queries(),
            choices=choices(),
            suggested=_SUGGESTED,
            first=FIRST,
            terms=model_terms(),
            prefixes=dict(PREFIXES),
            **values,
        )

    async def download(self, request: Request) -> Response:
        """Give a whole answer as a file."""
        form = str(request.path_params["form"])
        if form not in _FORMS:
            raise Nothing(f"{request.url.path}: an answer is downloaded as {', '.join(_FORMS)}")
        text = (await _operation(request, self._engine.limits.body)).text
        if not text:
            raise ProtocolError(400, "no query is given")
        rows, graph = _FORMS[form]
        answer = await self._engine.ask(text, rows=rows, truth=rows, graph=graph)
        ending = {"turtle": "ttl", "rdfxml": "rdf"}.get(answer.form, answer.form)
        headers = {"Content-Disposition": f'attachment; filename="answer.{ending}"'}
        if answer.cut:
            headers["KG-Truncated"] = f"rows={self._engine.limits.rows}"
        return PatientResponse(answer.body, media_type=MEDIA[answer.form], headers=headers)

    async def _table(self, text: str) -> Table:
        answer = await self._engine.ask(text, graph="ntriples", most=_ROWS, size=8_000_000)
        return await asyncio.to_thread(tabled, answer, self._pages.addresses().base)


async def _operation(request: Request, most: int) -> Operation:
    """Read a query from the address or a form, as the endpoint does; one without a text asks nothing."""
    if request.method == "GET":
        return Operation("query", request.query_params.get("query", ""))
    operation = await read_operation(request, most)
    if operation is None or operation.kind != "query":
        raise ProtocolError(400, "this page takes queries only")
    return operation


def tabled(answer: WrittenAnswer, base: str) -> Table:
    """Return an answer of any kind as a table; a graph becomes rows of subject, predicate and object.

    IRIs under `base` are shown without it.
    """
    if answer.kind == "graph":
        graph = Graph(bind_namespaces="none").parse(data=answer.body.decode("utf-8"), format="nt")
        rows = sorted(tuple(map(_of_term, triple)) for triple in graph)
        names: tuple[str, ...] = ("subject", "predicate", "object")
        return Table(names, tuple(tuple(_cell(term, base) for term in row) for row in rows), cut=answer.cut)
    found = json.loads(answer.body)
    if answer.kind == "truth":
        return Table(truth=bool(found["boolean"]))
    names = tuple(found["head"]["vars"])
    return Table(
        names,
        tuple(
            tuple(_cell(_flat(row[name]), base) if name in row else Cell() for name in names)
            for row in found["results"]["bindings"]
        ),
        cut=answer.cut,
    )


def _flat(term: dict[str, object]) -> tuple[str, str, str]:
    kind = "iri" if term["type"] == "uri" else "text"
    value = term["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return kind, text, str(term.get("xml:lang") or term.get("datatype") or "")


def _of_term(term: object) -> tuple[str, str, str]:
    if isinstance(term, URIRef):
        return "iri", str(term), ""
    return "text", str(term), str(getattr(term, "language", "") or getattr(term, "datatype", "") or "")


def _cell(term: tuple[str, str, str], base: str) -> Cell:
    kind, value, note = term
    if kind == "iri":
        shown = value[len(base) :] if value.startswith(base) and value != base else curie(value)
        return Cell("iri" if is_iri(value) else "text", value, clean(shown))
    if _NUMBER.search(note):
        return Cell("number", value, value)
    if _TIME.search(note):
        return Cell("date", value, value)
    return Cell("text", value, clean(value), note if note and "XMLSchema#" not in note else "")
