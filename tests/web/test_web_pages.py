"""The pages over HTTP, as programs and readers without script get them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from serve_client import TOKEN, Reply, Server, running
from web_store import HARM, QUOTE_IRI, SCRIPT_IRI, fill

from kg.graph.iris import DEFAULT_BASE
from kg.graph.terms import Graph, URIRef

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = (
    "/",
    "/page/person/mira-tessel",
    "/page/organization/harbour-union",
    "/page/place/ostrana",
    "/page/group/blockade/residents",
    "/page/role/foreign-minister",
    "/page/event/blockade/v2",
    "/page/statement/blockade/s1",
    "/page/membership/blockade/mira-tessel--foreign-minister--valdor",
    "/page/relation/blockade/valdor--opposes--ostrana",
    "/page/article/blockade",
    "/page/article/harm/er",
    "/page/event/harm/er/v1",
    "/page/statement/harm/er/s1",
    "/page?iri=" + quote(SCRIPT_IRI, safe=""),
    "/page?iri=" + quote(QUOTE_IRI, safe=""),
    "/page?iri=https%3A%2F%2Fw3id.org%2Fnewskg%23Asserted",
    "/pairs",
    "/search?q=tessel",
    "/search?q=stranger",
    "/search?kind=person",
    "/search?kind=statement",
    "/search",
    "/query",
    "/query/actors",
    "/query/who-did-what?name=Mira+Tessel",
    "/query?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 900"),
    "/query?query=" + quote("DESCRIBE <https://example.org/newskg/article/harm/er>"),
    "/graph",
)


class Seen(HTMLParser):
    """The elements of a page and the words that can be read on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def get(site: Server, path: str, **headers: str) -> Reply:
    return site.send("GET", path, headers={**HTML, **headers})


