"""One table of event classes: nothing that is made of it has drifted, and classes of the user's own join them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import article
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.annotate import annotate
from kg.errors import KGError
from kg.event_classes import FLAGS, curies_with, event_classes, read_table
from kg.extract import extract
from kg.graph import validate
from kg.graph.ontology import ontology
from kg.graph.vocabulary import NKG, SEM, expand
from kg.heads.weights import load_weights
from kg.lexicon import load_lexicon
from kg.pipeline import Resources
from kg.resolve import resolve
from kg.run.codec import decode, encode
from kg.view import styles
from training.tables import make_events

ROOT = Path(__file__).parents[2]
# as the document has it
(RECALL,) = re.findall(
    r"(?ms)^```yaml\n(# mywords/events/recall.yaml\n.*?)^```$",
    (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"),
)
NEWS = "Skaldar Lines recalled 4,000 kettles on Tuesday. Olga Ferris met Tomas Lund in Geneva on Monday.\n"


def test_what_is_made_of_the_table_is_up_to_date() -> None:
    files = make_events.made()
    assert len(files) == 5
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.name}: run python -m training.tables.make_events"
        )


def test_the_order_is_that_of_the_weights() -> None:
    names = [one.local.upper() for one in event_classes().values()]
    trained = load_weights().tags["class"]
    assert tuple(names[: len(trained)]) == trained, "a new class goes to the end of classes.yaml"
    samples = (ROOT / "training" / "samples.py").read_text(encoding="utf-8")
    assert "event_classes()" in samples


def test_the_pages_and_the_lexicon_read_the_table() -> None:
    assert set(styles.load()["events"]) == set(event_classes()) == set(load_lexicon().classes)
    for curie, one in event_classes().items():
        entry = styles.event(curie)
        assert (entry["name"], entry["stance"]) == (one.name, one.stance)
        assert bool(entry.get("mutual")) is ("mutual" in one.flags)


def test_every_flag_is_explained_and_used() -> None:
    text = (ROOT / "ontologies" / "events" / "classes.yaml").read_text(encoding="utf-8")
    for flag in FLAGS:
        assert f"#   {flag} " in text
        assert curies_with(flag)


def test_codes_of_plover_and_cameo_stand_in_the_ontology() -> None:
    graph = ontology()

    def notations(curie: str, relation: URIRef) -> set[str]:
        codes = graph.objects(expand(curie), relation)
        return {str(graph.value(code, SKOS.notation)) for code in codes}

    assert notations("plover:Accuse", SKOS.exactMatch) == {"ACCUSE"}
    assert notations("plover:Assault", SKOS.closeMatch) == {"18", "19", "20"}
    assert notations("nkg:Investigate", SKOS.closeMatch) == {"09"}
    plover = {curie for curie in event_classes() if curie.startswith("plover:")}
    assert {curie for curie in event_classes() if notations(curie, SKOS.exactMatch)} == plover


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda text: text.replace("stance: hostile", "stance: cross", 1),
            "plover:Accuse: there is no 'cross'",
        ),
        (lambda text: text.replace("flags: content doing", "flags: loud", 1), "there is no 'loud'"),
        (lambda text: text.replace("  name: Accusation\n", "", 1), "lacks 'name'"),
        (lambda text: text.replace("name: Accusation", "colour: red\n  name: A", 1), "there is no 'colour'"),
        (lambda text: text + text, "stands twice"),
    ],
)
def test_a_broken_table_is_told(change: object, told: str) -> None:
    text = (ROOT / "ontologies" / "events" / "classes.yaml").read_text(encoding="utf-8")
    with pytest.raises(KGError, match=told):
        read_table(change(text))  # type: ignore[operator]


@pytest.fixture(scope="module")
def own(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Resources:
    """The resources with a class of the user's own."""
    folder = tmp_path_factory.mktemp("words")
    (folder / "events").mkdir()
    (folder / "events" / "recall.yaml").write_text(RECALL, encoding="utf-8")
    return replace(resources, lexicon=load_lexicon(folder))


