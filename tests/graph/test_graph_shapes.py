"""The shapes accept what the builder writes and refuse a graph that is broken."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from builders import facts_to_graph
from graph_facts import both, talks
from graph_files import facts_to_dataset
from graph_large import large
from rdflib import Graph, URIRef

from kg.errors import GraphError
from kg.graph import Evidence, ontology
from kg.graph.shapes import validate
from kg.graph.vocabulary import NAMESPACES, PREFIXES

pytest.importorskip("pyshacl")
HEADER = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items()) + (
    "BASE <https://example.org/newskg/>\n"
)


def test_the_fixture_is_valid() -> None:
    assert validate(facts_to_graph(both()), warnings=True) == []


def test_each_article_alone_and_a_large_one_are_valid() -> None:
    assert validate(facts_to_graph([talks()])) == []
    assert validate(facts_to_graph([large(1, 40, 24, 2)])) == []


def test_a_dataset_is_valid_as_the_union_of_its_graphs() -> None:
    assert validate(facts_to_dataset(both())) == []


@pytest.mark.parametrize("evidence", Evidence)
def test_a_graph_is_valid_however_much_is_said_of_its_text(evidence: Evidence) -> None:
    assert validate(facts_to_graph([*both(), large(2, 40, 24, 2)], evidence=evidence), warnings=True) == []


BROKEN = yaml.safe_load((Path(__file__).parent / "broken_graphs.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sound() -> Graph:
    return facts_to_graph(both())


@pytest.fixture(scope="module")
def told() -> Graph:
    return facts_to_graph(both(), evidence=Evidence.FULL)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_graph_is_caught(sound: Graph, told: Graph, name: str) -> None:
    remove, add = BROKEN[name].get("remove"), BROKEN[name].get("add")
    graph = Graph() + (told if BROKEN[name].get("evidence") == "full" else sound)
    if remove:
        before = len(graph)
        graph.update(f"{HEADER} DELETE WHERE {{ {remove} }}")
        assert len(graph) < before
    if add:
        graph.update(f"{HEADER} INSERT DATA {{ {add} }}")
    found = "\n".join(map(str, validate(graph)))
    assert re.search(BROKEN[name]["message"], found), found or "nothing was caught"


def test_a_statement_without_a_speaker_is_a_warning_only(sound: Graph) -> None:
    graph = Graph() + sound
    graph.update(f"{HEADER} DELETE WHERE {{ <statement/blockade/s2> nkg:speaker ?x }}")
    assert validate(graph) == []
    assert [v.severity for v in validate(graph, warnings=True)] == ["Warning"]


def test_a_reported_event_without_a_statement_is_a_warning_only(sound: Graph) -> None:
    graph = Graph() + sound
    graph.update(f"{HEADER} DELETE WHERE {{ ?e nkg:accordingTo ?x }}")
    assert validate(graph) == []
    assert [v.message for v in validate(graph, warnings=True)] == [
        "a reported event names the statement that carries it"
    ]


def test_without_pyshacl_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(GraphError, match=r"pip install 'newskg\[validate\]'"):
        validate(Graph())


def test_the_graph_uses_terms_of_the_ontology_only(sound: Graph) -> None:
    known = set(ontology.ontology().subjects())
    spaces = tuple(str(NAMESPACES[p]) for p in ("schema", "org", "sem", "gaf", "nif", "nkg", "plover"))
    used = {t for s, p, o in sound for t in (p, o) if isinstance(t, URIRef) and str(t).startswith(spaces)}
    assert used <= known


def test_the_fixture_and_the_ontology_contradict_each_other_nowhere(sound: Graph) -> None:
    owlrl = pytest.importorskip("owlrl")
    graph = Graph() + sound + ontology.ontology()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = [
        str(o) for o in graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))
    ]
    assert errors == []
    tessel, event = (
        URIRef(f"https://example.org/newskg/{t}") for t in ("person/mira-tessel", "event/blockade/v1")
    )
    assert (event, NAMESPACES["sem"].hasActor, tessel) in graph
