"""URLs, against a real server on the loopback interface."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles

BODY = "The harbour council of Tarnmouth voted on Monday to close the old café on the pier."
PAGE = f"<html><title>Pier</title><body><article><p>{BODY}</p><p>{BODY * 3}</p></article></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", f"/to/{int(path[4:]) - 1}" if path != "/to/0" else "/a.txt")
            self.end_headers()
        elif path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif path == "/away":
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
            self.end_headers()
        elif path in {"/packed", "/cut", "/strange"}:
            data = gzip.compress(BODY.encode() * (1 if path != "/cut" else 50))
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Encoding", "br" if path == "/strange" else "gzip")
            self.end_headers()
            self.wfile.write(data[:-12] if path == "/cut" else data)
        elif path == "/missing":
            self.send_error(404, "no\tsuch page")
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(40):
                    self.wfile.write(b"a")
                    time.sleep(0.05)
        else:
            kinds = {
                "/a.txt": ("text/plain; charset=latin-1", BODY.encode("latin-1")),
                "/page": ("text/html; charset=utf-8", PAGE.encode()),
                "/n.jsonl.gz": (
                    "application/gzip",
                    gzip.compress(b'{"id": "g", "text": "The pier is shut."}\n'),
                ),
                "/rows": ("text/csv", b"id,body,text\nr,x,The pier is shut.\n"),
                "/big": ("text/plain", b"The pier. " * 100_000),
            }
            kind, data = kinds[path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def get(url: str, **options: object) -> Article | Reject:
    (item,) = read_articles([url], ReadOptions(**options))  # type: ignore[arg-type]
    return item


def reason(url: str, **options: object) -> str:
    item = get(url, **options)
    assert isinstance(item, Reject), item
    assert item.source == url
    assert "\n" not in item.reason
    return item.reason


def test_plain_text_in_the_servers_encoding(server: str) -> None:
    article = get(f"{server}/a.txt")
    assert isinstance(article, Article)
    assert article.text == BODY
    host = server.removeprefix("http://")
    assert (article.id, article.path) == ("a", f"{host}/a")
    assert article.url == f"{server}/a.txt"


def test_a_page_is_known_by_its_media_type(server: str) -> None:
    article = get(f"{server}/page?id=3#top")
    assert isinstance(article, Article)
    assert BODY in article.text
    assert article.path.endswith("/page?id=3")


def test_packed_and_tabular(server: str) -> None:
    packed, rows = get(f"{server}/n.jsonl.gz"), get(f"{server}/rows")
    assert (packed.id, rows.id) == ("g", "r")


def test_redirects_are_followed_so_far(server: str) -> None:
    article = get(f"{server}/to/3")
    assert isinstance(article, Article)
    assert article.url == f"{server}/a.txt"
    assert reason(f"{server}/to/9") == "more than 5 redirects"


def test_only_http(server: str) -> None:
    assert "not allowed" in reason(f"{server}/file")


def test_limits(server: str) -> None:
    assert reason(f"{server}/big", max_file_bytes=1000) == "larger than the limit of 1,000 bytes"
    assert reason(f"{server}/slow", timeout=0.3) == "no full answer within 0.3 s"


@pytest.mark.parametrize(
    ("path", "message"), [("/missing", "the server answered 404"), (":99999/x", "not a valid URL")]
)
def test_errors(server: str, path: str, message: str) -> None:
    url = server + path if path.startswith("/") else f"http://127.0.0.1{path}"
    assert message in reason(url)


def test_nobody_listens() -> None:
    assert "can't be fetched" in reason("http://127.0.0.1:9/x", timeout=2)


def test_a_password_is_neither_sent_nor_shown() -> None:
    (item,) = read_articles(["http://me:secret@127.0.0.1/x"])
    assert isinstance(item, Reject)
    assert "secret" not in item.source + item.reason


def test_no_way_from_outside_into_the_local_network(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = server.rpartition(":")[2]
    monkeypatch.setattr("kg.read.network.is_private", lambda address: address != "127.0.0.1")
    assert isinstance(get(f"{server}/a.txt"), Article)
    away = reason(f"{server}/away?http://127.0.0.2:{port}/a.txt")
    assert away == "redirects into the local network: 127.0.0.2 leads to 127.0.0.2, in the local network"
    # a name that only its address gives away
    known = socket.getaddrinfo

    def looked_up(host: str, *rest: object, **more: object) -> object:
        return known("127.0.0.2" if host == "public.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("socket.getaddrinfo", looked_up)
    assert "public.example leads to 127.0.0.2" in reason(f"{server}/away?http://public.example:{port}/a.txt")


def test_a_page_is_sent_packed_and_its_limit_holds_for_what_it_unpacks_to(server: str) -> None:
    article = get(f"{server}/packed")
    assert isinstance(article, Article)
    assert article.text == BODY
    assert reason(f"{server}/packed", max_file_bytes=40) == "larger than the limit of 40 bytes"
    assert reason(f"{server}/cut") == "its gzip data are cut off"
    assert "nobody asked for" in reason(f"{server}/strange")
