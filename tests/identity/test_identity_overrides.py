"""People overrule identity, and nodes keep their IRIs when articles join."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from identity_records import parted, record, who

from kg.errors import IdentityError
from kg.identity import Identity, IdentityRecord, Merge, Overrides, Ref, Split, load_overrides, save_overrides

TWO = (
    record("a", "John Smith", roles=["senator of Ohio"], date="2031-05-01"),
    record("b", "John Smith", roles=["striker of Leeds United"], date="2031-05-02"),
)


def test_people_merge_what_was_two() -> None:
    merge = Merge(
        Ref("person/john-smith", "John Smith", ("a",)), Ref("person/john-smith~2", "John Smith", ("b",))
    )
    identity = who(*TWO, overrides=Overrides((merge,)))
    assert len(identity.nodes) == 1
    assert identity.unmatched == ()


def test_a_merge_by_path_alone_holds_too() -> None:
    merge = Merge(Ref("person/john-smith"), Ref("person/john-smith~2"))
    assert len(who(*TWO, overrides=Overrides((merge,))).nodes) == 1


def test_a_merge_holds_when_paths_have_changed() -> None:
    earlier = record("0", "John Smith", roles=["nurse of Selm Hospital"], date="2030-01-01")
    merge = Merge(
        Ref("person/john-smith", "John Smith", ("a",)), Ref("person/john-smith~2", "John Smith", ("b",))
    )
    identity = who(earlier, *TWO, overrides=Overrides((merge,)))
    assert parted(identity) == {frozenset({"0: John Smith"}), frozenset({"a: John Smith", "b: John Smith"})}


def test_people_split_what_was_one() -> None:
    same = [record(doc, "Elena Rask") for doc in "abcd"]
    split = Split(Ref("person/elena-rask", "Elena Rask", ("a", "b")), ("b", "d"))
    assert parted(who(*same, overrides=Overrides((split,)))) == {
        frozenset({"a: Elena Rask", "c: Elena Rask"}),
        frozenset({"b: Elena Rask", "d: Elena Rask"}),
    }
    every = who(*same, overrides=Overrides((Split(Ref("person/elena-rask"), None),)))
    assert [node.segment for node in every.nodes] == [
        "person/elena-rask",
        *(f"person/elena-rask~{n}" for n in (2, 3, 4)),
    ]


def test_a_later_decision_goes_before_an_earlier() -> None:
    merge = Merge(
        Ref("person/john-smith", "John Smith", ("a",)), Ref("person/john-smith~2", "John Smith", ("b",))
    )
    split = Split(Ref("person/john-smith", "John Smith", ("a", "b")), ("b",))
    assert len(who(*TWO, overrides=Overrides((merge, split))).nodes) == 2
    assert len(who(*TWO, overrides=Overrides((merge, split, merge))).nodes) == 1


def test_a_decision_on_nothing_is_told() -> None:
    identity = who(
        *TWO, overrides=Overrides((Merge(Ref("person/john-smith"), Ref("person/nobody")),), "who.yaml")
    )
    assert identity.unmatched == ("who.yaml, decision 1: there is no person/nobody to merge",)


names = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
refs = st.builds(Ref, names.map(lambda name: f"person/{name}"), names, st.lists(names, max_size=3).map(tuple))
decisions = st.one_of(
    st.builds(Merge, refs, refs),
    st.builds(Split, refs, st.one_of(st.none(), st.lists(names, min_size=1, max_size=3).map(tuple))),
)


@given(st.lists(decisions, max_size=4))
def test_what_is_kept_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, listed: list[Merge | Split]
) -> None:
    file = tmp_path_factory.mktemp("kept") / "identity.yaml"
    save_overrides(file, Overrides(tuple(listed)))
    assert load_overrides(file).decisions == tuple(listed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("decisions: [", "it is no YAML"),
        ("- merge: [a, b]", "it must hold one list, decisions"),
        ("decisions:\n- merge: [person/a]", "decision 1: merge takes two nodes"),
        ("decisions:\n- join: [person/a, person/b]", "decision 1: it is neither merge"),
        ("decisions:\n- merge: [person/a, Ann Lee]", "'Ann Lee' is no node"),
        ("decisions:\n- {split: person/a, apart: x}", "apart is a list of articles"),
    ],
)
def test_a_bad_file_gets_one_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "identity.yaml"
    file.write_text(text)
    with pytest.raises(IdentityError) as caught:
        load_overrides(file)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_decides_nothing(tmp_path: Path) -> None:
    assert load_overrides(tmp_path / "none.yaml").decisions == ()


def test_the_file_is_plain_yaml_that_people_can_edit(tmp_path: Path) -> None:
    file = tmp_path / "identity.yaml"
    save_overrides(file, Overrides((Merge(Ref("person/a", "A", ("x",)), Ref("person/b")),)))
    assert yaml.safe_load(file.read_text()) == {
        "decisions": [{"merge": [{"node": "person/a", "name": "A", "articles": ["x"]}, {"node": "person/b"}]}]
    }


# --- articles that join


def after(records: tuple[IdentityRecord, ...], earlier: Identity) -> tuple[IdentityRecord, ...]:
    """The records as the next build has them: with the path of the node that each was."""
    return tuple(replace(record, was=earlier.segment(*record.key)) for record in records)


def test_new_articles_join_old_nodes_and_iris_stay() -> None:
    old = who(*TWO)
    earlier = record("0", "John Smith", roles=["nurse of Selm Hospital"], date="2030-01-01")
    more = record("c", "John Smith", roles=["striker of Leeds United"], date="2031-06-01")
    new = who(earlier, more, *after(TWO, old))
    assert new.segment("a", "John Smith") == old.segment("a", "John Smith")
    assert new.segment("b", "John Smith") == new.segment("c", "John Smith") == old.segment("b", "John Smith")
    assert new.segment("0", "John Smith") == "person/john-smith~3"


def test_when_an_article_shows_two_nodes_to_be_one_the_old_iri_leads_on() -> None:
    apart = (
        record("a", "Bob Hale", neighbours=("K", "L", "M", "N")),
        record("b", "Robert Hale", roles=["mayor of Arken"], neighbours=("O", "P", "Q", "R")),
        record("b2", "Robert Hale", roles=["mayor of Arken"]),
    )
    merge = Merge(Ref("person/bob-hale"), Ref("person/robert-hale"))
    split = Split(Ref("person/robert-hale", "Robert Hale", ("b",)), ("a",))
    before = who(*apart, overrides=Overrides((merge, split)))
    node = next(n for n in who(*after(apart, before), overrides=Overrides((merge,))).nodes)
    assert node.segment == "person/robert-hale"
    assert node.was == ("person/bob-hale",)
