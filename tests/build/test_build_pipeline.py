"""Short news through the whole pipeline: who, in which role, did what to whom, and who says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import article

from kg.builder import Built, Resources, build, facts_of
from kg.errors import LexiconError, NothingBuiltError, RejectedError, UsageError
from kg.graph import validate
from kg.model import Entity, Facts, Kind, Reject
from kg.pipeline import guarded
from kg.store import load_graph

STRIKE = (
    "Rebel fighters attacked the port of Velmark on Tuesday, killing six sailors. Defence Minister Clara "
    'Oyelaran condemned the attack. "This is an act of war," Oyelaran told reporters. She accused the leader '
    "of the rebels, Tomas Hale, of breaking the truce. Hale, a former army officer, denied the accusation."
)


@pytest.fixture(scope="module")
def strike(resources: Resources) -> Facts:
    (facts,) = facts_of([article(STRIKE, date="2031-03-05")], resources)
    assert isinstance(facts, Facts)
    return facts


def named(facts: Facts, name: str) -> Entity:
    (found,) = [e for e in facts.entities if name in (e.name, *e.aliases)]
    return found


def test_people_are_one_node_each(strike: Facts) -> None:
    minister = named(strike, "Clara Oyelaran")
    assert minister.kind is Kind.PERSON
    words = {mention.span.of(STRIKE) for mention in minister.mentions}
    assert {"Clara Oyelaran", "Oyelaran", "She"} <= words
    assert named(strike, "Tomas Hale").kind is Kind.PERSON


def test_a_role_is_found(strike: Facts) -> None:
    titles = {
        role.title.lower() for role in strike.roles if role.person == named(strike, "Clara Oyelaran").id
    }
    assert "defence minister" in titles


def test_a_quote_has_its_speaker(strike: Facts) -> None:
    (quote,) = [s for s in strike.statements if s.direct]
    assert quote.text.rstrip(",") == "This is an act of war"
    assert quote.speaker == named(strike, "Clara Oyelaran").id


def test_events_have_their_classes(strike: Facts) -> None:
    classes = {event.event_class for event in strike.events}
    assert {"plover:Assault", "plover:Accuse"} <= classes


def test_every_fact_has_its_evidence(strike: Facts) -> None:
    for event in strike.events:
        assert event.spans and len(event.spans) == len(event.sentences)
        assert event.trigger == event.spans[0].of(STRIKE)
    for role in strike.roles:
        assert role.sentence.covers(role.span)


def test_articles_keep_their_order_and_rejects_their_place(resources: Resources) -> None:
    reject = Reject("somewhere", "some reason")
    items = [article(STRIKE, "one"), reject, article(STRIKE, "two")]
    found = list(facts_of(items, resources))
    assert [f.article.id if isinstance(f, Facts) else f for f in found] == ["one", reject, "two"]


def test_together_or_alone_the_facts_are_the_same(resources: Resources, samples: Built) -> None:
    for facts in samples.facts:
        assert list(facts_of([facts.article], resources)) == [facts]


def test_samples_are_valid_and_the_files_hold_the_graph(samples: Built) -> None:
    pytest.importorskip("pyshacl")
    graph = samples.graph
    assert validate(graph) == []
    by_name = {path.name: path for path in samples.files}
    assert set(load_graph(by_name["graph.ttl"])) == set(graph)
    dataset = load_graph(by_name["graph.trig"])
    assert {(s, p, o) for s, p, o in dataset.triples((None, None, None))} == set(graph)


def test_every_sample_has_what_the_readme_promises(samples: Built) -> None:
    for facts in samples.facts:
        text = facts.article.text
        assert 400 <= len(text.split()) <= 700
        assert facts.article.date is not None and facts.article.title is not None
        kinds = {entity.kind for entity in facts.entities}
        assert {Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE} <= kinds
        assert facts.roles and facts.events and facts.relations
        assert {s.direct for s in facts.statements} == {True, False}


def test_strict_builds_and_raises(resources: Resources, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STRIKE, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    out = tmp_path.parent / f"{tmp_path.name}-out"
    with pytest.raises(RejectedError, match=r"1 record was rejected \(.*empty.txt: the file is empty"):
        build(tmp_path, out=out, strict=True, view=False, resources=resources)
    assert (out / "graph.ttl").exists() and (out / "rejects.jsonl").exists()
    with pytest.raises(NothingBuiltError, match="the file is empty"):
        build(tmp_path / "empty.txt", resources=resources)
    there = tmp_path / "there"
    there.mkdir()
    for place in (tmp_path / "new" / "store", there):
        with pytest.raises(NothingBuiltError):
            build(tmp_path / "empty.txt", store=place, resources=resources)
    assert {path.name for path in tmp_path.rglob("*")} == {"good.txt", "empty.txt", "there"}
    with pytest.raises(UsageError):
        build(tmp_path, resources=resources, base_iri="no iri")


def test_every_dev_article_is_built_and_valid(resources: Resources, shared: Path) -> None:
    pytest.importorskip("pyshacl")
    built = build(sorted((shared / "gold" / "dev").glob("*.txt")), resources=resources)
    assert built.rejects == ()
    assert len(built.facts) == 11
    assert validate(built.graph) == []


def test_a_wrong_set_up_stops_the_work_instead_of_costing_every_article() -> None:
    def stage() -> None:
        raise LexiconError("calibration.yaml: event: no number")

    with pytest.raises(LexiconError, match=r"calibration\.yaml"):
        guarded(article("Anna spoke."), stage)
    made = guarded(article("Anna spoke."), lambda: {}["a mistake of ours"])
    assert isinstance(made, Reject)
