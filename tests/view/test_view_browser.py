# ruff: noqa: E501 - scripts for the browser stand on one line
"""What a reader does with the page, done in Chromium with the network cut."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from rdflib import Graph
from test_view_page import HOSTILE, hostile_graph
from view_harbour import harbour

pytestmark = pytest.mark.browser


def test_opens_still_and_complete(opened: Any) -> None:
    view = opened()
    before = view.js("KG.display.nodes.map((id) => Object.values(KG.drawer.net.getPosition(id)))")
    view.page.wait_for_timeout(600)
    assert view.js("KG.display.nodes.map((id) => Object.values(KG.drawer.net.getPosition(id)))") == before
    assert view.js("KG.drawer.net.physics.physicsEnabled") is False
    assert view.js("document.compatMode") == "CSS1Compat"
    assert {"Velmark", "Ruth Sefton", "云薇", "أمل حداد"} <= view.labels()
    assert "Velmark Navy" in view.panel()


def test_labels_never_lie_over_one_another(opened: Any) -> None:
    for name in ("harbour", "500"):
        view = opened(name)
        labels = view.js(
            "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [l.x - l.width / 2, l.x + l.width / 2, l.y - l.px / 2, l.y + l.px / 2])"
        )
        assert len(labels) > 20
        for i, (a0, a1, b0, b1) in enumerate(labels):
            for c0, c1, d0, d1 in labels[:i]:
                assert not (a0 < c1 and a1 > c0 and b0 < d1 and b1 > d0)
        top = view.js("KG.ranked.filter((n) => KG.display.nodes.includes(n.id)).slice(0, 8).map((n) => n.id)")
        drawn = set(view.js("KG.drawer.labels.map((l) => l.id)"))
        assert set(top) <= drawn


def test_edges_speak_in_words_and_merge(opened: Any) -> None:
    ties = opened().ties()
    assert "Otto Verhagen threatened Sorrel Isles" in ties
    assert "Sorrel Isles" in " ".join(ties)
    assert any(t.startswith("Ilse Maro foreign minister of") for t in ties)
    assert "Ruth Sefton plans to meet Otto Verhagen" in ties
    assert "Maritime Court may investigate Halden Shipping" in ties
    merged = [t for t in ties if t.startswith("Velmark Navy ") and t.endswith(" Sorrel Coast Guard")]
    assert len(merged) == 1 and "did not attack" in merged[0]


def test_line_styles_tell_modality_and_stance_apart(opened: Any) -> None:
    view = opened()
    look = "KG.edgeLook(KG.display.edges.find((e) => e.label.startsWith('%s')), KG.palette())"
    planned, asserted, reported = (view.js(look % w) for w in ("plans to meet", "threatened", "arrested"))
    assert planned["dash"] and not asserted["dash"] and not reported["dash"]
    assert reported["opacity"] < asserted["opacity"]
    friendly = view.js(look % "backed")
    assert {friendly["mark"], asserted["mark"], planned["mark"]} == {"double", "tick", "none"}
    assert len({friendly["arrow"], asserted["arrow"], planned["arrow"]}) == 3


def test_search_completes_names_and_aliases(opened: Any) -> None:
    view = opened()
    view.page.keyboard.press("/")
    view.page.keyboard.type("the envoy")
    assert "Daniel Lind" in view.page.inner_text("#search-list")
    assert view.page.get_attribute("#search-box", "aria-expanded") == "true"
    view.page.keyboard.press("Enter")
    view.settle()
    assert view.state("sel") == f"n:{view.node('Daniel Lind')}"
    assert "special envoy" in view.panel()
    view.page.fill("#search-box", "yun")
    assert "云薇" in view.page.inner_text("#search-list li:first-child")
    view.page.fill("#search-box", "zzz")
    assert "Nothing by this name" in view.page.inner_text("#search-list")


def test_search_brings_back_what_is_hidden(opened: Any) -> None:
    view = opened()
    view.page.uncheck("#kinds-person")
    assert "Nora Pell" not in view.labels()
    view.page.fill("#search-box", "nora")
    view.page.keyboard.press("Enter")
    view.settle()
    assert "Nora Pell" in view.labels()


def test_click_on_a_node_shows_its_story_with_evidence(opened: Any) -> None:
    view = opened()
    view.click_node("Mikkel Strand")
    text = view.panel()
    assert "also: Strand" in text and "mayor" in text and "appealed" in text.lower()
    assert "We are a harbour, not a front line" in text
    assert view.page.inner_text("#panel mark >> nth=0")
    link = view.page.locator("#panel .source a").first
    assert link.get_attribute("href").startswith("https://news.example/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    dates = view.js(
        "[...document.querySelectorAll('#panel section')].find((s) => s.firstChild.textContent === 'What happened').querySelectorAll('time').values().map((t) => t.dateTime).toArray()"
    )
    assert dates == sorted(dates) and len(dates) == 2


def test_click_on_an_edge_shows_its_sentences(opened: Any) -> None:
    view = opened()
    at = view.middle_of("Mikkel Strand", "Northern Assembly")
    view.page.mouse.click(at["x"], at["y"])
    view.settle()
    assert view.state("sel").startswith("e:")
    assert "Strand appealed to the Assembly for help." in view.panel()
    assert view.page.inner_text("#panel mark") == "appealed"
    assert "Ministers meet in Ostby" in view.panel()


def test_hover_gives_a_short_card(opened: Any) -> None:
    view = opened()
    at = view.spot("Unity Party")
    view.page.mouse.move(at["x"] - 3, at["y"])
    view.page.mouse.move(at["x"], at["y"])
    view.page.wait_for_selector("#card:not([hidden])")
    assert "Unity Party" in view.page.inner_text("#card")


def test_legend_is_the_filter(opened: Any) -> None:
    view = opened()
    everything = len(view.ties())
    view.page.uncheck("#kinds-place")
    assert "Velmark" not in view.labels()
    view.page.check("#kinds-place")
    view.page.uncheck("#stances-hostile")
    assert 0 < len(view.ties()) < everything
    assert not [t for t in view.ties() if "threatened" in t]
    view.page.click("#reset")
    assert len(view.ties()) == everything
    view.page.uncheck("#mods-Planned")
    assert not [t for t in view.ties() if "plans to" in t]
    view.page.click("#more-classes summary")
    view.page.uncheck("#classes-plover\\:Aid")
    assert not [t for t in view.ties() if "brought" in t]


def test_filters_by_confidence_article_and_source(opened: Any) -> None:
    view = opened()
    view.page.locator("#conf").fill("0.9")
    assert not [t for t in view.ties() if "arrested" in t]
    view.page.click("#reset")
    view.page.select_option("#article", label="Truce signed at dawn, and broken by noon")
    assert all(
        "truce" in h.lower()
        for h in view.js(
            "[...new Set(KG.display.facts.flatMap((f) => f.articles))].map((a) => KG.articles[a].h)"
        )
    )
    view.page.click("#reset")
    view.page.select_option("#source", label="Daily Ledger")
    assert "Northern Assembly used force" not in view.ties() and 0 < len(view.ties()) < 15
    view.page.click("#reset")
    view.page.select_option("#source", label="two officials (quoted 1×)")
    assert view.ties() and all("Free Tide Front" in t for t in view.ties())


def test_time_slider_narrows_and_histogram_counts(opened: Any) -> None:
    view = opened()
    before = len(view.ties())
    bars = view.page.locator("#bars .bar").count()
    assert bars > 10
    view.page.focus("#time-to")
    for _ in range(bars - 4):
        view.page.keyboard.press("ArrowLeft")
    view.settle()
    assert view.state("to") and len(view.ties()) < before
    assert all(
        d <= view.state("to")
        for d in view.js("KG.display.facts.filter((f) => f.kind === 'event').map((f) => f.day)")
    )
    assert "–" in view.page.inner_text("#trail")
    view.page.click("#trail button")
    assert len(view.ties()) == before


def test_focus_expand_collapse_hide_and_undo(opened: Any) -> None:
    view = opened()
    whole = view.labels()
    view.click_node("Open Hands")
    view.page.click("[data-steps='1']")
    view.settle()
    one = view.labels()
    assert one == {"Open Hands", "أمل حداد", "fishing families", "Kelm Council"}
    view.page.click("[data-steps='2']")
    view.settle()
    assert one < view.labels() < whole
    view.page.click("[data-steps='1']")
    view.settle()
    view.page.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Kelm Council').id)")
    view.page.click("[data-do='expand']")
    view.settle()
    assert "Mikkel Strand" in view.labels()
    for _ in range(4):
        view.page.click("#undo")
    assert view.labels() == whole
    view.page.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Open Hands').id)")
    view.page.click("[data-do='collapse']")
    assert {"أمل حداد", "fishing families"} & view.labels() == set()
    view.page.click("[data-do='hide']")
    assert "Open Hands" not in view.labels()
    view.page.keyboard.press("Control+z")
    view.page.keyboard.press("Control+z")
    assert view.labels() == whole


def test_hide_leaves_and_show_lone(opened: Any) -> None:
    view = opened()
    before = view.labels()
    view.page.check("#leaves")
    assert "Viktor Haas" in view.labels() and "أمل حداد" not in view.labels()
    view.page.uncheck("#leaves")
    assert view.labels() == before
    assert "two officials" not in before
    view.page.check("#lone")
    assert len(view.labels()) >= len(before)


def test_shortest_path_gives_reasons(opened: Any) -> None:
    view = opened()
    view.click_node("أمل حداد")
    view.page.click("[data-do='path']")
    view.page.keyboard.type("nora pell")
    view.page.keyboard.press("Enter")
    view.settle()
    text = view.panel()
    assert "path of" in text.lower() and "The council worked with Open Hands through the night." in text
    assert view.page.locator(".path-steps > li").count() == view.js("KG.findPath(KG.state.path).length")
    assert view.js("KG.drawer.faded.edges.size") >= 4


def test_levels(opened: Any) -> None:
    view = opened()
    view.page.click("#tab-events")
    assert "Unity backed Verhagen" in view.labels()
    view.page.click("#tab-all")
    assert "No crane will move until the boats come home" in view.labels()
    view.page.check("#kinds-article")
    assert "Truce signed at dawn, and broken by noon" in view.labels()
    view.page.click("#tab-quotes")
    assert "Nora Pell speaks of Halden Shipping" in view.ties()
    assert "Ilse Maro speaks to Harbour Radio" in view.ties()
    assert "They fired first" in view.panel()
    view.page.click("#tab-timeline")
    assert view.page.locator("#timeline .mark-event").count() > 20
    days = view.page.locator("#timeline .day-block h3").all_inner_texts()
    assert days[0] == "2 March 2031" and len(days) > 10
    view.page.click("#timeline .line >> nth=0")
    assert "raided" in view.panel()
    view.page.click("#tab-map")
    assert view.page.locator("#map .spot").count() == 7
    assert len(view.page.get_attribute("#map .land", "d")) > 500
    view.page.click("#map [data-node] >> nth=0", force=True)
    assert view.state("sel").startswith("n:")
    view.page.click("#tab-actors")
    assert view.page.is_visible("#canvas")


def test_communities_as_colours(opened: Any) -> None:
    view = opened("500")
    view.page.check("#com")
    colours = view.js("new Set([...KG.drawer.looks.values()].map((l) => l.fill)).size")
    assert colours > 5


def test_take_away(opened: Any, tmp_path: Path) -> None:
    view = opened()
    view.page.uncheck("#kinds-group")
    shown = len(view.labels())
    png = view.saved("png")
    assert png.startswith(b"\x89PNG") and len(png) > 20_000
    svg = ElementTree.fromstring(view.saved("svg"))
    assert "Ruth Sefton" in "".join(svg.itertext())
    graphml = nx.parse_graphml(view.saved("graphml").decode())
    assert len(graphml) == shown
    assert any(d["label"] == "threatened" for *_, d in graphml.edges(data=True))
    (tmp_path / "x.gexf").write_bytes(view.saved("gexf"))
    assert len(nx.read_gexf(tmp_path / "x.gexf")) == shown
    rows = list(csv.DictReader(io.StringIO(view.saved("csv").decode())))
    assert {"kind", "who", "whom", "sentences", "iri"} <= set(rows[0])
    assert any(
        r["who"] == "Otto Verhagen" and r["words"] == "threatened" and r["whom"] == "Sorrel Isles"
        for r in rows
    )
    data = json.loads(view.saved("json"))
    assert len(data["nodes"]) == shown and len(data["facts"]) == len(rows)
    view.page.click("#tab-map")
    assert b"<path" in view.saved("svg")
    view.page.click("#tab-timeline")
    ElementTree.fromstring(view.saved("svg"))


def test_a_link_restores_the_view(opened: Any) -> None:
    view = opened()
    view.page.uncheck("#stances-neutral")
    view.page.select_option("#source", label="Northern Wire")
    view.page.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Velmark').id)")
    view.page.click("[data-steps='1']")
    view.page.click("#zoom-in")
    view.settle()
    link = view.js("KG.viewLink()")
    other = opened(hash_=link.split("#")[1])
    assert other.js("JSON.stringify(KG.state)") == view.js("JSON.stringify(KG.state)")
    assert other.labels() == view.labels()
    cameras = [v.js("KG.drawer.camera()") for v in (view, other)]
    assert (
        all(abs(cameras[0][k] - cameras[1][k]) < 1.0 for k in ("x", "y"))
        and abs(cameras[0]["scale"] - cameras[1]["scale"]) < 0.01
    )
    view.page.reload()
    view.page.wait_for_selector("body[data-ready=yes]")
    assert view.labels() == other.labels()


def test_a_hostile_link_does_nothing(opened: Any) -> None:
    evil = "level=<img src=x onerror=alert(1)>&kinds=__proto__&sel=n:..%2Fx&roots=nope&from=1);alert(1)&view=a,b,c&conf=9e9&colour=constructor&article=javascript:1"
    view = opened(hash_=evil)
    assert view.state("level") == "actors" and view.state("sel") == "" and view.state("roots") == []


SPARQL_VIEWS = {
    "all": "",
    "no neutral": "stances=neutral&kinds=article",
    "only as fact": "mods=Planned&mods=Hypothetical&mods=Negated&mods=Reported",
    "no people": "kinds=person&kinds=article",
    "sure": "conf=0.85",
    "one article": "article=https://example.org/newskg/article/ceasefire",
    "publisher": "source=p:Northern+Wire",
    "speaker": "source=s:group/two-officials",
    "time": "from=2031-03-05&to=2031-03-14",
    "classes": "classes=plover:Consult&classes=org:Membership",
    "quotes": "level=quotes",
    "focus": "roots=organization/open-hands",
}


@pytest.mark.parametrize("name", SPARQL_VIEWS)
def test_the_sparql_gives_the_facts_behind_the_view(opened: Any, name: str) -> None:
    view = opened(hash_=SPARQL_VIEWS[name])
    query = view.js("KG.toSparql()")
    shown = set(view.js("KG.shownFacts().map((f) => f.iri)"))
    found = {str(row[0]) for row in harbour().query(query)}
    assert shown and found == shown


def test_sparql_is_shown_with_a_copy_button(opened: Any) -> None:
    view = opened()
    view.page.click("#take")
    view.page.click("#take-sparql")
    assert "SELECT DISTINCT ?fact" in view.page.input_value("#dialog textarea")
    view.page.keyboard.press("Escape")
    view.page.click("#take")
    view.page.click("#take-link")
    assert view.page.input_value("#dialog textarea").startswith("file:")


def test_keyboard_alone(opened: Any) -> None:
    view = opened()
    view.page.focus("#canvas")
    view.page.keyboard.press("ArrowRight")
    first = view.state("sel")
    view.page.keyboard.press("ArrowDown")
    assert first.startswith("n:") and view.state("sel") not in {"", first}
    view.page.keyboard.press("Enter")
    assert view.js("document.activeElement.id") == "panel"
    view.page.focus("#canvas")
    view.page.keyboard.press("n")
    assert view.state("sel").startswith("e:")
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("Escape")
    assert view.state("sel") == ""
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("f")
    view.page.keyboard.press("2")
    assert view.state("steps") == 2 and len(view.state("roots")) == 1 and view.state("level") == "actors"
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("Escape")
    assert view.state("roots") == []
    zoom = view.js("KG.drawer.camera().scale")
    view.page.keyboard.press("+")
    assert view.js("KG.drawer.camera().scale") > zoom
    view.page.keyboard.press("0")
    view.page.keyboard.press("5")
    assert view.state("level") == "timeline"
    view.page.keyboard.press("1")
    view.page.keyboard.press("l")
    assert view.state("leaves") is False
    view.page.keyboard.press("u")
    assert view.state("leaves") is True
    view.page.keyboard.press("?")
    assert view.page.is_visible("#dialog")
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("t")
    assert view.js("document.documentElement.dataset.theme") == "dark"


def test_every_control_is_reached_by_tab(opened: Any) -> None:
    view = opened()
    wanted = {
        "search-box",
        "take",
        "theme",
        "help",
        "tab-actors",
        "canvas",
        "kinds-person",
        "conf",
        "article",
        "source",
        "time-from",
        "time-to",
        "zoom-in",
    }
    seen = set()
    for _ in range(140):
        view.page.keyboard.press("Tab")
        seen.add(view.js("document.activeElement.id"))
    assert wanted <= seen


def test_dark_mode_follows_the_system_and_the_button(opened: Any) -> None:
    view = opened(color_scheme="dark")
    assert view.js("KG.dark()") is True
    dark = view.js("getComputedStyle(document.body).backgroundColor")
    view.page.click("#theme")
    assert view.js("KG.dark()") is False
    assert view.js("getComputedStyle(document.body).backgroundColor") != dark


def test_phone_width(opened: Any) -> None:
    view = opened(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert view.js("document.documentElement.scrollWidth") <= 390
    view.page.click("#open-legend")
    view.page.wait_for_selector("#kinds-person", state="visible")
    view.page.click("#legend .close")
    at = view.spot("Mikkel Strand")
    view.page.touchscreen.tap(at["x"], at["y"])
    view.settle()
    assert view.page.is_visible("#panel") and "Mikkel Strand" in view.panel()
    labels = view.js(
        "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [l.x - l.width / 2, l.x + l.width / 2])"
    )
    assert sum(a >= 0 and b <= 390 for a, b in labels) >= len(labels) - 3


def test_hostile_texts_do_nothing(opened: Any) -> None:
    view = opened("hostile", hostile_graph())
    for level in ("events", "all", "quotes", "timeline", "map", "actors"):
        view.page.click(f"#tab-{level}")
        view.settle()
    for id_ in view.js("KG.nodes.map((n) => n.id)"):
        view.page.evaluate("id => KG.pick(id)", id_)
    view.page.evaluate("KG.set({ sel: KG.display.edges[0].id })")
    at = view.spot(HOSTILE)
    view.page.mouse.move(at["x"], at["y"])
    view.page.fill("#search-box", "img")
    view.page.focus("#canvas")
    for item in ("svg", "png", "graphml", "gexf", "csv", "json"):
        view.saved(item)
    assert view.page.locator("img").count() == 0
    assert view.page.locator("a[href^='javascript']").count() == 0
    assert view.js("KG.toSparql()")


def test_an_empty_graph_says_so(opened: Any) -> None:
    view = opened("empty", Graph())
    assert "Nothing passes the filters" in view.page.inner_text("#notice")


def test_big_graphs_show_the_most_important_first_and_say_so(opened: Any) -> None:
    view = opened("5000")
    assert "most important of" in view.page.inner_text("#notice")
    assert view.page.get_attribute("#canvas", "data-renderer") == "vis"
    view.page.click("#notice button >> nth=0")
    assert len(view.labels()) > 300
    view.page.click("#notice button >> text=Show all")
    view.settle()
    assert len(view.labels()) > 4000
    assert view.page.get_attribute("#canvas", "data-renderer") == "sigma"
    label = view.js("KG.ranked[0].label")
    view.page.fill("#search-box", label)
    view.page.keyboard.press("Enter")
    view.page.wait_for_timeout(800)
    at = view.spot(label)
    box = view.page.locator("#canvas").bounding_box()
    assert (
        abs(at["x"] - box["x"] - box["width"] / 2) < 12 and abs(at["y"] - box["y"] - box["height"] / 2) < 12
    )
    view.page.keyboard.press("Escape")
    view.click_node(label)
    assert view.state("sel") == f"n:{view.node(label)}"
    assert b"<circle" in view.saved("svg")
    longest = view.js(
        """new Promise((done) => { let worst = 0, last = performance.now(), k = 0; const camera = KG.drawer.camera();
        const step = () => { const now = performance.now(); if (k > 2) worst = Math.max(worst, now - last); last = now;
          KG.drawer.look({ ...camera, x: camera.x + k * 10 }, true); if (k++ < 30) requestAnimationFrame(step); else done(worst); };
        requestAnimationFrame(step); })"""
    )
    assert longest < 1000


def axe_source() -> Path | None:
    places = [
        os.environ.get("KG_AXE", ""),
        "node_modules/axe-core/axe.min.js",
        str(Path(__file__).parent / "vendor" / "axe.min.js"),
    ]
    return next((Path(p) for p in places if p and Path(p).is_file()), None)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Any, theme: str) -> None:
    source = axe_source()
    if source is None:
        pytest.skip("no axe-core: npm install axe-core, or KG_AXE=path/to/axe.min.js")
    view = opened(color_scheme=theme)
    view.page.evaluate(source.read_text(encoding="utf-8"))
    steps = [
        "0",
        "KG.pick(KG.ranked[0].id)",
        "KG.set({ sel: KG.display.edges[0].id })",
        "KG.setLevel('quotes')",
        "KG.setLevel('timeline')",
        "KG.setLevel('map')",
        "KG.helpDialog()",
    ]
    for step in steps:
        view.js(f"void ({step})")
        view.settle()
        found = view.js("axe.run({ resultTypes: ['violations'] })")
        serious = [
            (v["id"], [n["html"][:160] for n in v["nodes"]][:3])
            for v in found["violations"]
            if v["impact"] in {"serious", "critical"}
        ]
        assert serious == [], step
