"""One thing counted is one number: in the file, in queries, on the site, and on the page with its legend and panel."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS

sys.path.insert(0, str(Path(__file__).parents[1] / "view"))

from serve_client import running
from view_harvest import harvest
from view_stories import BASE, Teller

from kg.export import opened
from kg.graph.external_sort import BREAK
from kg.querying import run_query
from kg.run.summary import Tally
from kg.store import FileReader, stats
from kg.view import render_html
from kg.view.graph_reader import read
from kg.view.roles import joined


def told() -> Teller:
    """Ada Lund chairs the Tide Board in three articles, under two spellings and once as one who did; and she acts."""
    t = Teller()
    days = ("2031-02-01", "2031-05-09", "2031-07-20")
    docs = [t.article(f"n{k}", f"Note {k}", day, "The Courier") for k, day in enumerate(days)]
    ada = t.thing("Person", "ada-lund", "Ada Lund")
    bo = t.thing("Person", "bo-hjort", "Bo Hjort")
    board = t.thing("Organization", "tide-board", "Tide Board")
    town = t.thing("Place", "ravnsund", "Ravnsund", cls="City")
    for doc in docs[:2]:
        t.role(ada, "Chair", board, doc, f"Ada Lund, chair of the Tide Board, spoke in {doc[-2:]}.")
    t.role(ada, "chair", board, docs[2], "The former chair of the Tide Board, Ada Lund, left.", former=True)
    t.role(ada, "engineer", None, docs[0], "Ada Lund is an engineer.")
    t.role(bo, "Chair", board, docs[2], "Bo Hjort is now chair of the Tide Board.")
    t.graph.add((BASE["role/chair"], RDFS.label, Literal("chair")))
    for k, verb in enumerate(("met", "accused", "backed")):
        t.event("plover:Consult", verb, docs[k], f"Ada Lund {verb} Bo Hjort.", agent=[ada], patient=[bo])
    t.event("plover:Protest", "marched", docs[1], "Bo Hjort marched in Ravnsund.", agent=[bo], place=[town])
    t.event("plover:Aid", "aided", docs[1], "Ravnsund aided Ada Lund.", agent=[town], patient=[ada])
    t.quote(ada, "The gates hold", docs[0], "“The gates hold”, said Ada Lund.", about=[board])
    return t


def rows(source: Any, query: str) -> list[dict[str, Any]]:
    found = run_query(source, query)
    return [dict(zip(found.variables, row, strict=True)) for row in found]


def numbers(words: str) -> dict[str, int]:
    return {name.rstrip("s"): int(n) for n, name in re.findall(r"(\d+) (events?|quotes?)", words)}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counts") / "graph.ttl"
    path.write_text(told().graph.serialize(format="turtle"), encoding="utf-8")
    return path


def test_tellings_of_one_role_are_one_fact_as_the_latest_has_it() -> None:
    story = joined(read(told().graph))
    roles = [fact for fact in story.facts if fact.kind == "role"]
    assert len(roles) == 3
    (chair,) = [
        fact
        for fact in roles
        if BASE["person/ada-lund"] in map(URIRef, fact.who("member")) and fact.who("organization")
    ]
    assert chair.former and chair.words == "former Chair of" and len(chair.evidence) == 3
    assert [piece.state for piece in chair.evidence] == ["", "", "former"]
    assert len({piece.of for piece in chair.evidence}) == 3
    assert not any(piece.of for fact in roles if fact is not chair for piece in fact.evidence)


def test_the_build_counts_as_the_rest_does() -> None:
    def body(*pairs: str) -> str:
        return f" ;{BREAK}    ".join(pairs)

    role = ("org:member <person/a>", "org:role <role/chair>", "org:organization <organization/b>")
    chair = [body("a org:Membership", f"nkg:former {past}", *role) for past in ("false", "true")]
    met = body("a sem:Event", "nkg:agent <person/a>", "nkg:patient <person/b>")
    said = body("a nkg:Statement", "nkg:speaker <person/b>")
    tally = Tally("https://example.org/newskg/")
    texts = (chair[0], met, said, said, chair[1], chair[1].replace("chair", "clerk"), met)
    assert list(tally.watch((f"<x/{k}>", text) for k, text in enumerate(texts)))
    found = tally.summary(2, {"person/a": "A", "person/b": "B"})
    assert (found.roles, found.events, found.statements) == (2, 2, 2)
    assert [(a.name, a.events, a.statements) for a in found.actors] == [("A", 2, 0), ("B", 2, 2)]


def test_one_thing_is_one_number_on_every_surface(file: Path) -> None:
    with opened(file) as (graph, _, shelf):
        kinds = stats(graph, shelf).kinds
    assert (kinds["roles"], kinds["people"], kinds["events"], kinds["statements"]) == (3, 2, 5, 1)
    for source in (FileReader(file), Graph().parse(file)):
        roles = rows(source, "roles")
        assert len(roles) == kinds["roles"]
        chair = next(r for r in roles if str(r["person"]) == "Ada Lund" and r["organization"] is not None)
        assert str(chair["title"]) == "Chair" and str(chair["former"]).lower() == "true"
        assert (int(chair["sentences"]), str(chair["first"]), str(chair["last"])) == (
            3,
            "2031-02-01",
            "2031-07-20",
        )
        assert [str(r["former"]).lower() for r in roles if r is not chair] == ["false", "false"]
        assert len(rows(source, "role-history")) == 5
        acting = {str(r["label"]): int(r["events"]) for r in rows(source, "actors")}
    assert acting == {"Ada Lund": 4, "Bo Hjort": 4, "Ravnsund": 1}
    html = render_html(told().graph)
    data = json.loads(html[html.index('id="data">') + 10 :].split("</script>")[0])
    assert {k: data["counts"]["kinds"][k] for k in ("role", "person", "event", "statement")} == {
        "role": kinds["roles"],
        "person": kinds["people"],
        "event": kinds["events"],
        "statement": kinds["statements"],
    }
    with running(file) as site:
        front = site.send(path="/").text
        shown = {name: int(n) for n, name in re.findall(r"<b>(\d+)</b> (\w+)", front)}
        assert shown == {name.capitalize(): n for name, n in kinds.items()}
        bars = re.findall(r'bar-name"><a[^>]*>([^<]+)</a>.*?bar-number">(\d+)', front, re.S)
        assert {name: int(n) for name, n in bars if name in acting} == acting
        person = site.send(path="/page/person/ada-lund").text
        section = person[person.index('id="roles"') :].split("</section>")[0]
        assert re.search(r'Roles <span class="soft">2</span>', section)
        assert section.count('<li class="fact">') == 2 and section.count("<blockquote") == 4
        assert section.count("data-fix") == 4 and 'modality">former' in section


def test_pairs_and_places_are_one_number_on_the_site_and_in_the_query(file: Path) -> None:
    asked = {
        frozenset((str(r["one"]), str(r["other"]))): int(r["events"])
        for r in rows(FileReader(file), "co-events")
    }
    assert asked == {frozenset(("Ada Lund", "Bo Hjort")): 3, frozenset(("Ada Lund", "Ravnsund")): 1}
    with running(file) as site:
        for path in ("/", "/pairs"):
            found = re.findall(
                r"<tr>(<td>.*?</td>\n<td class=\"number\">.*?</td>)", site.send(path=path).text, re.S
            )
            names = [re.findall(r'dir="auto">([^<]+)</a>', row) for row in found]
            numbers = [int(re.search(r">(\d+)</a></td>", row)[1]) for row in found if "/pairs?one=" in row]  # type: ignore[index]
            assert {frozenset(n): k for n, k in zip(names, numbers, strict=False)} == asked, path
        assert "all as fact" in site.send(path="/pairs").text
        ada, bo = f"{BASE}person/ada-lund", f"{BASE}person/bo-hjort"
        between = site.send(path=f"/pairs?one={bo}&other={ada}").text
        assert "3 events in which both take part" in between and between.count('<li class="fact">') == 3
        assert site.send(path=f"/pairs?one={bo}&other={BASE}place/ravnsund").status == 404
        assert site.send(path="/pairs?of=javascript%3A%20x").status == 404
        town = site.send(path="/page/place/ravnsund").text
        assert 'What happened <span class="soft">1 · 1 there</span>' in town
        assert "1 event" in site.send(path="/search?q=ravnsund").text


def test_tellings_of_one_happening_are_one_row_of_the_site_that_counts_them_all(tmp_path: Path) -> None:
    path = tmp_path / "harvest.ttl"
    path.write_text(harvest().serialize(format="turtle"), encoding="utf-8")
    with running(path) as site:
        ada = site.send(path="/page/person/ada").text
        section = ada[ada.index('id="events"') :].split("</section>")[0]
        assert 'What happened <span class="soft">5</span>' in section
        assert section.count('<li class="fact">') == 3 and section.count('class="telling"') == 2
        assert section.count('data-kind="event"') == 5 and ">×3</span>" in section
        assert section.index("Voss signed the harvest pact with Holt") < section.index(
            "Voss signing the harvest"
        )
        between = site.send(path=f"/pairs?one={BASE}person/ada&other={BASE}person/bram").text
        assert "5 events in which both" in between and between.count('<li class="fact">') == 3


@pytest.mark.browser
def test_the_page_counts_as_the_site_does(file: Path, chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render_html(told().graph), encoding="utf-8", newline="")
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready=yes]", timeout=60_000)
    assert "3 roles" in page.inner_text("#standfirst")
    assert page.evaluate("KG.tally().classes.get('org:Membership')") == 3
    actors = {
        li.locator("bdi").inner_text(): numbers(li.inner_text())
        for li in page.locator("#panel ol.ranks li").all()
    }
    pairs = page.evaluate(
        "KG.pairsOf(KG.facts).filter((p) => p.events).map((p) => [...p.ids.map((i) => KG.nodes[i].label), p.events])"
    )
    assert pairs == [["Ada Lund", "Bo Hjort", 3], ["Ada Lund", "Ravnsund", 1]]
    assert actors["Ada Lund"] == {"event": 4, "quote": 1} and actors["Bo Hjort"] == {"event": 4}
    page.evaluate("KG.pick(KG.nodes.find((n) => n.label === 'Ada Lund').id)")
    assert "4 events · 1 quote" in page.inner_text("#panel .facts-line")
    cards = page.locator("#panel section:has(h3:text('Roles')) article.fact")
    assert cards.count() == 2
    card = cards.filter(has_text="Tide Board")
    assert "reported 1 Feb 2031 – 9 May 2031 · former by 20 Jul 2031" in card.inner_text()
    assert card.locator("li").count() == 3 and card.locator("button.fix").count() == 3
    assert card.locator("li .tag.modality").all_inner_texts() == ["former"]
    page.close()