def seen(site: Server, path: str) -> Seen:
    reply = get(site, path)
    assert reply.status == 200, (path, reply.text[:500])
    return Seen(reply.text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_style_or_addresses_that_come_from_the_graph(site: Server, path: str) -> None:
    page = seen(site, path)
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert tag not in {"style", "base", "object", "embed", "img"}
        for name in ("href", "src", "action"):
            address = attributes.get(name, "")
            assert address.startswith(("/", "#", "http://", "https://")) or not address, (tag, address)
            assert not address.startswith("//")
    assert all(script["src"].startswith("/static/") for script in page.all("script"))
    assert not [
        a for a in page.all("a") if a.get("href", "").startswith("http") and "noopener" not in a["rel"]
    ]
    assert "49" not in re.findall(r"\{\{.*?\}\}|\b49\b", page.words)  # no template in the text is filled in


@pytest.mark.parametrize(
    "path", ["/", "/page/person/nobody", "/static/app.js", "/suggest?q=x", "/graph/drawing"]
)
def test_every_answer_carries_the_guards_headers(site: Server, path: str) -> None:
    headers = get(site, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_an_iri_leads_to_a_document_in_the_form_that_is_liked(site: Server) -> None:
    path = "/newskg/person/mira-tessel"
    for accept, target in (
        ("text/html", "/page/person/mira-tessel"),
        ("text/turtle", "/data/person/mira-tessel.ttl"),
        ("application/ld+json, text/turtle;q=0.5", "/data/person/mira-tessel.jsonld"),
        ("application/rdf+xml", "/data/person/mira-tessel.rdf"),
        ("*/*", "/page/person/mira-tessel"),
    ):
        reply = get(site, path, Accept=accept)
        assert (reply.status, reply.headers["location"], reply.headers["vary"]) == (303, target, "Accept")
        assert get(site, target, Accept=accept).status == 200
    assert get(site, path, Accept="image/png").status == 406
    assert get(site, "/newskg/person/nobody").status == 404
    assert get(site, "/nowhere").status == 404


def test_iris_of_every_script_lead_somewhere(site: Server) -> None:
    reply = get(site, "/newskg/" + quote("person/juan-peña"), Accept="text/turtle")
    assert reply.headers["location"] == "/data/person/juan-pe%C3%B1a.ttl"
    assert "Juan Peña" in get(site, reply.headers["location"]).text


def test_the_data_of_a_thing_are_its_triples(site: Server) -> None:
    one = URIRef(f"{DEFAULT_BASE}person/mira-tessel")
    graphs = []
    for ending, media, form in (
        ("ttl", "text/turtle", "turtle"),
        ("jsonld", "application/ld+json", "json-ld"),
        ("nt", "application/n-triples", "nt"),
        ("rdf", "application/rdf+xml", "xml"),
    ):
        reply = get(site, f"/data/person/mira-tessel.{ending}")
        assert reply.media == media
        graphs.append(set(Graph().parse(data=reply.body, format=form)))
    assert graphs[0] == graphs[1] == graphs[2] == graphs[3]
    assert {s for s, _, o in graphs[0] if o == one} >= {URIRef(f"{DEFAULT_BASE}event/blockade/v1")}
    assert get(site, "/data/person/mira-tessel.exe").status == 404
    assert get(site, "/data/person/nobody.ttl").status == 404


def test_things_outside_the_base_have_pages_too(site: Server) -> None:
    address = "/page?iri=" + quote(QUOTE_IRI, safe="")
    page = seen(site, address)
    assert f"Stranger {QUOTE_IRI}" in page.words
    data = next(link["href"] for link in page.all("link") if link.get("type") == "text/turtle")
    assert get(site, data).status == 200
    assert address in [a["href"] for a in seen(site, "/page/event/harm/er/v1").all("a")]


@pytest.mark.parametrize(
    "path",
    [
        "/page?iri=",
        "/page?iri=x",
        "/page?iri=" + quote("http://a b>"),
        "/page?iri=" + quote("http://a\r\nSet-Cookie: hurt=1"),
        "/page?iri=" + quote("http://x/> } ; DROP ALL #"),
        "/page/" + quote("person/x\r\nSet-Cookie: hurt=1"),
        "/page/person/%00",
        "/page/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../../etc/passwd",
        "/static/%2e%2e/templates/base.html.j2",
        "/static/vendor/yasqe.LICENSE.txt%00.js",
        "/graph/drawing?iri=x",
        "/page/person/mira-tessel?part=nothing",
        "/query/nothing",
        "/download/exe?query=ASK%20%7B%7D",
        "/newskg/" + quote("person/x> ?y ?z } #"),
    ],
)
def test_what_is_not_there_is_said_to_be_so(site: Server, path: str) -> None:
    reply = get(site, path)
    assert reply.status == 404
    assert reply.media == ("text/plain" if "%0D" in path and "?" not in path else "text/html")
    assert "set-cookie" not in reply.headers
    assert site.send("GET", path, headers={"Accept": "text/turtle"}).media == "text/plain"


def test_a_thing_is_told_in_time_order_with_sentences(site: Server) -> None:
    page = seen(site, "/page/person/mira-tessel")
    words = " ".join(page.words.split())
    assert words.index("Mira Tessel threatened Ostrana") < words.index(
        "Mira Tessel and Oren Vale agreed on a truce"
    )
    for said in (
        "Foreign Minister",
        "not so",
        "Tessel told reporters",
        "is from",
        "“We will not sit still,”",
        "12 March 2031",
    ):
        assert said in words, said
    assert "/page/article/blockade#char=27,142" in [a.get("href") for a in page.all("a")]


def test_a_long_part_of_a_page_goes_on(site: Server) -> None:
    whole = seen(site, "/page/person/mira-tessel?part=events")
    rest = seen(site, "/page/person/mira-tessel?part=events&from=1")
    assert "threatened Ostrana" in whole.words
    assert "2–3 of 3" in rest.words
    assert "Mira Tessel threatened" not in rest.words
    assert "Mira Tessel" in seen(site, "/page/person/mira-tessel?part=articles&from=99999999").words


def test_the_article_is_its_text_letter_for_letter(site: Server) -> None:
    for path, name in (("/page/article/blockade", "blockade"), ("/page/article/harm/er", "harm/er")):
        rows = site.ask(
            f"SELECT ?t {{ ?c nif:sourceUrl <{DEFAULT_BASE}article/{name}> ; nif:isString ?t"
            " FILTER (CONTAINS(STR(?c), '#char=')) }"
        ).rows
        html = get(site, path).text
        inside = html[html.index('id="text"') :].partition(">")[2].partition("</div>")[0]
        shown = Seen(inside).words.replace("\ufffd", "")
        whole = re.sub("[\u202e\u202c\x07]", "", rows[0][0])
        assert shown.replace("\r\n", "\n").strip() == whole.replace("\r\n", "\n").strip()


def test_search_works_without_script(site: Server) -> None:
    page = seen(site, "/search?q=TESS")
    assert "/page/person/mira-tessel" in [a.get("href") for a in page.all("a")]
    assert "Juan Peña" in seen(site, "/search?q=pena").words
    assert "found as Ellinhaven" in " ".join(seen(site, "/search?q=ellinh&kind=place").words.split())
    assert "Nothing goes by these words" in seen(site, "/search?q=ellinh&kind=person").words
    assert "Nothing goes by these words" in seen(site, "/search?q=" + quote('" OR * NEAR(')).words
    assert HARM in seen(site, "/search?q=" + quote(HARM)).words


def test_search_finds_facts_by_words_in_any_order_where_no_name_has_them(site: Server) -> None:
    page = seen(site, "/search?q=said+harbour+shelled")
    assert "No name has these words" in page.words
    assert "Ostrana shelled the harbour of Port Ellin" in page.words
    assert any("/event/" in str(a.get("href")) for a in page.all("a"))
    assert "Nothing goes by these words" in seen(site, "/search?q=harbour+shelled+zebra").words
    assert "Nothing goes by these words" in seen(site, "/search?q=said+harbour+shelled&kind=place").words
    # the beginning of a word counts, not its middle
    assert "Nothing goes by these words" in seen(site, "/search?q=arbour+shelled+said").words


def test_suggestions_are_data(site: Server) -> None:
    found = json.loads(get(site, "/suggest?q=mir").body)
    assert found[0] == {
        "label": "Mira Tessel",
        "also": "",
        "kind": "Person",
        "page": "/page/person/mira-tessel",
        "iri": "https://example.org/newskg/person/mira-tessel",
    }
    assert json.loads(get(site, "/suggest?q=").body) == []
    assert all(hit["page"].startswith("/page") for hit in json.loads(get(site, "/suggest?q=stranger").body))


def test_named_queries_take_their_parameters_as_terms(site: Server) -> None:
    assert "Juan Peña met Mira Tessel" in seen(site, "/query/who-did-what?modality=negated").words
    assert (
        "Nothing in the graph answers this"
        in seen(site, "/query/who-did-what?name=" + quote('x" } DROP ALL #')).words
    )
    needed = seen(site, "/query/mentions")
    assert next(i for i in needed.all("input") if i["name"] == "name").keys() >= {"required"}
    assert not needed.all("table")
    assert seen(site, "/query/mentions?name=Tessel").all("table")


def test_any_query_is_answered_without_script(site: Server) -> None:
    def ask(text: str) -> Reply:
        headers = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}
        return site.send("POST", "/query", "query=" + quote(text), headers)

    assert "1 row<" in ask("SELECT (1 AS ?x) {}").text
    assert 'class="truth">Yes' in ask("ASK { ?s a schema:Person }").text
    assert "predicate" in ask("DESCRIBE <https://example.org/newskg/role/admiral>").text
    assert "the first of more" in ask("SELECT * { ?a ?b ?c . ?d ?e ?f }").text
    for wrong, said in (
        ("SELECT * {", "parsed"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("DROP ALL", "queries only read"),
        (f"SELECT {HARM}", "parsed"),
    ):
        reply = ask(wrong)
        assert (reply.status, said in reply.text, HARM in reply.text) == (400, True, False)


def test_answers_can_be_saved(site: Server) -> None:
    query = quote("SELECT ?name { ?p a schema:Person ; rdfs:label ?name } ORDER BY ?name")
    reply = get(site, f"/download/csv?query={query}")
    assert reply.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert "Mira Tessel" in reply.text
    assert json.loads(get(site, f"/download/json?query={query}").body)["head"]["vars"] == ["name"]
    graph = get(
        site, "/download/ttl?query=" + quote("CONSTRUCT { ?p a schema:Person } { ?p a schema:Person }")
    )
    assert graph.media == "text/turtle"
    assert get(site, "/download/csv?query=").status == 400


def test_a_browser_at_the_endpoint_is_sent_to_the_editor(site: Server) -> None:
    reply = get(site, "/sparql")
    assert reply.status == 303
    assert reply.headers["location"].endswith("/query")


def test_the_drawing_may_run_only_its_own_scripts(site: Server) -> None:
    for path in ("/graph/drawing", f"/graph/drawing?iri={DEFAULT_BASE}person/mira-tessel"):
        reply = get(site, path)
        policy = reply.headers["content-security-policy"]
        assert re.search(r"script-src 'sha256-[^;]*;", policy)
        assert "frame-ancestors 'self'" in policy
        assert "Mira Tessel" in reply.text
    assert get(site, f"/graph/drawing?iri={DEFAULT_BASE}person/nobody").status == 404


def test_what_has_no_ties_between_actors_is_drawn_with_its_quotes(site: Server) -> None:
    for name, level in (("group/blockade/residents", "#level=all"), ("person/mira-tessel", "")):
        frame = seen(site, f"/graph?iri={DEFAULT_BASE}{name}").all("iframe")[0]
        assert (
            frame["src"].partition("person" if not level else "residents")[2].endswith(level or "mira-tessel")
        )
        assert frame["sandbox"] == (
            "allow-scripts allow-downloads allow-popups allow-modals allow-top-navigation-by-user-activation"
        )


def test_what_is_kept_is_forgotten_when_the_store_changes(tmp_path: Path) -> None:
    with running("--store", fill(tmp_path / "store"), "--allow-update", token=TOKEN) as server:
        assert "Ada Newcomer" not in get(server, "/").text
        said = (
            "INSERT DATA { <http://x.example/e> nkg:agent <http://x.example/a>, <http://x.example/b> . "
            "<http://x.example/a> a schema:Person ; rdfs:label 'Ada Newcomer' }"
        )
        assert server.update(said).status == 204
        assert "Ada Newcomer" in get(server, "/").text
        assert "Ada Newcomer" in get(server, "/suggest?q=newc").text


def test_a_page_that_takes_too_long_says_so(filled: Path) -> None:
    with running("--store", filled, "--timeout", "0.5") as server:
        slow = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
        reply = get(server, f"/query?query={slow}")
        assert reply.status == 504
        assert "stopped at the time limit" in reply.text


def test_iris_with_the_servers_own_base_can_be_opened(tmp_path: Path) -> None:
    from graph_facts import both
    from graph_files import to_turtle

    file = tmp_path / "graph.ttl"
    file.write_text(to_turtle(both(), "http://127.0.0.1/kg/"), encoding="utf-8", newline="")
    with running(file) as server:
        reply = get(server, "/kg/person/mira-tessel")
        assert (reply.status, reply.headers["location"]) == (303, "/page/person/mira-tessel")
        assert "http://127.0.0.1/kg/person/mira-tessel" in get(server, "/page/person/mira-tessel").text


def test_a_file_has_the_pages_of_a_store(tmp_path: Path, site: Server) -> None:
    around = "iri=" + quote(f"{DEFAULT_BASE}article/blockade", safe="")
    whole = site.ask("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
    assert whole.headers["kg-truncated"] is None
    file = tmp_path / "graph.ttl"
    file.write_text(whole.text, encoding="utf-8", newline="")
    with running(file) as server:
        for path in (*PAGES, f"/graph?{around}", f"/graph/drawing?{around}", "/graph/drawing"):
            own, stored = get(server, path).text, get(site, path).text
            # each names what it serves in its commands
            assert own.replace("--data graph.ttl", "--store store") == stored, path


def test_an_empty_store_has_a_front_page(tmp_path: Path) -> None:
    from kg.store import ArticleStore

    with ArticleStore(tmp_path / "store"):
        pass
    with running("--store", tmp_path / "store") as server:
        assert "nothing in it yet" in get(server, "/").text
        assert get(server, "/graph/drawing").status == 404


def test_how_sure_it_is_that_two_are_one_is_no_relation(site: Server) -> None:
    for path in ("/page/place/ostrana", "/page?iri=" + quote(QUOTE_IRI, safe="")):
        page = seen(site, path)
        assert "1–0 of" not in page.words and "–0 of" not in page.words, path
    assert not any(a.get("rel") == "next" for a in seen(site, "/page/place/ostrana").all("a"))
    # beyond the last there is nothing to turn to
    assert not any(
        a.get("rel") in {"next", "prev"}
        for a in seen(site, "/page/place/ostrana?part=relations&from=500").all("a")
    )


def test_a_row_names_who_where_the_label_does_not() -> None:
    from kg.serve.web.records import Fact, PageLink

    def unsaid(label: str) -> list[tuple[str, list[str]]]:
        parts = (("agent", PageLink("a", "Mira Tessel")), ("patient", PageLink("b", "Harbour Union")))
        found = Fact("e", "event", label, "Arrest", parts=parts).unsaid
        return [(word, [one.label for one in missing]) for word, missing in found]

    assert unsaid("is arrested") == [("who", ["Mira Tessel"]), ("whom", ["Harbour Union"])]
    assert unsaid("Tessel arrests 12") == [("whom", ["Harbour Union"])]
    assert unsaid("Mira Tessel's arrest of the union") == []


def test_search_and_pairs_say_who_and_how_sure(site: Server) -> None:
    pairs = seen(site, "/pairs")
    assert re.search(r"\d+ %", pairs.words)
    hits = get(site, "/search?kind=event").text
    assert "<ol" in hits
