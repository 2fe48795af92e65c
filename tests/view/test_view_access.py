# ruff: noqa: E501 - scripts for the browser stand on one line
"""Everyone gets at everything: keys alone, names for what is read aloud, contrast."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from kg.view.styles import load

pytestmark = pytest.mark.browser


def test_keyboard_alone(view: Any) -> None:
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


def test_every_control_is_reached_by_tab(view: Any) -> None:
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


def axe_source() -> Path | None:
    places = [
        os.environ.get("KG_AXE", ""),
        "node_modules/axe-core/axe.min.js",
        str(Path(__file__).parent / "vendor" / "axe.min.js"),
    ]
    return next((Path(p) for p in places if p and Path(p).is_file()), None)


STEPS = {
    "actors": "0",
    "node": "KG.pick(KG.ranked[0].id)",
    "edge": "KG.set({ sel: KG.display.edges[0].id })",
    "path": "KG.set({ path: [KG.ranked[0].id, KG.ranked[5].id] })",
    "events": "KG.reset(), KG.setLevel('events')",
    "quotes": "KG.setLevel('quotes')",
    "timeline": "KG.setLevel('timeline')",
    "map": "KG.setLevel('map')",
    "filters": "KG.setLevel('actors'), KG.$('more-classes').open = true",
    "menu": "KG.$('take').click()",
    "dialog": "KG.$('take').click(), KG.helpDialog()",
}


@pytest.mark.parametrize("screen", ["light", "dark", "phone"])
def test_axe_finds_nothing_serious(view: Any, screen: str) -> None:
    source = axe_source()
    if source is None:
        pytest.skip("no axe-core: npm install axe-core, or KG_AXE=path/to/axe.min.js")
    view.page.emulate_media(color_scheme="dark" if screen == "dark" else "light")
    if screen == "phone":
        view.page.set_viewport_size({"width": 390, "height": 844})
        view.page.wait_for_timeout(300)
    if not view.js("Boolean(window.axe)"):
        view.page.evaluate(source.read_text(encoding="utf-8"))
    for name, step in STEPS.items():
        view.js(f"void ({step})")
        view.page.wait_for_timeout(40)
        rules = ["color-contrast"] if screen == "dark" else []  # the dark page differs in nothing else
        found = view.page.evaluate(
            "rules => axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } }, ...(rules.length ? { runOnly: rules } : {}) })",
            rules,
        )
        serious = [
            (v["id"], [n["html"][:160] for n in v["nodes"]][:3])
            for v in found["violations"]
            if v["impact"] in {"serious", "critical"}
        ]
        assert serious == [], name


def luminance(colour: str) -> float:
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("mode", "paper"), [("light", "#fbfaf6"), ("dark", "#14171c")])
def test_what_is_drawn_stands_out_from_the_paper(mode: str, paper: str) -> None:
    """WCAG AA, which axe cannot see on a canvas: words 4.5 to 1, signs 3 to 1."""

    def contrast(colour: str) -> float:
        low, high = sorted((luminance(colour), luminance(paper)))
        return (high + 0.05) / (low + 0.05)

    table = load()
    words = {k: contrast(v[mode]) for k, v in table["stances"].items()}
    words["statement"] = contrast(table["kinds"]["statement"][mode])
    signs = {k: contrast(v[mode]) for k, v in table["kinds"].items()}
    assert {k: round(c, 2) for k, c in words.items() if c < 4.5} == {}
    assert {k: round(c, 2) for k, c in signs.items() if c < 3} == {}


def test_the_save_menu_by_keys(view: Any) -> None:
    view.page.focus("#take")
    view.page.keyboard.press("Enter")
    assert view.js("document.activeElement.id") == "take-png"
    view.page.keyboard.press("ArrowDown")
    assert view.js("document.activeElement.id") == "take-svg"
    view.page.keyboard.press("Escape")
    assert view.js("document.activeElement.id") == "take" and not view.page.is_visible("#take-menu")


def test_what_changes_is_said_aloud(view: Any) -> None:
    view.page.uncheck("#stances-hostile")
    assert "shown" in view.page.inner_text("#live")
    assert "Graph:" in view.page.get_attribute("#canvas", "aria-label")
    view.page.focus("#canvas")
    view.page.keyboard.press("ArrowRight")
    assert view.js("KG.nodes[KG.selected()].label") in view.page.inner_text("#live")
