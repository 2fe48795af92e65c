# ruff: noqa: E501 - scripts for the browser stand on one line
"""What a reader does with the pages, done in Chromium with the network cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from serve_client import Server
from test_web_pages import PAGES
from web_reader import Open, Reader
from web_store import SCRIPT_IRI

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "view" / "vendor" / "axe.min.js"
SOME = (
    "/",
    "/page/person/mira-tessel",
    "/page/event/blockade/v2",
    "/page/article/blockade",
    "/page?iri=https%3A%2F%2Fw3id.org%2Fnewskg%23Asserted",
    "/search?q=tessel",
    "/query/who-did-what",
    "/query",
    "/pairs",
    "/graph",
)


def serious(reader: Reader) -> list[Any]:
    """What axe-core finds seriously wrong with a page; it is not let in by the page, but by the test."""
    reader.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = reader.js("axe.run({ resultTypes: ['violations'], iframes: false })")
    return [
        (v["id"], [n["html"][:200] for n in v["nodes"]][:3])
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(reader: Open, theme: str) -> None:
    tab = reader("/", color_scheme=theme)
    for path in SOME:
        tab.go(path)
        assert serious(tab) == [], path


def test_no_page_is_wider_than_a_phone(reader: Open) -> None:
    tab = reader("/", viewport={"width": 360, "height": 740})
    for path in PAGES:
        tab.go(path)
        assert tab.js("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_nothing_that_the_graph_holds_is_run(reader: Open) -> None:
    tab = reader("/")
    for path in PAGES:
        tab.go(path)
        assert tab.js("window.hurt") is None, path
        assert tab.js("[...document.links].filter((a) => !/^https?:$/.test(a.protocol)).length") == 0, path
    tab.page.fill("#finder", "stranger")
    tab.page.wait_for_selector("#finder-list li")
    assert SCRIPT_IRI in tab.page.inner_text("#finder-list")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/page**")
    assert tab.page.inner_text("h1").startswith("Stranger")
    for text in ("SELECT * { ?s ?p ?o } LIMIT 1000", "DESCRIBE ?x { ?x a schema:NewsArticle }"):
        tab.go("/query")
        tab.page.evaluate("text => { kgEditor.set(text); kgEditor.ask() }", text)
        tab.page.wait_for_selector("#rows")
        for view in ("chart", "graph"):
            tab.page.click(f"#tab-{view}")
            tab.page.wait_for_timeout(300)
    for iri in ("article/harm/er", "event/harm/er/v1"):
        tab.go(f"/graph?iri=https://example.org/newskg/{iri}")
        frame = tab.page.frame_locator("iframe.drawing")
        frame.locator("body[data-ready=yes]").wait_for(timeout=30_000)


def test_suggestions_are_a_combobox(reader: Open) -> None:
    tab = reader("/")
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("ora")
    tab.page.wait_for_timeout(300)
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("tess")
    tab.page.wait_for_selector("#finder[aria-expanded=true]")
    assert tab.page.get_attribute("#finder", "aria-activedescendant") is None
    tab.page.keyboard.press("ArrowDown")
    active = tab.page.get_attribute("#finder", "aria-activedescendant")
    assert tab.page.get_attribute(f"#{active}", "aria-selected") == "true"
    assert "Mira Tessel" in tab.page.inner_text(f"#{active}")
    assert serious(tab) == []
    tab.page.keyboard.press("Escape")
    assert tab.page.get_attribute("#finder", "aria-expanded") == "false"
    tab.page.keyboard.press("ArrowDown")
    tab.page.wait_for_selector("#finder[aria-expanded=true]")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/page/person/mira-tessel")


def test_without_script_the_site_is_whole(reader: Open) -> None:
    tab = reader("/", java_script_enabled=False)
    tab.page.fill("#finder", "tessel")
    tab.page.keyboard.press("Enter")
    tab.page.click("main a.person")
    assert tab.page.inner_text("h1") == "Mira Tessel"
    tab.go("/query/timeline")
    tab.page.fill("#p-name", "Red Lantern Brigade")
    tab.page.click("form.params button")
    assert tab.page.locator("#rows tbody tr").count() == 1
    tab.page.click("#sparql summary")
    tab.page.fill("#editor", "ASK { ?s a schema:Person }")
    tab.page.click("#ask")
    assert tab.page.inner_text(".truth") == "Yes"


def test_a_named_question_is_one_click_away(reader: Open) -> None:
    tab = reader("/query")
    tab.page.click("#shelf a[href='/query/who-did-what']")
    tab.page.select_option("#p-class", "Threaten")
    tab.page.click("form.params button")
    tab.page.wait_for_url("**class=Threaten**")
    assert tab.page.locator("#rows tbody tr").all_inner_texts() == [
        "Mira Tessel\tThreaten\tOstrana\t2031-03-12\tAsserted\tMira Tessel threatened Ostrana\tevent/blockade/v1"
    ]
    tab.page.click("#rows a")
    assert tab.page.inner_text("h1") == "Mira Tessel threatened Ostrana"


def test_the_editor_checks_completes_and_runs(reader: Open) -> None:
    tab = reader("/query")
    tab.page.click(".editor .CodeMirror")
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("SELECT ?who WHERE WHERE")
    tab.page.wait_for_selector(".parseErrorIcon", state="attached")
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("SELECT ?who { ?e nkg:agent ?who ; nkg:pati")
    tab.page.keyboard.press("Control+Space")
    tab.page.wait_for_selector(".CodeMirror-hint:text-is('nkg:patient')")
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.type(" ?whom }")
    tab.page.wait_for_selector(".parseErrorIcon", state="detached")
    tab.page.keyboard.press("Control+Enter")
    tab.page.wait_for_selector("#rows")
    assert tab.page.inner_text("#status").endswith("rows")
    assert "query=SELECT" in tab.page.url
    tab.page.reload()
    tab.page.wait_for_selector("#rows")
    tab.page.keyboard.press("Tab")
    tab.page.evaluate("kgEditor.set('SELECT * {'); kgEditor.ask()")
    tab.page.wait_for_selector(".error")
    assert "parsed" in tab.page.inner_text(".error")
    assert tab.complaints == [
        "Failed to load resource: the server responded with a status of 400 (Bad Request)"
    ]
    tab.complaints.clear()


def test_the_editor_is_no_trap_for_the_keyboard(reader: Open) -> None:
    tab = reader("/query")
    tab.page.click(".editor .CodeMirror")
    tab.page.keyboard.press("Tab")
    assert tab.js("document.activeElement.id") == "ask"


def test_an_answer_is_a_table_a_chart_and_a_graph(reader: Open) -> None:
    tab = reader("/query/actors")
    names = tab.page.locator("#rows tbody tr td:first-child")
    assert names.first.inner_text() == "Mira Tessel"
    tab.page.click("#rows th:first-child button")
    assert tab.page.get_attribute("#rows th:first-child", "aria-sort") == "ascending"
    assert names.all_inner_texts() == sorted(names.all_inner_texts(), key=str.casefold)
    tab.page.click("#tab-chart")
    assert tab.page.locator("#view-chart rect").count() == len(set(names.all_inner_texts()))
    assert serious(tab) == []
    tab.go("/query/who-did-what")
    tab.page.focus("#tab-table")
    tab.page.keyboard.press("ArrowLeft")
    tab.page.wait_for_selector(".net[data-nodes]")
    assert tab.page.get_attribute("#tab-graph", "aria-selected") == "true"
    chosen = tab.js(
        "[...document.querySelectorAll('#view-graph select')].map((s) => s.selectedOptions[0].text)"
    )
    assert chosen[:2] == ["who", "whom"]
    assert int(tab.page.get_attribute(".net", "data-nodes")) >= 4
    assert serious(tab) == []


def test_a_place_in_the_text_lights_up(reader: Open) -> None:
    tab = reader("/page/article/blockade#char=152,197")
    lit = tab.js("[...document.querySelectorAll('.lit')].map((e) => e.textContent).join('')")
    assert lit == "Ostrana had shelled the harbour of Port Ellin"
    tab.page.click(".place-in-text:has-text('Red Lantern Brigade attacks')")
    assert tab.js("document.querySelector('.lit').textContent") == "attack"
    tab.page.hover(".place-in-text:has-text('Juan Peña met')")
    assert tab.js("document.querySelector('.near').textContent") == "met"
    tab.page.click("#text a:has-text('Valdorian')")
    assert tab.page.inner_text("h1") == "Valdor"


def test_the_chosen_theme_stays(reader: Open) -> None:
    tab = reader("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.js(ground)
    tab.page.click("[data-theme-switch]")
    assert tab.js(ground) != light
    tab.go("/query")
    assert tab.js("document.documentElement.dataset.theme") == "dark"


def test_the_graph_stands_in_the_site(reader: Open, site: Server) -> None:
    tab = reader("/page/place/ostrana")
    tab.page.click("text=Graph >> nth=-1")
    tab.page.wait_for_url("**/graph?iri=**")
    frame = tab.page.frame_locator("iframe.drawing")
    frame.locator("body[data-ready=yes]").wait_for(timeout=30_000)
    assert "Ostrana" in frame.locator("#title").inner_text()
    assert "Mira Tessel" in frame.locator("#panel").inner_text()


def test_the_graph_says_that_it_is_drawn_and_is_drawn_ahead(reader: Open, site: Server) -> None:
    tab = reader("/")
    assert tab.page.get_attribute("link[rel=prefetch]", "href") == "/graph/drawing"
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    tab.page.route("**/graph/drawing*", hold)
    tab.page.goto(f"{site.url}graph", wait_until="commit")
    wait = tab.page.locator(".drawing-wait")
    wait.wait_for(state="visible")
    assert "Drawing the graph" in wait.inner_text() and wait.get_attribute("role") == "status"
    while not held:
        tab.page.wait_for_timeout(50)
    # nothing lies over the words while there is nothing else to see
    seen = tab.page.screenshot(clip=wait_box(tab))
    tab.page.evaluate("document.querySelector('.drawing-wait').textContent = ''")
    assert seen != tab.page.screenshot(clip=wait_box(tab))
    held[0].continue_()
    tab.page.frame_locator("iframe.drawing").locator("body[data-ready=yes]").wait_for(timeout=30_000)
    assert not wait.is_visible()


def wait_box(tab: Reader) -> dict[str, float]:
    """Where the words stand that say that the graph is being drawn."""
    left, top, width = tab.js(
        "(() => { const b = document.querySelector('.drawing-wait').getBoundingClientRect(); return [b.left, b.top, b.width] })()"
    )
    return {"x": left, "y": top, "width": width, "height": 30}


def test_what_is_found_on_the_sites_graph_is_brought_into_view(reader: Open) -> None:
    for size in ({"width": 1280, "height": 860}, {"width": 390, "height": 844}):
        tab = reader("/graph", viewport=size, reduced_motion="no-preference")
        frame = tab.page.frame_locator("iframe.drawing")
        frame.locator("body[data-ready=yes]").wait_for(timeout=30_000)
        inner = tab.page.frames[1]

        one, other = inner.evaluate(
            "(KG.FIRST = 2, KG.redrawAll(), KG.nodes.filter((n) => n.thing && n.kind === 'person' && KG.factsOf(n).some((f) => f.kind === 'event' && f.pairs.length) && !KG.display.nodes.includes(n.id)).slice(0, 2).map((n) => n.label))"
        )
        inner.evaluate("label => KG.reveal(KG.nodes.find((n) => n.label === label).id)", one)
        in_view(tab, f"[KG.nodes.find((n) => n.label === {json.dumps(one)}).id]")
        inner.evaluate("label => KG.startPath(KG.nodes.find((n) => n.label === label).id)", one)
        frame.locator("#search-box").fill(other)
        frame.locator("#search-box").press("Enter")
        assert len(inner.evaluate("KG.state.path")) == 2
        in_view(tab, "KG.onPath()")


def in_view(tab: Reader, nodes: str) -> None:
    """All these nodes are in the part of the picture that no sheet covers, once it rests."""
    tab.page.wait_for_timeout(700)
    inner = tab.page.frames[1]
    wide, free = inner.evaluate("[KG.drawer.size().width, KG.freeHeight()]")
    spots = inner.evaluate(f"{nodes}.map((id) => KG.drawer.spotter()(id)).map((s) => [s.x, s.y])")
    assert spots and all(0 < x < wide and 0 < y < free for x, y in spots), (spots, wide, free)
