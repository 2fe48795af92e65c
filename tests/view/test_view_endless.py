# ruff: noqa: E501 - scripts for the browser stand on one line
"""Endless names and hostile texts: nothing of them is run, and nothing grows wider than its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from view_endless import HARM, WORDY, endless

pytestmark = pytest.mark.browser

# what lies outside of the window or wider than its box, but for what scrolls by itself and what is drawn within a picture
WIDER = """() => {
  const out = [];
  const scrolls = (el) => { for (let e = el; e; e = e.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) && e !== document.body) return e; return null; };
  for (const el of document.querySelectorAll("body *")) {
    if (el.closest("svg, #canvas, script, .visually-hidden, option, .skip") || !el.getClientRects().length) continue;
    const box = el.getBoundingClientRect(), held = scrolls(el.parentElement);
    if (held && held.scrollWidth > held.clientWidth + 1 && !held.matches(".levels, .wide-table")) out.push(["scrolls sideways", held.tagName, held.id, held.className]);
    if (!held && (box.right > innerWidth + 1 || box.left < -1)) out.push(["beyond", el.tagName, el.id, el.className]);
  }
  return [...new Set(out.map(String))];
}"""


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_nothing_runs_and_nothing_overflows(opened: Callable[..., Any], size: tuple[int, int]) -> None:
    view = opened("endless", endless(), viewport={"width": size[0], "height": size[1]})
    view.js("document.title = 'x'")

    def whole() -> None:
        view.settle()
        assert view.js("window.hurt") is None and view.page.locator("img").count() == 0
        assert view.js("document.documentElement.scrollWidth") <= size[0]
        assert view.page.evaluate(WIDER) == []
        assert view.js("KG.$('stage').getBoundingClientRect().height") > size[1] * 0.45

    for level in ("actors", "events", "all", "quotes", "timeline", "map"):
        view.js(f"KG.set({{ level: '{level}' }})")
        whole()
    assert all(len(text) < 80 for text in view.js("KG.drawer.labels.map((l) => l.text)"))
    view.js("KG.set({ level: 'actors' }); KG.openPanel()")
    for id_ in view.js("KG.nodes.map((n) => n.id)"):
        view.js(f"KG.pick({id_})")
        whole()
    view.js("KG.set({ sel: KG.display.edges[0].id })")
    whole()
    view.js("KG.choose(KG.things.slice(0, 3).map((n) => n.id))")
    whole()
    view.js("KG.choose([]); KG.set({ path: KG.things.slice(0, 2).map((n) => n.id) })")
    whole()
    view.js("KG.set({ path: [] }); KG.sheet('legend')")
    view.js("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    whole()
    view.js("KG.closeSheets()")
    view.page.fill("#search-box", "board")
    whole()
    view.page.keyboard.press("Escape")
    shown = view.page.inner_text("body")
    assert not set(shown) & set("\u202e\u202c\u2066\u2069\u200f")


def test_a_title_without_an_end_leaves_room_for_the_picture(opened: Callable[..., Any], pages: Any) -> None:
    pages("titled", endless(), f"{HARM} {WORDY}")
    for width, height in ((1400, 900), (390, 844)):
        view = opened("titled", viewport={"width": width, "height": height})
        assert view.js("KG.$('stage').getBoundingClientRect().top") < 0.3 * height
        assert HARM in view.js("document.title")
        svg = view.saved("svg").decode()
        for element in ElementTree.fromstring(svg).iter():
            assert not element.tag.endswith(("img", "script"))
            assert not [name for name in element.attrib if name.startswith("on")]
