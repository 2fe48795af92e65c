"""The error report in a real browser: hostile text stays text, nothing is loaded, filters and keys work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import article, facts_to_graph
from evaluate_gold import entities, event, facts, gold, judged, role, write

from kg.evaluate import Evaluation, render_report
from kg.evaluate.gold import load_gold
from kg.evaluate.judge import judge
from kg.evaluate.plover import CodedShare
from kg.model import Entity, Facts, Kind, Mention, MentionKind, Span

NASTY = (
    "</script><script>alert(1)</script><img src=http://127.0.0.1/x onerror=alert(2)> "
    "'O\"Hara' & \u202eEvil {{ 7*7 }}"
)


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """One ordinary article with three errors, and one whose every word is hostile."""
    wrong = facts(
        roles=(), events=(event(event_class="plover:Threaten"),), entities=tuple(entities().values())
    )
    first = judged(tmp_path_factory.mktemp("first"), wrong)
    name = "<b>nasty</b>"
    annotation: dict[str, Any] = {
        "entities": [{"id": "e", "type": "Person", "name": NASTY, "aliases": [], "mentions": [[0, 9]]}],
        "roles": [],
        "quotes": [{"speaker": None, "speaker_text": NASTY, "span": [0, 30]}],
        "events": [],
    }
    folder = tmp_path_factory.mktemp("second")
    (one,) = load_gold(write(folder, annotation, text=f"{NASTY}\n\n{NASTY}", name="nasty"))
    thing = Entity(
        id="x", kind=Kind.PLACE, name=f"System {NASTY}", mentions=(Mention(Span(0, 5), MentionKind.NAME),)
    )
    second = judge(one, facts_to_graph([Facts(article(one.text, "nasty"), (thing,))]))
    object.__setattr__(second, "name", name)
    return Evaluation((first, second), {"found": CodedShare(1, 2)})


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        missing = "no browser: apt-get install chromium, pip install playwright"
        (pytest.fail if os.environ.get("KG_REQUIRE_BROWSER") == "1" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, evaluation: Evaluation, tmp_path: Path) -> Iterator[Any]:
    """The opened report; at the end nothing may have been asked of a network or said in the console."""
    file = tmp_path / "report.html"
    file.write_text(render_report(evaluation), encoding="utf-8", newline="")
    tab = chromium.new_page(viewport={"width": 1300, "height": 800})
    trouble: list[str] = []
    tab.on("console", lambda message: trouble.append(message.text))
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    tab.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    tab.on(
        "request", lambda request: request.url.startswith(("file:", "data:")) or trouble.append(request.url)
    )
    tab.goto(file.as_uri())
    tab.wait_for_selector("body[data-ready=yes]")
    yield tab
    tab.close()
    assert trouble == []


def shown(page: Any) -> list[str]:
    return [str(text) for text in page.locator("#list li:visible .what b").all_inner_texts()]


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation) -> None:
    assert render_report(evaluation) == render_report(evaluation)


def test_a_lone_surrogate_does_not_break_the_page(tmp_path: Path) -> None:
    found = judged(tmp_path, facts(roles=(role(title="may\ud800or"),)))
    assert render_report(Evaluation((found,))).encode("utf-8")


@pytest.mark.browser
def test_hostile_text_is_shown_as_text(page: Any) -> None:
    assert page.locator("img, iframe, #list script, #texts script, #texts b").count() == 0
    page.select_option("#article", "1")
    assert page.locator("#texts article:visible p").first.inner_text() == NASTY
    assert "<b>nasty</b>" in page.locator("#texts article:visible h2").inner_text()
    assert "{{ 7*7 }}" in page.inner_text("#list")


@pytest.mark.browser
def test_filters_by_error_article_and_words(page: Any) -> None:
    every = shown(page)
    assert {"role missed", "event type", "entity missed", "entity extra", "quote missed"} <= set(every)
    page.uncheck("input[value='role missed']")
    assert len(shown(page)) == len(every) - 1 and "role missed" not in shown(page)
    page.select_option("#article", "0")
    assert shown(page) == ["event type"]
    assert (
        page.inner_text("[data-count='role missed']") == "1"
        and page.inner_text("#count") == "1 of 11 findings"
    )
    page.check("input[value=right]")
    page.fill("#search", "tidewater ltd (org")
    assert shown(page) == ["entity right"]
    page.click("#none")
    assert shown(page) == []


@pytest.mark.browser
def test_gold_and_system_are_marked_where_they_differ(page: Any) -> None:
    page.select_option("#article", "0")
    page.click("#none")
    page.check("input[value='event type']")
    gold_side, system_side = page.locator("#texts article:visible .pair:not(.head) p").all()
    for side in (gold_side, system_side):
        assert side.locator(".differs").all_inner_texts() == ["accused"]
    page.click("#texts .differs >> nth=0")
    assert "ACCUSE" in page.inner_text("[aria-current=true]") and "0.80" in page.inner_text(
        "[aria-current=true]"
    )
    assert page.locator("#texts .now").count() == 2


@pytest.mark.browser
def test_all_can_be_done_with_keys(page: Any) -> None:
    page.keyboard.press("j")
    first = page.locator("[aria-current=true]").get_attribute("data-n")
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-current=true]").get_attribute("data-n") != first
    page.keyboard.press("k")
    assert page.locator("[aria-current=true]").get_attribute("data-n") == first
    assert page.evaluate("document.activeElement.closest('li').dataset.n") == first
    page.keyboard.press("n")
    assert page.input_value("#article") == "0"
    page.keyboard.press("/")
    page.keyboard.type("okafor: mayor")
    assert shown(page) == ["role missed"]
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    assert page.input_value("#article") == ""


@pytest.mark.browser
def test_dark_and_the_figures(page: Any) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.click("#figures-button")
    assert "quotes_speaker" in page.inner_text("#figures") and "0.500" in page.inner_text("#figures")


def test_the_annotation_alone_is_enough(tmp_path: Path) -> None:
    """Nothing found at all is a report, too."""
    found = judged(tmp_path, facts(entities=(), roles=(), events=(), statements=()), gold())
    assert "event missed" in render_report(Evaluation((found,)))
