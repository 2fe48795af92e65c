"""JSON for programs: named queries, search and things, by ending and by Accept, as the OpenAPI document says."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from serve_client import Reply, Server

from kg.querying import list_queries

JSON = {"Accept": "application/json"}


def get(site: Server, path: str, **headers: str) -> Any:
    reply = site.send("GET", path, headers=headers)
    assert (reply.status, reply.media) == (200, "application/json"), reply.text
    return json.loads(reply.body)


def fits(value: Any, schema: dict[str, Any], names: dict[str, Any], where: str = "") -> None:
    """Fail unless a value has the shape that a schema of the document gives it; nothing more, nothing less."""
    if "$ref" in schema:
        return fits(value, names[schema["$ref"].rpartition("/")[2]], names, where)
    if "anyOf" in schema:
        errors = []
        for one in schema["anyOf"]:
            try:
                return fits(value, one, names, where)
            except AssertionError as error:
                errors.append(str(error))
        raise AssertionError(errors)
    kinds = schema.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    types = {
        "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
        "object": dict, "array": list,
    }  # fmt: skip
    assert any(isinstance(value, types[kind]) for kind in kinds), (where, value, kinds)  # type: ignore[arg-type]
    if isinstance(value, list):
        for item in value:
            fits(item, schema["items"], names, f"{where}[]")
    if isinstance(value, dict) and "properties" in schema:
        assert set(value) == set(schema["properties"]), (where, set(value) ^ set(schema["properties"]))
        for key, inner in schema["properties"].items():
            fits(value[key], inner, names, f"{where}.{key}")
    elif isinstance(value, dict) and "additionalProperties" in schema:
        for key, item in value.items():
            fits(item, schema["additionalProperties"], names, f"{where}.{key}")
    return None


@pytest.fixture(scope="module")
def openapi(site: Server) -> Any:
    return get(site, "/openapi.json")


def shape(openapi: Any, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = openapi["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return answer, openapi["components"]["schemas"]


def test_the_document_names_every_query_and_its_parameters(openapi: Any) -> None:
    assert openapi["openapi"] == "3.1.0"
    for query in list_queries():
        told = openapi["paths"][f"/query/{query.name}.json"]["get"]["parameters"]
        assert [(one["name"], one["required"]) for one in told] == [
            (p.name, p.required) for p in query.params
        ]
    text = json.dumps(openapi)
    for name in openapi["components"]["schemas"]:
        assert name == "Error" or f"/schemas/{name}" in text


def test_every_named_query_answers_in_the_shape_that_is_described(site: Server, openapi: Any) -> None:
    fits(get(site, "/query.json"), *shape(openapi, "/query.json"))
    for query in list_queries():
        given = "&".join(f"{p.name}=Mira%20Tessel" for p in query.params if p.required)
        found = get(site, f"/query/{query.name}.json?{given}")
        fits(found, *shape(openapi, f"/query/{query.name}.json"))
        assert found == get(site, f"/query/{query.name}?{given}", **JSON)
    actors = get(site, "/query/actors.json")
    assert "Mira Tessel" in {value for row in actors["rows"] for value in row.values()}
    assert any(isinstance(value, int) for row in actors["rows"] for value in row.values())


@pytest.mark.parametrize(
    "path",
    [
        "person/mira-tessel",
        "place/calder",
        "event/blockade/v1",
        "statement/blockade/s1",
        "membership/blockade/mira-tessel--foreign-minister--valdor",
        "article/blockade",
    ],
)
def test_things_articles_and_facts(site: Server, openapi: Any, path: str) -> None:
    found = get(site, f"/page/{path}.json")
    fits(found, *shape(openapi, "/page/{path}.json"))
    iri = f"https://example.org/newskg/{path}"
    assert found["iri"] == iri
    assert found == get(site, f"/page/{path}", **JSON) == get(site, f"/page.json?iri={quote(iri, safe='')}")
    page = site.send("GET", f"/page/{path}", headers={"Accept": "text/html"})
    assert (page.media, page.headers["vary"]) == ("text/html", "Accept")


def test_a_thing_has_its_facts_with_evidence(site: Server) -> None:
    found = get(site, "/page/person/mira-tessel.json?part=events")
    assert list(found["sections"]) == ["events"]
    events = found["sections"]["events"]
    assert events["count"] == len(events["items"]) > 1
    assert all(event["evidence"][0]["sentence"] for event in events["items"])
    assert get(site, "/page/person/mira-tessel.json?part=events&from=1")["sections"]["events"]["from"] == 1


def test_a_parameter_that_is_missing_is_named_as_an_address_has_it(site: Server) -> None:
    reply = site.send("GET", "/query/neighbours.json")
    assert reply.status == 400
    error = json.loads(reply.text)["error"]
    assert error.startswith("the query 'neighbours' needs ?name=… (")
    assert get(site, "/query/neighbours.json?name=Mira%20Tessel")["rows"]


def test_search_as_data(site: Server, openapi: Any) -> None:
    found = get(site, "/search.json?q=tess")
    fits(found, *shape(openapi, "/search.json"))
    assert "https://example.org/newskg/person/mira-tessel" in {hit["iri"] for hit in found["hits"]}
    assert found == get(site, "/search?q=tess", **JSON)
    assert {hit["kind"] for hit in get(site, "/search.json?kind=place")["hits"]} == {"place"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/query/nothing.json", 404),
        ("/query/who-did-what.json?nobody=x", 400),
        ("/query/neighbours.json", 400),
        ("/search.json?kind=nothing", 404),
        ("/page/person/nobody-of-this-name.json", 404),
        ("/page.json?iri=no%20iri", 404),
        ("/page/person/mira-tessel.json?part=nothing", 404),
    ],
)
def test_what_goes_wrong_is_json_too(site: Server, path: str, status: int) -> None:
    reply: Reply = site.send("GET", path)
    assert (reply.status, reply.media) == (status, "application/json"), reply.text
    assert set(json.loads(reply.body)) == {"error"}
