# ruff: noqa: E501 - scripts for the browser stand on one line
"""What is shown has room: on a phone fewer nodes, on any screen spread over it, names off the nodes of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from view_reports import reports

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NODES = "KG.display.nodes.map((id) => ({ id, order: KG.nodes[id].order, ...KG.drawer.spotter()(id) }))"
# names that lie on the middle of a node that is not theirs
OVER = f"""(() => {{ const nodes = {NODES}; return KG.drawer.labels.filter((l) => l.id !== undefined).flatMap((l) => nodes
  .filter((n) => n.id !== l.id && Math.abs(n.x - l.x) < l.width / 2 + n.r * 0.5 && Math.abs(n.y - l.y) < l.px / 2 + n.r * 0.5).map(() => l.text)) }})()"""
TOUCH = f"""(() => {{ const n = {NODES}; return n.flatMap((a, i) => n.slice(i + 1)
  .filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < (a.r + b.r) * 0.9)).length }})()"""


@pytest.mark.parametrize("level", ["actors", "quotes"])
@pytest.mark.parametrize("name", ["harbour", "400"])
def test_a_dense_picture_is_no_knot_on_a_phone(opened: Callable[..., Any], name: str, level: str) -> None:
    view = opened(name, hash_=f"level={level}", **PHONE)
    shown = view.js("KG.display.nodes.length")
    assert 12 < shown < 60
    named = view.js("KG.drawer.labels.filter((l) => l.id !== undefined).length")
    assert named >= 0.6 * shown
    assert view.js(TOUCH) == 0
    assert len(view.js(OVER)) <= 1
    # the most important are all there, with their names
    assert view.js(
        "KG.ranked.filter((n) => KG.display.nodes.includes(n.id)).slice(0, 6).every((n) => KG.drawer.labels.some((l) => l.id === n.id))"
    )
    # words stand along their line, or not at all
    assert view.js("KG.drawer.labels.every((l) => l.id !== undefined || l.angle !== undefined)")
    left, right, top, foot = view.js(
        f"(() => {{ const n = {NODES}; return [Math.min(...n.map((p) => p.x)), Math.max(...n.map((p) => p.x)), Math.min(...n.map((p) => p.y)), Math.max(...n.map((p) => p.y))] }})()"
    )
    wide, tall = view.js("[KG.drawer.size().width, KG.drawer.size().height]")
    assert right - left > 0.5 * wide and foot - top > 0.5 * tall


def test_more_are_one_press_away_on_a_phone(opened: Callable[..., Any]) -> None:
    view = opened("400", **PHONE)
    first = view.js("KG.display.nodes.length")
    assert f"{first} of" in view.page.inner_text("#notice")
    view.page.click("#notice button >> text=Show more")
    assert view.js("KG.display.nodes.length") > first * 1.5
    view.page.click("#notice button >> text=Show all")
    assert view.js("KG.display.nodes.length") == view.js("KG.display.total")


@pytest.mark.parametrize("name", ["harbour", "300"])
def test_the_picture_fills_a_broad_screen_and_names_keep_off_nodes(
    opened: Callable[..., Any], name: str
) -> None:
    view = opened(name)
    assert view.js(TOUCH) == 0
    over = view.js(OVER)
    assert len(over) <= 0.03 * view.js("KG.drawer.labels.length"), over


def test_what_a_reader_has_put_somewhere_is_not_pushed_away(opened: Callable[..., Any]) -> None:
    view = opened("reports", reports())
    one, other = view.node("Ada Voss"), view.node("Bram Holt")
    at = view.js(f"KG.position(KG.nodes[{other}], 'actors')")
    view.js(f"KG.place(KG.nodes[{one}], 'actors', {{ x: {at['x'] + 4}, y: {at['y'] + 4} }})")
    view.js("KG.set({ level: 'timeline' }); KG.set({ level: 'actors' })")
    put = view.js(f"KG.position(KG.nodes[{one}], 'actors')")
    assert [put["x"], put["y"]] == [round(at["x"] + 4), round(at["y"] + 4)]
    assert view.js(TOUCH) == 0  # the other has given way


def test_the_whole_timeline_is_seen_on_a_phone(opened: Callable[..., Any]) -> None:
    view = opened("harbour", hash_="level=timeline", **PHONE)
    box = view.js(
        "(() => { const t = KG.$('timeline'); return [t.scrollWidth, t.clientWidth, document.querySelector('.lanes').getBoundingClientRect().right] })()"
    )
    assert box[0] <= box[1] and box[2] <= 390
    over = view.js(
        """(() => { const b = [...document.querySelectorAll('.lane-name, .lanes .day')].map((t) => t.getBoundingClientRect());
        return b.flatMap((p, i) => b.slice(i + 1).filter((q) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1)).length })()"""
    )
    assert over == 0
