"""Requests meant to harm: nothing is asked of other hosts, nothing dies, nothing of the program is shown."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serve_client import TOKEN, Serve, Server

from kg.errors import QueryError
from kg.querying import prepare
from kg.querying.binding import with_values
from kg.store.ask import Asked, ask

DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(autouse=True)
def alive(server: Server) -> Iterator[None]:
    """After each attack the server still answers."""
    yield
    assert server.process.poll() is None
    assert server.ask("ASK { ?p a schema:Person }").text.count("true") == 1


@pytest.fixture
def other() -> Iterator[tuple[str, list[str]]]:
    """Another host, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 - the name is the library's

        def log_message(self, *_: object) -> None:
            pass

    host = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{host.server_port}/", asked
    host.shutdown()
    host.server_close()


def raw(server: Server, request: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    answer = b""
    with (
        socket.create_connection((server.host, server.port), timeout=20) as connection,
        suppress(ConnectionError),
    ):
        connection.sendall(request)
        while part := connection.recv(65_536):
            answer += part
    return answer


def shows_nothing(text: str) -> bool:
    return not any(word in text for word in ("Traceback", ".py", 'File "', "pyoxigraph", "starlette"))


@pytest.mark.parametrize("clause", [
    "SERVICE <{0}> {{ ?s ?p ?o }}",
    "SERVICE<{0}>{{ ?s ?p ?o }}",
    "service\tsilent\n<{0}> {{ ?s ?p ?o }}",
    "SERVICE # <{0}\r<{0}> {{ ?s ?p ?o }}",
    "VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }}",
    "VALUES ?x {{ <{0}> }} SERVICE SILENT ?x{{ ?s ?p ?o }}",
    "SERVICE o:a {{ ?s ?p ?o }}",
    "SERVICE SILENT o:a\\'b {{ ?s ?p ?o }}",
    "SERVICE SILENT o:\\# {{ ?s ?p ?o }}",
    "SERVICE o: {{ ?s ?p ?o }}",
    "?s ?p 1SERVICE <{0}> {{ ?s ?p ?o }}",
    "?s ?p '\"' . SERVICE <{0}> {{ ?s ?p ?o }} ?s ?p '\"'",
    "FILTER EXISTS {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "{{ SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }} }}",
    "SERVICE <\\u0068{0}> {{ ?s ?p ?o }}",
])  # fmt: skip
def test_no_query_asks_another_host(server: Server, other: tuple[str, list[str]], clause: str) -> None:
    url, asked = other
    reply = server.ask(f"PREFIX o: <{url}> SELECT * {{ {clause.format(url)} }}")
    assert (reply.status, asked) == (400, [])


def test_no_update_asks_another_host(serve: Serve, empty: Path, other: tuple[str, list[str]]) -> None:
    url, asked = other
    server = serve("--store", empty, "--allow-update", token=TOKEN)
    for update in (
        f"LOAD <{url}>",
        f"LOAD SILENT <{url}> INTO GRAPH <x:g>",
        f"PREFIX o: <{url}> LOAD o:a",
        f"PREFIX o: <{url}>LOAD SILENT o:a\\'b INTO GRAPH <x:g>",
        f"CLEAR ALL;LOAD<{url}>;CLEAR ALL",
        f"load # comment\n <{url}> # end",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    ):
        assert server.update(update).status == 400, update
    assert asked == []
    assert (
        server.update("INSERT DATA { <x:s> <x:payload> <x:o> ; <x:download> 'LOAD <x:a> INTO' }").status
        == 400
    )
    assert server.update("INSERT DATA { <x:s> <x:payload> <x:o> ; <x:download> 'x' }").status == 204


@pytest.mark.parametrize("host", [
    "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "localhost:80.evil",
    "evil.example@localhost", "localhost@evil.example", "localhost, evil.example", "", "[::1].evil", "[", "127.1",
    "2130706433", "localhost:x", "localhost:٣", "LOCALHOST.",
])  # fmt: skip
def test_a_request_for_another_host_is_refused(server: Server, host: str) -> None:
    answer = raw(
        server,
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nConnection: close\r\nHost: " + host.encode() + b"\r\n\r\n",
    )
    assert answer.split(b" ")[1] in {b"400", b"421"}
    assert b"boolean" not in answer


