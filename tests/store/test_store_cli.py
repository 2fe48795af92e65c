"""`kg import`, `stats`, `query --store`, `export`, `forget` and `infer`, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from graph_facts import both
from graph_files import to_nquads, to_trig, to_turtle
from store_articles import put, story

from kg.cli.main import main
from kg.graph.iris import DEFAULT_BASE
from kg.store import ArticleStore, StoreReader

FORMS = ("ttl", "trig", "nq", "nt", "jsonld", "graphml", "gexf", "csv")
TALKS = f"{DEFAULT_BASE}article/march/talks"


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `kg` in a folder that holds graph.ttl and graph.trig; no model is needed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph.ttl").write_text(to_turtle(both()), encoding="utf-8")
    (tmp_path / "graph.trig").write_text(to_trig(both()), encoding="utf-8")

    def run(*args: object) -> Ended:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def store(kg: Run) -> Path:
    """A store with the two articles."""
    assert kg("import", "graph.trig", "--store", "news.db").code == 0
    return Path("news.db")


def test_import_says_what_is_new_and_stats_count_it(kg: Run, store: Path) -> None:
    ended = kg("import", "graph.trig", "--store", store)
    assert ended == (0, "graph.trig: 0 new triples\n", "")
    counted = kg("stats", "--store", store, "--graphs").out
    assert [line.split() for line in counted.splitlines()[1:3]] == [["2", "graphs"], ["2", "articles"]]
    assert f"  {TALKS}\n" in counted
    of_file = kg("stats", "graph.trig", "--graphs")
    assert (of_file.code, of_file.out) == (0, counted)
    assert "7  events" in kg("stats", "graph.ttl").out


def test_plain_triples_can_get_a_graph_and_be_forgotten(kg: Run) -> None:
    assert kg("import", "graph.ttl", "--store", "news.db", "--graph", "urn:mine").code == 0
    assert "  urn:mine\n" in kg("stats", "--store", "news.db", "--graphs").out
    assert kg("forget", "urn:mine", "--store", "news.db").code == 0
    assert kg("stats", "--store", "news.db").out.split()[0] == "0"


def test_the_base_of_a_file_becomes_the_base_of_a_new_store(kg: Run, tmp_path: Path) -> None:
    base = "https://news.example/kg/"
    (tmp_path / "other.trig").write_text(to_trig(both(), base), encoding="utf-8")
    assert kg("import", "other.trig", "--store", "news.db").code == 0
    assert kg("export", "--store", "news.db", "-f", "trig").out == to_trig(both(), base)
    assert kg("forget", "march/talks", "--store", "news.db").out.startswith(f"Forgotten: {base}article/march")


def test_a_bad_file_among_good_ones_changes_nothing(kg: Run, tmp_path: Path, store: Path) -> None:
    lines = "".join(f"<urn:s{n}> <urn:p> <urn:o> .\n" for n in range(5000))
    (tmp_path / "bad.nt").write_text(lines + "<urn:s> <urn:p .\n", encoding="utf-8")
    (tmp_path / "more.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    before = kg("export", "--store", store, "-f", "nq").out
    ended = kg("import", "more.nt", "bad.nt", "--store", store)
    assert (ended.code, ended.err.startswith("kg: bad.nt, line 5001: ")) == (1, True)
    assert kg("export", "--store", store, "-f", "nq").out == before


@pytest.mark.parametrize(
    "query",
    [
        "actors",
        "timeline",
        "SELECT DISTINCT ?z ?a { ?a rdfs:label ?z }",
        "ASK {}",
        "SELECT ?p (GROUP_CONCAT(?t; separator=', ') AS ?titles) { ?p a schema:Person"
        " OPTIONAL { ?p schema:jobTitle ?t } } GROUP BY ?p",
        "SELECT ?p (EXISTS { ?p schema:jobTitle ?t } AS ?held) { ?p a schema:Person }",
        "SELECT ?a ?b { ?a !(rdf:type|^nkg:agent|^nkg:patient) ?b . ?a a schema:Person }",
        "SELECT ?p (COUNT(?x) AS ?n) { ?p a <urn:none> ; <urn:p> ?x } GROUP BY ?p",
        "SELECT (COUNT(?x) AS ?n) (SUM(?x) AS ?m) { ?p <urn:p> ?x }",
        "SELECT ?l { <person/mira-tessel> rdfs:label ?l }",
    ],
)
def test_a_store_answers_as_the_file_does(kg: Run, store: Path, query: str) -> None:
    for form in ("table", "json", "csv", "tsv"):
        of_file = kg("query", query, "--data", "graph.ttl", "-f", form)
        assert kg("query", query, "--store", store, "-f", form) == of_file
        assert of_file.code == 0


def test_a_file_and_a_store_are_described_alike(kg: Run, store: Path) -> None:
    of_file = kg("query", "DESCRIBE <person/mira-tessel>", "--data", "graph.ttl")
    assert kg("query", "DESCRIBE <person/mira-tessel>", "--store", store) == of_file
    assert "foreign minister" in of_file.out.lower()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT ?e { ?e a sem:Event }", 7),
        (f"SELECT ?e {{ GRAPH <{TALKS}> {{ ?e a sem:Event }} }}", 3),
        (f"SELECT ?e FROM <{TALKS}> {{ ?e a sem:Event }}", 3),
        (f"SELECT ?e FROM NAMED <{TALKS}> {{ ?e a sem:Event }}", 0),
    ],
)
def test_named_graphs_are_one_by_default_and_can_be_chosen(
    kg: Run, store: Path, query: str, count: int
) -> None:
    for source in (("--store", store), ("--data", "graph.trig")):
        assert kg("query", query, *source, "-f", "csv").out.count("\r\n") - 1 == count


def test_construct_and_describe_give_turtle(kg: Run, store: Path) -> None:
    for query in (f"DESCRIBE <{DEFAULT_BASE}person/mira-tessel>", "CONSTRUCT WHERE { ?x a schema:Person }"):
        ended = kg("query", query, "--store", store)
        assert (ended.code, "person/mira-tessel> a schema:Person" in ended.out) == (0, True)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { ?s ?p }", "the query can't be parsed: "),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "the query can't be run: INSERT changes"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)
def test_what_a_store_is_not_asked(kg: Run, store: Path, query: str, message: str) -> None:
    ended = kg("query", query, "--store", store)
    assert ended.code == 1
    assert ended.err.startswith(f"kg: {message}") and ended.err.count("\n") == 1


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_from_file_and_store_on_each_run(kg: Run, store: Path, form: str) -> None:
    runs = [
        kg("export", "--store", store, "-f", form),
        kg("export", "--store", store, "-f", form),
        kg("export", "--data", "graph.trig", "-f", form),
    ]
    assert runs[0].code == 0 and len(runs[0].out) > 1000
    assert runs[0] == runs[1] == runs[2]
    assert kg("export", "--store", store, "--out", f"x.{form}") == (0, f"Written: x.{form}\n", "")
    assert Path(f"x.{form}").read_bytes().decode() == runs[0].out
    read = {"graphml": ET.fromstring, "gexf": ET.fromstring, "jsonld": json.loads}.get(form)
    if read is not None:
        read(runs[0].out)


def test_turtle_trig_and_nquads_are_those_of_a_build(kg: Run, store: Path) -> None:
    made = [kg("export", "--store", store, "-f", form).out for form in ("ttl", "trig", "nq")]
    assert made == [to_turtle(both()), to_trig(both()), to_nquads(both())]


def test_cells_that_look_like_formulas_are_defused(kg: Run) -> None:
    one = story(1)
    evil = ('=HYPERLINK("http://x")', "+1", "-2", "@SUM(A1)", "\t=1")
    with ArticleStore("news.db") as store:
        for number, label in enumerate(evil):
            events = (replace(one.events[0], label=label),)
            named = replace(
                one, events=events, article=replace(one.article, id=f"e{number}", path=f"e{number}")
            )
            store.put([put(named)])
    rows = list(csv.reader(io.StringIO(kg("export", "--store", "news.db", "-f", "csv").out)))
    cells = {cell for row in rows for cell in row}
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@")]


def test_what_was_there_stays_when_an_export_fails(kg: Run, store: Path) -> None:
    Path("out.ttl").write_text("mine", encoding="utf-8")
    with ArticleStore(store) as opened:
        opened.ox.update("INSERT DATA { <urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> }")
    ended = kg("export", "--store", store, "-o", "out.ttl")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert Path("out.ttl").read_text(encoding="utf-8") == "mine"
    assert not list(Path().glob(".out*"))


@pytest.mark.parametrize("name", [TALKS, "march/talks", "talks"])
def test_an_article_is_forgotten_by_iri_path_or_identifier(kg: Run, store: Path, name: str) -> None:
    ended = kg("forget", name, "--store", store)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"Forgotten: {TALKS} (")
    left = kg("export", "--store", store, "-f", "nq").out
    assert left == to_nquads(both()[:1])
    assert kg("forget", name, "--store", store).err.startswith(f"kg: {name}: no article of that id or IRI")


def test_all_of_the_articles_or_none_are_forgotten(kg: Run, store: Path) -> None:
    before = kg("export", "--store", store, "-f", "nq").out
    assert kg("forget", "talks", "nothing", "--store", store).code == 1
    assert kg("export", "--store", store, "-f", "nq").out == before
    assert kg("forget", "talks", "blockade", TALKS, "--store", store).code == 0
    assert kg("export", "--store", store, "-f", "nq").out == ""


def test_an_id_that_two_articles_have_needs_an_iri(kg: Run) -> None:
    one = story(1)
    with ArticleStore("news.db") as store:
        for path in ("a/x", "b/x"):
            store.put([put(replace(one, article=replace(one.article, id="x", path=path)))])
    ended = kg("forget", "x", "--store", "news.db")
    assert ended.code == 1 and "article/a/x, https://example.org/newskg/article/b/x" in ended.err


def test_inference_follows_what_is_forgotten_and_imported(kg: Run, store: Path) -> None:
    assert kg("infer", "--store", store).out.startswith("Inferred: ")
    assert kg("query", "ASK { ?x sem:hasActor ?y }", "--store", store).out == "yes\n"
    kg("forget", "talks", "--store", store)
    after = kg("export", "--store", store, "-f", "nq").out
    kg("infer", "--store", store)
    assert kg("export", "--store", store, "-f", "nq").out == after
    kg("import", "graph.trig", "--store", store)
    again = kg("export", "--store", store, "-f", "nq").out
    kg("infer", "--store", store)
    assert kg("export", "--store", store, "-f", "nq").out == again
    assert kg("infer", "--store", store, "--remove").out.startswith("Removed: ")
    assert kg("export", "--store", store, "-f", "nq").out == to_nquads(both())


def test_what_follows_from_a_file_goes_to_a_file(kg: Run) -> None:
    for form in ("ttl", "trig", "nq"):
        ended = kg("infer", "--data", "graph.ttl", "--out", f"more.{form}")
        assert (ended.code, ended.err) == (0, "")
    assert "sem:hasActor <person/mira-tessel>" in Path("more.ttl").read_text(encoding="utf-8")
    assert "\n<https://example.org/newskg/inferred> {\n" in Path("more.trig").read_text(encoding="utf-8")
    assert kg("infer", "--data", "graph.ttl").out == Path("more.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (
            ["query", "actors", "--store", "none"],
            2,
            "none: no store there; make one with kg build --store none",
        ),
        (["query", "actors", "--store", "a", "--data", "b"], 2, "name a graph file or a store, not both"),
        (["stats", "--store", "."], 2, ".: no store there"),
        (["stats", "none.ttl"], 2, "none.ttl: no such file"),
        (["export", "--data", "none.ttl"], 2, "none.ttl: no such file"),
        (["export", "--data", "graph.ttl"], 2, "which form? give --format ttl|trig|"),
        (["export", "-f", "doc", "--data", "graph.ttl"], 2, "'doc' is no form; there are ttl, trig"),
        (["export", "-o", "x.doc", "--data", "graph.ttl"], 2, "'doc' is no form"),
        (["forget", "x", "--store", "none"], 1, "none: no store there"),
        (["import", "/dev/null", "--store", "news.db"], 1, "/dev/null: the ending tells no format"),
        (["import", "none.ttl", "--store", "news.db"], 2, "none.ttl: no such file"),
        (
            ["import", "graph.trig", "--store", "news.db", "--graph", "urn:x"],
            1,
            "graph.trig: it names its graphs",
        ),
        (["import", "graph.ttl", "--store", "news.db", "--graph", "x"], 1, "'x' is no absolute IRI"),
        (["infer", "--remove"], 2, "--remove needs --store"),
        (["infer", "--data", "graph.ttl", "-o", "x.doc"], 2, "x.doc: the ending is no form of RDF"),
    ],
)
def test_a_mistake_is_one_line(kg: Run, args: list[str], code: int, message: str) -> None:
    ended = kg(*args)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith(f"kg: {message}") and ended.err.count("\n") == 1
    assert not Path("none").exists()


def test_readers_share_a_store_and_writers_do_not(kg: Run, store: Path) -> None:
    with StoreReader(store):
        assert kg("query", "actors", "--store", store).code == 0
        assert "in use by another process" in kg("forget", "talks", "--store", store).err
    with ArticleStore(store):
        assert "in use by another process" in kg("query", "actors", "--store", store).err


@pytest.mark.parametrize("command", ["import", "stats", "export", "forget", "infer"])
def test_help_has_examples(kg: Run, command: str) -> None:
    assert f"kg {command} " in kg(command, "--help").out.partition("Examples:")[2]
