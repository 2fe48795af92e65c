# ruff: noqa: E501 - scripts for the browser stand on one line
"""A big page draws its first picture from a small block, and reads the rest, which is packed, behind it."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_view_page import HOSTILE, Elements, hostile_graph
from view_harbour import harbour
from view_harvest import harvest
from view_stories import crowd, synthetic

from kg.view import page, render_html
from kg.view.graph_reader import read
from kg.view.opening import FIRST
from kg.view.page import pack, render_scene
from kg.view.scene import stage

# the rest waits until the test lets it go: what a reader sees meanwhile can be looked at in peace
HELD = """(() => { let own; Object.defineProperty(window, "KG", { configurable: true, get: () => own,
  set(kg) { own = kg; kg.painted = () => new Promise((go) => { window.letGo = go; }); } }); })()"""
READING = "Reading all facts and their sentences …"
SEEN = """() => ({
  nodes: KG.display.nodes, edges: KG.display.edges.map((e) => [e.id, e.label, e.facts.length, e.modality, e.conf, e.bend, e.back]),
  total: KG.display.total, ties: KG.display.allEdges, aside: Object.entries(KG.display.asideKinds).sort(),
  camera: Object.values(KG.drawer.camera()).map((v) => Math.round(v * 1e3)), head: KG.$("standfirst").innerText,
  counts: [...document.querySelectorAll("#legend small")].map((s) => s.innerText), tabs: KG.$("tabs").innerText,
  hedged: [...KG.display.hedged],
  trail: KG.$("trail").innerText, heights: [KG.$("time").offsetHeight, KG.$("stage").offsetHeight],
})"""


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pack the data of every page, however small."""
    monkeypatch.setattr(page, "_PACKED", 0)


@pytest.fixture
def held(
    chromium: Any, pages: Callable[..., Path], listening: Callable[..., Any], packed: None
) -> Iterator[Any]:
    """Open a page whose rest is still to be read."""
    contexts: list[Any] = []

    def open_page(
        name: str = "harbour-packed", hash_: str = "", before: str = HELD, ready: str = "opening"
    ) -> Any:
        told = {"harbour-packed": harbour, "harvest-packed": harvest}
        path = pages(name, told[name]() if name in told else None)
        contexts.append(
            chromium.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
        )
        return listening(contexts[-1], path, hash_, ready, before)

    yield open_page
    for context in contexts:
        context.close()


def let_go(view: Any) -> None:
    view.js("letGo()")
    view.page.wait_for_selector("body[data-ready=yes]", timeout=60_000)
    view.settle()


def block(html: str, name: str) -> str:
    begin = html.index(">", html.index(f'id="{name}"')) + 1
    return html[begin : html.index("</script>", begin)]


def unpack(text: str) -> str:
    return zlib.decompress(base64.b64decode(text)).decode("utf-8")


def test_what_is_packed_comes_back() -> None:
    for text in ("", "{}", HOSTILE * 50, "\u2028\u2029 ж 𝒳"):
        assert unpack(pack(text)) == text
        assert re.fullmatch(r"[A-Za-z0-9+/]*=*", pack(text))


def test_hostile_texts_stay_text_where_they_are_packed(packed: None) -> None:
    html = render_html(hostile_graph(), title=HOSTILE)
    elements = Elements(html)
    assert not elements.named("img") and "javascript:alert" not in html
    rest = block(html, "data")
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", rest)
    assert any("\u2028" in s["t"] and "</script>" in s["t"] for s in json.loads(unpack(rest))["sentences"])
    opening = block(html, "opening")
    assert not set("<>&\u2028\u2029") & set(opening)
    assert json.loads(opening)["opening"]["nodes"]


def test_a_packed_page_is_smaller_holds_all_and_has_the_same_bytes_on_every_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = render_html(synthetic(60, 200))
    monkeypatch.setattr(page, "_PACKED", 0)
    html = render_html(synthetic(60, 200))
    assert html == render_html(synthetic(60, 200))
    assert len(html) < len(plain)
    whole, rest = json.loads(block(plain, "data")), json.loads(unpack(block(html, "data")))
    assert rest.keys() == {"net", "facts", "sentences", "articles"}
    assert all(whole[key] == rest[key] for key in rest)
    assert 'id="opening"' not in plain


def test_small_pages_are_not_packed() -> None:
    html = render_html(harbour())
    assert json.loads(block(html, "data"))["facts"] and "data-packed" not in html


@pytest.mark.browser
@pytest.mark.parametrize("name", ["harbour-packed", "1300"])
def test_the_first_picture_is_that_of_the_whole(held: Any, name: str) -> None:
    view = held(name)
    before = view.js(SEEN)
    assert 20 < len(before["nodes"]) <= FIRST
    assert view.page.inner_text("#panel p") == READING
    let_go(view)
    assert view.js(SEEN) == before
    assert "At a glance" in view.panel() and READING not in view.page.inner_text("body")
    tallied = view.js(
        "(() => { const all = KG.tally(KG.DEFAULTS); return Object.keys(all).filter((k) => JSON.stringify([...all[k]].sort()) !== JSON.stringify([...KG.counts[k]].sort())) })()"
    )
    assert tallied == []
    assert view.requests == [] and view.complaints == []


