"""The server as a process: how it starts, what it refuses to start with, how it ends, what others write meanwhile."""

from __future__ import annotations

import shutil
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from serve_client import TOKEN, Serve, alive, at_work, until

from kg.cli.main import main
from kg.serve.run import _listening
from kg.store import ArticleStore, StoreReader

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TURTLE = "@prefix schema: <https://schema.org/> .\n<http://example.org/p> a schema:Person .\n"


@pytest.fixture
def mine(articles: Path, tmp_path: Path) -> Path:
    """A copy of the store that no other server serves."""
    return shutil.copytree(articles, tmp_path / "mine", ignore=shutil.ignore_patterns(".serving"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_its_workers_even_while_they_work(
    serve: Serve, mine: Path, number: signal.Signals
) -> None:
    server = serve("--store", mine, "--timeout", "60")
    workers = server.workers()
    assert len(workers) == 2
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(server.ask, SLOW)
        assert until(lambda: any(map(at_work, workers)))
        assert server.stop(number) == 0
        reply = asking.result()
    assert (reply.status, reply.text) == (503, "the server is being stopped\n")
    assert until(lambda: not any(map(alive, workers)))
    assert not list(mine.glob(".serving/*"))


def test_workers_end_when_the_server_is_killed_and_the_next_one_tidies_up(serve: Serve, mine: Path) -> None:
    server = serve("--store", mine, "--timeout", "1")
    workers = server.workers()
    server.stop(signal.SIGKILL)
    assert until(lambda: not any(map(alive, workers)))
    (left,) = mine.glob(".serving/*")
    other = serve("--store", mine)
    assert not left.exists()
    assert other.stop() == 0
    assert not (mine / ".serving").exists()


@pytest.mark.parametrize("ending", [".ttl", ".nt", ".trig", ".nq"])
def test_a_graph_file_is_served(serve: Serve, tmp_path: Path, ending: str) -> None:
    line = "<http://example.org/p> a <https://schema.org/Person> .\n"
    graph = (
        "<http://example.org/p> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person>"
    )
    texts = {
        ".ttl": line,
        ".nt": f"{graph} .\n",
        ".trig": f"<http://example.org/g> {{ {line} }}",
        ".nq": f"{graph} <http://example.org/g> .\n",
    }
    file = tmp_path / f"graph{ending}"
    file.write_text(texts[ending], encoding="utf-8")
    server = serve(file)
    assert server.ask("SELECT ?p { ?p a schema:Person }").rows == [["http://example.org/p"]]
    assert server.url.startswith("http://127.0.0.1:")
    assert server.stop() == 0


def test_it_listens_at_other_loopback_addresses(serve: Serve, articles: Path) -> None:
    assert serve("--store", articles, "--host", "localhost").ask("ASK {}").status == 200
    assert serve("--store", articles, "--host", "127.0.0.2").ask("ASK {}").status == 200


def test_it_goes_by_the_names_it_is_given(serve: Serve, articles: Path) -> None:
    server = serve("--store", articles, "--allow-host", "News.example")
    assert server.send("GET", headers={"Host": "news.example:80"}).status == 200
    assert server.send("GET", headers={"Host": "other.example"}).status == 421


def refused(*args: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """How a call of `kg serve` that can't be done ends, and the one line that it says."""
    capsys.readouterr()
    code = main(["serve", *map(str, args)])
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return code, line.removeprefix("kg: ")


def test_what_can_not_be_served_is_one_line(
    tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph.ttl").write_text(TURTLE, encoding="utf-8")
    (tmp_path / "broken.ttl").write_text(TURTLE + "<a> <b>\n", encoding="utf-8")
    (tmp_path / "graph.txt").write_text(TURTLE, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    ends = {
        (): (2, "output/graph.ttl: no such file"),
        (tmp_path / "graph.ttl", "--store", articles): (2, "not both"),
        (tmp_path / "none.ttl",): (2, "no such file"),
        (tmp_path / "graph.txt",): (2, "the ending tells no format"),
        ("--store", tmp_path / "folder"): (2, "no store there"),
        (tmp_path / "broken.ttl", "--port", "0"): (1, "broken.ttl, line"),
        (tmp_path / "graph.ttl", "--allow-update"): (2, "updates need a store"),
        (tmp_path / "graph.ttl", "--port", "99999"): (2, "65535"),
        (tmp_path / "graph.ttl", "--host", "0.0.0.0"): (2, "say --public"),
        (tmp_path / "graph.ttl", "--host", "no.such.host.invalid"): (2, "choose another"),
    }
    for args, (code, words) in ends.items():
        ended, line = refused(*args, capsys=capsys)
        assert ended == code, line
        assert words in line


def test_a_port_that_is_taken_is_one_line(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, line = refused("--store", articles, "--port", port, capsys=capsys)
    assert (code, line) == (2, f"127.0.0.1:{port}: Address already in use; choose another --port or --host")


def test_a_store_in_use_or_damaged_is_one_line(
    tmp_path: Path, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArticleStore(mine):
        code, line = refused("--store", mine, "--port", "0", capsys=capsys)
    assert code == 1
    assert "in use by another process" in line
    with ArticleStore(tmp_path / "store"):
        pass
    (tmp_path / "store" / "graphs" / "CURRENT").write_text("nothing", encoding="utf-8")
    code, line = refused("--store", tmp_path / "store", "--port", "0", capsys=capsys)
    assert code == 1
    assert "can't be opened" in line


def test_a_store_in_use_for_a_moment_is_waited_for(serve: Serve, mine: Path) -> None:
    with ThreadPoolExecutor() as pool:
        with ArticleStore(mine):
            starting = pool.submit(serve, "--store", mine)
            time.sleep(3)
        assert starting.result().ask(ALL).status == 200


@pytest.mark.parametrize(
    "token", ["", "short", "sixteen chars é and more", "a token with spaces in it", "t" * 15]
)
def test_a_weak_token_is_refused(
    token: str, articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_TOKEN", token)
    code, line = refused("--store", articles, "--allow-update", capsys=capsys)
    assert code == 2
    assert "16 or more" in line
    assert not token or token not in line


def test_what_another_process_writes_is_seen(serve: Serve, tmp_path: Path) -> None:
    from store_articles import puts

    path = tmp_path / "store"
    with ArticleStore(path) as store:
        store.put(puts(2))
    server = serve("--store", path)
    before = server.ask(ALL).rows
    with ArticleStore(path) as store:
        assert server.ask(ALL).rows == before  # while it is written to, the last snapshot is served
        store.put(puts(4))
        assert server.ask(ALL).rows == before
    assert until(lambda: int(server.ask(ALL).rows[0][0]) > int(before[0][0]))
    with ArticleStore(path) as store:
        for graph in list(store.graphs()):
            store.forget(graph)
    assert until(lambda: server.ask(ALL).rows == [["0"]])
    assert len(list(path.glob(".serving/*/snapshot-*"))) == 1
    assert server.stop() == 0


def test_a_store_is_served_while_others_read_it(serve: Serve, mine: Path) -> None:
    with StoreReader(mine) as reader:
        held = str(reader.answer(ALL).rows[0][0])
        assert serve("--store", mine).ask(ALL).rows == [[held]]
        assert int(held) > 500


def test_an_update_waits_for_no_other_writer(serve: Serve, empty: Path) -> None:
    server = serve("--store", empty, "--allow-update", token=TOKEN)
    insert = (
        "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> a <http://example.org/C> } }"
    )
    with ArticleStore(empty):
        reply = server.update(insert)
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
        assert "in use by another process" in reply.text
    assert server.update(insert).status == 204
    assert server.ask(ALL).rows == [["1"]]
    assert len(list(empty.glob(".serving/*"))) == 1


def test_answers_are_sent_at_once() -> None:
    with (
        _listening("127.0.0.1", 0, public=False) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        accepted, _ = listener.accept()
        with accepted:  # what asyncio looks at before it turns Nagle's algorithm off
            assert accepted.proto == socket.IPPROTO_TCP
