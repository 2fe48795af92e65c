"""Names in parts, for any string, and the word lists behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.names import distinctive, fold, initials, parse
from kg.identity.profile import fields_of
from kg.identity.tables import tables
from kg.model import Kind

kinds = st.sampled_from([Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE])


@given(st.text(), kinds)
def test_any_string_is_a_name_in_parts(text: str, kind: Kind) -> None:
    name = parse(text, kind)
    assert parse(text, kind) == name
    assert all(word and not word.isspace() for word in name.words)
    assert fold(fold(text)) == fold(text) or not text.isascii()


@given(st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", fullmatch=True))
def test_case_accents_and_spaces_are_of_no_matter(text: str) -> None:
    assert parse(text, Kind.PLACE).key == parse(f" {text.upper()}  ", Kind.PLACE).key


@pytest.mark.parametrize(
    ("text", "kind", "words", "generation"),
    [
        ("Mr. John F. Hale Jr.", Kind.PERSON, ("john", "f", "hale"), "jr"),
        ("Michael O’ Leary", Kind.PERSON, ("michael", "oleary"), ""),
        ("Orbis & Sons Ltd.", Kind.ORGANIZATION, ("orbis", "and", "sons"), ""),
        ("the Defence Ministry", Kind.ORGANIZATION, ("defense", "ministry"), ""),
        ("U.S. Navy", Kind.ORGANIZATION, ("us", "navy"), ""),
        ("SE", Kind.ORGANIZATION, ("se",), ""),
        ("東京", Kind.PLACE, ("東京",), ""),
    ],
)
def test_names_in_parts(text: str, kind: Kind, words: tuple[str, ...], generation: str) -> None:
    name = parse(text, kind)
    assert (name.words, name.generation) == (words, generation)


def test_initials_come_with_and_without_the_small_words() -> None:
    assert initials(("bank", "of", "arken")) == {"ba", "boa"}
    assert initials(("arken",)) == frozenset()


def test_a_name_that_many_have_is_told() -> None:
    assert distinctive(parse("Supreme Court", Kind.ORGANIZATION)) == ()
    assert distinctive(parse("Supreme Court of Arken", Kind.ORGANIZATION)) == ("arken",)


def test_every_entry_of_the_lists_is_folded_and_loads() -> None:
    lists = tables()
    single = lists.honorifics | lists.generations | lists.generic | lists.droppable
    assert all(word == fold(word) and word.replace("-", "").isalnum() for word in single)
    for words in (lists.spelling, lists.fields):
        assert all(word == fold(word) for word in words)
    assert all(word == fold(word) for pair in lists.countries.items() for word in (*pair[0], pair[1]))
    assert "bob" in lists.nicknames["robert"] and "robert" in lists.nicknames["bob"]


def test_a_title_belongs_to_fields() -> None:
    assert fields_of("former Senator") == {"politics"}
    assert fields_of("head of the line") == frozenset()
    assert fields_of("Brigadier General") == {"forces"}
    assert fields_of("private shareholder") == fields_of("general manager") == {"business"}
    assert fields_of("attorney general") == {"law"}
    assert fields_of("major league") == frozenset()
