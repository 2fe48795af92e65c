# ruff: noqa: E501 - scripts for the browser stand on one line
"""What a reader asks of two, of one happening and of hearsay: who with whom, told how often, and how sure."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from view_axe import assert_nothing_serious
from view_harvest import harvest

from kg.querying import run_query
from kg.view.graph_reader import read
from kg.view.opening import standing

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(chromium: Any, pages: Callable[..., Path], listening: Callable[..., Any]) -> Any:
    context = chromium.new_context(
        viewport={"width": 1400, "height": 900}, reduced_motion="reduce", accept_downloads=True
    )
    yield listening(context, pages("harvest", harvest()))
    context.close()


@pytest.fixture
def view(told: Any) -> Any:
    told.js("KG.state = { ...KG.DEFAULTS }; KG.past = []; KG.$('search-box').value = ''; KG.redrawAll()")
    yield told
    assert told.complaints == []


def rows(view: Any) -> list[str]:
    return [
        " | ".join(line for line in text.splitlines() if line)
        for text in view.page.locator("#panel .pair").all_inner_texts()
    ]


def test_who_had_most_to_do_with_whom_is_read_without_a_hover(view: Any) -> None:
    first = rows(view)[0]
    assert first == (
        "Bram Holt – Ada Voss | 5 events · 1 quote | "
        "signed the harvest pact with ×3 · accused (reported) · together: attacked · +1 | 4 as fact · 1 reported · up to 90 %"
    )
    assert view.js("KG.pairTold(KG.pairsOf(KG.facts)[0]).words[3]") == "← speaks of"
    numbers = [int(re.search(r"(\d+) event", row)[1]) for row in rows(view)]  # type: ignore[index]
    assert numbers == sorted(numbers, reverse=True)


def test_pairs_are_counted_as_the_query_counts_them_and_follow_the_filters(view: Any) -> None:
    counted = {frozenset((str(r[0]), str(r[1]))): int(str(r[2])) for r in run_query(harvest(), "co-events")}
    mine = {
        frozenset(p["names"]): p["events"]
        for p in view.js(
            "KG.pairsOf(KG.facts).filter((p) => p.events).map((p) => ({ names: p.ids.map((id) => KG.nodes[id].label), events: p.events }))"
        )
    }
    assert mine == counted
    view.js("KG.set({ mods: ['Reported'] })")
    assert "4 events · 1 quote" in rows(view)[0] and "all as fact" in rows(view)[0]
    view.js("KG.set({ kinds: ['article', 'person'] })")
    assert not any("Voss" in row for row in rows(view))


def test_a_pair_opens_on_what_is_between_the_two(view: Any) -> None:
    view.page.click("#panel .pair >> nth=0")
    view.settle()
    text = view.panel()
    assert "between them: 5 events · 1 quote" in text and "Ada Voss and Bram Holt" in " ".join(text.split())
    assert text.index("Holt accused Voss of theft") < text.index("is acted on")
    view.page.click("#panel .close")
    assert "At a glance" in view.panel()


def test_tellings_of_one_happening_are_one_row_that_counts_them_all(view: Any) -> None:
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Ada Voss').id)")
    happened = view.page.locator("#panel section:has(h3:text('What happened'))")
    cards = happened.locator("article.fact")
    assert cards.count() == 3 and "5 events" in view.page.inner_text("#panel .panel-head")
    pact = cards.filter(has_text="signed the harvest pact")
    assert pact.locator("h4").inner_text() == "Voss signed the harvest pact with Holt"  # the surest
    assert pact.locator(".times").inner_text() == "×3" and pact.locator(".telling").count() == 2
    assert pact.locator("li .sentence").count() == 3 and pact.locator("button.fix").count() == 3
    whole = sum(
        int(c.locator(".times").inner_text()[1:]) if c.locator(".times").count() else 1 for c in cards.all()
    )
    assert whole == view.js("KG.deeds(KG.nodes[KG.selected()], KG.factsOf(KG.nodes[KG.selected()])).events")


@pytest.mark.parametrize(
    ("change", "one"),
    [
        ("{}", True),
        ("{ date: '2031-08-02' }", False),
        ("{ cls: 'plover:Aid' }", False),
        ("{ modality: 'Negated' }", False),
        ("{ articles: [1] }", False),
        ("{ label: 'Voss met him at the inn', trigger: 'met' }", False),
    ],
)
def test_what_differs_in_more_than_a_word_stays_apart(view: Any, change: str, one: bool) -> None:
    grouped = view.js(
        f"""(() => {{ const [a, b] = KG.facts.filter((f) => /harvest pact with/.test(f.label)).sort((x, y) => y.conf - x.conf);
        return KG.gather([a, {{ ...b, ...{change} }}]).length }})()"""
    )
    assert grouped == (1 if one else 2)


def test_hearsay_is_read_in_the_picture_and_in_words(view: Any) -> None:
    assert {k.rpartition("/")[2]: v for k, v in standing(read(harvest())).items()} == {
        "cleo": "Reported",
        "troop": "Reported",
    }
    drawn = dict(
        view.js(
            "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [KG.nodes[l.id].label, l.text])"
        )
    )
    assert drawn["Cleo Lind"] == "Cleo Lind (reported)" and drawn["Night Troop"] == "Night Troop (reported)"
    assert drawn["Ada Voss"] == "Ada Voss"
    assert "Cleo Lind (reported)" in view.saved("svg").decode()
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Cleo Lind').id)")
    assert "only reported" in view.panel()
    # what certainty is switched off is the filter's doing: the thing stays what it is
    view.js("KG.set({ sel: '', mods: ['Reported'] })")
    drawn = dict(
        view.js(
            "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [KG.nodes[l.id].label, l.text])"
        )
    )
    assert drawn["Cleo Lind"] == "Cleo Lind (reported)"
    view.js("KG.set({ mods: ['Asserted'] })")
    drawn = dict(
        view.js(
            "KG.drawer.labels.filter((l) => l.id !== undefined).map((l) => [KG.nodes[l.id].label, l.text])"
        )
    )
    assert drawn["Ada Voss"] == "Ada Voss"


@pytest.mark.parametrize("level", ["actors", "events", "all", "quotes", "timeline", "map"])
def test_what_is_found_is_shown_in_the_view_one_is_in(view: Any, level: str) -> None:
    view.js(f"KG.setLevel('{level}')")
    for typed, who in (
        ("thief", ("Ada Voss", "Bram Holt")),
        ("arrest of lind", ("Night Troop", "Cleo Lind")),
    ):
        view.page.fill("#search-box", typed)
        view.page.keyboard.press("Enter")
        view.settle()
        assert view.state("level") == level
        fact = view.js("KG.facts[KG.nodes[KG.selected()].fact].label")
        assert fact.split()[-1] in view.panel()
        if level == "timeline" and "arrest" in fact:
            row = view.page.locator("#timeline .line.here")
            assert row.count() == 1 and "arrest" in row.inner_text()
            assert row.evaluate("(e) => e.getBoundingClientRect().bottom < innerHeight")
        if level in {"timeline", "map"}:
            continue
        node, drawn = view.js("[KG.selected(), KG.display.nodes]")
        rings = view.js("KG.display.rings.map((id) => KG.nodes[id].label)")
        assert node in drawn or set(who) <= set(rings), (typed, rings)
        if node not in drawn:
            ids = [view.node(name) for name in who]
            assert set(ids) <= set(drawn)


def test_a_fact_without_a_tie_is_shown_by_who_is_in_it(view: Any) -> None:
    assert "Dora Quist" not in view.labels()
    view.page.fill("#search-box", "rye")
    view.page.keyboard.press("Enter")
    view.settle()
    assert (
        view.state("level") == "actors" and "Dora Quist" in view.labels() and "The rye is in" in view.panel()
    )
    view.js("KG.set({ sel: '' })")
    assert "Dora Quist" not in view.labels()
    view.js("KG.set({ sel: `n:${KG.facts.find((f) => f.text === 'The rye is in').n}` })")
    view.page.wait_for_timeout(600)
    at, box = view.spot("Dora Quist"), view.page.locator("#stage").bounding_box()
    assert box["x"] < at["x"] < box["x"] + box["width"] and box["y"] < at["y"] < box["y"] + box["height"]


def test_a_word_finds_its_other_forms(view: Any) -> None:
    for typed in ("arrested lind", "arresting", "arrests"):
        view.page.fill("#search-box", typed)
        found = view.page.inner_text("#search-list")
        assert "arrest of Lind" in found and "arrested Lind" in found, typed
    view.page.fill("#search-box", "arrested")
    first = view.page.inner_text("#match-0")  # the very word first, with its kind, day and sentence
    assert first.splitlines() == [
        "the Troop arrested Lind",
        "Coercion · reported · reported on 4 Aug 2031",
        "The Troop arrested Lind, it is said.",
    ]
    view.page.fill("#search-box", "cleo")
    assert "person · 2 events · only reported" in view.page.inner_text("#match-0")
    view.page.fill("#search-box", "theft accuse")
    assert "Holt accused Voss" in view.page.inner_text("#search-list")


def test_what_the_filters_hide_says_so_and_comes_back(view: Any) -> None:
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Holt accused Voss of theft').id)")
    assert not view.page.locator(".hidden-note").count()
    view.page.click("[id='only-Planned']")
    assert "The filters hide this fact." in view.page.inner_text("#panel .hidden-note")
    view.page.click("#panel .hidden-note button")
    assert not view.page.locator(".hidden-note").count() and "Reported" not in view.state("mods")
    assert "Asserted" in view.state("mods")  # what does not hide it stays as it was chosen
    edge = view.js("KG.display.edges.find((e) => e.facts.some((f) => /accused/.test(f.label))).id")
    view.js(f"KG.set({{ sel: {edge!r} }})")
    view.page.click("[id='only-Planned']")
    assert "The filters hide this tie." in view.panel()
    view.page.click("#reset")
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Ostby').id)")
    view.page.uncheck("#kinds-place")
    assert "Places are switched off." in view.panel()


def test_one_number_for_a_place_wherever_it_stands(view: Any) -> None:
    eelby = view.node("Eelby")
    words = "1 event · 1 there"
    assert words in view.page.inner_text(f"#panel li:has([data-node='{eelby}'])")
    at = view.spot("Eelby")
    view.page.mouse.move(at["x"] + 1, at["y"] + 1)
    view.page.wait_for_timeout(400)
    assert words in view.page.inner_text("#card")
    view.click_node("Eelby")
    assert words in view.page.inner_text("#panel .panel-head")
    view.page.click("#tab-map")
    assert words in (view.page.get_attribute(f"#map [data-node='{eelby}']", "aria-label") or "")
    assert "1 event there" in view.page.inner_text("#map-beside")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_map_of_the_world_has_no_seas_above_and_below(view: Any, width: int, height: int) -> None:
    view.page.set_viewport_size({"width": width, "height": height})
    view.page.wait_for_timeout(400)
    view.page.click("#tab-map")
    world, land, stage, beside = view.js(
        "['#map svg.world', '#map .land', '#stage', '#map-beside'].map((s) => { const b = document.querySelector(s).getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] })"
    )
    assert world[3] == pytest.approx(beside[1], abs=2) and beside[3] == pytest.approx(stage[3], abs=2)
    high = world[3] - world[1]
    assert land[1] <= world[1] + 0.12 * high and land[3] >= world[3] - 0.25 * high
    assert high > 0.5 * (world[2] - world[0])
    inside = view.js(
        "[...document.querySelectorAll('#map .spot circle')].map((c) => [c.cx.baseVal.value, c.cy.baseVal.value])"
    )
    assert all(0 < x < world[2] - world[0] and 0 < y < world[3] - world[1] for x, y in inside)
    view.page.set_viewport_size({"width": 1400, "height": 900})
    view.page.wait_for_timeout(300)


def test_no_word_is_cut_in_two(view: Any) -> None:
    clip = lambda text, most: view.page.evaluate("([t, n]) => KG.clip(t, n)", [text, most])  # noqa: E731
    assert clip("Volodymyr Zelenskyyyyyy", 17) == "Volodymyr…"
    assert clip("Verwaltungsgerichtshof", 18) == "Verwaltungsgerichtshof"
    assert clip("Verwaltungsgerichtshof in Kelm", 18) == "Verwaltungsgerichtshof…"
    assert len(clip("x" * 90, 18)) == 18
    assert clip("Democratic Republic of the Congo", 22) == "Democratic Republic…"


def test_nothing_serious_is_wrong_with_pairs_tellings_and_notes(view: Any) -> None:
    steps = (
        "KG.set({ level: 'actors' })",
        "KG.openPair(KG.pairsOf(KG.facts)[0].ids)",
        "KG.choose([]); KG.pick(KG.nodes.find((n) => n.label === 'Ada Voss').id)",
        "KG.pick(KG.nodes.find((n) => n.label === 'Holt accused Voss of theft').id); KG.set({ mods: ['Reported'] })",
        "KG.set({ level: 'map', sel: '' })",
    )
    assert_nothing_serious(view, steps)
    view.js("delete document.documentElement.dataset.theme; KG.setTheme(null)")


def test_on_a_phone_the_first_node_is_near_the_top_and_what_is_found_lies_free(
    opened: Callable[..., Any],
) -> None:
    view = opened("1300", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    notice = view.js("KG.$('notice').getBoundingClientRect().bottom")
    assert notice <= 0.26 * 844 and "of" in view.page.inner_text("#notice")
    small = opened(
        "harvest", harvest(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    small.page.fill("#search-box", "thief")
    small.page.keyboard.press("Enter")
    small.page.wait_for_timeout(600)
    top = small.js("KG.$('panel').getBoundingClientRect().top")
    spots = small.js(
        "KG.display.rings.map((id) => KG.drawer.spotter()(id).y + KG.$('stage').getBoundingClientRect().top)"
    )
    assert spots and min(spots) < top


def test_what_is_selected_has_its_mark_and_its_row_in_the_timeline(opened: Callable[..., Any]) -> None:
    view = opened("400", viewport={"width": 1400, "height": 900})
    view.page.click("#tab-timeline")
    late = view.js(
        """KG.facts.filter((f) => f.kind === 'event' && f.date && KG.who(f, 'agent').length).sort(KG.byTime)
        .findLast((f) => !document.querySelector(`.mark-event[data-event="${f.i}"]`))?.i"""
    )
    assert late is not None
    view.js(f"KG.reveal(KG.facts[{late}].n)")
    view.settle()
    row = view.page.locator(f"#timeline .line.here[data-event='{late}']")
    assert row.count() == 1 and row.evaluate(
        "(e) => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }"
    )
    assert view.page.locator(f"#timeline .mark-event.here[data-event='{late}']").count() == 1
    assert view.page.locator("#timeline .lane-name.here").count() >= 1
