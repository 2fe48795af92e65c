"""What other packages bring: readers, stages of the analysis, linkers; each installed as docs/extending.md has it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.builder import build
from kg.components import BUILT_IN, load_components
from kg.errors import PluginError, UsageError
from kg.pipeline import Resources
from kg.querying import run_query
from kg.store import load_graph

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[2]

NEWS = (
    "Harbour Trust recalled 4,000 kettles on Tuesday after two people were burnt.\n\n"
    'Its chairwoman Nora Lindqvist said: "We are sorry." Critics accused the company of acting too late.\n'
)
EVENTS = """
SELECT ?class ?agent WHERE {
  ?e a sem:Event ; a ?class . OPTIONAL { ?e nkg:agent/rdfs:label ?agent } FILTER (?class != sem:Event)
}"""


def events(graph: Any) -> set[tuple[str, str]]:
    return {
        (str(row[0]).rpartition("#")[2].rpartition("/")[2], str(row[1] or ""))
        for row in run_query(graph, EVENTS).rows
    }


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "kettles.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_an_installed_component_replaces_the_event_extractor(
    install: Callable[..., Path], news: Path, tmp_path: Path
) -> None:
    site = install("newskg-recalls", with_pip=True)
    path = os.pathsep.join([str(site), str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "kg", "build", str(news), "--date", "2024-03-06", "--no-view"]
    found = {}
    for name, options in {
        "own": [],
        "plugged": ["--component", "event=recalls"],
        "two": ["--component", "event=recalls", "--jobs", "2"],
    }.items():
        done = subprocess.run(
            [*command, "--out", str(tmp_path / name), *options],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found[name] = load_graph(tmp_path / name / "graph.ttl")
    assert ("Accuse", "") in {(one, "") for one, _ in events(found["own"])}
    assert events(found["plugged"]) == {("Other", "Harbour Trust")}
    label = "SELECT ?l ?c WHERE { ?e a sem:Event ; rdfs:label ?l ; nkg:confidence ?c }"
    ((said, sure),) = run_query(found["plugged"], label).rows
    assert "recalled" in str(said)
    assert float(sure) == 0.8  # as the component gave it
    assert (tmp_path / "two" / "graph.ttl").read_bytes() == (tmp_path / "plugged" / "graph.ttl").read_bytes()
    quotes = "SELECT ?s WHERE { ?s a nkg:Statement }"
    assert len(run_query(found["plugged"], quotes).rows) == len(run_query(found["own"], quotes).rows) > 0


def test_another_version_of_a_component_builds_articles_anew(
    install: Callable[..., Path], news: Path, tmp_path: Path
) -> None:
    def again(component: str | None = "recalls") -> set[tuple[str, str]]:
        chosen = {"event": component} if component else None
        return events(build(news, out=tmp_path / "out", components=chosen, view=False).graph)

    install("newskg-recalls")
    assert again() == {("Other", "Harbour Trust")}
    install("newskg-recalls", lambda module: module.replace('"nkg:Other"', '"nkg:Close"'))
    assert again() == {("Other", "Harbour Trust")}  # nobody said that anything had changed
    install(
        "newskg-recalls",
        lambda module: module.replace('"nkg:Other"', '"nkg:Close"').replace('version = "1"', 'version = "2"'),
    )
    assert again() == {("Close", "Harbour Trust")}
    assert ("Close", "Harbour Trust") not in again(None)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: "import newskg_nowhere\n" + m, "can't be loaded: ModuleNotFoundError: No module named"),
        (lambda m: m.replace("class Recalls", "class Other"), "can't be loaded: AttributeError"),
        (lambda m: m.replace('version = "1"', "version = None"), "tells no version"),
        (lambda m: m.replace("__call__", "find"), "gives Recalls, which can't be called"),
        (lambda m: m + "\n\nRecalls = 3\n", "is 3, nothing to be called"),
        (
            lambda m: m.replace('version = "1"', 'version = "1"\n\n    def __init__(self):\n        1 / 0'),
            "can't be set up: ZeroDivisionError: division by zero",
        ),
    ],
)
def test_what_cannot_be_set_up_is_told_in_one_line(
    install: Callable[..., Path], change: Callable[[str], str], told: str
) -> None:
    install("newskg-recalls", change)
    with pytest.raises(PluginError, match=r"the plug-in 'event.recalls' of newskg-recalls 1.0") as error:
        load_components({"event": "recalls"})
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.replace("return found", "return None"), "returns a NoneType, not a list of Event"),
        (lambda m: m.replace("return found", "return ['x']"), "returns a str among its Events"),
        (lambda m: m.replace("nkg:Other", "nkg:Recall"), "the unknown class 'nkg:Recall'"),
        (lambda m: m.replace("tuple(makers)", "('e99',)"), "names the unknown 'e99'"),
        (lambda m: m.replace("confidence=0.8", "confidence=8"), "with the confidence 8"),
        (lambda m: m.replace("spans=(span,)", "spans=()"), "without a span and a sentence"),
        (
            lambda m: m.replace("spans=(span,)", "spans=(span.__class__(3, 9999),)"),
            "no stretch of the article's text",
        ),
    ],
)
def test_a_component_that_gives_something_else_stops_the_build(
    install: Callable[..., Path],
    news: Path,
    resources: Resources,
    change: Callable[[str], str],
    told: str,
) -> None:
    install("newskg-recalls", change)
    with pytest.raises(PluginError) as error:
        build(news, resources=plugged(resources, {"event": "recalls"}))
    assert told in str(error.value)
    assert str(error.value).startswith("the plug-in 'event.recalls' of newskg-recalls 1.0 returns")


def plugged(resources: Resources, chosen: dict[str, str]) -> Resources:
    """The same resources with components."""
    return Resources(
        resources.nlp, resources.lexicon, resources.world, resources.reader, load_components(chosen)
    )


def test_a_component_that_trips_over_an_article_costs_that_article(
    install: Callable[..., Path], news: Path, tmp_path: Path, resources: Resources
) -> None:
    (tmp_path / "quiet.txt").write_text(
        "Nora Lindqvist met the mayor of Arken on Friday.\n", encoding="utf-8"
    )
    install("newskg-recalls", lambda m: m.replace("if makers:", "if 1 / (1 - len(makers)):"))
    built = build(
        [news, tmp_path / "quiet.txt"], resources=plugged(resources, {"event": "recalls"}), view=False
    )
    assert [facts.article.id for facts in built.facts] == ["quiet"]
    (reject,) = built.rejects
    assert "'event.recalls' of newskg-recalls 1.0: ZeroDivisionError" in reject.reason


def test_every_kind_can_be_plugged_in(install: Callable[..., Path], news: Path, resources: Resources) -> None:
    """Plug-ins that hand on what is built in change nothing but the confidences, which are then their own."""
    kinds = ("mention", "coreference", "statement", "role", "event", "relation")
    points = "\n".join(f'"{kind}.same" = "newskg_recalls:{kind.title()}"' for kind in kinds)
    module = "# newskg_recalls.py\nfrom kg.components import BUILT_IN\n" + "".join(
        f"""
