"""Files come back as graphs; a bad one is one line that names file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import facts_to_graph
from graph_facts import both
from graph_files import facts_to_dataset, to_nquads, to_trig, to_turtle
from rdflib import Dataset
from rdflib.compare import isomorphic

from kg.errors import StoreError
from kg.store import load_graph


@pytest.mark.parametrize("ending", ["ttl", "nt", "trig", "nq", "jsonld"])
def test_every_format_gives_the_same_graph(tmp_path: Path, ending: str) -> None:
    graph = facts_to_graph(both())
    text = {
        "ttl": lambda: to_turtle(both()),
        "nt": lambda: graph.serialize(format="nt"),
        "trig": lambda: to_trig(both()),
        "nq": lambda: to_nquads(both()),
        "jsonld": lambda: facts_to_dataset(both()).serialize(format="json-ld"),
    }[ending]()
    path = tmp_path / f"graph.{ending}"
    path.write_text(text, encoding="utf-8")
    loaded = load_graph(path)
    assert {(s, p, o) for s, p, o in loaded.triples((None, None, None))} == set(graph)
    assert isinstance(loaded, Dataset) == (ending in {"trig", "nq", "jsonld"})
    if ending == "ttl":
        assert isomorphic(loaded, graph)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> oops .", r"a\.ttl, line 2: "),
        ("a.trig", b"<urn:a> {\n<urn:a> nope:b 1 . }", r"a\.trig, line 2: "),
        ("a.nt", b"<urn:a> <urn:b> .", r"a\.nt, line 1: "),
        ("a.nq", b"hello", r"a\.nq, line 1: "),
        ("a.jsonld", b'[{"@id": \n oops}]', r"a\.jsonld, line 2: "),
        ("a.ttl", b"\xff\xfe", "UTF-8"),
        ("a.xyz", b"", "the ending tells no format; known are .ttl"),
        ("a.jsonld", json.dumps({"@context": "http://127.0.0.1:9/c"}).encode(), "is not fetched"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(StoreError, match=message) as caught:
        load_graph(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        load_graph(tmp_path / "none.ttl")
