"""IRIs are readable, valid for any name, and one for one thing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from kg.errors import GraphError, UsageError
from kg.graph import iris
from kg.model import Entity, Kind, Mention, MentionKind, Span

BASE = iris.DEFAULT_BASE
# RFC 3987, isegment: iunreserved / pct-encoded / sub-delims / ":" / "@"; of these we use iunreserved only
UCS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(p * 0x10000)}-{chr(p * 0x10000 + 0xFFFD)}" for p in range(1, 14)
)
SEGMENT = re.compile(rf"[A-Za-z0-9\-._~{UCS}]+")
ANY = st.text(st.characters(), max_size=120)
NAMES = st.one_of(ANY, st.text("abC +-~.'2é", max_size=6))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("John Kerry", "john-kerry"),
        ("John F. Kennedy", "john-f-kennedy"),
        ("Conor O'Brien-Nye", "conor-o-brien-nye"),
        ("U.S.", "u-s"),
        ("Enrique Peña Nieto", "enrique-peña-nieto"),
        ("Владимир Путин", "владимир-путин"),
        ("  spaced\n out ", "spaced-out"),
        ("Apollo 2", "apollo-2"),
    ],
)
def test_a_plain_name_is_readable(name: str, slug: str) -> None:
    assert iris.slug(name) == slug


@pytest.mark.parametrize(
    "name", ["C++", "AT&T", "", "   ", "!!!", "\x00", "\ud800", "🦊", "a/b", "a" * 500, "x~2", "../.."]
)
def test_a_lossy_name_gets_a_hash(name: str) -> None:
    slug = iris.slug(name)
    assert re.fullmatch(r".{0,80}~[a-z2-7]{10}", slug)
    assert SEGMENT.fullmatch(slug)


def test_lossy_names_stay_apart() -> None:
    names = ["C", "C++", "C#", "c/", "C&", "Peña", "Pena", "\ud800", "\udfff", "a" * 81, "a" * 82, "", "?"]
    assert len({iris.slug(n) for n in names}) == len(names)


@given(NAMES)
def test_any_name_gives_a_valid_segment(name: str) -> None:
    slug = iris.slug(name)
    assert SEGMENT.fullmatch(slug)
    assert slug not in {".", ".."}
    assert "--" not in slug
    iri = f"{BASE}person/{slug}"
    graph = Graph().parse(data=f"<{iri}> <{iri}> <{iri}> .", format="nt")
    assert set(graph.subjects()) == {URIRef(iri)}


@given(NAMES, NAMES)
def test_two_names_share_a_slug_only_if_they_are_one_name(a: str, b: str) -> None:
    assert (iris.slug(a) == iris.slug(b)) == (iris.name_key(a) == iris.name_key(b))


@given(NAMES, NAMES)
def test_two_ids_never_share_an_iri(a: str, b: str) -> None:
    assert (iris.id_slug(a) == iris.id_slug(b)) == (a == b)
    assert SEGMENT.fullmatch(iris.id_slug(a).replace("/", "x"))


@pytest.mark.parametrize("path", ["kerry", "AFP_ENG_2010.0413", "march/talks", "é", "a-b"])
def test_a_safe_id_is_kept(path: str) -> None:
    assert iris.article_iri(BASE, path) == URIRef(f"{BASE}article/{path}")


@pytest.mark.parametrize(
    "path", ["..", "../x", "a//b", "/a", "a/", "a b", "a%20b", "a#b", "a?b", "a\\b", "", "e\u0301", "a~b"]
)
def test_an_unsafe_id_gets_a_hash(path: str) -> None:
    assert re.fullmatch(r"[^/#?% ]*~[a-z2-7]{10}", iris.id_slug(path))


def person(identifier: str, name: str, begin: int, kind: Kind = Kind.PERSON) -> Entity:
    return Entity(identifier, kind, name, mentions=(Mention(Span(begin, begin + 4), MentionKind.NAME),))


def test_things_of_one_name_are_numbered_by_first_mention() -> None:
    late, early = person("a", "Oren Vale", 50), person("b", "oren  vale", 3)
    place = person("c", "Oren Vale", 9, Kind.PLACE)
    expected = {
        "a": URIRef(BASE + "person/oren-vale~2"),
        "b": URIRef(BASE + "person/oren-vale"),
        "c": URIRef(BASE + "place/oren-vale"),
    }
    assert iris.entity_iris([late, early, place], BASE, "x") == expected
    assert iris.entity_iris([place, early, late], BASE, "x") == expected


def test_a_second_apollo_is_not_apollo_2() -> None:
    minted = iris.entity_iris(
        [person("a", "Apollo", 0), person("b", "Apollo", 9), person("c", "Apollo 2", 20)], BASE, "x"
    )
    assert len(set(minted.values())) == 3


def test_a_group_belongs_to_its_article() -> None:
    group = person("g", "civilians", 0, Kind.GROUP)
    assert iris.entity_iris([group], BASE, "kerry")["g"] == URIRef(BASE + "group/kerry/civilians")


@pytest.mark.parametrize(
    "base", ["https://x.example/", "http://127.0.0.1:8000/kg/", "https://müller.example/ä/"]
)
def test_a_good_base_is_kept(base: str) -> None:
    assert iris.check_base(base) == base


def test_a_base_gets_its_slash() -> None:
    assert iris.check_base("https://x.example/kg") == "https://x.example/kg/"


@pytest.mark.parametrize(
    "base",
    ["", "x", "/x/", "ftp://x/", "https://", "https:///x/", "https://x y/", "https://x/#", "https://x/?a=", "https://x/../",
     "https://x//y/", "https://x/<b>/", "https://x/\n", "https://[::1/", "https://x:port/", "https://x/\u202e\ud800/"],
)  # fmt: skip
def test_a_bad_base_is_a_usage_error(base: str) -> None:
    with pytest.raises(UsageError, match="no base IRI"):
        iris.check_base(base)


@pytest.mark.parametrize("iri", ["", "Q42", "//x", "https://x y", "https://x/<", "no scheme:x"])
def test_a_bad_identity_is_refused(iri: str) -> None:
    with pytest.raises(GraphError, match="no absolute IRI"):
        iris.external_iri(iri)
