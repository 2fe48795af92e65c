"""`kg explain`: the sentence of a fact, and which heads and rules spoke for each part of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.builder import build
from kg.errors import GraphError, UsageError
from kg.explain import Explanation, as_json, as_text, explain, find_fact
from kg.explain.reread import FactInArticle
from kg.model import Event, Ground
from kg.pipeline import Resources, facts_of
from kg.querying import run_query
from kg.read import read_articles
from kg.run import windows
from kg.run.codec import decode, encode
from kg.store import reader_of

pytestmark = pytest.mark.model

NEWS = (
    "Harbour strike enters second week\n\n"
    "Dock workers at the port of Arken walked out on Monday over pay. "
    "Interior Minister Olga Ferris met union leader Tomas Lund on Tuesday.\n\n"
    '"We will not give in," Lund said. '
    "Prosecutors accused the ship owner Skaldar Lines of bribing inspectors.\n\n"
    "Police denied attacking the strikers. The company could sack 200 people if the talks fail. "
    "Ferris, a Norwegian politician, resigned on Wednesday.\n"
)
FACTS = """
SELECT ?fact WHERE { ?fact nkg:confidence ?sure ; a ?kind .
  FILTER (?kind IN (sem:Event, nkg:Statement, org:Membership, nkg:Relation)) }"""


@pytest.fixture(autouse=True)
def loaded_once(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command use the pipeline that is loaded."""
    monkeypatch.setattr("kg.pipeline.load_resources", lambda *given: resources)


