# ruff: noqa: E501 - scripts for the browser stand on one line
"""What a data desk expects of the page, in Chromium: honest dates, ties and numbers, ways to the sources, pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from view_axe import assert_nothing_serious
from view_reports import reports, with_texts

from kg.view import render_html

pytestmark = pytest.mark.browser


@pytest.fixture
def desk_page(opened: Callable[..., Any]) -> Any:
    return opened("reports", reports())


def test_an_event_without_a_date_has_none(desk_page: Any) -> None:
    view = desk_page
    assert view.js("KG.facts.find((f) => f.label.includes('born')).date") == ""
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Voss was born in Ostby').id)")
    assert "reported on 7 May 2031" in view.panel()
    assert "3 events without a date stand aside" in view.page.inner_text("#time")
    view.page.click("#tab-timeline")
    drawn = view.js(
        "[...document.querySelectorAll('.mark-event')].map((g) => KG.facts[g.dataset.event].date)"
    )
    assert len(drawn) == 4 and all(drawn)
    assert "3 events of 7 stand aside" in view.page.inner_text("#timeline")
    assert view.page.locator("#timeline section h3").all_inner_texts() == [
        "May 2031",
        "2 May 2031",
        "3 May 2031",
    ]


def test_marks_of_one_day_are_stacked_where_their_time_is(opened: Callable[..., Any]) -> None:
    view = opened("many", reports(12), hash_="level=timeline")
    marks = view.js(
        """[...document.querySelectorAll('.mark-event')].map((g) => ({ x: +g.dataset.x, date: KG.facts[g.dataset.event].date,
        boxes: [...g.querySelectorAll('polygon, rect, circle')].map((s) => { const b = s.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height] }) }))"""
    )
    by_date = sorted(marks, key=lambda m: m["date"])
    assert [m["x"] for m in by_date] == sorted(
        m["x"] for m in by_date
    )  # the order on the screen is that of time
    assert len({m["x"] for m in marks if m["date"] == "2031-05-02"}) == 1
    tops = {tuple(b) for m in marks for b in m["boxes"]}
    assert len(tops) == sum(len(m["boxes"]) for m in marks)  # none over another
    axis = max(
        view.js(
            "[...document.querySelectorAll('.lanes .day')].map((t) => { const b = t.getBBox(); return b.y + b.height })"
        )
    )
    assert min(b[1] for m in marks for b in m["boxes"]) > axis
    words = " ".join(view.page.locator(".lane-key .key-words").all_text_contents())
    assert "Hostile" in words and "filled: who acts" in words and "band: some time within" in words
    assert "filled: who acts" in view.saved("svg").decode()


def test_mutual_events_are_one_line_and_allies_do_not_attack_each_other(desk_page: Any) -> None:
    ties = desk_page.js(
        "KG.display.edges.map((e) => [KG.nodes[e.a].label, KG.nodes[e.b].label, e.stance, e.directed, e.facts.length, e.label])"
    )
    north = [t for t in ties if {"Norway", "Sweden"} == {t[0], t[1]}]
    assert len(north) == 1 and north[0][3] is False and north[0][4] == 2
    bands = [t for t in ties if {"Red Band", "Blue Band"} == {t[0], t[1]}]
    assert [(t[2], t[3]) for t in bands] == [("neutral", False)] and bands[0][5].startswith("together")
    assert not [t for t in ties if t[0] == t[1]]
    desk_page.js("KG.pick(KG.nodes.find((n) => n.label === 'Norway and Sweden met').id)")
    assert desk_page.panel().count("Sweden") == 3  # the heading, who took part, the sentence


def test_who_stands_aside_is_told_and_shown_by_one_press(desk_page: Any) -> None:
    view = desk_page
    assert "Cleo Lind" not in view.labels()
    assert "2 people stand aside" in view.page.inner_text("#aside")
    view.page.click("#aside button")
    assert {"Cleo Lind", "Dora Quist"} <= view.labels()
    rim, others = view.js(
        """[KG.display.rim.map((id) => KG.drawer.spotter()(id).y), KG.display.nodes.filter((id) => !KG.display.rim.includes(id)).map((id) => KG.drawer.spotter()(id).y)]"""
    )
    assert min(rim) > max(others) or max(rim) < min(others)
    assert all(0 < y < 900 for y in rim)
    view.page.click("#aside button")
    assert "Cleo Lind" not in view.labels()


def test_counts_follow_the_filters_and_agree(desk_page: Any) -> None:
    view = desk_page
    count = lambda id_: int(view.page.inner_text(f"li:has(#{id_}) small").replace(",", ""))  # noqa: E731
    assert count("kinds-person") == 4 and count("kinds-event") == 7 and count("stances-hostile") == 4
    assert "4 people" in view.page.inner_text("#standfirst") and "2 roles" in view.page.inner_text(
        "#standfirst"
    )
    view.page.select_option("#article", label="The gale")
    assert count("kinds-event") == 4 and count("kinds-person") == 1 and count("kinds-article") == 1
    view.page.click("#reset")
    view.page.uncheck("#stances-hostile")
    assert count("kinds-event") == 3 and count("stances-hostile") == 4
    numbers = view.js(
        "[...document.querySelectorAll('#panel .ranks')].map((l) => [...l.children].map((li) => li.value))"
    )
    for ranks in numbers:
        assert ranks == sorted(ranks)
    view.page.click("#panel .ranks .name")
    assert f"no. {numbers[0][0]} of the actors" in view.panel()


def test_from_a_sentence_to_the_very_sentence_in_the_article(
    opened: Callable[..., Any], listening: Callable[..., Any], tmp_path: Path, chromium: Any
) -> None:
    path = tmp_path / "texts.html"
    path.write_text(render_html(with_texts(), "Texts", texts=True), encoding="utf-8")
    assert (
        '"x":' in path.read_text(encoding="utf-8") and "licen" not in path.read_text(encoding="utf-8")[-200:]
    )
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    view = listening(context, path)
    assert view.js("KG.articles.map((a) => Boolean(a.x))") == [
        True,
        False,
    ]  # the second is kept by its licence
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Voss was born in Ostby').id)")
    view.page.click(".to-article")
    assert view.page.inner_text(".article-text .lit") == "Voss was born in Ostby."
    assert "Voss threatened Holt." in view.page.inner_text(".article-text")
    view.page.click(".article-text .told-here >> nth=0")
    assert "Voss threatened Holt" in view.panel() and "Taken from this sentence" in view.panel()
    context.close()
    plain = opened("reports", reports())
    plain.js("KG.pick(KG.nodes.find((n) => n.label === 'Voss was born in Ostby').id)")
    plain.page.click(".to-article")
    assert "What it says".lower() in plain.panel().lower()


def test_back_undoes_a_selection(desk_page: Any) -> None:
    view = desk_page
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Ada Voss').id)")
    view.page.wait_for_timeout(250)
    view.js("KG.pick(KG.nodes.find((n) => n.label === 'Bram Holt').id)")
    view.page.wait_for_timeout(250)
    view.page.go_back()
    view.page.wait_for_function("KG.nodes[KG.selected()]?.label === 'Ada Voss'")
    view.page.go_back()
    view.page.wait_for_function("KG.selected() === null")
    view.page.go_forward()
    view.page.wait_for_function("KG.nodes[KG.selected()]?.label === 'Ada Voss'")


def test_a_tap_on_a_phone_presses_nothing_else(opened: Callable[..., Any]) -> None:
    view = opened(
        "reports", reports(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    top = view.js("KG.$('stage').getBoundingClientRect().top")
    assert top <= 0.25 * 844
    for label in ("Norway", "Bram Holt", "Sweden", "Red Band"):
        view.js("KG.drawer.fit(true)")
        view.settle()
        at = view.spot(label)
        view.page.touchscreen.tap(at["x"], at["y"])
        view.page.wait_for_timeout(500)
        assert view.js("KG.nodes[KG.selected()]?.label") == label
        assert view.state("cut") == [] and view.state("roots") == [] and view.js("KG.pathFrom") is None
        assert "panel-open" in view.page.get_attribute("body", "class")
        view.page.touchscreen.tap(195, top + 4)  # beside the sheet
        view.page.wait_for_timeout(500)
        assert "panel-open" not in (view.page.get_attribute("body", "class") or "")
    view.page.click("#open-panel")
    view.page.wait_for_timeout(500)
    view.page.click("#panel .close")
    assert "panel-open" not in (view.page.get_attribute("body", "class") or "")
    over = view.js(
        """(() => { const b = KG.drawer.labels.filter((l) => !l.angle).map((l) => [l.x - l.width / 2, l.y - l.px / 2, l.x + l.width / 2, l.y + l.px / 2]);
        return b.flatMap((p, i) => b.slice(i + 1).filter((q) => p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3])).length })()"""
    )
    assert over == 0


def test_keys_work_wherever_the_focus_is(desk_page: Any) -> None:
    view = desk_page
    view.page.focus("#take")
    view.page.keyboard.press("ArrowRight")
    assert view.js("KG.selected()") is not None
    view.page.focus("#kinds-person")
    view.page.keyboard.press("h")
    assert len(view.state("cut")) == 1
    view.page.focus("#panel")
    view.page.keyboard.press("u")
    assert view.state("cut") == []
    view.page.focus("#search-box")
    view.page.keyboard.type("h")
    assert view.state("cut") == [] and view.page.input_value("#search-box") == "h"
    view.page.focus("#tab-actors")
    view.page.keyboard.press("ArrowRight")
    assert view.state("level") == "events"


def test_a_dragged_node_can_be_undone_and_is_kept(desk_page: Any, opened: Callable[..., Any]) -> None:
    view = desk_page
    before = view.spot("Ada Voss")
    view.page.mouse.move(before["x"], before["y"])
    view.page.mouse.down()
    view.page.mouse.move(before["x"] + 70, before["y"] + 50, steps=5)
    view.page.mouse.up()
    view.settle()
    moved = view.spot("Ada Voss")
    assert abs(moved["x"] - before["x"] - 70) < 6 and abs(moved["y"] - before["y"] - 50) < 6
    at = f"KG.position(KG.nodes[{view.node('Ada Voss')}], 'actors')"
    place = view.js(at)
    link = view.js("KG.toHash()")
    assert f'x="{place["x"]}"' in view.saved("gexf").decode()
    view.page.keyboard.press("Control+z")
    assert view.js(at) != place
    again = opened("reports", reports(), hash_=link)
    assert again.js(at) == place


def test_countries_are_areas_and_lines_have_a_direction(desk_page: Any) -> None:
    view = desk_page
    view.page.click("#tab-map")
    assert view.page.locator("#map .area").count() == 2 and view.page.locator("#map circle").count() >= 1
    norway = view.page.locator(f"#map [data-node='{view.node('Norway')}'] path")
    assert norway.count() == 1
    assert "Nowhere Point" in view.page.inner_text("#map-beside")
    line = view.page.locator("#map .arc-group").first
    edge = line.get_attribute("data-edge")
    at = view.js(
        f"(() => {{ const p = document.querySelector('[data-edge=\"{edge}\"] .arc'), m = p.getPointAtLength(p.getTotalLength() * 0.3), b = KG.$('map').getBoundingClientRect(); return [m.x + b.left, m.y + b.top] }})()"
    )
    view.page.mouse.move(*at)
    view.settle()
    assert "Norway" in view.page.inner_text("#card")
    view.js("KG.set({ level: 'actors' })")
    directed = view.js("KG.display.edges.some((e) => e.directed && KG.nodes[e.a].at && KG.nodes[e.b].at)")
    view.js("KG.set({ level: 'map' })")
    assert (view.page.locator("#map .arc-arrow").count() > 0) == directed


@pytest.mark.parametrize("level", ["actors", "events", "all", "quotes", "timeline", "map"])
def test_every_picture_says_what_it_is(desk_page: Any, level: str) -> None:
    view = desk_page
    view.js(f"KG.set({{ level: '{level}', conf: 0.5, note: 'seen on Monday' }})")
    text = re.sub(r"<style>.*?</style>", "", view.saved("svg").decode(), flags=re.DOTALL)
    words = " ".join(re.findall(r">([^<>]+)<", text))
    for wanted in (
        "The strait dispute",
        "7 May 2031 to 9 May 2031",
        "at least 50 % sure",
        "Source: 2 articles",
        "Northern Wire",
        "seen on Monday",
    ):
        assert wanted in words, (level, wanted)
    if level == "map":
        assert "Natural Earth" in words
    assert {
        "actors": "People",
        "events": "Events",
        "all": "Quotes",
        "quotes": "People",
        "timeline": "filled",
        "map": "places",
    }[level] in words


def test_gexf_looks_as_it_looks_here(desk_page: Any) -> None:
    text = desk_page.saved("gexf").decode()
    graph = nx.read_gexf(io.BytesIO(text.encode()))
    palette = desk_page.js("KG.palette()")
    for _, data in graph.nodes(data=True):
        viz = data["viz"]
        assert {"color", "size", "position"} <= set(viz)
        if data["kind"] == "place":
            assert "#{r:02x}{g:02x}{b:02x}".format(**viz["color"]) == palette["kinds"]["place"]


def test_several_are_chosen_and_compared(desk_page: Any) -> None:
    view = desk_page
    for label in ("Ada Voss", "Bram Holt"):
        at = view.spot(label)
        view.page.keyboard.down("Shift")
        view.page.mouse.click(at["x"], at["y"])
        view.page.keyboard.up("Shift")
        view.settle()
    text = view.panel()
    assert "2 things side by side" in text and "Voss threatened Holt" in text
    assert view.page.locator(".compare thead th").all_inner_texts() == ["Ada Voss", "Bram Holt"]
    assert "Ostby" in text[text.lower().index("what joins them") :]
    view.page.click("#panel .close")
    assert view.state("marked") == []
    box = view.page.locator("#canvas").bounding_box()
    view.page.keyboard.down("Shift")
    view.page.mouse.move(box["x"] + 3, box["y"] + 3)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3, steps=5)
    view.page.mouse.up()
    view.page.keyboard.up("Shift")
    assert len(view.state("marked")) == len(view.labels())
    view.page.keyboard.press("Escape")
    assert view.state("marked") == []


def test_a_path_may_weigh_sureness_and_avoid_a_node(opened: Callable[..., Any]) -> None:
    from view_stories import Teller

    t = Teller()
    doc = t.article("d", "D", "2031-01-01")
    a, b, c, d, e = (t.thing("Person", n.lower(), n) for n in ("Ada", "Bram", "Cleo", "Dora", "Emil"))
    for x, y, sure in ((a, b, 0.2), (b, e, 0.2), (a, c, 0.95), (c, d, 0.95), (d, e, 0.95)):
        t.event("plover:Aid", "helped", doc, "One helped another.", agent=[x], patient=[y], confidence=sure)
    view = opened("paths", t.graph)
    way = "KG.findPath(KG.state.path).map((s) => KG.nodes[s.to].label)"
    view.js("KG.set({ path: ['Ada', 'Emil'].map((l) => KG.nodes.find((n) => n.label === l).id) })")
    assert view.js(way) == ["Bram", "Emil"]
    view.page.click("[data-by=sure]")
    assert view.js(way) == ["Cleo", "Dora", "Emil"]
    view.page.click("[data-by=steps]")
    view.page.click("[data-avoid]")
    assert view.js(way) == ["Cleo", "Dora", "Emil"] and "Bram is avoided" in view.panel()
    view.page.click("[data-allow]")
    assert view.js(way) == ["Bram", "Emil"]


def test_expand_by_one_kind_of_tie(desk_page: Any) -> None:
    view = desk_page
    view.js(
        "KG.focus(KG.nodes.find((n) => n.label === 'Ada Voss').id, 1); KG.pick(KG.nodes.find((n) => n.label === 'Bram Holt').id)"
    )
    assert "Norway" not in view.labels()
    view.page.select_option("[data-do=expand-by]", "plover:Accuse")
    assert "Norway" in view.labels()


def test_notes_kept_views_and_embedding(desk_page: Any) -> None:
    view = desk_page
    view.page.click("#take")
    view.page.click("#take-note")
    view.page.fill("#note", "Look <here> & there")
    view.page.click("#dialog button:has-text('Keep')")
    assert view.state("note") == "Look <here> & there" and "Look <here>" in view.page.inner_text("#trail")
    view.page.click("#take")
    view.page.click("#take-embed")
    snippet = view.page.input_value("#dialog textarea")
    assert snippet.startswith("<iframe src=") and "note=Look" in snippet and "<here>" not in snippet
    view.page.keyboard.press("Escape")
    view.page.click("#take")
    view.page.click("#take-views")
    if view.page.locator("#view-name").count():
        view.page.fill("#view-name", "Monday")
        view.page.click("#dialog button:has-text('Keep this view')")
        view.js("KG.$('dialog').close(); KG.set({ note: '' })")
        view.page.click("#take")
        view.page.click("#take-views")
        view.page.click("#dialog .kept button:has-text('Monday')")
        assert view.state("note") == "Look <here> & there"


def test_one_kind_of_fact_is_listed_with_who_whom_and_who_says_so(desk_page: Any) -> None:
    view = desk_page
    assert "under these filters" not in view.panel()
    view.page.click("#more-classes summary")
    cls, count = view.js(
        "[...KG.counts.classes].filter(([c]) => c.startsWith('plover:')).sort((a, b) => b[1] - a[1])[0]"
    )
    view.js(f"document.getElementById('only-{cls}').click()")
    assert set(view.js("KG.display.facts.map((f) => f.cls)")) == {cls}
    assert re.search(rf"{count} facts? under these filters", view.panel(), re.IGNORECASE)
    assert view.page.locator("#panel .fact").count() == min(count, 8)
    # dated or not, each with its sentence
    assert all(
        view.js(
            "[...document.querySelectorAll('#panel .fact')].map((f) => f.querySelectorAll('.sentence').length)"
        )
    )
    view.js(f"document.getElementById('only-{cls}').click()")
    assert view.state("classes") == []


def test_corrections_are_handed_out_as_commands(desk_page: Any) -> None:
    view = desk_page
    view.js("KG.choose(['Ada Voss', 'Bram Holt'].map((l) => KG.nodes.find((n) => n.label === l).id))")
    view.page.click("#panel button:has-text('The same?')")
    command = view.page.input_value("#dialog textarea")
    assert command.startswith(
        "kg merge 'https://example.org/newskg/person/ada' 'https://example.org/newskg/person/bram'"
    )
    view.page.fill("#edit-by", "Ann Lee's desk")
    view.page.fill("#edit-why", "one and the same")
    assert view.page.input_value("#dialog textarea").endswith(
        " --data 'reports.ttl' --by 'Ann Lee'\\''s desk' --why 'one and the same'\n"
    )
    view.page.keyboard.press("Escape")
    view.js("KG.choose([]); KG.pick(KG.nodes.find((n) => n.label === 'Ada Voss').id)")
    command = lambda: view.page.input_value("#dialog textarea")  # noqa: E731
    view.page.click("[data-do=rename]")
    assert command() == "" and view.page.locator("#dialog button:has-text('Copy')").is_disabled()
    view.page.fill("#edit-to", "Ada V. Voss")
    assert command().startswith("kg fix rename 'https://example.org/newskg/person/ada' 'Ada V. Voss' --data")
    view.page.keyboard.press("Escape")
    view.page.click("[data-do=retype]")
    view.page.select_option("#edit-to", "organization")
    assert command().startswith("kg fix retype 'https://example.org/newskg/person/ada' organization --data")
    view.page.keyboard.press("Escape")
    view.page.click("[data-do=same]")
    view.page.select_option(
        "#edit-other", label=view.page.inner_text("#edit-other option:has-text('Bram Holt')")
    )
    assert command().startswith(
        "kg merge 'https://example.org/newskg/person/ada' 'https://example.org/newskg/person/bram'"
    )
    view.page.keyboard.press("Escape")
    fact = view.js("KG.facts[+document.querySelector('#panel .fact').dataset.fact].iri")
    view.page.click("#panel .fact [data-do=reject] >> nth=0")
    assert command() == f"kg fix reject '{fact}' --data 'reports.ttl'\n"
    view.page.keyboard.press("Escape")
    view.page.click("[data-do=wrong]")
    assert view.page.locator("#dialog").is_visible()
    view.js("KG.$('dialog').close(); KG.pick(KG.nodes.find((n) => n.label === 'Norway').id)")
    view.page.click("[data-do=wrong]")
    view.page.click("#dialog input[type=checkbox] >> nth=0")
    assert "kg split 'https://example.org/newskg/place/norway' 'quay'" in view.page.input_value(
        "#dialog textarea"
    )
    assert view.js('KG.shell("it\'s; rm -rf")') == "'it'\\''s; rm -rf'"


def test_nothing_serious_is_wrong_with_the_new_parts(desk_page: Any) -> None:
    view = desk_page
    ids = "KG.nodes.filter((n) => n.thing).slice(0, 3).map((n) => n.id)"
    steps = (
        "KG.set({ lone: true })",
        "KG.set({ level: 'timeline' })",
        "KG.set({ level: 'map' })",
        "KG.set({ level: 'actors', note: 'x' })",
        f"KG.choose({ids})",
        "KG.choose([]); KG.pick(KG.nodes.find((n) => n.label === 'Ada Voss').id)",
        "KG.set({ path: KG.nodes.filter((n) => n.kind === 'person').slice(0, 2).map((n) => n.id) })",
    )
    assert_nothing_serious(view, steps)