@pytest.mark.browser
def test_hearsay_says_so_from_the_first_picture_on(held: Any) -> None:
    view = held("harvest-packed")
    words = "KG.drawer.labels.filter((l) => !l.edge).map((l) => l.text).filter((t) => t.includes('(reported)')).sort()"
    before = view.js(words)
    assert before == ["Cleo Lind (reported)", "Night Troop (reported)"]
    let_go(view)
    assert view.js(words) == before and view.complaints == []


@pytest.mark.browser
def test_nothing_is_said_before_it_is_known_and_what_is_done_meanwhile_is_not_lost(held: Any) -> None:
    view = held()
    view.page.fill("#search-box", "tessel")
    assert view.page.inner_text("#search-list") == READING
    view.js("KG.$('stage').focus()")
    for key in ("2", "l", "?", "t"):
        view.page.keyboard.press(key)
    assert not view.page.locator("dialog[open]").count()
    name = view.js("KG.nodes[KG.display.nodes[0]].label")
    view.click_node(name)
    assert view.page.inner_text("#panel p") == READING
    assert view.js("document.querySelector('#legend').inert && document.querySelector('#tabs').inert")
    at = view.spot(name)
    view.page.mouse.move(at["x"] + 1, at["y"] + 1)
    view.page.wait_for_timeout(400)
    assert "fact" not in view.page.inner_text("#card")
    let_go(view)
    assert view.js("KG.nodes[KG.selected()].label") == name
    assert name in view.panel() and view.state("level") == "actors"
    assert not view.js("document.querySelector('#legend').inert")
    assert view.complaints == []


@pytest.mark.browser
def test_words_typed_before_all_is_read_are_searched_for_once_it_is(held: Any) -> None:
    view = held()
    view.page.fill("#search-box", "velmark")
    let_go(view)
    assert "Velmark" in view.page.inner_text("#search-list")


@pytest.mark.browser
def test_an_address_leads_to_its_view(held: Any) -> None:
    view = held(hash_="level=timeline&stances=neutral")
    assert view.js("KG.$('notice').innerText") == READING
    let_go(view)
    assert view.state("level") == "timeline" and view.state("stances") == ["neutral"]
    assert view.page.locator("#timeline svg").count() and view.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("delete window.DecompressionStream", "too old"),
        ("atob = ((own) => (text) => own(text).slice(0, -40))(atob)", "damaged"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_first_picture_stays(held: Any, before: str, words: str) -> None:
    view = held(before=before)
    view.page.wait_for_function("() => document.querySelector('#notice').innerText.length > 30")
    assert words in view.page.inner_text("#notice") and words in view.page.inner_text("#panel p")
    view.page.fill("#search-box", "velmark")
    assert words in view.page.inner_text("#search-list")
    view.page.set_viewport_size({"width": 900, "height": 700})
    view.page.wait_for_timeout(400)
    assert words in view.page.inner_text("#notice")
    assert len(view.js("KG.display.nodes")) > 20 and view.complaints == []


@pytest.mark.browser
def test_five_thousand_actors_cost_little_more_than_forty_until_the_first_picture(
    chromium: Any, pages: Callable[..., Path], listening: Callable[..., Any], tmp_path: Path
) -> None:
    """In the processor's own time of the page's thread: other work on the machine doesn't count."""
    small, big = pages("harbour"), tmp_path / "big.html"
    big.write_text(render_scene(stage(crowd(5000, 15_000)), "Five thousand"), encoding="utf-8", newline="")
    assert big.stat().st_size < 5_000_000

    def cost(path: Path, ready: str) -> float:
        context = chromium.new_context(viewport={"width": 1400, "height": 900})
        page = context.new_page()
        page.add_init_script(HELD)
        clock = context.new_cdp_session(page)
        clock.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(path.as_uri())
        page.wait_for_selector(f"body[data-ready={ready}]", timeout=60_000)
        page.wait_for_timeout(300)
        told = {m["name"]: m["value"] for m in clock.send("Performance.getMetrics")["metrics"]}
        assert page.evaluate("KG.display.nodes.length") > 20
        context.close()
        return float(told["TaskDuration"])

    costs = [(cost(big, "opening"), cost(small, "yes")) for _ in range(3)]
    assert min(b for b, _ in costs) <= 2 * min(s for _, s in costs), costs


def test_the_choice_of_the_first_picture_needs_no_ties() -> None:
    assert render_scene(stage(read(synthetic(3, 0))), "Lone")
