# ruff: noqa: E501 - scripts for the browser stand on one line
"""What a click and a hover tell: the story of a node, the sentences behind a line."""

from __future__ import annotations

from typing import Any

import pytest
from test_view_page import HOSTILE, hostile_graph

pytestmark = pytest.mark.browser


def test_click_on_a_node_shows_its_story_with_evidence(view: Any) -> None:
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


def test_click_on_an_edge_shows_its_sentences(view: Any) -> None:
    at = view.middle_of("Mikkel Strand", "Northern Assembly")
    view.page.mouse.click(at["x"], at["y"])
    view.settle()
    assert view.state("sel").startswith("e:")
    assert "Strand appealed to the Assembly for help." in view.panel()
    assert view.page.inner_text("#panel mark") == "appealed"
    assert "Ministers meet in Ostby" in view.panel()


def test_hover_gives_a_short_card(view: Any) -> None:
    at = view.spot("Unity Party")
    view.page.mouse.move(at["x"] - 3, at["y"])
    view.page.mouse.move(at["x"], at["y"])
    view.page.wait_for_selector("#card:not([hidden])")
    assert "Unity Party" in view.page.inner_text("#card")


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


def test_a_line_of_several_facts_opens_them_all(view: Any) -> None:
    at = view.middle_of("Velmark Navy", "Sorrel Coast Guard")
    view.page.mouse.click(at["x"], at["y"])
    view.settle()
    assert "2 facts" in view.panel() and view.page.locator("#panel .fact").count() == 2
    assert "Not so" in view.panel()
    for fact in view.page.locator("#panel .fact").all():
        assert fact.locator(".sentence mark").count() and fact.locator("time").count()
        assert fact.locator(".source").inner_text()
    assert view.page.locator("#panel .source a").count()


def test_hover_on_a_line_gives_its_first_sentence(view: Any) -> None:
    at = view.middle_of("Mikkel Strand", "Northern Assembly")
    view.page.mouse.move(at["x"] - 2, at["y"])
    view.page.mouse.move(at["x"], at["y"])
    view.page.wait_for_selector("#card:not([hidden])")
    assert "Strand appealed to the Assembly for help." in view.page.inner_text("#card")
    view.page.mouse.move(3, 3)
    view.page.wait_for_selector("#card", state="hidden")
