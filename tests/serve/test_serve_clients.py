"""Clients that others wrote get their answers: SPARQLWrapper, rdflib's stores, curl."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from serve_client import TOKEN, Serve, Server
from SPARQLWrapper import CSV, JSON, N3, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

PEOPLE = "SELECT DISTINCT ?name { ?p a schema:Person ; rdfs:label ?name } ORDER BY ?name"
SCHEMA = "https://schema.org/"


def names(server: Server) -> list[str]:
    return [row[0] for row in server.ask(PEOPLE).rows]


def wrapper(server: Server, query: str, form: str = JSON) -> SPARQLWrapper:
    client = SPARQLWrapper(server.sparql)
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


def test_there_is_something_to_ask_for(server: Server) -> None:
    assert "Amina Yusuf" in names(server)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_rows(server: Server, method: str) -> None:
    client = wrapper(server, PEOPLE)
    client.setMethod(method)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == names(server)


def test_sparqlwrapper_posts_directly(server: Server) -> None:
    client = wrapper(server, PEOPLE)
    client.setMethod(POST)
    client.setRequestMethod("postdirectly")
    assert len(client.queryAndConvert()["results"]["bindings"]) == len(names(server))


def test_sparqlwrapper_reads_the_other_forms(server: Server) -> None:
    assert wrapper(server, PEOPLE, CSV).queryAndConvert().decode("utf-8").split("\r\n")[0] == "name"
    assert len(wrapper(server, PEOPLE, XML).queryAndConvert().getElementsByTagName("result")) == len(
        names(server)
    )
    construct = "CONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }"
    for form in (TURTLE, N3):
        graph = Graph().parse(data=wrapper(server, construct, form).queryAndConvert(), format="turtle")
        assert len(graph) == len(names(server))
    assert wrapper(server, "ASK { ?p a schema:Person }").queryAndConvert() == {"head": {}, "boolean": True}


def test_sparqlwrapper_is_told_that_a_query_is_malformed(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="can't be parsed"):
        wrapper(server, "SELECT ?").query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_through_its_store(server: Server, method: str) -> None:
    graph = Graph(SPARQLStore(server.sparql, method=method))
    assert [str(row[0]) for row in graph.query(PEOPLE)] == names(server)
    person = next(graph.subjects(RDF.type, URIRef(f"{SCHEMA}Person")))
    assert (person, RDF.type, URIRef(f"{SCHEMA}Person")) in graph
    assert len(graph) > 100


def test_rdflib_writes_through_its_update_store(serve: Serve, empty: Path) -> None:
    server = serve("--store", empty, "--allow-update", token=TOKEN)
    store = SPARQLUpdateStore(
        server.sparql, server.sparql, headers={"Authorization": f"Bearer {TOKEN}"}, autocommit=True
    )
    graph = Graph(store, identifier=URIRef("http://example.org/g"))
    said = (URIRef("http://example.org/s"), URIRef("http://example.org/p"), Literal('a "b"\n\\c', lang="en"))
    graph.add(said)
    assert list(graph) == [said]
    graph.remove(said)
    assert list(graph) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl_posts_and_gets(server: Server, tmp_path: Path) -> None:
    def curl(*args: str) -> str:
        command = ["curl", "--silent", "--show-error", "--fail", *args]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    form = curl("--data-urlencode", f"query={PEOPLE}", "-H", "Accept: text/csv", server.sparql)
    assert form.split("\n")[1].strip() == names(server)[0]
    (tmp_path / "people.rq").write_text(PEOPLE, encoding="utf-8")
    direct = curl(
        "--data-binary",
        f"@{tmp_path / 'people.rq'}",
        "-H",
        "Content-Type: application/sparql-query",
        server.sparql,
    )
    assert len(json.loads(direct)["results"]["bindings"]) == len(names(server))
    got = curl(
        "--get",
        "--data-urlencode",
        f"query={PEOPLE}",
        "-H",
        "Accept: text/tab-separated-values",
        server.sparql,
    )
    assert got.splitlines()[:2] == ["?name", f'"{names(server)[0]}"']
