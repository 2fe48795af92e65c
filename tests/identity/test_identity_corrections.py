"""Corrections by hand survive builds: facts withdrawn, roles put right, things renamed and retyped."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import all_triples

from kg.api import load
from kg.cli.main import main
from kg.errors import IdentityError
from kg.graph import triples_to_graph
from kg.identity import Identity, Merge, Node, Overrides, Ref, Split, load_overrides, save_overrides
from kg.identity.apply_corrections import corrected, of_articles, renamed
from kg.identity.corrections import (
    DecisionProvenance,
    EditRole,
    Rename,
    Retype,
    Withdraw,
    corrections_of,
    with_decision,
)
from kg.identity.lookup import find_fact
from kg.model import Kind

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "graph")]

from graph_facts import both  # noqa: E402 - it lies in the folder just added

TEXT = (
    "Vera Lund, the mayor of Arken, met Omar Reyes on Monday. Lund accused the Harbour Company of greed. "
    '"We will close the pier," Lund said. Reyes, a former judge, praised the builders of the bridge.'
)
OTHER = "Vera Lund opened the new harbour of Arken on Tuesday. Lund thanked the builders."


def test_a_fact_is_found_again_by_its_words_and_goes_with_what_rests_on_it(tmp_path: Path) -> None:
    facts = {one.article.path: one for one in both()}
    graph = triples_to_graph(all_triples(facts.values()))
    blockade = facts["blockade"]
    for path, kind in (
        ("event/blockade/v1", "event"),
        ("statement/blockade/s1", "statement"),
        ("membership/blockade/mira-tessel--foreign-minister--valdor", "role"),
        ("relation/blockade/mira-tessel--nationality--valdor", "relation"),
    ):
        ref = find_fact(graph, path)
        assert (ref.kind, ref.article) == (kind, "blockade")
        # through the file and back
        kept = with_decision(
            Overrides(), Withdraw(ref, DecisionProvenance("Ann Lee", "2031-03-05", "taken back"))
        )
        save_overrides(tmp_path / "identity.yaml", kept)
        (read,) = corrections_of(load_overrides(tmp_path / "identity.yaml"))
        assert read == Withdraw(ref, DecisionProvenance("Ann Lee", "2031-03-05", "taken back"))
        assert of_articles([read]) == {"blockade": (read,)}
        left, idle = corrected(blockade, [read])
        assert not idle
        after = triples_to_graph(all_triples([left]))
        assert not any(str(s).endswith(path) for s in after.subjects())
        assert len(after) < len(triples_to_graph(all_triples([blockade])))
        if kind == "statement":  # the event that it reports
            assert not any(str(s).endswith("event/blockade/v2") for s in after.subjects())
        else:
            assert sum(map(len, (left.events, left.roles, left.relations, left.statements))) == (
                sum(map(len, (blockade.events, blockade.roles, blockade.relations, blockade.statements))) - 1
            )
        assert corrected(facts["march/talks"], [read])[1] == (read,)


def test_a_role_is_put_right() -> None:
    facts = next(one for one in both() if one.article.path == "blockade")
    graph = triples_to_graph(all_triples([facts]))
    ref = find_fact(graph, "membership/blockade/mira-tessel--foreign-minister--valdor")
    left, _ = corrected(facts, [EditRole(ref, "Defence Minister", True)])
    changed = [role for role in left.roles if role not in facts.roles]
    assert [(role.title, role.former) for role in changed] == [("Defence Minister", True)]


def test_things_are_renamed_and_retyped_and_keep_or_change_their_paths() -> None:
    lund = Node("person/vera-lund", Kind.PERSON, "Vera Lund", ("Lund",), members=(("a", "e1"), ("b", "e1")))
    arken = Node("place/arken", Kind.PLACE, "Arken", members=(("a", "e2"),))
    body = Node("organization/arken", Kind.ORGANIZATION, "Arken", members=(("b", "e2"),))
    nodes = (body, lund, arken)
    identity = Identity(nodes, (), {key: node for node in nodes for key in node.members})
    seen = Ref("person/vera-lund~2", "Lund", ("a", "b"))  # its path was another then
    found, idle = renamed(
        identity,
        [
            Rename(seen, "Vera M. Lund"),
            Retype(Ref("place/arken", "Arken", ("a",)), Kind.ORGANIZATION),
            Rename(Ref("person/nobody", "Nobody", ("a",)), "Somebody"),
        ],
    )
    assert [one.node.node for one in idle] == ["person/nobody"]  # type: ignore[union-attr]
    assert (
        found.assigned["a", "e1"].label == "Vera M. Lund" and found.segment("b", "e1") == "person/vera-lund"
    )
    assert found.assigned["a", "e1"].aliases == ("Vera Lund", "Lund")
    turned = found.assigned["a", "e2"]
    assert (turned.segment, turned.kind, turned.was) == (
        "organization/arken~2",
        Kind.ORGANIZATION,
        ("place/arken",),
    )
    assert found.segment("b", "e2") == "organization/arken"
    assert [node.segment for node in found.nodes] == sorted(node.segment for node in found.nodes)


def put(path: Path, *texts: str) -> Path:
    lines = [json.dumps({"id": f"a{n}", "text": text, "date": "2031-03-04"}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def facts(source: str = "output/graph.ttl") -> dict[str, str]:
    """The labels of events, the words of quotes and the titles of roles, with their IRIs."""
    query = """SELECT ?words ?fact { { ?fact a sem:Event ; rdfs:label ?words } UNION { ?fact schema:text ?words }
      UNION { ?fact org:role/rdfs:label ?words } }"""
    with load(source) as graph:
        return {str(words): str(fact) for words, fact in graph.query(query)}


def labels(source: str = "output/graph.ttl") -> dict[str, str]:
    with load(source) as graph:
        found = graph.query("SELECT ?iri ?name { ?iri rdfs:label ?name ; gaf:denotedBy ?span }")
        return {str(iri).removeprefix("https://example.org/newskg/"): str(name) for iri, name in found}


def named(found: dict[str, str], words: str) -> str:
    (iri,) = [iri for label, iri in found.items() if words in label]
    return iri


@pytest.mark.parametrize("store", [False, True], ids=["files", "store"])
def test_a_fact_that_is_withdrawn_stays_away(store: bool, kg: Any, tmp_path: Path) -> None:
    news = put(tmp_path / "news.jsonl", TEXT)
    target = ("--store", "news.db") if store else ()
    source = "news.db" if store else "output/graph.ttl"
    assert kg("build", news, *target).code == 0
    before = facts(source)
    event, quote = named(before, "accused"), named(before, "We will close")
    ended = kg(
        "fix", "reject", event, *target, "--by", "Ann Lee", "--on", "2031-03-05", "--why", "taken back"
    )
    kept = "news.db/identity.yaml" if store else "output/identity.yaml"
    assert ended.out.splitlines()[0] == (
        f"From the next build on: reject event 'accused' in a0, by Ann Lee on 2031-03-05: taken back. Kept in {kept}"
    )
    if store:  # from there it goes at once
        assert ended.out.splitlines()[1] == f"Gone from news.db: {event}"
        assert not [words for words in facts(source) if "accused" in words]
    assert kg("fix", "reject", quote.removeprefix("https://example.org/newskg/"), *target).code == 0
    # the article has one more sentence by now, and another stands beside it
    put(news, TEXT.replace("Vera Lund, the", "It rained. Vera Lund, the", 1), OTHER)
    assert kg("build", news, *target).err == ""
    after = facts(source)
    assert not [words for words in after if "accused" in words or "We will close" in words]
    assert {words for words in before if "met" in words} <= set(after)
    listed = kg("fix", "list", *target).out.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    # who changes the decision gets the fact back
    assert kg("fix", "undo", "1", *target).out.startswith("Taken back: reject event 'accused'")
    assert kg("build", news, *target).code == 0
    assert named(facts(source), "accused")


def test_roles_names_and_kinds(kg: Any, tmp_path: Path) -> None:
    news = put(tmp_path / "news.jsonl", TEXT, OTHER)
    assert kg("build", news).code == 0
    mayor = named(facts(), "mayor")
    assert kg("fix", "role", mayor, "--title", "deputy mayor", "--former").code == 0
    assert kg("fix", "rename", "Vera Lund", "Vera  Maria Lund", "--why", "her full name").code == 0
    assert kg("fix", "retype", "Arken", "organization").code == 0
    # decisions of the other kinds keep the corrections
    assert kg("split", "Vera Lund", "a1").code == 0
    file = Path("output/identity.yaml")
    kept = load_overrides(file)
    assert (len(kept.decisions), len(kept.corrections)) == (1, 3)
    save_overrides(file, replace(kept, decisions=()))
    assert kg("build", news).err == ""
    found = labels()
    assert found["person/vera-lund"] == "Vera Maria Lund"
    assert found["organization/arken"] == "Arken" and "place/arken" not in found
    assert "deputy mayor" in facts() and "mayor" not in facts()
    with load("output/graph.ttl") as graph:
        assert graph.query("ASK { ?m org:role/rdfs:label 'deputy mayor' ; nkg:former true }").truth
        assert graph.query("ASK { ?p rdfs:label 'Vera Maria Lund' ; skos:altLabel 'Vera Lund' }").truth
    assert kg("validate", "output/graph.ttl").code == 0


def test_what_finds_nothing_is_said(kg: Any, tmp_path: Path) -> None:
    news = put(tmp_path / "news.jsonl", TEXT)
    kg("build", news)
    kg("fix", "reject", named(facts(), "accused"))
    kg("fix", "rename", "Omar Reyes", "Omar Reyes Cruz")
    put(news, OTHER)
    said = kg("build", news).err
    assert "nothing found to reject event 'accused' in a0" in said
    assert "nothing found to rename person/omar-reyes to Omar Reyes Cruz" in said


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("reject: {kind: event}", "a fact has kind, article, sentence, words"),
        ("reject: {kind: thing, article: a, sentence: b, words: c}", "kind is one of event"),
        ("role: {kind: role, article: a, sentence: b, words: c}", "none of reject"),
        ("role: {kind: event, article: a, sentence: b, words: c}\n  title: x", "only a role has a title"),
        ("rename: person/x", "none of reject"),
        ("rename: nothing\n  to: x", "is no node"),
        ("retype: person/x\n  to: ship", "none of reject"),
    ],
)
def test_entries_that_are_none_are_one_line(entry: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "identity.yaml"
    file.write_text(f"corrections:\n- {entry}\n", encoding="utf-8")
    with pytest.raises(IdentityError, match=message) as error:
        corrections_of(load_overrides(file))
    assert str(error.value).startswith(f"{file}, correction 1: ") and "\n" not in str(error.value)


def test_what_can_not_be_fixed(kg: Any, tmp_path: Path) -> None:
    kg("build", put(tmp_path / "news.jsonl", TEXT))
    event = named(facts(), "accused")
    for args, code in (
        (("reject", "event/none/v1"), 1),
        (("role", event, "--title", "x"), 2),
        (("role", named(facts(), "mayor")), 2),
        (("retype", "Arken", "ship"), 2),
        (("undo", "1"), 2),
    ):
        ended = kg("fix", *args)
        assert (ended.code, len(ended.err.splitlines())) == (code, 1), args


def test_merges_and_splits_are_listed_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "identity.yaml"
    one, other = Ref("place/nordhaven"), Ref("organization/nordhaven")
    why = DecisionProvenance("Ann Lee", "", "one port")
    before = Overrides(
        (Merge(one, other, why), Split(Ref("person/john-smith"), ("a", "b")), Split(one, None))
    )
    save_overrides(file, with_decision(before, Rename(one, "Nordhaven")))
    (tmp_path / "graph.ttl").write_text("", encoding="utf-8")
    at = ("--data", str(tmp_path / "graph.ttl"))
    assert main(["fix", "list", *at]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1  rename place/nordhaven to Nordhaven",
        "2  merge place/nordhaven and organization/nordhaven, by Ann Lee: one port",
        "3  split person/john-smith, apart in a, b",
        "4  split place/nordhaven, apart in each article",
    ]
    assert main(["fix", "undo", "2", *at]) == 0
    assert capsys.readouterr().out.startswith("Taken back: merge place/nordhaven and organization/nordhaven")
    left = load_overrides(file)
    assert (left.decisions, len(left.corrections)) == (before.decisions[1:], 1)
    assert main(["fix", "undo", "4", *at]) == 2
    assert main(["fix", "undo", "1", *at]) == 0
    left = load_overrides(file)
    assert (left.decisions, left.corrections) == (before.decisions[1:], ())
