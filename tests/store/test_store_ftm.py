"""The graph in FollowTheMoney's words: each entity is valid, names its article and quotes its sentence."""

from __future__ import annotations

import io
import json

import pytest
from graph_facts import both
from graph_files import to_nquads
from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError
from kg.graph.vocabulary import expand
from kg.store import to_ftm
from kg.store.ftm import mapping


def test_the_mapping_names_terms_of_the_model() -> None:
    read = mapping()
    for curie in [*(row["class"] for row in read["classes"]), *read["family"], *read["left_out"]]:
        expand(curie)
    assert set(read) == {"classes", "acting_place", "roles", "family", "left_out"}


def test_without_the_library_the_error_says_how_to_come_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "followthemoney", None)
    with pytest.raises(StoreError, match=r"pip install 'newskg\[ftm\]'"):
        to_ftm(Store(), io.BytesIO())


@pytest.fixture(scope="module")
def entities() -> dict[str, list[dict[str, list[str]]]]:
    ftm = pytest.importorskip(
        "followthemoney", reason="needs FollowTheMoney: pip install 'newskg[ftm]' (it builds PyICU)"
    )
    store = Store()
    store.load(to_nquads(both()).encode(), format=RdfFormat.N_QUADS)
    made = []
    for _ in range(2):
        out = io.BytesIO()
        to_ftm(store, out)
        made.append(out.getvalue())
    assert made[0] == made[1]
    found: dict[str, list[dict[str, list[str]]]] = {}
    for line in made[0].decode().splitlines():
        entity = ftm.model.get_proxy(json.loads(line))
        told = {"id": [entity.id], **entity.to_dict()["properties"]}
        found.setdefault(entity.schema.name, []).append(told)
    return found


def test_the_mapping_names_schemata_of_the_library() -> None:
    ftm = pytest.importorskip("followthemoney", reason="needs FollowTheMoney")
    read = mapping()
    named = [read["acting_place"], *(row["schema"] for row in read["classes"])]
    for role in read["roles"].values():
        named.append(role["schema"])
        assert {role["person"], role["body"]} <= set(ftm.model.get(role["schema"]).properties)
    assert all(ftm.model.get(name) and not ftm.model.get(name).abstract for name in named)


def test_people_organisations_and_places(entities: dict[str, list[dict[str, list[str]]]]) -> None:
    names = {
        schema: {e["name"][0] for e in entities[schema]} for schema in ("Person", "PublicBody", "Address")
    }
    assert {"Mira Tessel", "Juan Peña", "Oren Vale"} <= names["Person"]
    assert "Ostrana" in names["PublicBody"], "a place that acts"
    assert "Calder" in names["Address"]


def test_facts_name_their_article_and_quote_their_sentence(
    entities: dict[str, list[dict[str, list[str]]]],
) -> None:
    articles = {e["id"][0]: e for e in entities["Article"]}
    assert len(articles) == 2
    threat = next(e for e in entities["Event"] if e["name"] == ["Mira Tessel threatened Ostrana"])
    assert threat["date"] == ["2031-03-12"]
    assert threat["keywords"] == ["threaten"]
    (doc,) = threat["proof"]
    assert articles[doc]["title"] == ["Valdor threatens blockade"]
    assert threat["summary"][0] in articles[doc]["bodyText"][0]
    people = {e["id"][0]: e["name"][0] for e in (*entities["Person"], *entities["PublicBody"])}
    assert {people[i] for i in threat["involved"]} == {"Mira Tessel", "Ostrana"}
    for schema in ("Event", "Note", "UnknownLink", "Employment"):
        for entity in entities.get(schema, []):
            assert entity["proof"] and entity["summary"], entity


def test_links_lead_to_entities_that_are_there(entities: dict[str, list[dict[str, list[str]]]]) -> None:
    there = {e["id"][0] for many in entities.values() for e in many}
    linking = {"subject", "object", "person", "relative", "employee", "employer", "member", "organization"}
    linking |= {"director", "involved", "entity", "proof"}
    links = [i for many in entities.values() for e in many for key in linking for i in e.get(key, ())]
    assert len(links) > 30
    assert set(links) <= there
