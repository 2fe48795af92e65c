"""The OpenAPI 3.1 document of what programs can ask, made from the queries that there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from kg import __version__
from kg.querying import list_queries
from kg.querying.library import Param
from kg.serve.web.search import KINDS
from kg.serve.web.things import SECTIONS

Schema = dict[str, object]
_WORDS: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}


@cache
def document() -> dict[str, object]:
    """Return the document: every path with its parameters and the shape of its answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg serve",
            "version": __version__,
            "description": "What a knowledge graph of news articles holds. The same addresses without .json are "
            "pages, which answer JSON, too, where Accept asks for it. SPARQL 1.1 is at /sparql.",
        },
        "paths": {
            "/query.json": _path("The named queries, with what they take.", "Queries"),
            **{
                f"/query/{query.name}.json": _path(
                    query.description, "Answer", [_of(p) for p in query.params]
                )
                for query in list_queries()
            },
            "/search.json": _path(
                "Things by words in their names; without words those of a kind.",
                "Hits",
                [
                    _param("q", "Words of a name; the last may be unfinished."),
                    _param("kind", "Only things of this kind.", {"type": "string", "enum": list(KINDS)}),
                    _param("from", "How many to pass over.", _NUMBER),
                ],
            ),
            "/page/{path}.json": _path(
                "What is known of a thing, an article or a fact, by what follows the base in its IRI.",
                {"anyOf": [_ref("Thing"), _ref("Article"), _ref("Fact")]},
                [{**_param("path", "Such as person/amina-yusuf."), "in": "path", "required": True}, *_THING],
            ),
            "/page.json": _path(
                "The same by the whole IRI.",
                {"anyOf": [_ref("Thing"), _ref("Article"), _ref("Fact")]},
                [{**_param("iri", "The IRI."), "required": True}, *_THING],
            ),
            "/openapi.json": _path("This document.", {"type": "object"}),
        },
        "components": {"schemas": _schemas()},
    }


def _path(
    summary: str, answer: str | Schema, parameters: Sequence[Mapping[str, object]] = ()
) -> dict[str, object]:
    shape = _ref(answer) if isinstance(answer, str) else answer
    wrong = {"description": "What went wrong.", "content": _content(_ref("Error"))}
    return {
        "get": {
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "The answer.", "content": _content(shape)},
                **dict.fromkeys(("400", "404", "503", "504"), wrong),
            },
        }
    }


def _content(shape: Schema) -> Schema:
    return {"application/json": {"schema": shape}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _of(param: Param) -> dict[str, object]:
    schema = {**_WORDS, **({"default": param.default} if param.default is not None else {})}
    return {**_param(param.name, param.description, schema), "required": param.required}


def _param(name: str, description: str, schema: Mapping[str, object] = _WORDS) -> dict[str, object]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


_THING = (
    _param("part", "One section alone.", {"type": "string", "enum": [*SECTIONS, "articles"]}),
    _param("from", "How many of that section to pass over.", _NUMBER),
)


def _schemas() -> dict[str, Schema]:
    """Return the shapes of the answers."""
    text = resources.files("kg.serve.web").joinpath("openapi.yaml").read_text(encoding="utf-8")
    found: dict[str, Schema] = _whole(yaml.safe_load(text))
    return found


def _whole(shape: Any) -> Any:
    """Return a shape with all properties of its objects required."""
    if isinstance(shape, list):
        return [_whole(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    made = {key: _whole(value) for key, value in shape.items()}
    return {**made, "required": list(made["properties"])} if "properties" in made else made
