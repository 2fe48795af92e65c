"""The levels: actors, events, everything, quotes, the timeline and the map."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_levels(view: Any) -> None:
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


def test_the_map_is_moved_and_its_arcs_tell(view: Any) -> None:
    view.page.click("#tab-map")
    place = "[...document.querySelectorAll('#map .spot')].map((s) => Math.round(s.getBoundingClientRect().x))"
    before = view.js(place)
    view.page.click("#zoom-in")
    view.settle()
    closer = view.js(place)
    assert max(closer) - min(closer) > max(before) - min(before)
    box = view.page.locator("#map").bounding_box()
    view.page.mouse.move(box["x"] + 8, box["y"] + 8)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 48, box["y"] + 8, steps=3)
    view.page.mouse.up()
    view.settle()
    assert all(abs(b - a - 40) < 3 for a, b in zip(closer, view.js(place), strict=True))
    view.page.click("#zoom-fit")
    assert view.js(place) == before
    view.page.focus("#map .spot >> nth=0")
    view.page.keyboard.press("Enter")
    assert view.state("sel").startswith("n:") and view.page.locator("#map .here").count() == 1
    arc = view.js(
        """() => { const b = KG.$('map').getBoundingClientRect();
        for (const arc of document.querySelectorAll('#map .arc')) for (const t of [0.3, 0.4, 0.5, 0.6, 0.7]) {
          const p = arc.getPointAtLength(arc.getTotalLength() * t), at = [p.x + b.x, p.y + b.y];
          if (document.elementFromPoint(...at) === arc) return at; } }"""
    )
    view.page.mouse.click(*arc)
    assert view.state("sel").startswith("e:") and view.page.locator("#panel .sentence").count()


def test_the_timeline_tells_from_marks_names_and_list(view: Any) -> None:
    view.page.click("#tab-timeline")
    view.page.click("#timeline .mark-event >> nth=3")
    assert view.state("sel").startswith("n:") and view.page.locator("#panel .sentence").count()
    view.page.click("#timeline .lane-name >> nth=0")
    assert view.page.inner_text("#panel h2") == view.page.text_content("#timeline .lane-name >> nth=0")
    ticks = view.page.locator("#timeline .day").all_inner_texts()
    assert 3 <= len(ticks) <= 9


def test_events_are_worded_and_levels_hold_the_filter(view: Any) -> None:
    view.page.uncheck("#stances-friendly")
    view.page.click("#tab-events")
    words = view.js("KG.drawer.labels.filter((l) => KG.nodes[l.id]?.kind === 'event').map((l) => l.text)")
    assert "threatened" in words and "backed" not in words
    assert "Unity backed Verhagen" not in view.labels()
