"""`kg merge` and `kg split` on a built graph, and the build that follows them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TEXTS = {
    "council": "Senator John Smith of Ohio met Anna Weber in Berlin on Thursday. Smith praised Weber.",
    "match": "John Smith, a midfielder with Leeds United, scored twice on Friday. Smith left Leeds United in June.",
    "visit": "Senator John Smith of Ohio met Anna Weber in Berlin on Thursday. Weber thanked Smith.",
}


def smiths(folder: Path) -> dict[str, set[str]]:
    """The articles that speak of each John Smith."""
    blocks = re.split(r"\n(?=<)", (folder / "graph.ttl").read_text())
    nodes = {m[1]: block for block in blocks if (m := re.match(r"<(person/[^>]*smith[^>]*)> a ", block))}
    return {node: set(re.findall(r"<article/(\w+)#", block)) for node, block in nodes.items()}


@pytest.mark.model
def test_decisions_survive_rebuilds(kg: Run, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(
        "".join(json.dumps({"id": i, "text": t, "date": "2031-05-02"}) + "\n" for i, t in TEXTS.items())
    )
    out = tmp_path / "out"
    graph = str(out / "graph.ttl")
    build = ("build", str(news), "-o", str(out), "--no-view", "-q")
    assert kg(*build).code == 0
    assert smiths(out) == {"person/john-smith": {"council", "visit"}, "person/john-smith~2": {"match"}}

    assert "say which" in kg("merge", "John Smith", "Anna Weber", "--data", graph).line
    assert "is John" not in kg("merge", "person/john-smith", "person/john-smith~2", "--data", graph).err
    assert kg(*build).code == 0
    assert smiths(out) == {"person/john-smith": {"council", "match", "visit"}}

    assert "does not stand in nowhere" in kg("split", "John Smith", "nowhere", "--data", graph).line
    assert kg("split", "John Smith", "visit", "--data", graph).code == 0
    assert kg(*build).code == 0
    assert set(map(frozenset, smiths(out).values())) == {
        frozenset({"council", "match"}),
        frozenset({"visit"}),
    }
    assert (out / "identity.yaml").read_text().count("- merge:") == 1

    (out / "identity.yaml").write_text("decisions:\n- merge: [person/nobody, person/john-smith]\n")
    warned = kg(*build[:-1])
    assert "there is no person/nobody to merge" in warned.err
    assert kg(*build, "--identity", str(tmp_path / "none.yaml")).line.endswith(
        "no such file of decisions on who is who"
    )


@pytest.mark.model
def test_a_graph_without_the_thing_is_told(kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<https://example.org/newskg/person/a> a <https://schema.org/Person> .")
    assert (
        kg("merge", "person/a", "Nobody", "--data", str(file)).line
        == "nothing in the graph is called 'Nobody'"
    )
    assert kg("split", "person/a", "--data", str(file)).line.startswith("person/a stands in one article only")
    assert kg("merge", "person/a", "person/a", "--data", str(file)).line.endswith(
        "are one thing already: person/a"
    )
