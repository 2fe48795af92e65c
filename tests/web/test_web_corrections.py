"""The site's own pages put mistakes right, or hand out the command; own classes and themes stand on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_facts import both
from graph_files import to_turtle
from serve_client import Server, running
from web_reader import Open, Reader

from kg.identity import Merge, load_overrides
from kg.identity.corrections import Rename, Withdraw, corrections_of

BASE = "https://example.org/newskg/"
EVENT = f"{BASE}event/blockade/v1"
OWN = f"""
<{EVENT}> a <{BASE}class/Ultimatum> ; nkg:theme "the closed strait" .
<{BASE}class/Ultimatum> a owl:Class ; rdfs:subClassOf plover:Threaten ; rdfs:label "Ultimatum" ;
  nkg:stance nkg:Hostile .
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server that takes corrections, over a graph with a class of the user's own."""
    folder = tmp_path_factory.mktemp("own")
    turtle = to_turtle(both())
    names = {"owl": "http://www.w3.org/2002/07/owl#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    missing = [f"@prefix {p}: <{iri}> .\n" for p, iri in names.items() if f"@prefix {p}:" not in turtle]
    (folder / "graph.ttl").write_text(turtle + "".join(missing) + OWN, encoding="utf-8")
    with running(folder / "graph.ttl", "--allow-edits") as server:
        yield server, folder


def open_page(chromium: Any, server: Server, path: str) -> Reader:
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    one = Reader(context.new_page(), server.url)
    one.page.on("pageerror", lambda e: one.complaints.append(str(e)))
    one.page.on("console", lambda m: one.complaints.append(m.text) if m.type == "error" else None)
    return one.go(path)


def test_own_classes_stand_under_their_own_name_and_events_say_what_they_are_about(
    served: tuple[Server, Path],
) -> None:
    server, _ = served
    for path in ("/page/event/blockade/v1", "/page/article/blockade", "/page/person/mira-tessel"):
        text = server.send(path=path).text
        assert '<span class="badge hostile">Ultimatum</span>' in text, path
        if "/article/" not in path:
            assert "the closed strait" in text, path
    front = server.send(path="/").text
    assert "Ultimatum" in front
    drawn = server.send(path="/graph/drawing").text
    assert '"name":"Ultimatum"' in drawn
    assert '"th":["the closed strait"]' in drawn


@pytest.mark.browser
def test_the_graph_tells_what_an_event_is_about(chromium: Any, served: tuple[Server, Path]) -> None:
    tab = open_page(chromium, served[0], "graph/drawing")
    tab.page.wait_for_selector("body[data-ready=yes]", timeout=60_000)
    tab.js("KG.pick(KG.nodes.find((n) => n.label === 'Mira Tessel').id)")
    part = tab.page.locator("#panel .part.theme").first
    assert re.sub(r"\s+", " ", part.inner_text()).replace("about", "").strip() == "the closed strait"
    assert "Ultimatum" in tab.page.inner_text("#panel")
    tab.page.context.close()
    assert tab.complaints == []


@pytest.mark.browser
def test_a_reader_puts_mistakes_right_on_the_sites_own_pages(
    chromium: Any, served: tuple[Server, Path]
) -> None:
    server, folder = served
    tab = open_page(chromium, server, "page/person/mira-tessel")
    page = tab.page

    def keep(words: str) -> None:
        page.click("#dialog .keep-edit")
        page.locator(f"#dialog .answer:has-text('{words}')").wait_for()
        page.click("#dialog button:has-text('Go on')")

    page.click("[data-do=rename]")
    page.get_by_label("Name", exact=True).fill("Mira A. Tessel")  # the field has its label
    page.fill("#edit-by", "Ann Lee")
    keep("rename person/mira-tessel to Mira A. Tessel")
    page.click("[data-do=same]")
    assert page.locator(".keep-edit").is_disabled()
    page.locator("#edit-other").press_sequentially("Juan Pe")
    page.wait_for_selector("#edit-others option", state="attached")
    page.fill("#edit-other", str(page.locator("#edit-others option").first.get_attribute("value")))
    page.wait_for_selector(".keep-edit:enabled")
    keep("merge person/mira-tessel and person/juan-peña")
    # a fact, on the page of the article: it is gone from it at once
    tab.go("page/article/blockade")
    assert page.locator(f"[data-fix='{EVENT}']").count() == 1
    page.click(f"[data-fix='{EVENT}'] button")
    page.click("#dialog .keep-edit")
    page.locator("#dialog .answer:has-text('Withdrawn')").wait_for()
    with page.expect_navigation():
        page.click("#dialog button:has-text('Go on')")
    page.wait_for_selector("[data-fix] button")
    assert page.locator(f"[data-fix='{EVENT}']").count() == 0
    # one whose own page this is: the reader is led away from what is no more
    fact = str(page.locator("[data-fix*='/event/']").first.get_attribute("data-fix"))
    tab.go(f"page/{fact.removeprefix(BASE)}")
    page.click(f"[data-fix='{fact}'] button")
    page.click("#dialog .keep-edit")
    page.locator("#dialog .answer:has-text('Withdrawn')").wait_for()
    with page.expect_navigation():
        page.click("#dialog button:has-text('Go on')")
    assert page.url == server.url
    page.context.close()
    assert tab.complaints == []
    kept = load_overrides(folder / "identity.yaml")
    renamed, *withdrawn = corrections_of(kept)
    assert isinstance(renamed, Rename) and renamed.told.by == "Ann Lee"
    assert [type(one) for one in withdrawn] == [Withdraw, Withdraw]
    (merged,) = kept.decisions
    assert isinstance(merged, Merge) and merged.other.node == "person/juan-peña"


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_the_flag_the_pages_hand_out_the_command(reader: Open, filled: Path, theme: str) -> None:
    axe = Path(__file__).parents[1] / "view/vendor"
    tab = reader("page/person/mira-tessel", color_scheme=theme)
    tab.page.click("[data-do=retype]")
    tab.page.locator("#dialog").get_by_label("Kind").select_option("organization")
    area = tab.page.locator("#dialog textarea")
    assert area.input_value() == (
        f"kg fix retype '{BASE}person/mira-tessel' organization --store {filled.name}\n"
    )
    assert not tab.page.locator(".keep-edit").count()
    for script in axe.glob("axe*.js"):
        tab.page.evaluate(script.read_text(encoding="utf-8"))
    found = tab.js(
        "axe.run(document).then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact))"
        ".map((v) => [v.id, v.nodes[0].html]))"
    )
    assert found == []
    tab.page.click("#dialog .close")
    tab.page.click("[data-do=wrong]")
    assert tab.page.locator("#dialog").inner_text()
    tab.page.click("#dialog .close")
    tab.go("page/event/blockade/v1")
    tab.page.click("[data-do=reject]")
    assert area.input_value().startswith(f"kg fix reject '{EVENT}' --store ")
    tab.page.click("#dialog .close")
    # the graph within the site names what is served by the same words
    tab.go("graph")
    tab.page.wait_for_selector("iframe.drawing")


@pytest.mark.browser
def test_hostile_names_and_facts_stay_text_in_the_dialogs(reader: Open) -> None:
    tab = reader("page/article/harm/er")
    for button in tab.page.locator("[data-fix] button").all():
        button.click()
        assert tab.page.locator("#dialog textarea").input_value().startswith("kg fix reject '")
        tab.page.click("#dialog .close")
    assert not tab.js("window.hurt")