@pytest.mark.model
def test_a_class_of_ones_own_stands_in_graph_and_page(own: Resources, tmp_path: Path) -> None:
    from kg.builder import build

    (tmp_path / "kettles.txt").write_text(NEWS, encoding="utf-8")
    built = build(tmp_path / "kettles.txt", out=tmp_path / "out", resources=own, date="2024-03-07")
    (facts,) = built.facts
    assert [one.curie for one in facts.classes] == ["own:Recall"]
    assert decode(encode(facts)) == facts
    graph: Graph = built.graph
    cls = URIRef("https://example.org/newskg/class/recall")
    (event,) = graph.subjects(RDF.type, cls)
    assert set(graph.objects(event, RDF.type)) == {SEM.Event, cls, expand("plover:Concede")}
    assert graph.value(event, NKG.agent) is not None
    assert {str(o) for o in graph.objects(cls)} == {
        str(OWL.Class),
        str(expand("plover:Concede")),
        "Product recall",
        "A maker calls goods back that it has sold.",
        str(NKG.Neutral),
    }
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert (
        json.dumps({str(cls): {"name": "Product recall", "stance": "neutral"}})[1:-1]
        .replace(": ", ":")
        .replace(", ", ",")
        in page
    )
    assert f'"c":"{cls}"' in page
    # no event of another article's words is touched
    assert expand("plover:Consult") in set(graph.objects(None, RDF.type))


@pytest.mark.model
def test_the_condition_of_the_document_keeps_other_meanings_out(own: Resources, tmp_path: Path) -> None:
    from kg.builder import build

    text = "Mayor Olga Ferris recalled her childhood in Geneva. Skaldar Lines recalled its toys on Tuesday.\n"
    (tmp_path / "two.txt").write_text(text, encoding="utf-8")
    (facts,) = build(tmp_path / "two.txt", resources=own, date="2024-03-07").facts
    found = [event for event in facts.events if event.event_class == "own:Recall"]
    assert [facts.article.text[event.sentences[0].begin :][:7] for event in found] == ["Skaldar"]


@pytest.mark.model
def test_the_shapes_know_a_class_that_is_declared(own: Resources, tmp_path: Path) -> None:
    pytest.importorskip("pyshacl")
    from kg.builder import build

    (tmp_path / "kettles.txt").write_text(NEWS, encoding="utf-8")
    graph = build(tmp_path / "kettles.txt", resources=own, date="2024-03-07").graph
    assert validate(graph) == []
    cls = URIRef("https://example.org/newskg/class/recall")
    undeclared = Graph() + graph
    undeclared.remove((cls, None, None))
    assert any("declared" in str(fault) for fault in validate(undeclared))
    astray = Graph() + graph
    astray.set((cls, RDFS.subClassOf, SEM.Actor))
    assert any("subclass of one of the model's" in str(fault) for fault in validate(astray))


@pytest.mark.model
def test_without_ones_own_words_nothing_changes(own: Resources, resources: Resources, tmp_path: Path) -> None:
    from kg.builder import build

    (tmp_path / "talks.txt").write_text("Olga Ferris met Tomas Lund in Geneva on Monday.\n", encoding="utf-8")
    one, other = (build(tmp_path / "talks.txt", resources=r).facts[0] for r in (own, resources))
    assert one == other and one.classes == ()


@pytest.mark.model
def test_the_words_tell_of_a_class_that_the_reader_was_not_trained_on(own: Resources) -> None:
    classes = {**own.lexicon.classes, "own:Recall": replace(own.lexicon.classes["own:Recall"], parent=None)}
    new = replace(own, lexicon=replace(own.lexicon, classes=classes))
    (parsed,) = annotate([article(NEWS)], new.nlp)
    reading = new.reader.read(parsed, new.lexicon)
    facts = extract(resolve(parsed, new.lexicon, new.world, reading), reading, new.lexicon)
    found = {e.trigger: e for e in facts.events}
    assert found["recalled"].event_class == "own:Recall" and found["recalled"].agents
    assert "no head knows" in str(found["recalled"].grounds)
    assert found["met"].event_class == "plover:Consult"


def test_the_frames_of_a_class_of_ones_own_are_read(tmp_path: Path) -> None:
    from kg.lexicon.load import load_events

    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "recall.yaml").write_text(RECALL, encoding="utf-8")
    classes, frames = load_events(tmp_path)
    assert classes["own:Recall"].parent == "plover:Concede"
    assert frames["recall", "verb"][-1].event_class == "own:Recall"
