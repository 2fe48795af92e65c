"""The pages as one site: one header, ways to and from the graph, a search that forgives, numbers that agree."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from web_reader import Open, Reader

from kg.serve.web.assets import _read
from kg.view.palette import palette

pytestmark = pytest.mark.browser


def until(where: Any, test: str) -> None:
    """Wait for something to hold; the pages allow no script to be made of text, so it is asked again and again."""
    for _ in range(100):
        if where.evaluate(test):
            return
        time.sleep(0.1)
    raise AssertionError(test)


def framed(tab: Reader, path: str) -> Any:
    """Open a page with the graph in it, and return its frame once it is drawn."""
    tab.page.goto("about:blank")
    tab.page.goto(tab.url + path.removeprefix("/"), wait_until="commit")
    frame = tab.page.frame_locator("iframe.drawing")
    frame.locator("body[data-ready=yes]").wait_for(timeout=60_000)
    tab.page.wait_for_timeout(300)
    return next(f for f in tab.page.frames if "/graph/drawing" in f.url)


def test_one_header_one_search_one_switch_and_ways_back_to_the_pages(reader: Open) -> None:
    tab = reader("/")
    frame = framed(tab, "/graph")
    assert tab.page.locator("header.masthead").count() == 1
    for gone in (".masthead", "#theme", "#search"):
        assert not frame.locator(gone).is_visible(), gone
    tab.page.click("[data-theme-switch]")
    until(frame, "document.documentElement.dataset.theme === 'dark'")
    assert frame.evaluate("innerHeight - KG.$('time').getBoundingClientRect().bottom") in (
        0,
        frame.evaluate("innerHeight"),
    )
    inside = frame.evaluate(
        "KG.display.nodes.every((id) => { const s = KG.drawer.spotter()(id), z = KG.drawer.size();"
        " return s.x > 0 && s.y > 0 && s.x < z.width && s.y < z.height })"
    )
    assert inside
    assert frame.evaluate("KG.token('--paper')") == tab.js(
        "getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"
    )
    frame.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Mira Tessel').id)")
    tab.page.wait_for_url("**/graph#sel=**")
    assert frame.evaluate("KG.viewLink()").startswith(tab.url + "graph#")
    link = tab.page.url
    tab.page.go_back()
    until(frame, "KG.selected() === null")
    again = framed(tab, "/" + link.removeprefix(tab.url))
    until(again, "KG.nodes[KG.selected()]?.label === 'Mira Tessel'")
    assert again.locator("a.to-page").get_attribute("href") == "/page/person/mira-tessel"
    again.locator("a.to-article").first.click()
    tab.page.wait_for_url("**/page/article/blockade#char=**")
    assert tab.page.locator(".lit").count() > 0
    again = framed(tab, "/" + link.removeprefix(tab.url))
    until(again, "KG.selected() !== null")
    again.locator("a.to-page").click()
    tab.page.wait_for_url("**/page/person/mira-tessel")


def test_search_forgives_a_typo_and_tells_what_it_finds(reader: Open) -> None:
    tab = reader("/search?q=Mria+Tesel")
    first = tab.page.locator(".hits li").first
    assert first.locator("a").inner_text() == "Mira Tessel"
    text = first.inner_text()
    assert "event" in text and "2031" in text
    assert len(first.locator(".snippet").inner_text()) > 20
    tab.go("/search?q=qqqqqqqq")
    assert tab.page.locator(".hits li").count() == 0


def test_a_word_finds_its_other_forms(reader: Open) -> None:
    tab = reader("/search?q=threatens")
    assert "threatened" in " ".join(tab.page.locator(".hits li").all_inner_texts())
    tab.go("/search?q=threatening+minister")
    assert tab.page.locator(".hits li").count() > 0


def test_who_with_whom_is_a_ranked_list_from_the_front_page_on(reader: Open) -> None:
    tab = reader("/")
    tab.page.click("text=All pairs")
    tab.page.wait_for_url("**/pairs")
    rows = tab.page.locator("table.pairs tbody tr")
    numbers = [int(row.locator("td.number").inner_text()) for row in rows.all()]
    assert numbers and numbers == sorted(numbers, reverse=True)
    rows.first.locator("td.number a").click()
    assert f"{numbers[0]} event" in tab.page.inner_text(".standfirst")
    assert tab.page.locator("li.fact mark").count() >= 1
    tab.page.click("a.button >> nth=0")
    assert "with whom" in tab.page.inner_text("h1")


def test_closed_lists_are_lists_and_names_are_suggested(reader: Open) -> None:
    tab = reader("/query/who-did-what")
    assert tab.js("document.querySelector('#p-class').tagName") == "SELECT"
    assert "Threaten" in tab.page.locator("#p-class option").all_text_contents()
    tab.page.fill("#p-name", "mir")
    until(tab.page, "document.querySelector('#l-name').options.length > 0")
    assert "Mira Tessel" in tab.js("[...document.querySelector('#l-name').options].map((o) => o.value)")


def test_links_are_drawn_between_things_and_not_between_words(reader: Open) -> None:
    tab = reader("/query/neighbours?name=Mira+Tessel")
    tab.page.click("#tab-graph")
    tab.page.wait_for_selector(".net[data-nodes]")
    chosen = tab.js(
        "[...document.querySelectorAll('#view-graph select')].map((s) => s.selectedOptions[0].text)"
    )
    assert chosen == ["the thing", "neighbour", "link"]
    assert int(tab.page.get_attribute(".net", "data-nodes") or 0) == 1 + len(
        set(tab.page.locator("#rows tbody td:first-child").all_inner_texts())
        or tab.js(
            "[...new Set([...document.querySelectorAll('#rows tbody tr')].map((r) => r.cells[0].textContent))]"
        )
    )


def test_too_many_lines_are_said_to_be_so(reader: Open) -> None:
    tab = reader("/query?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+FILTER(isIRI(%3Fo))+%7D+LIMIT+400")
    tab.page.click("#tab-graph")
    tab.page.wait_for_selector(".net[data-nodes]")
    assert "too many to read" in tab.page.inner_text("#view-graph")


def test_numbers_agree(reader: Open, filled: Path) -> None:
    tab = reader("/")
    shown = {
        a.inner_text().split()[-1].lower(): int(a.inner_text().split()[0].replace(",", ""))
        for a in tab.page.locator(".counts a").all()
    }
    told = subprocess.run(
        [sys.executable, "-m", "kg", "stats", "--store", str(filled)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    counted = {line.split()[1]: int(line.split()[0].replace(",", "")) for line in told.splitlines() if line}
    for name in (
        "articles",
        "people",
        "organisations",
        "places",
        "events",
        "statements",
        "roles",
        "relations",
    ):
        assert shown[name] == counted[name], name
    for name, query in (("people", "people"), ("roles", "roles"), ("relations", "relations")):
        tab.go(f"/query/{query}")
        assert tab.page.locator("#rows tbody tr").count() == shown[name], name
    tab.go("/")
    acts = tab.page.locator("section:has(#actors-title) li").all_inner_texts()
    tab.go("/query/actors")
    rows = tab.page.locator("#rows tbody tr").all_inner_texts()
    for line in acts:
        name, number = line.split("\n")[0].strip(), line.split("\n")[1].split()[0]
        assert any(r.startswith(f"{name}\t") and r.split("\t")[2] == number for r in rows), line


def test_the_palette_stands_once() -> None:
    colours = {c for pair in palette()["tokens"].values() for c in pair if c.startswith("#")}
    root = Path(__file__).parents[2] / "kg"
    for folder in ("view/assets/css", "view/assets/js", "serve/web/assets", "serve/web/templates"):
        for file in (root / folder).rglob("*"):
            if file.suffix in {".css", ".js", ".j2"} and "vendor" not in file.parts:
                text = file.read_text(encoding="utf-8")
                assert not [c for c in colours if c in text and len(c) == 7 and c != "#ffffff"], file
    body, _ = _read("palette.css")
    assert b"Source Serif 4" in body and b"--paper:#fbfaf6" in body