class {kind.title()}:
    version = "1"
    def __call__(self, *args):
        return BUILT_IN.{"resolvers" if kind in kinds[:2] else "extractors"}.{kind}(*args)
"""
        for kind in kinds
    )
    install(
        "newskg-recalls",
        lambda _: module,
        lambda project: (
            project.rpartition("\n\n")[0] + f'\n\n[project.entry-points."kg.components"]\n{points}\n'
        ),
    )
    own = build(news, resources=resources).facts[0]
    same = build(news, resources=plugged(resources, dict.fromkeys(kinds, "same"))).facts[0]
    assert same.entities == own.entities
    assert [(r.title, r.person) for r in same.roles] == [(r.title, r.person) for r in own.roles]
    assert [(s.id, s.text, s.speaker) for s in same.statements] == [
        (s.id, s.text, s.speaker) for s in own.statements
    ]
    assert {(e.event_class, e.spans, e.agents) for e in own.events} <= {
        (e.event_class, e.spans, e.agents) for e in same.events
    }


def test_wrong_choices_are_told(install: Callable[..., Path], kg: Any) -> None:
    install("newskg-recalls")
    with pytest.raises(UsageError, match="no component 'recals' for event; did you mean 'recalls'"):
        load_components({"event": "recals"})
    with pytest.raises(UsageError, match="no component 'recalls' for role; installed: none"):
        load_components({"role": "recalls"})
    with pytest.raises(UsageError, match="no kind of component 'events'; there are mention, coreference"):
        load_components({"events": "recalls"})
    assert load_components({"event": "built-in"}) == BUILT_IN
    assert "write it as KIND=NAME" in kg("build", "--component", "recalls").line


def test_a_component_in_newskg_toml(
    install: Callable[..., Path], news: Path, kg: Any, tmp_path: Path
) -> None:
    install("newskg-recalls")
    (tmp_path / "newskg.toml").write_text('[build]\ncomponent = ["event=recalls"]\n', encoding="utf-8")
    assert kg("build", news, "--out", "out", "--no-view").code == 0
    assert events(load_graph(tmp_path / "out" / "graph.ttl")) == {("Other", "Harbour Trust")}
    assert kg("build", news, "--out", "own", "--no-view", "--component", "event=built-in").code == 0
    assert events(load_graph(tmp_path / "own" / "graph.ttl")) != {("Other", "Harbour Trust")}


WIRE = (
    "2024-03-05\nKettles recalled\nHarbour Trust recalled 4,000 kettles on Tuesday.\n"
    "=====\n2024-03-06\nMayor resigns\nThe mayor of Arken, Olga Ferris, resigned on Wednesday.\n"
)


def test_an_installed_reader(install: Callable[..., Path], tmp_path: Path, resources: Resources) -> None:
    install("newskg-wire", with_pip=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "desk.wire").write_text(WIRE, encoding="utf-8")
    built = build(tmp_path / "in", resources=resources)  # a folder is searched for its ending, too
    assert [(f.article.id, f.article.title, f.article.date) for f in built.facts] == [
        ("desk-1", "Kettles recalled", "2024-03-05"),
        ("desk-2", "Mayor resigns", "2024-03-06"),
    ]


def test_a_reader_that_cannot_be_loaded_is_told(
    install: Callable[..., Path], tmp_path: Path, resources: Resources
) -> None:
    install("newskg-wire", lambda module: "import newskg_nowhere\n" + module)
    (tmp_path / "desk.wire").write_text(WIRE, encoding="utf-8")
    with pytest.raises(PluginError, match=r"the plug-in 'wire' of newskg-wire 1.0 can't be loaded"):
        build(tmp_path / "desk.wire", resources=resources)


def test_a_reader_that_trips_over_a_file_costs_that_file(
    install: Callable[..., Path], news: Path, tmp_path: Path, resources: Resources
) -> None:
    install("newskg-wire", lambda module: module.replace("    for number", "    1 / 0\n    for number"))
    (tmp_path / "desk.wire").write_text(WIRE, encoding="utf-8")
    built = build([tmp_path / "desk.wire", news], resources=resources)
    assert [facts.article.id for facts in built.facts] == ["kettles"]
    assert "ZeroDivisionError" in built.rejects[0].reason


def test_an_installed_linker(install: Callable[..., Path], news: Path, resources: Resources) -> None:
    install("newskg-desk", with_pip=True)
    graph = build(news, kb="desk", resources=resources).graph
    same = "SELECT ?o WHERE { ?s rdfs:label 'Harbour Trust' ; owl:sameAs ?o }"
    assert [str(row[0]) for row in run_query(graph, same).rows] == ["https://desk.example/files/17"]


def test_a_linker_that_cannot_be_set_up_is_told(
    install: Callable[..., Path], news: Path, resources: Resources
) -> None:
    install("newskg-desk", lambda module: module.replace("    return link\n", "    return 7\n"))
    with pytest.raises(PluginError, match=r"the plug-in 'desk' of newskg-desk 1.0 gives int"):
        build(news, kb="desk", resources=resources)
