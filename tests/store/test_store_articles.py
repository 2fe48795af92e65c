"""Articles in the store: written, replaced and withdrawn as wholes; the same graph as a build's files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from graph_facts import both
from graph_files import to_nquads, to_trig, to_turtle
from store_articles import put, story

from kg.errors import StoreError
from kg.graph.iris import DEFAULT_BASE
from kg.store import ArticleStore, is_store, stats, write

DOCUMENTS = both()
DOC = f"{DEFAULT_BASE}article/story-0001"


def dump(store: ArticleStore, form: str) -> str:
    out = io.BytesIO()
    write(store.ox, form, out, store.base, shelf=store.shelf)
    return out.getvalue().decode("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_a_store_is_made_and_opened_again(folder: Path) -> None:
    assert not is_store(folder)
    with ArticleStore(folder, base="https://news.example/kg") as store:
        store.put([put(story(1))])
    assert is_store(folder)
    with ArticleStore(folder) as store:
        assert store.base == "https://news.example/kg/"
        assert list(store.graphs()) == [DOC]


def test_exports_are_the_files_of_a_build_byte_for_byte(folder: Path) -> None:
    with ArticleStore(folder) as store:
        store.put(put(facts) for facts in DOCUMENTS)
        assert dump(store, "ttl") == to_turtle(DOCUMENTS)
        assert dump(store, "trig") == to_trig(DOCUMENTS)
        assert dump(store, "nq") == to_nquads(DOCUMENTS)


def test_exports_do_not_depend_on_the_order_of_writing(tmp_path: Path) -> None:
    found = []
    for name, order in (("a", (1, 2, 3)), ("b", (3, 1, 2))):
        with ArticleStore(tmp_path / name) as store:
            for number in order:
                store.put([put(story(number))])
            found.append([dump(store, form) for form in ("ttl", "trig", "nq", "nt", "jsonld")])
    assert found[0] == found[1]


def test_long_sorts_run_over_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ArticleStore(folder) as store:
        store.put(put(story(n)) for n in range(6))
        whole = dump(store, "ttl")
        monkeypatch.setattr("kg.store.ordered.RUN", 7)
        assert dump(store, "ttl") == whole


def test_the_same_article_has_the_same_stamp_and_another_content_or_version_another() -> None:
    assert put(story(1)).stamp == put(story(1)).stamp
    assert put(story(1)).stamp != put(story(1), "2").stamp
    assert put(story(1)).stamp != put(story(1, "thanked")).stamp


def test_a_changed_article_replaces_the_whole_of_its_graph(folder: Path) -> None:
    with ArticleStore(folder) as store:
        store.put([put(story(1)), put(story(2))])
        before = dump(store, "nq")
        store.put([put(story(1, "thanked"))])
        assert "thanked" in dump(store, "ttl")
        assert store.stamps.get(DOC) == put(story(1, "thanked")).stamp
        assert list(store.graphs()) == [DOC, DOC.replace("1", "2")]
        store.put([put(story(1))])
        assert dump(store, "nq") == before


def test_what_no_article_mentions_any_more_is_gone_and_the_rest_stays(folder: Path) -> None:
    with ArticleStore(folder) as store:
        store.put([put(story(0)), put(story(5))])  # both have Amina Yusuf
        assert store.forget(f"{DEFAULT_BASE}article/story-0000") > 10
        left = dump(store, "ttl")
        assert "Amina Yusuf" in left
        assert "story-0000" not in left
        assert store.stamps.get(f"{DEFAULT_BASE}article/story-0000") is None
        with pytest.raises(StoreError, match="holds no such graph"):
            store.forget(f"{DEFAULT_BASE}article/story-0000")


def test_a_replacement_that_was_not_noted_leaves_the_old_article(folder: Path) -> None:
    with ArticleStore(folder) as store:
        store.put([put(story(1))])
        whole = dump(store, "nq")
        store.shelf.put({DOC: store.packed.spelt(DOC, put(story(1, "thanked")).triples)})
        store.stamps.db.rollback()  # what a killed process had not committed
    with ArticleStore(folder) as store:
        assert dump(store, "nq") == whole


def test_a_replacement_that_was_noted_is_finished_on_opening(folder: Path, tmp_path: Path) -> None:
    with ArticleStore(tmp_path / "other") as store:
        store.put([put(story(1, "thanked")), put(story(6))])
        expected = [dump(store, form) for form in ("nq", "nt")]
    with ArticleStore(folder) as store:
        store.put([put(story(1)), put(story(6))])
        store.shelf.put({DOC: store.packed.spelt(DOC, put(story(1, "thanked")).triples)})
        store.stamps.drop([DOC])  # and so much was committed
    with ArticleStore(folder) as store:
        assert [dump(store, form) for form in ("nq", "nt")] == expected
        assert store.stamps.get(DOC) is None  # so it is built again


def test_files_are_imported_and_bad_ones_leave_nothing(folder: Path, tmp_path: Path) -> None:
    good, bad, odd = tmp_path / "a.trig", tmp_path / "b.ttl", tmp_path / "c.doc"
    good.write_text(to_trig(DOCUMENTS), encoding="utf-8")
    bad.write_text("<a:b> <a:c> <a:d> .\n<a:b> <a:c .\n", encoding="utf-8")
    odd.write_text("", encoding="utf-8")
    with ArticleStore(folder) as store:
        assert store.load(good) == dump(store, "nq").count("\n") > 100
        whole = dump(store, "trig")
        assert whole == to_trig(DOCUMENTS)
        assert store.load(good) == 0
        with pytest.raises(StoreError, match=r"b\.ttl, line 2: "):
            store.load(bad)
        with pytest.raises(StoreError, match="the ending tells no format"):
            store.load(odd)
        with pytest.raises(StoreError, match=r"none\.ttl: No such file"):
            store.load(tmp_path / "none.ttl")
        assert dump(store, "trig") == whole


def test_statistics_count_each_thing_once(folder: Path) -> None:
    with ArticleStore(folder) as store:
        store.put([put(story(0)), put(story(5))])
        found = stats(store.ox, store.shelf)
    assert (found.graphs, found.kinds["articles"], found.kinds["people"], found.kinds["events"]) == (
        2,
        2,
        3,
        2,
    )


def test_folders_that_are_no_stores_and_stores_in_use_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="holds other things"):
        ArticleStore(tmp_path / "mine")
    with pytest.raises(StoreError, match="no store there"):
        ArticleStore(folder, create=False)
    with ArticleStore(folder), pytest.raises(StoreError, match="in use by another process"):
        ArticleStore(folder)
