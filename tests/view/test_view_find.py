# ruff: noqa: E501 - scripts for the browser stand on one line
"""How a reader finds and narrows: search, filters, time, focus, path, leaves, undo."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_search_completes_names_and_aliases(view: Any) -> None:
    view.page.keyboard.press("/")
    view.page.keyboard.type("the envoy")
    assert "Daniel Lind" in view.page.inner_text("#search-list")
    assert view.page.get_attribute("#search-box", "aria-expanded") == "true"
    assert view.page.get_attribute("#search-box", "aria-activedescendant") == "match-0"
    view.page.keyboard.press("Enter")
    view.settle()
    assert view.state("sel") == f"n:{view.node('Daniel Lind')}"
    assert "special envoy" in view.panel()
    view.page.fill("#search-box", "yun")
    assert "云薇" in view.page.inner_text("#search-list li:first-child")
    view.page.fill("#search-box", "ma")
    second = view.page.inner_text("#match-1 bdi")
    view.page.keyboard.press("ArrowDown")
    view.page.keyboard.press("Enter")
    assert second in view.panel()
    view.page.fill("#search-box", "zzz")
    assert "Nothing by this name" in view.page.inner_text("#search-list")


def test_search_takes_words_in_any_order_over_names_and_facts(view: Any) -> None:
    view.page.fill("#search-box", "lind dan")
    assert "Daniel Lind" in view.page.inner_text("#match-0")
    view.page.fill("#search-box", "isles threat verhagen")
    assert "Verhagen threatened the Sorrel Isles" in view.page.inner_text("#search-list")
    # no name has both; the fact is found by its sentence and by who is in it
    found = view.js("KG.facts.find((f) => f.n !== undefined && f.ev.length && f.date.length === 10)")
    day = view.js(f"KG.sayDate({found['date']!r})")
    view.page.fill("#search-box", day)
    assert "facts that have them" in view.page.inner_text("#search-list")
    shown = view.js(f"KG.searchFacts({day!r}).map((h) => h.id)")
    assert found["n"] in shown
    assert view.page.get_attribute("#search-box", "aria-activedescendant") == "match-0"
    view.page.keyboard.press("Enter")
    view.settle()
    assert view.state("sel") == f"n:{shown[0]}"


def test_search_forgives_a_slip_and_says_so(view: Any) -> None:
    for typed, meant in (
        ("Daneil Lind", "Daniel Lind"),
        ("verhagn", "Verhagen"),
        ("Norra Pell", "Nora Pell"),
    ):
        view.page.fill("#search-box", typed)
        assert "No name is spelt so; near to it:" in view.page.inner_text("#search-list"), typed
        assert meant in view.page.inner_text("#match-0"), typed
    view.page.keyboard.press("Enter")
    view.settle()
    assert view.state("sel") == f"n:{view.node('Nora Pell')}"
    # what is right is never joined by what is only near, and what is far from all names finds nothing
    view.page.fill("#search-box", "nora pell")
    assert "near to it" not in view.page.inner_text("#search-list")
    for typed in ("qqqqqqqq", "xqz", "Nora Qqqqqq"):
        view.page.fill("#search-box", typed)
        assert "Nothing by this name" in view.page.inner_text("#search-list"), typed
    apart = view.js("['mira', 'mria', 'mirra', 'mia', 'moral'].map((w) => String(KG.distance('mira', w, 1)))")
    assert apart == ["0", "1", "1", "1", "Infinity"]


def test_two_letters_are_looked_for_at_the_beginning_of_words(view: Any) -> None:
    assert view.js("KG.search('nd').length") == 0


def test_search_brings_back_what_is_hidden(view: Any) -> None:
    view.page.uncheck("#kinds-person")
    assert "Nora Pell" not in view.labels()
    view.page.fill("#search-box", "nora")
    view.page.keyboard.press("Enter")
    view.settle()
    assert "Nora Pell" in view.labels()


def test_legend_is_the_filter(view: Any) -> None:
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


def test_filters_by_confidence_article_and_source(view: Any) -> None:
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


def test_one_degree_of_certainty_alone(view: Any) -> None:
    view.js("document.getElementById('only-Planned').click()")
    assert set(view.js("KG.display.facts.filter((f) => f.kind !== 'statement').map((f) => f.modality)")) == {
        "Planned"
    }
    assert view.page.inner_text("#only-Planned") == "all"
    view.js("document.getElementById('only-Planned').click()")
    assert view.state("mods") == []


def test_a_stretch_of_time_says_what_has_no_date(view: Any) -> None:
    view.js("KG.set({ from: '2031-03-03' })")
    n = view.js("KG.display.facts.filter((f) => ['role', 'relation'].includes(f.kind)).length")
    assert n > 1
    words = f"{n} roles and lasting ties without a date kept in"
    assert words in view.page.inner_text("#time-aside") and words in view.panel()
    view.js("KG.set({ from: '' })")
    assert "kept in" not in view.page.inner_text("#time-aside") + view.panel()


def test_time_slider_narrows_and_histogram_counts(view: Any) -> None:
    before = len(view.ties())
    bars = view.page.locator("#bars .bar").count()
    assert bars > 10
    heights = "[...document.querySelectorAll('#bars i')].map((i) => i.style.height)"
    counted = view.js(heights)
    view.page.uncheck("#stances-hostile")
    assert 0 < len(view.js(heights)) < len(counted)
    view.page.click("#undo")
    assert view.js(heights) == counted
    view.page.focus("#time-to")
    for _ in range(bars - 4):
        view.page.keyboard.press("ArrowLeft")
    view.settle()
    assert view.state("to") and len(view.ties()) < before
    assert all(
        d <= view.state("to")
        for d in view.js("KG.display.facts.filter((f) => f.kind === 'event').map((f) => f.date)")
    )
    assert "–" in view.page.inner_text("#trail")
    view.page.click("#trail button")
    assert len(view.ties()) == before


def test_focus_expand_collapse_hide_and_undo(view: Any) -> None:
    whole = view.labels()
    view.click_node("Open Hands")
    view.page.click("[data-steps='1']")
    view.settle()
    one = view.labels()
    assert one == {"Open Hands", "أمل حداد", "fishing families", "Kelm Council"}
    view.page.click("[data-steps='2']")
    view.settle()
    two = view.labels()
    assert one < two < whole
    view.page.click("[data-steps='3']")
    view.settle()
    assert two < view.labels()
    view.page.click("[data-steps='1']")
    view.settle()
    view.page.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Kelm Council').id)")
    view.page.click("[data-do='expand']")
    view.settle()
    assert "Mikkel Strand" in view.labels()
    for _ in range(5):
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


def test_hide_leaves_and_show_lone(view: Any) -> None:
    before = view.labels()
    view.page.check("#leaves")
    assert "Viktor Haas" in view.labels() and "أمل حداد" not in view.labels()
    view.page.uncheck("#leaves")
    assert view.labels() == before
    assert "two officials" not in before
    view.page.check("#lone")
    assert len(view.labels()) >= len(before)


def test_shortest_path_gives_reasons(view: Any) -> None:
    view.click_node("أمل حداد")
    view.page.click("[data-do='path']")
    view.page.keyboard.type("nora pell")
    view.page.keyboard.press("Enter")
    view.settle()
    text = view.panel()
    assert "path of" in text.lower() and "The council worked with Open Hands through the night." in text
    assert view.page.locator(".path-steps > li").count() == view.js("KG.findPath(KG.state.path).length")
    assert view.js("KG.drawer.faded.edges.size") >= 4


def test_a_double_click_expands(view: Any) -> None:
    view.js("KG.focus(KG.nodes.find((n) => n.label === 'Open Hands').id, 1)")
    view.settle()
    before = view.labels()
    at = view.spot("Kelm Council")
    view.page.mouse.dblclick(at["x"], at["y"])
    view.settle()
    assert before < view.labels()


def test_a_stray_year_does_not_squeeze_the_histogram(view: Any) -> None:
    days = [-9000, *range(100, 160), 163]
    assert view.page.evaluate("days => KG.bulk(days)", days)["first"] > 90
    assert view.page.evaluate("days => KG.bulk(days)", days[1:])["first"] == 100


def test_path_to_what_nothing_ties_says_so(view: Any) -> None:
    view.page.uncheck("#stances-neutral")
    view.click_node("Open Hands")
    view.page.click("[data-do='path']")
    view.page.keyboard.press("Escape")
    view.page.click("[data-do='path']")
    view.page.keyboard.type("nora pell")
    view.page.keyboard.press("Enter")
    assert "Nothing ties the two" in view.panel()


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_is_newly_shown_is_brought_into_view(opened: Any, size: tuple[int, int], motion: str) -> None:
    """Found by name, by a path or by an address, outside of what is drawn: it and all about it can be seen."""
    width, height = size
    view = opened("400", viewport={"width": width, "height": height}, reduced_motion=motion)

    def seen(code: str) -> None:
        view.page.wait_for_timeout(700)
        spots = view.js(
            f"(({code}).map((id) => {{ const s = KG.drawer.spotter()(id); "
            "return [KG.nodes[id].label, Math.round(s.x), Math.round(s.y)]; }))"
        )
        wide, free = view.js("KG.drawer.size().width"), view.js("KG.freeHeight()")
        assert spots and all(0 < x < wide and 0 < y < free for _, x, y in spots), (spots, wide, free)

    tied = "(n) => n.thing && n.facts.some((i) => KG.facts[i].kind === 'event' && KG.facts[i].pairs.length)"
    away = view.js(
        f"KG.nodes.filter({tied}).map((n) => n.id).filter((id) => !KG.display.nodes.includes(id)).slice(-2)"
    )
    assert len(away) == 2
    view.page.fill("#search-box", view.js(f"KG.nodes[{away[0]}].label"))
    view.page.keyboard.press("Enter")
    assert view.state("roots") == [away[0]]
    seen("KG.display.nodes")
    # then a path from there, to another that is not drawn
    view.js(f"KG.startPath({away[0]}), KG.finishPath({away[1]})")
    seen("KG.onPath()")
    # a name in the details, while the whole is looked at from near by
    view.js("(KG.set({ roots: [], path: [], sel: '' }), KG.closeSheets())")
    view.js("KG.drawer.look({ x: 4000, y: 4000, scale: 1.2 }, true)")
    view.js(f"KG.pick({away[1]})")
    seen(f"KG.around({away[1]})")
    # and by the address alone
    address = view.js("KG.toHash()")
    view.page.goto("about:blank")
    view.page.goto(f"{view.address}#{address}")
    view.page.wait_for_selector("body[data-ready=yes]")
    assert view.state("sel") == f"n:{away[1]}"
    seen(f"KG.around({away[1]})")


def test_a_stretch_of_time_ranks_only_who_acts_in_it_and_says_two_numbers_apart(view: Any) -> None:
    view.js("KG.set({ from: '2031-03-03', to: '2031-03-12' })")
    dated = view.js("KG.display.facts.filter((f) => ['event', 'statement'].includes(f.kind)).length")
    lasting = view.js("KG.display.facts.length") - dated
    assert dated and lasting
    assert f"{dated} facts in this time · {lasting} without a date".lower() in view.panel().lower()
    assert "0 events" not in view.panel()
    ranked = view.js("[...document.querySelectorAll('#panel .ranks .name')].map((b) => +b.dataset.node)")
    acting = view.js(
        "KG.display.facts.filter((f) => ['event', 'statement'].includes(f.kind)).flatMap((f) => f.parts.map((p) => p[1]))"
    )
    assert ranked and set(ranked) <= set(acting)
    assert view.js(
        "[...document.querySelectorAll('#panel [data-fact]')].every((e) => KG.facts[e.dataset.fact].date)"
    )
    # where nothing of the time passes, it is said so
    view.js("KG.set({ from: '1931-03-03', to: '1931-03-12' })")
    assert (
        "0 facts in this time" in view.panel().lower() and "Main actors".lower() not in view.panel().lower()
    )


def test_lists_of_ties_say_how_sure_they_are(view: Any) -> None:
    shown = view.js(
        "[...document.querySelectorAll('#panel .tie')].map((t) => "
        "[KG.findEdge(t.dataset.edge).facts.length, KG.findEdge(t.dataset.edge).conf, t.innerText])"
    )
    doubtful = [row for row in shown if row[1] < 1]
    assert doubtful and all(f"{round(conf * 100)} %" in words for _, conf, words in doubtful)
    assert all(("up to" in words) == (n > 1) for n, _, words in doubtful)
    hub = "KG.display.nodes.map((id) => [id, KG.display.edges.filter((e) => e.a === id || e.b === id).length]).sort((a, b) => b[1] - a[1])[0][0]"
    view.js(f"KG.pick({hub})")
    ties = view.js(
        "[...document.querySelectorAll('#panel .tie')].map((t) => KG.findEdge(t.dataset.edge)).map((e) => [e.facts.length, e.conf])"
    )
    assert ties == sorted(ties, reverse=True) and len({conf for _, conf in ties}) > 1


def test_a_row_names_who_and_whom_where_the_label_does_not(view: Any) -> None:
    said = view.js(
        """(() => { const node = (label, ...aka) => KG.nodes.find((n) => n.label === label).id;
        const told = (label, mutual = false) => { const el = KG.unsaidWords({ label, mutual, parts:
          [['agent', node('Daniel Lind')], ['patient', node('Open Hands')], ['patient', node('Kelm Council')]] });
          return el ? el.textContent.trim() : ''; };
        return [told('is arrested'), told('Lind arrests them'), told('Daniel Lind arrests Open Hands in Kelm Council'), told('talks', true)]; })()"""
    )
    assert said == [
        "who: Daniel Lind · whom: Open Hands, Kelm Council",
        "whom: Open Hands, Kelm Council",
        "",
        "who with: Daniel Lind, Open Hands and 1 more",
    ]


def test_on_a_phone_no_button_lies_over_the_last_rows(opened: Any) -> None:
    view = opened(viewport={"width": 390, "height": 844})
    for level, rows in (("timeline", "#timeline"), ("map", "#map-beside")):
        view.js(f"KG.set({{ level: '{level}' }})")
        view.settle()
        if not view.page.locator(rows).count():
            continue
        # what scrolls ends above the buttons
        over = view.js(
            f"(() => {{ const box = document.querySelector('{rows}'), foot = box.getBoundingClientRect().top + box.clientTop + box.clientHeight; "
            "return [...document.querySelectorAll('.phone-tools button, #zoom button')].filter((b) => b.offsetParent !== null || getComputedStyle(b).display !== 'none')"
            ".map((b) => b.getBoundingClientRect()).filter((b) => b.height && b.top < foot && b.bottom > foot - 1e4).map((b) => [b.top, foot]); })()"
        )
        assert over == [], level