@pytest.mark.parametrize(
    "hosts", [b"", b"Host: localhost\r\nHost: evil.example\r\n", b"Host: localhost\r\n evil\r\n"]
)
def test_none_or_two_hosts_are_refused(server: Server, hosts: bytes) -> None:
    for version in (b"1.0", b"1.1"):
        answer = raw(server, b"GET /sparql HTTP/" + version + b"\r\nConnection: close\r\n" + hosts + b"\r\n")
        assert answer.split(b" ")[1] in {b"400", b"421"}


def test_its_own_names_are_taken(server: Server) -> None:
    for host in ("localhost", "LocalHost:1", "127.0.0.1", f"127.0.0.1:{server.port}", "[::1]", "[::1]:8080"):
        assert server.send("GET", "/sparql", headers={"Host": host}).status == 200


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://["},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
])  # fmt: skip
def test_pages_of_other_sites_may_not_ask(server: Server, headers: dict[str, str]) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        reply = server.send(method, "/sparql?query=ASK%7B%7D", headers=headers)
        assert reply.status == 403
        assert not [name for name in reply.headers if name.lower().startswith("access-control")]


def test_its_own_pages_and_links_from_elsewhere_may(server: Server) -> None:
    own = {"Origin": server.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert server.send("POST", "/sparql", "ASK {}", {**DIRECT, **own}).status == 200
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert server.send("GET", "/sparql?query=ASK%7B%7D", headers=link).status == 200


def test_a_site_that_is_allowed_may_ask_but_not_update(serve: Serve, empty: Path) -> None:
    site = "https://app.example"
    server = serve("--store", empty, "--allow-update", "--allow-origin", site, token=TOKEN)
    reply = server.send("GET", "/sparql?query=ASK%7B%7D", headers={"Origin": site})
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, site)
    asking = {"Origin": site, "Access-Control-Request-Method": "POST"}
    assert (
        server.send("OPTIONS", headers={**asking, "Access-Control-Request-Headers": "content-type"}).status
        == 200
    )
    assert (
        server.send("OPTIONS", headers={**asking, "Access-Control-Request-Headers": "authorization"}).status
        == 400
    )
    assert server.send("GET", "/sparql", headers={"Origin": "https://evil.example"}).status == 403


