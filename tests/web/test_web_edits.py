"""Corrections from the page: taken from it alone, on this machine alone, kept in the file, and what goes is gone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_facts import both
from graph_files import to_turtle
from serve_client import Reply, Server, running
from web_reader import Reader

from kg.identity import DecisionProvenance, Merge, Split, load_overrides
from kg.identity.corrections import Rename, Retype, Withdraw, corrections_of
from kg.model import Kind

BASE = "https://example.org/newskg/"
TOLD = {"by": "Ann Lee", "on": "2031-03-05", "why": "taken back"}


@pytest.fixture(params=["file", "store"])
def place(request: Any, tmp_path: Path) -> Path:
    """A graph to be corrected: as a file, or in a store."""
    if request.param == "file":
        (tmp_path / "graph.ttl").write_text(to_turtle(both()), encoding="utf-8")
        return tmp_path / "graph.ttl"
    from web_store import fill

    return fill(tmp_path / "store")


def start(place: Path, *args: str) -> Any:
    return running(*(["--store", place] if place.is_dir() else [place]), "--allow-edits", *args)


def token(server: Server) -> str:
    (found,) = re.findall(r'name="kg-edit" content="([^"]+)"', server.send(path="/graph").text)
    return str(found)


def edit(server: Server, given: Any, **headers: str) -> Reply:
    body = given if isinstance(given, str) else json.dumps(given)
    own = {
        "Origin": server.url.rstrip("/"),
        "Content-Type": "application/json",
        "KG-Edit": token(server),
        "Sec-Fetch-Site": "same-origin",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    return server.send("POST", "/edit", body, {name: value for name, value in own.items() if value})


def decisions(place: Path) -> Path:
    return (place if place.is_dir() else place.parent) / "identity.yaml"


def holds(server: Server, iri: str) -> bool:
    return "true" in server.ask(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}", "text/csv").text


def test_each_correction_is_kept_and_what_is_withdrawn_is_not_served(place: Path) -> None:
    event, quote, role, relation = (
        BASE + path
        for path in (
            "event/blockade/v1",
            "statement/blockade/s1",
            "membership/blockade/mira-tessel--foreign-minister--valdor",
            "relation/blockade/mira-tessel--nationality--valdor",
        )
    )
    with start(place) as server:
        assert holds(server, event)
        assert "threatened" in server.send(path="/page/article/blockade").text
        told = json.loads(edit(server, {"do": "reject", "fact": event, **TOLD}).body)
        assert told["gone"] == [event]
        assert told["told"].startswith(
            "Withdrawn: reject event 'threatened' in blockade, by Ann Lee on 2031-03-05"
        )
        assert not holds(server, event)
        assert server.send(path="/page/event/blockade/v1").status == 404
        told = json.loads(edit(server, {"do": "reject", "fact": quote}).body)
        assert told["gone"] == sorted(
            [quote, BASE + "event/blockade/v2"]
        )  # what only it reports goes with it
        for fact in (role, relation):
            assert edit(server, {"do": "reject", "fact": fact}).status == 200
        tessel = f"{BASE}person/mira-tessel"
        # the shortcuts go with them
        ask = f"ASK {{ <{tessel}> schema:nationality|schema:jobTitle|schema:worksFor ?x }}"
        assert "false" in server.ask(ask, "text/csv").text
        for given in (
            {"do": "rename", "thing": tessel, "to": "  Mira \n A. Tessel", **TOLD},
            {"do": "retype", "thing": f"{BASE}organization/harbour-union", "to": "place"},
            {"do": "same", "one": tessel, "other": f"{BASE}person/juan-peña", **TOLD},
            {"do": "split", "thing": tessel, "articles": "blockade"},
        ):
            answer = edit(server, given)
            assert answer.status == 200, answer.text
    kept = load_overrides(decisions(place))
    corrections = corrections_of(kept)
    assert [type(one) for one in corrections] == [Withdraw, Withdraw, Withdraw, Withdraw, Rename, Retype]
    withdrawn, renamed, retyped = corrections[0], corrections[4], corrections[5]
    assert isinstance(withdrawn, Withdraw) and isinstance(renamed, Rename) and isinstance(retyped, Retype)
    assert (withdrawn.fact.words, withdrawn.told) == ("threatened", DecisionProvenance(**TOLD))
    assert (renamed.to, renamed.told.by, retyped.to) == ("Mira A. Tessel", "Ann Lee", Kind.PLACE)
    merge, split = kept.decisions
    assert isinstance(merge, Merge) and isinstance(split, Split)
    assert (merge.one.node, merge.told, split.apart) == (
        "person/mira-tessel",
        DecisionProvenance(**TOLD),
        ("blockade",),
    )
    with start(place) as server:  # and stays away
        assert not any(holds(server, fact) for fact in (event, quote, role, relation))
        assert holds(server, f"{BASE}event/march/talks/v1")


def test_only_the_pages_of_this_server_may_correct(place: Path) -> None:
    event = f"{BASE}event/blockade/v1"
    wish = {"do": "reject", "fact": event}
    with start(place) as server:
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": ""},
            {"Origin": "null"},
            {"Origin": f"http://localhost:{server.port + 1}"},
            {"KG_Edit": "wrong"},
            {"KG_Edit": ""},
            {"Sec_Fetch_Site": "cross-site"},
            {"Sec_Fetch_Site": "same-site"},
            {"Content_Type": "text/plain"},
            {"Content_Type": "application/x-www-form-urlencoded"},
        ):
            assert edit(server, wish, **headers).status == 403, headers
        assert server.send("GET", "/edit").status in {404, 405}
        for given, status in (
            ({"do": "reject", "fact": f"{BASE}event/none/v1"}, 409),
            ({"do": "reject", "fact": "x> } ; DROP ALL #"}, 400),
            ({"do": "rename", "thing": f"{BASE}person/mira-tessel", "to": " "}, 400),
            ({"do": "retype", "thing": f"{BASE}person/mira-tessel", "to": "ship"}, 400),
            ({"do": "same", "one": f"{BASE}place/valdor", "other": f"{BASE}place/valdor"}, 409),
            ({"do": "split", "thing": f"{BASE}person/mira-tessel", "articles": "elsewhere"}, 409),
            ({"do": "update", "why": "x"}, 400),
            ({"do": ["reject"]}, 400),
            ("[" * 5000, 400),
            ('{"do": "' + "x" * 30_000 + '"}', 400),
        ):
            answer = edit(server, given)
            assert (answer.status, list(json.loads(answer.body))) == (status, ["error"]), given
        assert holds(server, event)
    assert not decisions(place).exists()


def test_without_the_flag_nothing_can_be_corrected(site: Server) -> None:
    assert "kg-edit" not in site.send(path="/graph").text
    headers = {"Origin": site.url.rstrip("/"), "Content-Type": "application/json"}
    assert site.send("POST", "/edit", "{}", headers).status in {404, 405}


@pytest.mark.parametrize(
    "args",
    [["--public", "--host", "0.0.0.0"], ["--allow-host", "kg.example"], ["--allow-origin", "https://a.org"]],
)
def test_corrections_are_taken_on_this_machine_alone(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(to_turtle(both()), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        str(tmp_path / "graph.ttl"),
        "--port",
        "0",
        "--allow-edits",
        *args,
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "--allow-edits goes with no --public" in ended.stderr


@pytest.fixture
def tab(chromium: Any, tmp_path: Path) -> Iterator[Reader]:
    """Open the graph of a server that takes corrections."""
    with running(*_source(tmp_path), "--allow-edits") as server:
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        one = Reader(context.new_page(), server.url)
        one.page.set_default_timeout(90_000)
        one.page.on("pageerror", lambda e: one.complaints.append(str(e)))
        one.page.on("console", lambda m: one.complaints.append(m.text) if m.type == "error" else None)
        yield one
        context.close()
        assert one.complaints == []


def _source(folder: Path) -> list[Path]:
    (folder / "graph.ttl").write_text(to_turtle(both()), encoding="utf-8")
    return [folder / "graph.ttl"]


@pytest.mark.browser
def test_a_reader_puts_two_mistakes_right_in_the_page(tab: Any, tmp_path: Path) -> None:
    tab.page.goto(f"{tab.url}graph", wait_until="commit")
    frame = tab.page.frame_locator("iframe.drawing")

    def drawn(address: str = "/graph/drawing") -> Any:
        for _ in range(900):
            for one in tab.page.frames:
                if address in one.url and one.evaluate("document.body?.dataset.ready === 'yes'"):
                    return one
            tab.page.wait_for_timeout(100)
        raise AssertionError(f"{address} was not drawn")

    inner = drawn()
    inner.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Mira Tessel').id)")
    # a fact
    card = frame.locator("#panel .fact:has(h4:text('threatened Ostrana'))").first
    card.locator("[data-do=reject]").click()
    frame.locator("#edit-by").fill("Ann Lee")
    frame.locator("#edit-on").fill("2031-03-05")
    frame.locator("#edit-why").fill("the paper took it back")
    frame.locator(".keep-edit").click()
    frame.locator("#dialog .answer:has-text('Withdrawn')").wait_for()
    frame.locator("#dialog button:has-text('Go on')").click()
    inner = drawn("drawn=1")
    inner.wait_for_function("KG.state.sel !== ''")  # the reader is where she was
    assert "Mira Tessel threatened Ostrana\n" not in frame.locator("#panel").inner_text()
    assert inner.evaluate("KG.facts.filter((f) => f.iri.endsWith('event/blockade/v1')).length") == 0
    # a name, by the same hand
    frame.locator("[data-do=rename]").click()
    assert frame.locator("#edit-by").input_value() == ""  # a page drawn anew knows nobody
    frame.locator("#edit-to").fill("Mira A. Tessel")
    frame.locator(".keep-edit").click()
    frame.locator("#dialog .answer:has-text('rename person/mira-tessel to Mira A. Tessel')").wait_for()
    # what can't be is told, and can be tried again
    frame.locator("#dialog button:has-text('Go on')").click()
    inner.evaluate("KG.rejectDialog({ ...KG.facts[0], iri: 'https://example.org/newskg/event/none/v1' })")
    frame.locator(".keep-edit").click()
    frame.locator("#dialog .answer:has-text('the graph has no fact')").wait_for()
    assert frame.locator(".keep-edit").is_enabled()
    tab.complaints[:] = [line for line in tab.complaints if "409" not in line]
    withdrawn, renamed = corrections_of(load_overrides(tmp_path / "identity.yaml"))
    assert withdrawn.told == DecisionProvenance("Ann Lee", "2031-03-05", "the paper took it back")
    assert isinstance(renamed, Rename)
    shutil.rmtree(tmp_path, ignore_errors=True)
