# ruff: noqa: E501 - scripts for the browser stand on one line
"""How the picture looks: still, legible, in words, on every screen and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Graph

pytestmark = pytest.mark.browser


def test_opens_still_and_complete(view: Any) -> None:
    before = view.js("KG.display.nodes.map((id) => Object.values(KG.drawer.net.getPosition(id)))")
    view.page.wait_for_timeout(300)
    assert view.js("KG.display.nodes.map((id) => Object.values(KG.drawer.net.getPosition(id)))") == before
    assert view.js("KG.drawer.net.physics.physicsEnabled") is False
    assert view.js("document.compatMode") == "CSS1Compat"
    assert {"Velmark", "Ruth Sefton", "云薇", "أمل حداد"} <= view.labels()
    assert "Velmark Navy" in view.panel()


def test_labels_never_lie_over_one_another(opened: Any) -> None:
    for name in ("harbour", "300"):
        view = opened(name)
        labels = view.js(
            "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [l.x - l.width / 2, l.x + l.width / 2, l.y - l.px / 2, l.y + l.px / 2])"
        )
        assert len(labels) > 20
        for i, (a0, a1, b0, b1) in enumerate(labels):
            for c0, c1, d0, d1 in labels[:i]:
                assert not (a0 < c1 and a1 > c0 and b0 < d1 and b1 > d0)
        if name == "300":
            assert any("×2" in tie for tie in view.ties())
        top = view.js("KG.ranked.filter((n) => KG.display.nodes.includes(n.id)).slice(0, 8).map((n) => n.id)")
        drawn = set(view.js("KG.drawer.labels.map((l) => l.id)"))
        assert set(top) <= drawn


def test_edges_speak_in_words_and_merge(view: Any) -> None:
    ties = view.ties()
    assert "Otto Verhagen threatened Sorrel Isles" in ties
    assert "Sorrel Isles" in " ".join(ties)
    assert any(t.startswith("Ilse Maro foreign minister of") for t in ties)
    assert "Ruth Sefton plans to meet Otto Verhagen" in ties
    assert "Maritime Court may investigate Halden Shipping" in ties
    merged = [t for t in ties if t.startswith("Velmark Navy ") and t.endswith(" Sorrel Coast Guard")]
    assert len(merged) == 1 and "did not attack" in merged[0]


def test_no_name_stands_under_what_lies_over_the_picture(view: Any) -> None:
    covers, labels = view.js("[KG.covers(), KG.drawer.labels]")
    assert covers and len(labels) > 20
    for label in labels:
        half = label["width"] / 2 if not label.get("angle") else 4
        for box in covers:
            aside = label["x"] + half <= box["x0"] or label["x"] - half >= box["x1"]
            assert aside or label["y"] + 4 <= box["y0"] or label["y"] - 4 >= box["y1"], label["text"]


def test_what_is_cut_is_cut_between_words(view: Any) -> None:
    cut = "[['Harbour Department of Transport', 24], ['Ilse Maro', 30], ['Donaudampfschifffahrt', 12]]"
    assert view.js(f"{cut}.map(([text, most]) => KG.clip(text, most))") == [
        "Harbour Department…",
        "Ilse Maro",
        "Donaudampfs…",
    ]


def test_what_two_are_to_one_another_is_one_line_without_direction(view: Any) -> None:
    allied = view.js("KG.display.edges.filter((e) => e.facts.some((f) => f.cls === 'nkg:alliedWith'))")
    assert allied and not any(edge["directed"] and len(edge["facts"]) == 1 for edge in allied)
    words = view.js(
        """(() => { const fact = KG.facts.find((f) => f.cls === 'nkg:alliedWith');
        const edge = { facts: [fact, { ...fact }], ways: ['both', 'both'] }; KG.wordEdge(edge); return [edge.label, edge.directed]; })()"""
    )
    assert words == ["is allied with", False]


def test_what_is_not_asserted_says_so_on_its_line_and_stands_below(view: Any) -> None:
    flat = view.js(
        "KG.display.edges.filter((e) => !e.part && !e.firm && e.facts.every((f) => f.modality === 'Reported'))"
        ".map((e) => e.label)"
    )
    assert flat and all(label.endswith("(reported)") for label in flat)
    ties = view.ties()
    assert "Ruth Sefton plans to meet Otto Verhagen" in ties  # its words say so already
    assert not [t for t in ties if "threatened" in t and "(reported)" in t]
    word = (
        "(rows) => { const e = { facts: rows.map(([words, modality]) => ({ kind: 'event', words, modality, conf: 1 })),"
        " ways: rows.map(() => 'to') }; KG.wordEdge(e); return e.label; }"
    )

    def label(*rows: tuple[str, str]) -> str:
        return str(view.page.evaluate(word, [list(row) for row in rows]))

    assert label(("assault", "Reported"), ("raids", "Reported"), ("shells", "Reported")) == (
        "assault · raids +1 (reported)"
    )
    assert label(("assault", "Reported"), ("assault", "Reported"), ("backs", "Asserted")) == (
        "backs · assault ×2 (reported)"
    )
    assert label(("meets", "Negated")) == "meets (not so)"
    assert label(("did not meet", "Negated")) == "did not meet"
    rows = (
        "[...document.querySelectorAll('#panel .tie.hostile')].map((b) => KG.findEdge(b.dataset.edge).firm)"
    )
    firm = view.js(rows)
    assert firm == sorted(firm, reverse=True)


def test_line_styles_tell_modality_and_stance_apart(view: Any) -> None:
    look = "KG.edgeLook(KG.display.edges.find((e) => e.label.startsWith('%s')), KG.palette())"
    planned, asserted, reported = (view.js(look % w) for w in ("plans to meet", "threatened", "arrested"))
    assert planned["dash"] and not asserted["dash"] and not reported["dash"]
    assert reported["opacity"] < asserted["opacity"]
    friendly = view.js(look % "backed")
    assert {friendly["mark"], asserted["mark"], planned["mark"]} == {"double", "tick", "none"}
    assert len({friendly["arrow"], asserted["arrow"], planned["arrow"]}) == 3


def test_communities_as_colours(view: Any) -> None:
    view.page.check("#com")
    colours = view.js("new Set([...KG.drawer.looks.values()].map((l) => l.fill)).size")
    assert colours > 3
    assert view.page.locator("#communities button").count() > 3
    view.page.click("#communities button >> nth=0")
    assert "community 1" in view.panel()


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
    assert view.spot("Mikkel Strand")["y"] < view.page.locator("#panel").bounding_box()["y"]
    view.page.click("#panel .close")
    view.page.click("#zoom-fit")
    labels = view.js(
        "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [l.x - l.width / 2, l.x + l.width / 2])"
    )
    assert sum(a >= 0 and b <= 390 for a, b in labels) >= len(labels) - 3


def test_an_empty_graph_says_so(opened: Any) -> None:
    view = opened("empty", Graph())
    assert "Nothing passes the filters" in view.page.inner_text("#notice")


def test_big_graphs_show_the_most_important_first_and_say_so(opened: Any) -> None:
    view = opened("1300")
    assert "most important of" in view.page.inner_text("#notice")
    assert view.page.get_attribute("#canvas", "data-renderer") == "vis"
    first = len(view.labels())
    view.page.click("#notice button >> nth=0")
    assert first < len(view.labels()) < 600
    view.page.click("#notice button >> text=Show all")
    view.settle()
    assert len(view.labels()) > 1000 and "All" in view.page.inner_text("#notice")
    assert view.page.get_attribute("#canvas", "data-renderer") == "sigma"
    label = view.js("KG.ranked[0].label")
    view.page.fill("#search-box", label)
    view.page.keyboard.press("Enter")
    view.page.wait_for_timeout(500)
    at = view.spot(label)
    box = view.page.locator("#canvas").bounding_box()
    assert (
        abs(at["x"] - box["x"] - box["width"] / 2) < 12 and abs(at["y"] - box["y"] - box["height"] / 2) < 40
    )
    view.page.keyboard.press("Escape")
    view.click_node(label)
    assert view.state("sel") == f"n:{view.node(label)}"
    assert b"<circle" in view.saved("svg")


def test_webgl_pans_zooms_and_hovers(opened: Any) -> None:
    view = opened("1300", hash_="limit=100000")
    assert view.page.get_attribute("#canvas", "data-renderer") == "sigma"
    pan_and_zoom(view)
    label = view.js("KG.ranked[0].label")
    view.page.wait_for_timeout(400)
    view.page.mouse.move(**view.spot(label))
    view.page.wait_for_selector("#card:not([hidden])")
    assert label in view.page.inner_text("#card")


def pan_and_zoom(view: Any) -> None:
    """Drag the picture and turn the wheel: the camera follows the hand."""
    box = view.page.locator("#canvas").bounding_box()
    x, y = box["x"] + 6, box["y"] + box["height"] - 6
    before = view.js("KG.drawer.camera()")
    view.page.mouse.move(x, y)
    view.page.mouse.down()
    view.page.mouse.move(x + 60, y - 30, steps=4)
    view.page.mouse.up()
    moved = view.js("KG.drawer.camera()")
    assert abs((before["x"] - moved["x"]) * before["scale"] - 60) < 4
    assert abs((before["y"] - moved["y"]) * before["scale"] + 30) < 4
    view.page.mouse.wheel(0, -240)
    view.settle()
    assert view.js("KG.drawer.camera().scale") > moved["scale"] * 1.05


def test_the_picture_pans_and_zooms(view: Any) -> None:
    fitted = view.js("KG.drawer.camera().scale")
    pan_and_zoom(view)
    closer = view.js("KG.drawer.camera().scale")
    view.page.click("#zoom-out")
    assert view.js("KG.drawer.camera().scale") < closer
    view.page.click("#zoom-fit")
    assert abs(view.js("KG.drawer.camera().scale") - fitted) < 1e-6


def test_names_and_words_keep_to_their_places(view: Any) -> None:
    """Names of the top actors lie on no other node; most ties say in words what they are."""
    covered = view.js(
        """() => { const spot = KG.drawer.spotter(), nodes = KG.display.nodes.map((id) => ({ id, ...spot(id) }));
        return KG.drawer.labels.filter((l) => l.id !== undefined && KG.nodes[l.id].order < 8).filter((l) => nodes.some((n) => n.id !== l.id
          && Math.abs(n.x - l.x) < l.width / 2 + n.r * 0.6 && Math.abs(n.y - l.y) < l.px / 2 + n.r * 0.6)).map((l) => l.text) }"""
    )
    assert covered == []
    worded = view.js("KG.drawer.labels.filter((l) => l.edge).length / KG.display.edges.length")
    assert worded > 0.4


def test_its_own_typefaces_and_scripts_of_every_direction(view: Any) -> None:
    assert view.js("[...document.fonts].map((f) => `${f.family} ${f.status}`)") == [
        "Source Sans 3 loaded",
        "Source Serif 4 loaded",
    ]
    assert view.js("KG.measure('Velmark Navy', `700 16px ${KG.SANS}`)") == view.js(
        "KG.measure('Velmark Navy', '700 16px \"Source Sans 3\"')"
    )
    assert {"أمل حداد", "云薇"} <= set(view.js("KG.drawer.labels.map((l) => l.text)"))
    for name, direction in (("أمل حداد", "rtl"), ("云薇", "ltr")):
        view.page.fill("#search-box", name[:2])
        view.page.keyboard.press("Enter")
        assert view.page.get_attribute("#panel h2", "dir") == direction
        assert view.page.inner_text("#panel h2") == name


def test_prints_light_and_without_the_tools(view: Any) -> None:
    view.page.emulate_media(color_scheme="dark")
    assert view.js("KG.dark()") is True
    view.js("dispatchEvent(new Event('beforeprint'))")
    assert view.js("KG.dark()") is False
    assert view.page.locator("#print svg text").count() > 20
    view.page.emulate_media(media="print")
    assert not view.page.is_visible(".tools") and not view.page.is_visible("#zoom")
    assert view.page.is_visible("#print svg") and view.page.is_visible("#panel")
    assert not view.page.is_visible("#canvas")
    sheet = view.page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") >= 2
    view.page.emulate_media(media="screen")
    view.js("dispatchEvent(new Event('afterprint'))")
    assert view.js("KG.dark()") is True
