"""The OpenAPI 3.1 document of what programs can ask, made from the queries that there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg import __version__
from kg.querying import list_queries
from kg.querying.library import Param
from kg.serve.web.search import KINDS
from kg.serve.web.things import SECTIONS

Schema = dict[str, object]
_WORDS: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_TRUTH: Schema = {"type": "boolean"}
_EMPTY = "An empty string where the graph says nothing."


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
        "components": {"schemas": dict(_SCHEMAS)},
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


def _object(description: str, /, **properties: Mapping[str, object]) -> Schema:
    named = {name.rstrip("_"): shape for name, shape in properties.items()}
    return {"type": "object", "description": description, "properties": named, "required": list(named)}


def _list(of: Mapping[str, object]) -> Schema:
    return {"type": "array", "items": of}


def _maybe(kind: str) -> Schema:
    return {"type": [kind, "null"]}


_THING = (
    _param("part", "One section alone.", {"type": "string", "enum": [*SECTIONS, "articles"]}),
    _param("from", "How many of that section to pass over.", _NUMBER),
)
_NAMED = {"iri": _WORDS, "label": _WORDS, "kind": _WORDS}
_SCHEMAS: Mapping[str, Schema] = {
    "Error": _object("What went wrong, in one line.", error=_WORDS),
    "Link": _object("A thing that is named in passing.", **_NAMED),
    "Queries": _object(
        "The named queries.",
        queries=_list(
            _object(
                "A query.",
                name=_WORDS,
                description=_WORDS,
                parameters=_list(
                    _object(
                        "A parameter.",
                        name=_WORDS,
                        description=_WORDS,
                        required=_TRUTH,
                        default=_maybe("string"),
                    )
                ),
            )
        ),
    ),
    "Answer": _object(
        "The answer of a query; a row lacks the columns that are not bound in it.",
        query=_WORDS,
        parameters={"type": "object", "additionalProperties": _WORDS},
        columns=_list(_WORDS),
        rows=_list({"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}),
        truncated={**_TRUTH, "description": "There are more rows than the server gives."},
    ),
    "Hits": _object(
        "What was found.",
        words=_WORDS,
        kind=_WORDS,
        from_=_NUMBER,
        more=_TRUTH,
        hits=_list(_object("A thing.", **_NAMED, found_as=_WORDS)),
    ),
    "Evidence": _object(
        "A sentence that a fact was taken from. Offsets are code points; page is set for paged documents.",
        span=_WORDS,
        sentence=_WORDS,
        begin=_NUMBER,
        page=_maybe("integer"),
        marks=_list(_list(_NUMBER)),
        article=_ref("Link"),
        date=_WORDS,
    ),
    "Fact": _object(
        f"An event, a statement, a membership or a relation. {_EMPTY}",
        **_NAMED,
        class_=_WORDS,
        modality=_WORDS,
        begin=_WORDS,
        end=_WORDS,
        confidence=_maybe("number"),
        parts=_list(_object("Who or what takes part, and as what.", part=_WORDS, **_NAMED)),
        according_to=_WORDS,
        text=_WORDS,
        direct=_maybe("boolean"),
        cue=_WORDS,
        former=_maybe("boolean"),
        evidence=_list(_ref("Evidence")),
    ),
    "Section": _object(
        "Facts in the order of time, or articles; so many of `count`, from number `from` on.",
        count=_NUMBER,
        from_=_NUMBER,
        items=_list(
            {"anyOf": [_ref("Fact"), _object("An article.", **_NAMED, date=_WORDS, mentions=_NUMBER)]}
        ),
    ),
    "Thing": _object(
        f"A person, an organisation, a place, a group or a role. {_EMPTY}",
        **_NAMED,
        names=_list(_WORDS),
        former_names=_list(_WORDS),
        classes=_list(_WORDS),
        same_as=_list(_WORDS),
        latitude=_maybe("number"),
        longitude=_maybe("number"),
        sections={"type": "object", "additionalProperties": _ref("Section")},
    ),
    "Article": _object(
        f"An article. {_EMPTY}",
        **_NAMED,
        date=_WORDS,
        authors=_list(_WORDS),
        publisher=_WORDS,
        url=_WORDS,
        source=_WORDS,
        language=_WORDS,
        sha256=_WORDS,
        text=_WORDS,
        things=_list(_object("Who and what is mentioned.", **_NAMED, mentions=_NUMBER)),
        facts=_list(_ref("Fact")),
        facts_left_out=_NUMBER,
    ),
}
