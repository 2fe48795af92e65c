"""The page as text: the same bytes on every run, no reference outwards, and no text becomes markup."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS
from view_harbour import harbour
from view_stories import BASE, Teller, synthetic

from kg.view import render_html
from kg.view.page import embed
from kg.view.terms import SCHEMA

HOSTILE = "</script><img src=x onerror=alert(1)><!--\u2028]]>&\"'`"


class Elements(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(harbour(), title="The strait dispute")


def hostile_graph() -> Graph:
    teller = Teller()
    doc = teller.article("x", HOSTILE, "2031-01-01", HOSTILE, "javascript:alert(1)")
    a = teller.thing("Person", "a", HOSTILE, "href=" + HOSTILE)
    b = teller.thing("Place", "b", "B" + HOSTILE, at=(1.0, 2.0))
    teller.graph.add((a, URIRef("http://www.w3.org/2002/07/owl#sameAs"), URIRef("javascript:alert(1)")))
    odd = URIRef(BASE + 'person/"><svg/onload=alert(1)>\u2028</script>')
    teller.graph.add((odd, RDF.type, SCHEMA.Person))
    teller.event("plover:Aid", "aided", doc, "They aided.", agent=[odd], patient=[a], date="2031-01-03")
    teller.event(
        "plover:Threaten",
        "threatened",
        doc,
        HOSTILE + " threatened",
        agent=[a],
        patient=[b],
        date="2031-01-01",
    )
    teller.quote(a, HOSTILE, doc, HOSTILE, about=[b], date="2031-01-02")
    teller.role(a, HOSTILE, b, doc, HOSTILE)
    return teller.graph


def test_same_graph_same_bytes(page: str) -> None:
    turtle = harbour().serialize(format="turtle")
    assert render_html(Graph().parse(data=turtle, format="turtle"), title="The strait dispute") == page


def test_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys; sys.path[:0] = [sys.argv[1], sys.argv[2]]\n"
        "from view_stories import synthetic; from kg.view import *\n"
        "g = synthetic(40, 90)\n"
        "parts = [render_html(g).encode(), to_graphml(g), to_gexf(g), to_csv(g), to_json(g)]\n"
        "print(hashlib.sha256(b''.join(parts)).hexdigest())"
    )
    here = Path(__file__).parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(here), str(here.parents[1])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(outputs) == 1


def test_head_is_in_order(page: str) -> None:
    assert page.startswith("<!doctype html>\n<html lang=")
    assert page.index('<meta charset="utf-8">') < 200
    policy = next(
        m["content"] for m in Elements(page).named("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy and policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


def test_nothing_points_outwards(page: str) -> None:
    elements = Elements(page)
    assert not [a for a in elements.named("script") if "src" in a]
    assert [a["href"] for a in elements.named("link")] == ["data:,"]
    assert not elements.named("img") and not elements.named("iframe") and not elements.named("base")
    assert not re.search(r"@import|url\(", page[page.index("<style>") : page.index("</style>")])
    assert "sourceMappingURL" not in page
    assert page.count("<h1") == 1


def test_every_asset_is_within_its_size() -> None:
    root = Path(__file__).parents[2] / "kg" / "view"
    for script in (root / "assets" / "js").glob("*.js"):
        assert len(script.read_text(encoding="utf-8").splitlines()) <= 400, script.name
        assert "innerHTML" not in script.read_text(encoding="utf-8"), script.name
        assert "insertAdjacentHTML" not in script.read_text(encoding="utf-8"), script.name


def test_embedded_json_cannot_end_its_element() -> None:
    text = embed({"a": HOSTILE})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"a": HOSTILE}
    assert json.loads(embed("\ud800 lone")) is not None


def test_hostile_texts_stay_text() -> None:
    page = render_html(hostile_graph(), title=HOSTILE)
    elements = Elements(page)
    assert not elements.named("img")
    assert "javascript:alert" not in page
    data = page[page.index('id="data">') + 10 :]
    json.loads(data[: data.index("</script>")])


def test_empty_graph_gives_a_page() -> None:
    assert "<!doctype html>" in render_html(Graph())


def test_a_thing_without_label_or_kind_is_shown_by_its_iri() -> None:
    graph = harbour()
    graph.remove((BASE["person/ilse-maro"], RDFS.label, None))
    assert '"label":"ilse-maro"' in render_html(graph)
    graph.add((BASE["person/ilse-maro"], RDFS.label, Literal("")))
    assert '"label":"ilse-maro"' in render_html(graph)


def test_webgl_travels_only_with_big_graphs(page: str) -> None:
    assert len(Elements(page).named("script")) == 5
    assert len(Elements(render_html(synthetic(1300, 10))).named("script")) == 7
