# ruff: noqa: E501 - scripts for the browser stand on one line
"""What the page says in words and numbers: of what is done to two, of what is not so, of what is still to come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from view_stories import Teller

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(chromium: Any, pages: Callable[..., Path], listening: Callable[..., Any]) -> Any:
    t = Teller()
    doc = t.article("ferry", "A new captain", "2031-05-06", "The Courier")
    ada, bram = t.thing("Person", "ada", "Ada Voss", "Voss"), t.thing("Person", "bram", "Bram Holt", "Holt")
    guild, troop = t.thing("Organization", "guild", "Guild"), t.thing("Organization", "troop", "Night Troop")
    mill = t.thing("Place", "mill", "Mill")
    e = t.event
    e("plover:Other", "replaced", doc, "Holt was replaced by Voss.", agent=[ada], patient=[bram],
      date="2031-05-02", label="Bram Holt was replaced by Ada Voss")  # fmt: skip
    e("plover:Request", "urged", doc, "The Guild urged Voss and Holt.", agent=[guild], patient=[ada, bram],
      label="the Guild urged Voss and Holt")  # fmt: skip
    e("plover:Coerce", "taking bribes from", doc, "It was said that Holt was taking bribes from the Troop.", agent=[bram],
      patient=[troop], modality="Negated", label="Holt taking bribes from the Night Troop")  # fmt: skip
    e("plover:Consult", "married", doc, "Voss reportedly married Troop.", agent=[ada], patient=[troop],
      modality="Reported", label="Voss reportedly married Night Troop")  # fmt: skip
    e("plover:Aid", "deliver", doc, "The Guild will deliver a boat.", agent=[guild], date="2034", modality="Planned",
      place=[mill], label="the Guild has promised to deliver a boat at the Mill")  # fmt: skip
    e("plover:Aid", "opens", doc, "The Guild opens the Mill on 1 June.", agent=[guild], date="2031-06-01",
      place=[mill], label="the Guild opens the Mill")  # fmt: skip
    t.role(ada, "captain", guild, doc, "Captain Voss of the Guild.")
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    yield listening(context, pages("ferry-words", t.graph))
    context.close()


@pytest.fixture
def view(told: Any) -> Any:
    told.js("KG.set({ ...KG.DEFAULTS })")
    yield told
    assert told.complaints == []


def test_a_tie_is_active_and_names_each_once(view: Any) -> None:
    assert "Ada Voss replaced Bram Holt" in view.ties()
    assert "Night Troop reportedly married Ada Voss" in view.ties()  # whoever stands first
    assert "Ada Voss captain of Guild" in view.ties() and not any("Mill in" in tie for tie in view.ties())


def test_what_two_did_and_what_was_done_to_both_are_told_apart(view: Any) -> None:
    words = view.js(
        "KG.pairsOf(KG.facts).map((p) => KG.pairTold(p)).find((p) => [p.a, p.b].map((id) => KG.nodes[id].label).sort().join() === 'Ada Voss,Bram Holt').words"
    )
    assert words == ["replaced", "done to both: urged"]


def test_what_is_not_so_is_never_written_without_saying_so(view: Any) -> None:
    edge = "KG.display.edges.find((e) => e.modality === 'Negated')"
    assert view.js(f"{edge}.label") == "taking bribes from (not so)"
    fits = view.js(
        f"[400, 150, 120, 100, 80, 40].map((room) => KG.fitWords({edge}, room, `500 11.5px ${{KG.SANS}}`))"
    )
    assert fits[0] == "taking bribes from (not so)" and fits[-1] is None
    assert all(text is None or text.endswith("(not so)") for text in fits) and len(set(fits)) > 2
    drawn = view.js(f"KG.drawer.labels.filter((l) => l.edge === {edge}.id).map((l) => l.text)")
    assert all(text.endswith("(not so)") for text in drawn)


def test_the_latest_is_what_was_and_what_is_to_come_says_so(view: Any) -> None:
    latest = view.page.inner_text("#panel section:has(h3:text('Latest'))")
    assert "Bram Holt was replaced" in latest and "Guild" not in latest
    view.js("KG.setLevel('timeline')")
    rows = view.page.locator("#timeline .line").all_inner_texts()
    assert [row.split("\n")[-1] for row in rows if "Guild" in row and "urged" not in row] == [
        "To come",
        "Planned",
    ]
    titles = view.page.locator("#timeline .mark-event title").all_text_contents()
    assert "2034: the Guild has promised to deliver a boat at the Mill (planned)" in titles


def test_the_legend_tells_what_its_rows_count(view: Any) -> None:
    for name, title in (("stances", "Ties"), ("mods", "How certain")):
        box = view.page.locator(f"#legend fieldset:has(legend:text-is('{title}'))")
        assert box.locator(".facts-line").inner_text() == "6 events · 1 role"
        rows = box.locator(f"li:has(input[id^='{name}-']) small").all_inner_texts()
        assert sum(map(int, rows)) == 7
    view.js("KG.set({ mods: ['Negated', 'Planned'] })")
    ties = view.page.locator("#legend fieldset:has(legend:text-is('Ties')) .facts-line")
    assert ties.inner_text() == "4 events · 1 role"
