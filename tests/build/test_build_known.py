"""A store keeps the IRIs that it gave when articles join, and lost ones lead on; files are always as if built anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.builder import Built, Resources, build
from kg.identity import Merge, Overrides, Ref, save_overrides
from kg.store import ArticleStore

MAYOR = "John Smith, the mayor of Arken, opened the harbour on Monday. Smith thanked the builders."
STRIKER = "John Smith, a striker of Leeds United, scored twice on Sunday. Smith left Leeds United in May."
NURSE = "John Smith, a nurse of Selm Hospital, won a prize. Smith has worked there for years."
BASE = "https://example.org/newskg/"


def record(name: str, text: str, date: str) -> dict[str, Any]:
    return {"id": name, "text": text, "date": date, "title": f"News of {name}"}


OLD = [record("mayor", MAYOR, "2031-05-01"), record("striker", STRIKER, "2031-05-02")]
EARLIER = record("nurse", NURSE, "2030-01-01")


def run(folder: Path, records: list[dict[str, Any]], resources: Resources, **more: Any) -> Built:
    news = folder / "news.jsonl"
    news.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return build(news, resources=resources, **more)


def smiths(built: Built) -> dict[str, str]:
    found = {}
    for node in built.corpus.identity.nodes:
        if node.label == "John Smith":
            found.update({doc: node.segment for doc, _ in node.members})
    return found


def test_an_earlier_namesake_that_joins_a_store_changes_no_iri(tmp_path: Path, resources: Resources) -> None:
    store = tmp_path / "news.kg"
    old = smiths(run(tmp_path, OLD, resources, store=store))
    assert old == {"mayor": "person/john-smith", "striker": "person/john-smith~2"}
    # only what is new is given; what the store has goes on
    assert smiths(run(tmp_path, [EARLIER], resources, store=store)) == {**old, "nurse": "person/john-smith~3"}
    assert smiths(run(tmp_path, [EARLIER, *OLD], resources, store=store))["nurse"] == "person/john-smith~3"
    # an article whose words change is still known
    changed = {**OLD[0], "text": MAYOR + " He left on Tuesday."}
    assert smiths(run(tmp_path, [changed, EARLIER], resources, store=store))["mayor"] == "person/john-smith"


def test_files_are_the_same_whatever_was_built_before(tmp_path: Path, resources: Resources) -> None:
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    run(tmp_path, OLD, resources, out=out, view=False)
    run(tmp_path, [EARLIER, *OLD], resources, out=out, view=False)
    run(tmp_path, [EARLIER, *OLD], resources, out=fresh, view=False)
    assert (out / "graph.trig").read_bytes() == (fresh / "graph.trig").read_bytes()


def test_a_path_that_was_lost_leads_on_for_good_and_is_given_to_nobody_else(
    tmp_path: Path, resources: Resources
) -> None:
    store = tmp_path / "news.kg"
    run(tmp_path, OLD, resources, store=store)
    merge = Merge(Ref("person/john-smith"), Ref("person/john-smith~2"))
    save_overrides(store / "identity.yaml", Overrides((merge,)))
    for _ in range(2):
        assert set(smiths(run(tmp_path, OLD, resources, store=store)).values()) == {"person/john-smith"}
        assert leads_on(store) == {f"{BASE}person/john-smith~2": f"{BASE}person/john-smith"}
    assert smiths(run(tmp_path, [EARLIER, *OLD], resources, store=store))["nurse"] == "person/john-smith~3"


def leads_on(store: Path) -> dict[str, str]:
    query = "SELECT ?a ?b { GRAPH ?g { ?a <http://www.w3.org/2002/07/owl#sameAs> ?b } }"
    with ArticleStore(store) as opened:
        found = {str(a.value): str(b.value) for a, b in opened.ox.query(query)}
    return {a: b for a, b in found.items() if b.startswith(BASE)}
