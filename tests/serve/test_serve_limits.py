"""What one client may cost: time, rows, memory, bytes; the others are served meanwhile, and nothing dies."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from serve_client import Reply, Serve, Server, alive, at_work, until

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUICK = "SELECT (COUNT(*) AS ?n) { ?p a schema:Person }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?s (!<x:a>|^!<x:a>)*/(!<x:a>|^!<x:a>)*/(!<x:a>|^!<x:a>)* ?o }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"
GROWING = (
    "SELECT (STRLEN(?x) AS ?n) {{ BIND('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS ?x0) {0} BIND(?x{1} AS ?x) }}"
)


@pytest.mark.parametrize("query", [SLOW, PATHS], ids=["join", "paths"])
def test_a_slow_query_is_ended_with_its_worker_while_others_go_on(server: Server, query: str) -> None:
    before = server.workers()
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.ask, query)
        others = []
        while not slow.done():
            others.append(server.ask(QUICK).status)
        reply = slow.result()
    assert (reply.status, reply.text) == (504, "stopped at the time limit of 3 seconds\n")
    assert others.count(200) == len(others) > 1
    ended = [pid for pid in before if until(lambda one=pid: not alive(one), 5)]
    assert len(ended) == 1


def test_a_query_whose_client_goes_away_is_ended(serve: Serve, articles: Path) -> None:
    server = serve("--store", articles, "--timeout", "60")
    before = set(server.workers())
    connection = http.client.HTTPConnection(server.host, server.port)
    connection.request("POST", "/sparql", SLOW, {"Content-Type": "application/sparql-query"})
    assert until(lambda: any(map(at_work, before)))
    connection.close()
    end = time.monotonic() + 20
    while before <= set(server.workers()) and time.monotonic() < end:
        time.sleep(0.05)
    assert len(before - set(server.workers())) == 1


@pytest.mark.parametrize("query", [SORTED, GROWING], ids=["sort", "string"])
def test_a_query_that_explodes_is_ended_at_the_memory_limit(serve: Serve, articles: Path, query: str) -> None:
    server = serve("--store", articles, "--max-memory", "512", "--timeout", "60", "--workers", "1")
    doubled = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(26))
    reply = server.ask(query.format(doubled, 26) if "{0}" in query else query)
    assert reply.status == 500
    assert "memory" in reply.text
    assert "Traceback" not in reply.text
    assert server.ask(QUICK).status == 200


def test_rows_and_triples_are_cut_at_the_limit_and_it_is_said(server: Server) -> None:
    many = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert (many.status, len(many.rows), many.headers["kg-truncated"]) == (200, 500, "rows=500")
    for accept in ("application/sparql-results+xml", "text/csv", "text/tab-separated-values"):
        assert server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", accept).headers["kg-truncated"] == "rows=500"
    graph = server.ask("CONSTRUCT WHERE { ?a ?b ?c }", "application/n-triples")
    assert (graph.text.count("\n"), graph.headers["kg-truncated"]) == (500, "rows=500")
    exact = server.ask("SELECT * { ?a ?b ?c } LIMIT 500")
    assert (len(exact.rows), exact.headers["kg-truncated"]) == (500, None)


def test_a_body_or_an_address_may_be_only_so_long(serve: Serve, articles: Path) -> None:
    server = serve("--store", articles, "--max-body", "2000")
    query = "ASK { } #" + "x" * 1991
    direct = {"Content-Type": "application/sparql-query"}
    assert len(query) == 2000
    assert server.send("POST", "/sparql", query, direct).status == 200
    assert server.send("POST", "/sparql", query + "x", direct).status == 413
    assert server.send("GET", "/sparql?query=ASK%7B%7D%23" + "x" * 3000).status == 414
    assert chunked(server, [b"ASK { } #"] + [b"x" * 1000] * 3).status == 413


def chunked(server: Server, parts: list[bytes]) -> Reply:
    """Send a body that does not say how long it is."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=20)
    try:
        headers = {"Content-Type": "application/sparql-query"}
        connection.request("POST", "/sparql", iter(parts), headers, encode_chunked=True)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def test_a_body_in_parts_is_a_body(server: Server) -> None:
    assert json.loads(chunked(server, [b"ASK", b" { ", b"}"]).body)["boolean"] is True


