"""What is new about a watch list: found in a store, told once, to a file and to a webhook."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.cli.main import main
from kg.errors import OutputError, UsageError
from kg.graph import facts_to_triples
from kg.graph.iris import DEFAULT_BASE, article_iri
from kg.model import Facts
from kg.store import ArticleStore, Put, StoreReader
from kg.watch import News, Told, find_news, report_to, watched
from kg.watch.report import ReportFile, Webhook, webhook

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "graph")]

from graph_facts import both  # noqa: E402 - it lies in the folder just added


def put(store: Path, *articles: Facts) -> None:
    with ArticleStore(store) as opened:
        opened.put(
            Put(str(article_iri(DEFAULT_BASE, one.article.path)), str(n), facts_to_triples(one))
            for n, one in enumerate(articles)
        )


def news(store: Path, names: tuple[str, ...] = (), classes: tuple[str, ...] = ()) -> list[News]:
    with StoreReader(store) as reader:
        return find_news(reader, watched(names, classes))


def test_facts_are_found_by_names_and_classes_with_what_they_say(tmp_path: Path) -> None:
    put(tmp_path / "s", *both())
    found = news(tmp_path / "s", ("mira tessel",))
    assert {one.kind for one in found} == {"event", "statement", "role", "relation"}
    threat = next(one for one in found if one.cls == "Threaten")
    assert (threat.who, threat.whom, threat.watch) == (("Mira Tessel",), ("Ostrana",), ("mira tessel",))
    assert threat.sentence.startswith("PORT ELLIN, 12 March 2031 — Valdorian Foreign Minister Mira Tessel")
    assert threat.article == "blockade"
    assert 0 < threat.confidence <= 1
    role = next(one for one in found if one.kind == "role")
    assert role.what == "Mira Tessel, Foreign Minister, Valdor"
    by_class = news(tmp_path / "s", classes=("threaten",))
    assert [one.id for one in by_class] == [threat.id]
    both_ways = news(tmp_path / "s", ("person/mira-tessel",), ("plover:Threaten",))
    assert next(one for one in both_ways if one.id == threat.id).watch == ("Threaten", "person/mira-tessel")
    assert {one.id for one in both_ways} == {one.id for one in found}
    assert {one.cls for one in news(tmp_path / "s", classes=("Event",))} > {"Threaten", "Agree"}
    assert len({one.id for one in news(tmp_path / "s", classes=("Event",))}) == len(
        news(tmp_path / "s", classes=("Event",))
    )
    assert news(tmp_path / "s", ('nobody"} <x>',)) == []


def test_what_is_watched_must_be_there() -> None:
    with pytest.raises(UsageError, match="no class 'Attak'; there are Accuse"):
        watched((), ("Attak",))
    with pytest.raises(UsageError, match="say what to watch"):
        watched(("  ",), ())


def test_a_fact_keeps_its_key_when_its_iri_changes(tmp_path: Path) -> None:
    blockade, talks = both()
    put(tmp_path / "s", blockade, talks)
    before = {one.id: one.iri for one in news(tmp_path / "s", classes=("Event",))}
    again = replace(blockade, events=tuple(replace(e, id=f"v{n}9") for n, e in enumerate(blockade.events)))
    again = replace(again, article=replace(blockade.article, title="Another headline"))
    put(tmp_path / "s", again, talks)
    after = {one.id: one.iri for one in news(tmp_path / "s", classes=("Event",))}
    assert set(after) == set(before)
    assert after != before


def test_a_file_grows_by_what_is_new_and_a_telling_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    put(tmp_path / "s", both()[0])
    target, found = ReportFile(tmp_path / "out" / "new.jsonl"), news(tmp_path / "s", classes=("Event",))

    def ids() -> list[str]:
        return [json.loads(line)["id"] for line in target.path.read_text(encoding="utf-8").splitlines()]

    with Told(tmp_path / "kg") as told:
        assert report_to(target, told, found[:1]) == found[:1]
        assert report_to(target, told, found[:1]) == []
        with pytest.raises(UsageError, match="another kg watch"):
            Told(tmp_path / "kg")
    with Told(tmp_path / "kg") as told:
        told.begin(target.name)
        target.tell(found[1:2])  # and the power goes before it is noted
    with Told(tmp_path / "kg") as told:
        assert report_to(target, told, found) == found[2:]
        assert report_to(target, told, found) == []
    assert ids() == [one.id for one in found]
    with target.path.open("a", encoding="utf-8") as out:
        out.write('{"id": "cut')
    put(tmp_path / "s", *both())
    with Told(tmp_path / "kg") as told:
        (more, *_) = report_to(target, told, news(tmp_path / "s", classes=("Agree",)))
    assert json.loads(target.path.read_text(encoding="utf-8").splitlines()[-1])["id"] == more.id
    target.path.unlink()
    target.path.mkdir()
    with Told(tmp_path / "kg") as told, pytest.raises(OutputError, match="can't be written"):
        report_to(target, told, [replace(found[0], id="new")])


class Hook(BaseHTTPRequestHandler):
    status = 200
    got: list[tuple[str | None, Any]] = []  # noqa: RUF012 - emptied by each test

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/there":
            self.got.append((self.headers["Idempotency-Key"], body))
        self.send_response(self.status)
        self.send_header("Location", "/there")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(Hook, "got", [])
    monkeypatch.setattr(Hook, "status", 200)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_a_webhook_is_told_once_and_what_it_missed_the_next_time(hook: str, tmp_path: Path) -> None:
    put(tmp_path / "s", *both())
    found = news(tmp_path / "s", ("Mira Tessel",))
    target = Webhook(f"{hook}/there")
    with Told(tmp_path / "kg") as told:
        Hook.status = 503
        with pytest.raises(OutputError, match=r"the webhook at 127.0.0.1 was not told: it answered 503"):
            report_to(target, told, found)
        Hook.status = 204
        assert report_to(target, told, found) == found
        assert report_to(target, told, found) == []
    (key, _), (again, body) = Hook.got
    assert key == again  # so that the receiver can leave out what it had
    assert [one["id"] for one in body["news"]] == [one.id for one in found]
    assert body["text"].splitlines()[0] == found[0].line()
    # a redirect leads to a host that was not named
    Hook.status = 302
    with Told(tmp_path / "kg") as told, pytest.raises(OutputError, match="answered 302"):
        report_to(Webhook(f"{hook}/elsewhere"), told, found)
    assert len(Hook.got) == 2
    for wrong in (
        "hooks.example/x",
        "file:///x",
        "https://me:secret@hooks.example/x",
        "https:///x",
        "http://a:b/",
    ):
        with pytest.raises(UsageError) as error:
            webhook(wrong)
        assert "secret" not in str(error.value)


FIRST = (
    "TARNMOUTH, March 4, 2031 - Northwind Energy on Monday accused the mayor of Tarnmouth, Ilse Brandt, of breaking "
    "a promise. Police arrested two men in Tarnmouth on Tuesday.\n"
)
SECOND = (
    "TARNMOUTH, March 5, 2031 - Mayor Ilse Brandt of Tarnmouth sued Northwind Energy on Wednesday. The company "
    "rejected the claim. Farmers in Kessel harvested wheat.\n"
)


@pytest.mark.model
def test_each_day_brings_its_own_news(
    hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/first.txt").write_text(FIRST, encoding="utf-8")
    Path("watch.toml").write_text(
        '[build]\npaths = ["news/"]\nout = "elsewhere"\nmin-confidence = 0.1\n'
        '[watch]\nstore = "news.db"\nnames = "Northwind Energy"\nclasses = ["Coerce"]\nreport = "new.jsonl"\n'
        f'webhook = "{hook}/there"\n',
        encoding="utf-8",
    )

    def day() -> list[dict[str, Any]]:
        before = (
            len(Path("new.jsonl").read_text(encoding="utf-8").splitlines())
            if Path("new.jsonl").exists()
            else 0
        )
        assert main(["watch", "watch.toml", "--once"]) == 0
        return [
            json.loads(line) for line in Path("new.jsonl").read_text(encoding="utf-8").splitlines()[before:]
        ]

    first = day()
    assert {one["article"] for one in first} == {"first"}
    assert any(one.get("class") == "Accuse" and one["who"] == ["Northwind Energy"] for one in first)
    assert any(one.get("class") == "Coerce" and one["watch"] == ["Coerce"] for one in first)
    assert day() == []
    assert "nothing new" in capsys.readouterr().out
    Path("news/second.txt").write_text(SECOND, encoding="utf-8")
    second = day()
    assert {one["article"] for one in second} == {"second"}
    assert "sued" in "".join(one["what"] for one in second)
    assert "Kessel" not in "".join(one["sentence"] for one in second)
    assert [len(body["news"]) for _, body in Hook.got] == [len(first), len(second)]
    assert "sued" in capsys.readouterr().out
    # a target that was not there before begins with what comes from now on
    assert main(["watch", "watch.toml", "--once", "--report", "later.jsonl", "--from-now"]) == 0
    assert not Path("later.jsonl").exists()
    # a failing webhook is said, and what the file was told stays told
    Hook.status = 500
    Path("news/third.txt").write_text(SECOND.replace("sued", "praised"), encoding="utf-8")
    assert main(["watch", "watch.toml", "--once"]) == 1
    assert "answered 500" in capsys.readouterr().err
    assert Path("new.jsonl").read_text(encoding="utf-8").count("praised")


@pytest.mark.model
def test_from_now_keeps_silent_about_what_the_first_build_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/first.txt").write_text("Northwind Energy sued Tarnmouth on 4 March 2031.\n", encoding="utf-8")
    Path("news/empty.txt").write_text("", encoding="utf-8")
    args = ["watch", "--from", "news/", "--store", "news.db", "--names", "Northwind Energy", "--once"]
    assert main([*args, "--from-now", "--report", "new.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert not Path("new.jsonl").exists()
    lines = out.splitlines()
    assert lines[0] == "1 article in news.db, 1 record rejected" and lines[-1] == "nothing new"
    # what was rejected has its name and why
    assert lines[1].startswith("  news/empty.txt: ")
    assert err.count("is guessed from") == 1
    Path("news/second.txt").write_text(SECOND, encoding="utf-8")
    assert main([*args, "--from-now", "--report", "new.jsonl"]) == 0
    told = [json.loads(line) for line in Path("new.jsonl").read_text(encoding="utf-8").splitlines()]
    assert told and {one["article"] for one in told} == {"second"}
    # a guess is said once, not in every round
    assert "is guessed from" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--once"], "say what to build from and into"),
        (["--from", "x", "--store", "s"], "say how often"),
        (["--from", "x", "--store", "s", "--every", "5s"], "write it as 30m"),
        (["--from", "x", "--store", "s", "--once"], "say what to watch"),
        (["--from", "x", "--store", "s", "--once", "--names", "a", "--webhook", "ftp://x"], "a webhook is"),
        (["none.toml", "--once"], "none.toml: can't be read"),
    ],
)
def test_mistakes_are_one_line(
    args: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["watch", *args]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err


def test_rounds_come_on_time_and_an_error_ends_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now, rounds, slept = [100.0], [0], [0.0]

    def build(*_: object, **__: object) -> None:
        rounds[0] += 1
        now[0] += 700 if rounds[0] == 2 else 100  # the second takes longer than there is time between rounds
        if rounds[0] == 4:
            raise KeyboardInterrupt
        raise OutputError("nothing came")

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.modules["kg.builder"], "build", build)
    monkeypatch.setattr("kg.cli.watch.time.monotonic", lambda: now[0])
    monkeypatch.setattr("kg.cli.watch.time.sleep", sleep)
    code = main(["watch", "--from", "x", "--store", "s", "--names", "a", "--every", "10m"])
    assert (code, rounds[0]) == (130, 4)
    assert slept[1:] == [500.0, 0.0, 500.0]
    assert capsys.readouterr().err.count("kg: nothing came") == 3
