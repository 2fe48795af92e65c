"""The W3C's tests of the SPARQL 1.1 Protocol, each request of the manifest sent as it stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from serve_client import TOKEN, Reply, Server, running

FOLDER = Path(__file__).parents[3] / "shared" / "rdf-tests" / "protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
TABLES = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the W3C's tests in ../shared/rdf-tests")


class Step(NamedTuple):
    """One request of a test, and what its response must be."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: set[str]
    truth: bool | None
    form: str | None


class Case(NamedTuple):
    """One test: graphs to be there before (name, file), and its requests."""

    graphs: list[tuple[str, Path]]
    steps: list[Step]


def cases() -> dict[str, Case]:
    if not FOLDER.is_dir():
        return {}
    graph = Graph().parse(FOLDER / "manifest.ttl")
    listed = Collection(graph, graph.value(next(graph.subjects(RDF.type, MF.Manifest)), MF.entries))
    return {str(test).rpartition("#")[2]: case(graph, test) for test in listed}


def case(graph: Graph, test: URIRef) -> Case:
    data = [
        (str(graph.value(node, LABEL)), FOLDER / Path(str(graph.value(node, UT.graph))).name)
        for node in graph.objects(test, UT.graphData)
    ]
    requests = Collection(graph, graph.value(graph.value(test, MF.action), HT.requests))
    return Case(sorted(data), [step(graph, request) for request in requests])


def step(graph: Graph, request: URIRef) -> Step:
    headers = {}
    listed = graph.value(request, HT.headers)
    for header in Collection(graph, listed) if listed is not None else ():
        headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
    body = None
    content = graph.value(request, HT.body)
    if content is not None:
        encoding = str(graph.value(content, CNT.characterEncoding))
        body = str(graph.value(content, CNT.chars)).encode(encoding)
    response = graph.value(request, HT.resp)
    truth = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    return Step(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        headers,
        body,
        {str(status)[-3:] for status in graph.objects(response, MF.expectedStatus)},
        bool(truth.toPython()) if isinstance(truth, Literal) else None,
        str(form) if form is not None else None,
    )


CASES = cases()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    from kg.store import ArticleStore

    path = tmp_path_factory.mktemp("protocol") / "store"
    with ArticleStore(path):
        pass
    with running("--store", path, "--allow-update", token=TOKEN) as server:
        yield server


def test_all_of_them_are_there() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize("name", CASES)
def test_protocol(name: str, endpoint: Server) -> None:
    graphs = [f"GRAPH <{iri}> {{ {file.read_text('utf-8')} }}" for iri, file in CASES[name].graphs]
    assert endpoint.update(f"DROP ALL ; INSERT DATA {{ {' '.join(graphs)} }}").status == 204
    for one in CASES[name].steps:
        # every request carries the token, so that a bad one fails for its own fault
        headers = {**one.headers, "Authorization": f"Bearer {TOKEN}"}
        reply = endpoint.send(one.method, one.path, one.body, headers)
        assert f"{reply.status // 100}xx" in one.statuses, reply.text
        if one.form == "tabular":
            assert reply.media in TABLES
        elif one.form == "RDF":
            assert reply.media in GRAPHS
        elif one.form == "boolean" or one.truth is not None:
            assert truth_of(reply) in ({True, False} if one.truth is None else {one.truth})


def truth_of(reply: Reply) -> bool:
    if reply.media == "application/sparql-results+json":
        return json.loads(reply.body)["boolean"]
    assert reply.media == "application/sparql-results+xml"
    found = ElementTree.fromstring(reply.body).find("{http://www.w3.org/2005/sparql-results#}boolean")
    assert found is not None
    return found.text == "true"