def test_more_than_can_wait_are_sent_away_to_come_again(serve: Serve, articles: Path) -> None:
    server = serve("--store", articles, "--workers", "1", "--max-waiting", "2", "--timeout", "1.5")
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: server.ask(SLOW), range(8)))
    statuses = [reply.status for reply in replies]
    assert sorted(set(statuses)) == [503, 504]
    assert 3 <= statuses.count(504) < 8
    assert all(int(r.headers["retry-after"]) > 0 for r in replies if r.status == 503)
    assert server.ask(QUICK).status == 200


def test_a_worker_that_is_killed_is_replaced(server: Server) -> None:
    for pid in server.workers():
        os.kill(pid, 9)
    statuses = [server.ask(QUICK).status for _ in range(6)]
    assert statuses[-1] == 200
    assert set(statuses) <= {200, 500}  # one that died at its job is told of


def test_a_client_that_does_not_take_its_answer_is_left(serve: Serve, articles: Path) -> None:
    server = serve("--store", articles, PART=1, HEAD=1)
    big = "SELECT (CONCAT(?a, ?a, ?a, ?a) AS ?x) { { SELECT (GROUP_CONCAT(?l) AS ?a) { ?s rdfs:label ?l } } ?s ?p ?o }"
    head = f"POST /sparql HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/sparql-query\r\n"
    with socket.socket() as idler:
        idler.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        idler.connect((server.host, server.port))
        idler.sendall(f"{head}Content-Length: {len(big)}\r\n\r\n{big}".encode())
        time.sleep(3)
        assert server.ask(QUICK).status == 200
        whole = len(server.ask(big).body)
        idler.settimeout(20)
        taken = 0
        while part := idler.recv(65_536):
            taken += len(part)
    assert taken < whole


def test_a_request_that_dawdles_is_ended_quietly(
    serve: Serve, articles: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    server = serve("--store", articles, HEAD=0.5, BODY=0.5)
    head = f"POST /sparql HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/sparql-query\r\n"
    assert dawdle(server, "").startswith(b"HTTP/1.1 408 ")
    assert dawdle(server, head[:-9]).startswith(b"HTTP/1.1 408 ")
    assert dawdle(server, head + "Content-Length: 50\r\n\r\nASK").startswith(b"HTTP/1.1 408 ")
    assert dawdle(server, head + "Transfer-Encoding: chunked\r\n\r\nff\r\nASK").startswith(b"HTTP/1.1 408 ")
    whole = dawdle(server, head + "Content-Length: 6\r\n\r\nASK {}" + head)
    assert whole.startswith(b"HTTP/1.1 200 ")
    assert whole.count(b"HTTP/1.1 200 ") == 1 and whole.count(b"HTTP/1.1 408 ") == 1
    for half in (
        "",
        head[:-9],
        head + "Content-Length: 50\r\n\r\nASK",
        head + "Content-Length: 6\r\n\r\nASK {}",
    ):
        with socket.create_connection((server.host, server.port), timeout=5) as connection:
            connection.sendall(half.encode())  # and the client is gone
    assert server.ask(QUICK).status == 200
    told = capfd.readouterr().err
    assert not re.search("traceback|error|exception|warning|invalid", told, re.IGNORECASE), told


def dawdle(server: Server, begin: str) -> bytes:
    """Send the begin of a request and then a byte now and again; return what comes until the connection ends."""
    with socket.create_connection((server.host, server.port), timeout=0.2) as connection:
        connection.sendall(begin.encode())
        answer, end = b"", time.monotonic() + 20
        while time.monotonic() < end:
            try:
                part = connection.recv(65_536)
            except TimeoutError:
                with suppress(OSError):
                    connection.send(b"a")
                continue
            except ConnectionResetError:
                return answer
            if not part:
                return answer
            answer += part
    raise AssertionError("the connection stays open")
