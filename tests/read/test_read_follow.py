"""Articles that feeds link to, against a real server on the loopback interface."""

from __future__ import annotations

import gzip
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.cli.main import main
from kg.model import Article, Reject
from kg.read import ReadOptions, read_articles
from kg.read.follow import Follower
from kg.read.network import Gate, PrivateAddressError, is_private, is_private_name
from kg.read.robots import Robots

SUMMARY = "The council of Tarnmouth voted on the pier."
FULL = (
    "The harbour council of Tarnmouth voted on Monday to close the old café on the pier. Mayor Ilse Brandt said that "
    "the building was unsafe. The owner, Omar Reyes, accused the council of breaking a promise made last year."
)
PAGE = (
    "<html><head><title>Café on the pier to close</title>"
    '<meta property="article:published_time" content="2031-03-04"></head><body><nav>Home News Sport</nav>'
    f"<article><h1>Café on the pier to close</h1><p>{FULL}</p><p>The café has stood there since 1931, and many in "
    "the town were angry. A crowd gathered in front of the town hall on Tuesday.</p></article></body></html>"
)


def feed(*links: str) -> str:
    items = "".join(
        f"<item><title>Story {n}</title><link>{link}</link><guid>story-{n}</guid>"
        f"<description>{SUMMARY}</description></item>"
        for n, link in enumerate(links, 1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Times</title>{items}</channel></rss>'


class Site(BaseHTTPRequestHandler):
    robots = "User-agent: *\nDisallow: /private/\n"
    feed = ""
    asked: list[tuple[str, str | None]] = []  # noqa: RUF012 - emptied by each test

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.asked.append((path, self.headers["If-None-Match"]))
        more: dict[str, str] = {}
        data, kind, status = PAGE.encode(), "text/html; charset=utf-8", 200
        if path == "/robots.txt":
            data, kind = self.robots.encode(), "text/plain"
        elif path == "/feed.xml":
            data, kind = self.feed.encode(), "application/rss+xml"
        elif path == "/gone":
            status = 410
        elif path.startswith("/to"):
            status, more = 302, {"Location": self.path.partition("?")[2]}
        elif path == "/picture":
            kind = "image/png"
        elif path == "/short":
            data = b"<html><body><article><p>Please accept cookies.</p></article></body></html>"
        elif path == "/etag":
            more = {"ETag": '"v1"', "Last-Modified": "Tue, 04 Mar 2031 10:00:00 GMT"}
            status = 304 if self.headers["If-None-Match"] == '"v1"' else 200
        elif path == "/fresh":
            more = {"Cache-Control": "max-age=600"}
        elif path == "/packed":
            assert "gzip" in self.headers["Accept-Encoding"]
            data, more = gzip.compress(data), {"Content-Encoding": "gzip"}
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        if status == 200:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(Site, "robots", Site.robots)
    monkeypatch.setattr(Site, "asked", [])
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def read(
    tmp_path: Path, *links: str, private: bool = True, folder: Path | None = None
) -> tuple[list[Article | Reject], list[str], list[float]]:
    """Read a feed of these links, following them; return the articles, the warnings and the pauses."""
    (tmp_path / "feed.xml").write_text(feed(*links), encoding="utf-8")
    warnings: list[str] = []
    pauses: list[float] = []
    options = ReadOptions(on_warning=warnings.append, timeout=5)
    follower = Follower(options, folder, private, clock=lambda: 0.0, sleep=pauses.append)
    found = list(read_articles([tmp_path / "feed.xml"], replace(options, follow=follower)))
    return found, warnings, pauses


def test_the_article_is_read_and_keeps_what_the_feed_tells(site: str, tmp_path: Path) -> None:
    found, warnings, pauses = read(tmp_path, f"{site}/a", f"{site}/packed")
    assert warnings == []
    for number, article in enumerate(found, 1):
        assert isinstance(article, Article)
        assert FULL in article.text
        assert "Home News Sport" not in article.text
        assert (article.id, article.publisher) == (f"story-{number}", "Harbour Times")
        assert (article.title, article.date) == ("Café on the pier to close", "2031-03-04")
    assert pauses == [1.0, 1.0]  # after robots.txt, and between the two
    assert [path for path, _ in Site.asked] == ["/robots.txt", "/a", "/packed"]


def test_without_it_one_line_says_that_summaries_were_read(site: str, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(feed(f"{site}/a", f"{site}/b"), encoding="utf-8")
    warnings: list[str] = []
    found = list(read_articles([tmp_path / "feed.xml"], ReadOptions(on_warning=warnings.append)))
    assert [one.text for one in found if isinstance(one, Article)] == [SUMMARY, SUMMARY]
    (line,) = (one for one in warnings if "summary" in one)
    assert "of 2 of 2 entries only the summary was read" in line
    assert "--follow" in line
    assert Site.asked == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/private/a", "its robots.txt keeps programs away"),
        ("/gone", "the server answered 410 Gone"),
        ("/picture", "it is image/png, no page"),
        ("/short", "less text than the feed"),
        ("/to?/private/b", "its robots.txt keeps programs away"),
    ],
)
def test_what_cannot_be_had_stays_a_summary_and_says_why(
    site: str, tmp_path: Path, path: str, reason: str
) -> None:
    found, warnings, _ = read(tmp_path, site + path)
    assert [one.text for one in found if isinstance(one, Article)] == [SUMMARY]
    (line,) = (one for one in warnings if "linked article" in one)
    assert reason in line
    assert not any(asked.startswith("/private") for asked, _ in Site.asked)


def test_private_addresses_are_refused_unless_asked_for(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = site.rpartition(":")[2]
    known = socket.getaddrinfo

    def looked_up(host: str, *rest: object, **more: object) -> object:
        inside = {"news.example": "127.0.0.1", "inside.example": "127.0.0.2"}
        return known(inside.get(host, host), *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("socket.getaddrinfo", looked_up)
    named = f"http://news.example:{port}/a"
    for link in (f"{site}/a", f"http://localhost:{port}/a", f"http://[::ffff:127.0.0.1]:{port}/a", named):
        found, warnings, _ = read(tmp_path, link, private=False)
        assert [one.text for one in found if isinstance(one, Article)] == [SUMMARY]
        assert "in the local network" in "".join(warnings), link
    assert Site.asked == []  # no connection was made
    assert FULL in read(tmp_path, named)[0][0].text  # type: ignore[union-attr]
    # from a host that counts as public, by a redirect and a name
    monkeypatch.setattr("kg.read.network.is_private", lambda address: address != "127.0.0.1")
    Site.asked.clear()
    found, warnings, _ = read(tmp_path, f"{site}/to?http://inside.example:{port}/a", private=False)
    assert [one.text for one in found if isinstance(one, Article)] == [SUMMARY]
    assert "in the local network" in "".join(warnings)
    assert [path for path, _ in Site.asked] == ["/robots.txt", "/to"]


def test_a_page_that_has_not_changed_is_not_sent_again(site: str, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for _ in range(2):
        (found,) = read(tmp_path, f"{site}/etag", folder=folder)[0]
        assert isinstance(found, Article)
        assert FULL in found.text
        assert found.date == "2031-03-04"
    assert [tag for path, tag in Site.asked if path == "/etag"] == [None, '"v1"']
    for _ in range(2):
        assert FULL in read(tmp_path, f"{site}/fresh", folder=folder)[0][0].text  # type: ignore[union-attr]
    assert Counter(path for path, _ in Site.asked)["/fresh"] == 1
    for file in folder.iterdir():
        file.write_bytes(b"broken")
    assert FULL in read(tmp_path, f"{site}/fresh", folder=folder)[0][0].text  # type: ignore[union-attr]


def test_a_host_that_does_not_answer_is_left_alone(tmp_path: Path, site: str) -> None:
    with socket.socket() as free:  # nobody listens there
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    found, warnings, _ = read(tmp_path, *(f"{dead}/{n}" for n in range(5)), f"{site}/gone")
    assert len(found) == 6
    assert any("of 6 of 6 entries the linked article can't be read" in one for one in warnings)


def test_robots_as_the_rfc_reads_them() -> None:
    text = (
        "# all\nUser-Agent: Other\nUser-agent: NewsKG\nDisallow: /a\nAllow: /a/open\nDisallow: /*.pdf$\n"
        "crawl-delay: 5\n"
        "\nUser-agent: *\nDisallow: /\n"
    )
    rules = Robots.read(text, "newskg")
    assert rules.pause == 5
    allowed = {
        path: rules.allows(f"https://x.org{path}")
        for path in ("/", "/a", "/a/b", "/a/open/c", "/b.pdf", "/b.pdf?x=1", "/robots.txt", "/%61/z", "/b")
    }
    assert allowed == {
        "/": True,
        "/a": False,
        "/a/b": False,
        "/a/open/c": True,
        "/b.pdf": False,
        "/b.pdf?x=1": True,
        "/robots.txt": True,
        "/%61/z": False,
        "/b": True,
    }
    assert not Robots.read(text, "elsewhere").allows("https://x.org/b")
    assert Robots.read("", "newskg").allows("https://x.org/b")
    assert Robots.read("User-agent: *\nDisallow:\n", "newskg").allows("https://x.org/b")
    hostile = Robots.read("User-agent: *\nDisallow: /" + "*a" * 20_000 + "b$\n", "newskg")
    assert hostile.allows("https://x.org/" + "a" * 30_000)


def test_what_counts_as_private() -> None:
    private = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "::ffff:10.0.0.1",
               "64:ff9b::7f00:1", "224.0.0.1", "100.64.0.1")  # fmt: skip
    assert [one for one in private if not is_private(one)] == []
    assert not any(map(is_private, ("9.9.9.9", "2620:fe::fe")))
    assert is_private_name("printer.local")
    assert is_private_name("[::1]")
    assert not is_private_name("example.org")
    with pytest.raises(PrivateAddressError):
        Gate().connect(("localhost", 9), 1)


def test_a_build_follows_where_it_is_asked_to(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Site, "feed", feed(f"{site}/a"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.read.follow._PAUSE", 0.0)
    build = ("build", f"{site}/feed.xml", "--out", "out", "--no-view")
    assert main([*build, "--follow"]) == 0
    assert "in the local network" in capsys.readouterr().err
    assert main([*build, "--follow", "--allow-private"]) == 0
    assert "summary" not in capsys.readouterr().err
    assert "Omar Reyes" in Path("out/graph.ttl").read_text(encoding="utf-8")
    assert list(Path("out/.kg/pages").glob("*.gz"))