@pytest.fixture(scope="module")
def folder(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("explain")
    (place / "strike.txt").write_text(NEWS, encoding="utf-8")
    build(place / "strike.txt", out=place / "out", date="2024-03-07", resources=resources, view=False)
    build(place / "strike.txt", store=place / "news.kg", date="2024-03-07", resources=resources)
    return place


@pytest.fixture(scope="module")
def whole(folder: Path, resources: Resources) -> dict[str, Explanation]:
    """All facts of the graph, explained."""
    with reader_of(folder / "out" / "graph.ttl") as graph:
        iris = [str(row[0]) for row in run_query(graph, FACTS)]
        return {iri: explain(graph, iri, resources) for iri in iris}


def event(whole: dict[str, Explanation], trigger: str) -> FactInArticle:
    (found,) = [
        e.tellings[0]
        for e in whole.values()
        if isinstance(e.tellings[0].fact, Event) and e.tellings[0].fact.trigger == trigger
    ]
    return found


def grounds(telling: FactInArticle, part: str, kept: bool = True) -> list[Ground]:
    return [g for g in telling.fact.grounds if g.part == part and g.kept is kept]


def name(telling: FactInArticle, ground: Ground) -> str:
    return next(e.name for e in telling.facts.entities if e.id == ground.entity)


def test_every_fact_of_a_graph_is_explained(whole: dict[str, Explanation]) -> None:
    assert {e.fact.kind for e in whole.values()} >= {"event", "statement", "role"}
    for iri, found in whole.items():
        (telling,) = found.tellings
        assert telling.differences == (), iri
        assert telling.fact.grounds, iri
        assert any(g.source.startswith(("head", "rule")) for g in telling.fact.grounds), iri
        assert as_json(found)["fact"] == iri
        assert as_text(found).splitlines()[0].endswith(iri)


def test_heads_say_how_likely_trigger_class_and_participants_are(whole: dict[str, Explanation]) -> None:
    met = event(whole, "met")
    (trigger,) = grounds(met, "trigger")
    assert trigger.source == "head trigger" and trigger.score is not None and 0.3 < trigger.score <= 1
    assert trigger.span is not None and trigger.span.of(NEWS) == "met"
    assert [g.value for g in grounds(met, "event_class") if g.source == "head class"] == ["plover:Consult"]
    (agent,) = grounds(met, "agents")
    assert agent.source == "head event.agent" and name(met, agent) == "Olga Ferris"
    assert agent.span is not None and agent.span.of(NEWS) == "Ferris"
    assert "Tomas Lund" in {name(met, g) for g in grounds(met, "patients") if g.entity}
    (sure,) = grounds(met, "confidence")
    assert sure.source == "calibration" and sure.value == str(met.fact.confidence)


def test_a_constraint_that_settles_the_modality_is_named(whole: dict[str, Explanation]) -> None:
    for trigger, modality, governor in [
        ("attacking", "Negated", "denied"),
        ("sack", "Hypothetical", "could"),
    ]:
        telling = event(whole, trigger)
        assert isinstance(telling.fact, Event) and telling.fact.modality.value == modality
        spoke = [g for g in telling.fact.grounds if g.part == "modality"]
        assert {g.source for g in spoke} == {"head factuality", "rule governors"}
        (rule,) = [g for g in spoke if g.source == "rule governors"]
        assert rule.kept and rule.value == modality and governor in rule.note


def test_an_emptied_slot_is_told(resources: Resources, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The mayor of Arken was arrested on Monday.\n\nOman accused the coalition of killing a nun.\n",
        encoding="utf-8",
    )
    (facts,) = facts_of(read_articles(tmp_path / "a.txt"), resources, 0.0)
    ruled_out = {
        (e.trigger, g.part, g.source, g.note)  # type: ignore[union-attr]
        for e in facts.events  # type: ignore[union-attr]
        for g in e.grounds
        if not g.kept and g.part in ("agents", "patients")
    }
    assert any(note.startswith("less likely than") for *_, note in ruled_out)
    for one in facts.events:  # type: ignore[union-attr]
        for part in ("agents", "patients", "places"):
            for entity in getattr(one, part):
                assert any(g.entity == entity and g.kept and g.part == part for g in one.grounds), one
            for ground in one.grounds:
                if ground.part == part and ground.entity is not None and not ground.kept:
                    assert ground.entity not in getattr(one, part)


def test_statements_roles_and_relations(whole: dict[str, Explanation]) -> None:
    by_kind: dict[str, list[FactInArticle]] = {}
    for found in whole.values():
        by_kind.setdefault(found.fact.kind, []).append(found.tellings[0])
    (quote,) = [t for t in by_kind["statement"] if t.fact.direct]  # type: ignore[union-attr]
    assert {g.source for g in grounds(quote, "speaker")} >= {"head quote.speaker"}
    assert "Tomas Lund" in {name(quote, g) for g in grounds(quote, "speaker") if g.entity}
    titles = {t.fact.title: t for t in by_kind["role"]}  # type: ignore[union-attr]
    minister = titles["Interior Minister"]
    assert {g.source for g in grounds(minister, "title")} >= {"head titles"}
    assert {name(minister, g) for g in grounds(minister, "person")} == {"Olga Ferris"}


def test_the_sentence_has_marks(whole: dict[str, Explanation]) -> None:
    (told,) = [e for e in whole.values() if e.tellings[0] is event(whole, "met")]
    (line,) = as_json(told)["tellings"][0]["marked"]
    assert "[Olga Ferris] *met*" in line and "[Tomas Lund]" in line
    text = as_text(told)
    assert line in text and "head event.agent: Olga Ferris “Ferris”" in text


def test_a_fact_is_named_in_many_ways(folder: Path, kg: Any) -> None:
    options = ("--data", folder / "out" / "graph.ttl", "--json")
    with reader_of(folder / "out" / "graph.ttl") as graph:
        iri = find_fact(graph, "Olga Ferris met").iri
        local = iri.removeprefix(graph.base)
    said = {way: kg("explain", way, *options) for way in (iri, f"<{iri}>", local, "Olga Ferris met")}
    assert {ended.code for ended in said.values()} == {0}
    assert len({ended.out for ended in said.values()}) == 1
    assert json.loads(said[iri].out)["fact"] == iri
    store = kg("explain", local, "--store", folder / "news.kg", "--json")
    assert json.loads(store.out) == json.loads(said[iri].out)
    source = kg("explain", local, *options, "--source", folder / "strike.txt")
    assert source.out == said[iri].out


def test_what_is_no_fact_gets_one_line(folder: Path, kg: Any) -> None:
    options = ("--data", folder / "out" / "graph.ttl")
    assert "there is no such fact" in kg("explain", "event/strike/v99", *options).line
    assert "there is no such fact" in kg("explain", "https://example.org/other", *options).line
    assert "is no event, statement, role or relation" in kg("explain", "article/strike", *options).line
    assert "no fact and no sentence" in kg("explain", "penguins danced", *options).line
    many = kg("explain", "Ferris", *options).line
    assert "could mean" in many and "https://example.org/newskg/" in many
    assert "name a fact" in kg("explain", " ", *options).line
    assert "no fact and no sentence" in kg("explain", '" } DROP ALL', *options).line


def test_another_text_is_no_source(folder: Path, resources: Resources, tmp_path: Path) -> None:
    (tmp_path / "strike.txt").write_text(NEWS.replace("Tuesday", "Friday"), encoding="utf-8")
    (tmp_path / "other.txt").write_text("Penguins danced in Arken on Sunday night.\n", encoding="utf-8")
    with reader_of(folder / "out" / "graph.ttl") as graph:
        with pytest.raises(UsageError, match="another text than the graph was built from"):
            explain(graph, "Olga Ferris met", resources, [tmp_path / "strike.txt"])
        with pytest.raises(UsageError, match="has no such text"):
            explain(graph, "Olga Ferris met", resources, [tmp_path / "other.txt"])


def test_what_is_read_otherwise_today_is_told(folder: Path, resources: Resources, tmp_path: Path) -> None:
    turtle = (folder / "out" / "graph.ttl").read_text(encoding="utf-8")
    with reader_of(folder / "out" / "graph.ttl") as graph:
        found = find_fact(graph, "Olga Ferris met")
    begin, end = found.spans[0].begin, found.spans[0].end
    retyped = turtle.replace("plover:Consult", "plover:Agree")
    (tmp_path / "retyped.ttl").write_text(retyped, encoding="utf-8")
    with reader_of(tmp_path / "retyped.ttl") as graph:
        (telling,) = explain(graph, found.iri, resources).tellings
        assert "the graph has the class Agree" in telling.differences[0]
    moved = turtle.replace(f"#char={begin},{end}>", "#char=0,4>")
    (tmp_path / "moved.ttl").write_text(moved, encoding="utf-8")
    with reader_of(tmp_path / "moved.ttl") as graph, pytest.raises(GraphError, match="does not say it"):
        explain(graph, found.iri, resources)


def test_control_characters_do_not_reach_the_terminal(resources: Resources, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Olga Ferris met \x1b[31mTomas Lund\x1b[0m in Arken on Tuesday to discuss the strike.\n",
        encoding="utf-8",
    )
    built = build(tmp_path / "a.txt", out=tmp_path / "out", resources=resources, view=False)
    with reader_of(built.files[0]) as graph:
        told = as_text(explain(graph, "event/a/v1", resources))
    assert "\x1b" not in told


def test_an_event_of_several_articles_is_explained_in_each(resources: Resources, tmp_path: Path) -> None:
    words = "Olga Ferris met Tomas Lund in Geneva on Monday."
    for number, more in enumerate(("The talks took two hours.", "Both sides spoke of progress.")):
        (tmp_path / f"{number}.txt").write_text(f"{words} {more}\n", encoding="utf-8")
    files, out = sorted(tmp_path.glob("*.txt")), tmp_path / "out"
    built = build(files, out=out, resources=resources, view=False, merge_events=True, date="2024-03-07")
    with reader_of(built.files[0]) as graph:
        events = [str(row[0]) for row in run_query(graph, "SELECT ?e WHERE { ?e a sem:Event }")]
        told = {iri: explain(graph, iri, resources) for iri in events}
    assert max(len(one.tellings) for one in told.values()) == 2


def test_long_articles_move_their_grounds(
    resources: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "LONG", 300)
    monkeypatch.setattr(windows, "WINDOW", 200)
    (tmp_path / "strike.txt").write_text(NEWS, encoding="utf-8")
    (facts,) = facts_of(read_articles(tmp_path / "strike.txt"), resources, 0.0)
    ids = {entity.id for entity in facts.entities}  # type: ignore[union-attr]
    triggers = [(e, g) for e in facts.events for g in e.grounds if g.part == "trigger"]  # type: ignore[union-attr]
    assert len(triggers) >= 3
    for one, ground in triggers:
        assert ground.span in one.spans
    assert {g.entity for e in facts.events for g in e.grounds} - {None} <= ids  # type: ignore[union-attr]


def test_grounds_do_not_count_and_are_not_kept(resources: Resources, tmp_path: Path) -> None:
    (tmp_path / "strike.txt").write_text(NEWS, encoding="utf-8")
    (facts,) = facts_of(read_articles(tmp_path / "strike.txt"), resources)
    again = decode(encode(facts))  # type: ignore[arg-type]
    assert again == facts
    assert facts.events[0].grounds and not again.events[0].grounds  # type: ignore[union-attr]
