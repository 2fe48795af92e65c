# ruff: noqa: E501 - scripts for the browser stand on one line
"""What a reader takes away: pictures, data, a link, the query."""

from __future__ import annotations

import csv
import io
import json
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from view_harbour import harbour

pytestmark = pytest.mark.browser


def test_take_away(view: Any, tmp_path: Path) -> None:
    view.page.uncheck("#kinds-group")
    shown = len(view.labels())
    png = view.saved("png")
    assert png.startswith(b"\x89PNG") and len(png) > 20_000
    svg = ElementTree.fromstring(view.saved("svg"))
    width, height = (float(svg.attrib[side]) for side in ("width", "height"))
    drawn = view.js("KG.drawer.size()")
    assert width == drawn["width"] and height > drawn["height"] + view.js("BAND"), "a frame of words about it"
    assert struct.unpack(">II", png[16:24]) == (round(width * 2), round(height * 2))
    text = "".join(svg.itertext())
    assert "Ruth Sefton" in text and "font-face" in text
    words = set(view.js("KG.drawer.labels.filter((l) => l.edge).map((l) => l.text)"))
    assert len(words & {element.text for element in svg.iter()}) > 5
    graphml = nx.parse_graphml(view.saved("graphml").decode())
    assert len(graphml) == shown
    assert any(d["label"] == "threatened" for *_, d in graphml.edges(data=True))
    (tmp_path / "x.gexf").write_bytes(view.saved("gexf"))
    assert len(nx.read_gexf(tmp_path / "x.gexf")) == shown
    rows = list(csv.DictReader(io.StringIO(view.saved("csv").decode())))
    assert {"kind", "who", "whom", "sentences", "iri"} <= set(rows[0])
    assert any(
        r["who"] == "Otto Verhagen" and r["words"] == "threatened" and r["whom"] == "Sorrel Isles"
        for r in rows
    )
    data = json.loads(view.saved("json"))
    assert len(data["nodes"]) == shown and len(data["facts"]) == len(rows)
    view.page.click("#tab-map")
    assert b"<path" in view.saved("svg")
    view.page.click("#tab-timeline")
    ElementTree.fromstring(view.saved("svg"))


def test_a_link_restores_the_view(view: Any, opened: Any) -> None:
    view.page.uncheck("#stances-neutral")
    view.page.select_option("#source", label="Northern Wire")
    view.page.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Velmark').id)")
    view.page.click("[data-steps='1']")
    view.page.click("#zoom-in")
    view.settle()
    link = view.js("KG.viewLink()")
    other = opened(hash_=link.split("#")[1])
    assert other.js("JSON.stringify(KG.state)") == view.js("JSON.stringify(KG.state)")
    assert other.labels() == view.labels()
    cameras = [v.js("KG.drawer.camera()") for v in (view, other)]
    assert (
        all(abs(cameras[0][k] - cameras[1][k]) < 1.0 for k in ("x", "y"))
        and abs(cameras[0]["scale"] - cameras[1]["scale"]) < 0.01
    )
    other.page.reload()
    other.page.wait_for_selector("body[data-ready=yes]")
    assert view.labels() == other.labels()
    other.page.evaluate("location.hash = 'level=quotes'")
    other.settle()
    assert other.state("level") == "quotes"


def test_a_hostile_link_does_nothing(opened: Any) -> None:
    evil = "level=<img src=x onerror=alert(1)>&kinds=__proto__&sel=n:..%2Fx&roots=nope&from=1);alert(1)&view=a,b,c&conf=9e9&colour=constructor&article=javascript:1"
    view = opened(hash_=evil)
    assert view.state("level") == "actors" and view.state("sel") == "" and view.state("roots") == []


SPARQL_VIEWS = {
    "all": "",
    "no neutral": "stances=neutral&kinds=article",
    "only as fact": "mods=Planned&mods=Hypothetical&mods=Negated&mods=Reported",
    "no people": "kinds=person&kinds=article",
    "sure": "conf=0.85",
    "one article": "article=https://example.org/newskg/article/ceasefire",
    "publisher": "source=p:Northern+Wire",
    "speaker": "source=s:group/two-officials",
    "time": "from=2031-03-05&to=2031-03-14",
    "classes": "classes=plover:Consult&classes=org:Membership",
    "quotes": "level=quotes",
    "focus": "roots=organization/open-hands",
}


@pytest.mark.parametrize("name", SPARQL_VIEWS)
def test_the_sparql_gives_the_facts_behind_the_view(view: Any, name: str) -> None:
    view.page.evaluate("hash => KG.set(KG.fromHash(hash).state)", SPARQL_VIEWS[name])
    query = view.js("KG.toSparql()")
    shown = set(view.js("KG.shownFacts().map((f) => f.iri)"))
    found = {str(row[0]) for row in harbour().query(query)}
    assert shown and found == shown


def test_sparql_is_shown_with_a_copy_button(view: Any) -> None:
    view.page.click("#take")
    view.page.click("#take-sparql")
    assert "SELECT DISTINCT ?fact" in view.page.input_value("#dialog textarea")
    view.page.keyboard.press("Escape")
    view.page.click("#take")
    view.page.click("#take-link")
    assert view.page.input_value("#dialog textarea").startswith("file:")