def test_every_response_has_the_security_headers(server: Server) -> None:
    for path in ("/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/nothing", "/%0d%0aX:%20y"):
        headers = server.send("GET", path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("accept", [
    ",", ";", ";;;q", "/", "*/", "text/csv;q=", "text/csv;q=inf", "a/b;q=-1e999", "\x0b/\x7f" * 50, "é/ü",
    "text/csv," * 5000, "text/" + "x" * 20_000, "application/sparql-results+json;q=0.0000000001;;;=;=",
])  # fmt: skip
def test_any_accept_gets_an_answer_or_a_clear_no(server: Server, accept: str) -> None:
    head = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nAccept: "
    answer = raw(server, head + accept.encode() + b"\r\n\r\n")
    assert answer.split(b" ")[1] in {b"200", b"400", b"406"}


def test_the_names_of_parameters_and_values_may_be_anything(server: Server) -> None:
    for query in (
        "query=%", "query=%zz", "query=%ff%fe", "query=%00", "query=ASK%7B%7D%00", "query=%ED%A0%80", "%ff=1&query=x",
        "query=ASK%7B%7D&default-graph-uri=%0d%0aX-Evil:%201", "&".join(f"a{n}=1" for n in range(300)), "query",
        "query=" + quote("ASK{}\r\nX-Evil: 1"), "query[]=1", "=", "&&&", "query=ASK%7B%7D&query", "query=\u00e9",
    ):  # fmt: skip
        path = b"GET /sparql?" + query.encode() + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        answer = raw(server, path)
        assert answer.split(b" ")[1] in {b"200", b"400"}, query
        assert b"x-evil" not in answer.lower().partition(b"\r\n\r\n")[0]
        assert shows_nothing(answer.decode())


def test_what_is_no_http_is_refused(server: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    for request in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        head + b"Content-Length: -5\r\n\r\nASK {}",
        head + b"Content-Length: 1e3\r\n\r\nASK {}",
        head + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
        head + b"Transfer-Encoding: chunked, gzip\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",
        head + b"Transfer-Encoding: chunked\r\n\r\n-6\r\nASK {}\r\n0\r\n\r\n",
        head + b"X: " + b"x" * 200_000 + b"\r\n\r\n",
        head + b"".join(b"X%d: y\r\n" % n for n in range(20_000)) + b"\r\n",
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        head + b"Connection: close\r\nContent-Length: 999999999999999999999\r\n\r\nASK {}",
        head + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 5000000\r\n\r\n",
    ):
        answer = raw(server, request)
        assert answer == b"" or answer.split(b" ")[1][:1] == b"4", (request[:200], answer[:200])
        assert shows_nothing(answer.decode())


def test_an_enormous_body_is_refused_before_it_has_come(server: Server) -> None:
    reply = server.send("POST", "/sparql", "ASK {}", {**DIRECT, "Content-Length": "10000000000"})
    assert (reply.status, reply.text) == (413, "the body may have 1000000 bytes at most\n")


@pytest.mark.parametrize("query", [
    "SELECT * " + "{" * 200_000 + "}" * 200_000,
    "ASK { FILTER (" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
    "ASK { FILTER (" + "!" * 300_000 + "true) }",
    "SELECT * { ?s " + "(" * 100_000 + "a" + ")" * 100_000 + " ?o }",
    "SELECT * " + "{ SELECT * " * 30_000 + "{ }" + "}" * 30_000,
    "ASK { ?s ?p " + "[ ?p " * 50_000 + "1" + "]" * 50_000 + " }",
    "ASK { " + "OPTIONAL { ?s ?p ?o " * 30_000 + "}" * 30_000 + " }",
], ids=["groups", "brackets", "nots", "paths", "subqueries", "nodes", "optionals"])  # fmt: skip
def test_deep_queries_end_with_a_clear_no(server: Server, query: str) -> None:
    reply = server.send("POST", "/sparql", query, DIRECT)
    assert reply.status in {200, 400, 500, 504}
    assert reply.status == 200 or reply.text.count("\n") == 1
    assert shows_nothing(reply.text)


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a|a)*b", "(x+x+)+y", "(a{1,1000}){1,1000}", "((a{0,99}){0,99}){0,99}"]
)
def test_regular_expressions_end(server: Server, pattern: str) -> None:
    text = "a" * 50_000
    reply = server.send("POST", "/sparql", f'ASK {{ FILTER REGEX("{text}!", "{pattern}") }}', DIRECT)
    assert reply.status in {200, 504}


HOSTILE = [
    '" } DROP ALL ; #',
    "x\" . ?s ?p ?o } #",
    "\\\" } UNION { ?s ?p ?o } #",
    "a\r\nb\u2028c",
    "<http://x> } SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } #",
    "'''\"\"\"",
    "x</script><script>alert(1)</script>",
    "\\",
    "{ UNDEF }",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_a_parameter_of_a_named_query_stays_a_value(server: Server, value: str) -> None:
    reply = server.send("POST", "/sparql", prepare("mentions", {"name": value}), DIRECT)
    if "SERVICE" in value:  # the words in a value look like the clause, and it is refused rather than trusted
        assert reply.status == 400
    else:
        assert (reply.status, reply.rows) == (200, [])
    text = prepare("SELECT ?name { VALUES ?name { UNDEF } }", {"name": value})
    if "SERVICE" not in value:
        assert server.send("POST", "/sparql", text, DIRECT).rows == [[value]]


@pytest.mark.parametrize("value", ["<http://x> } UNION { ?s ?p ?o>", "<x\n>", "<>", "<a b>"])
def test_an_iri_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(QueryError):
        prepare("mentions", {"name": value})


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_given_to_a_query_comes_back_as_it_was(value: str) -> None:
    from rdflib import Literal

    text = with_values("SELECT ?v { VALUES ?v { UNDEF } }", {"v": Literal(value)})
    try:
        given = ask(ox.Store(), Asked(text))
    except QueryError as error:
        assert "SERVICE" in str(error)
        return
    (row,) = json.loads(given.body)["results"]["bindings"]
    assert row["v"]["value"] == value
