"""Files of one name: nothing is dropped, and ids are the distinct parts of the paths."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from kg.model import Article
from kg.read import ReadOptions, read_articles
from kg.read.shards import read_shard, shards

TEXT = "The harbour council of {} voted on Monday to close the old ferry pier of the town."


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = TEXT.format(name).encode()
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)


def paths(*inputs: str | Path) -> list[str]:
    told: list[str] = []
    items = list(read_articles(list(inputs), ReadOptions(on_warning=told.append)))
    assert all(isinstance(item, Article) for item in items), items
    found = [item.path for item in items if isinstance(item, Article)]
    parts, rejects = shards(list(inputs), ReadOptions())
    of_shards = [item for part in parts for item in read_shard(part, ReadOptions())]
    assert not rejects
    assert sorted(item.path for item in of_shards if isinstance(item, Article)) == sorted(found)
    return found


@pytest.mark.parametrize(
    ("names", "inputs", "ids"),
    [
        (("a/index.txt", "b/index.txt"), ("a/index.txt", "b/index.txt"), ["a/index", "b/index"]),
        (("a/index.txt", "b/index.txt"), ("a/index.txt",), ["index"]),  # as ever where nothing meets
        (("a/x.txt", "b/x.txt", "b/y.txt"), ("a", "b"), ["a/x", "b/x", "y"]),
        (("a/1/x.txt", "a/2/x.txt", "b/1/x.txt"), ("a/1", "a/2", "b/1"), ["a/1/x", "a/2/x", "b/1/x"]),
        (("n/x.txt", "n/x.html.txt", "n/x.text"), ("n",), ["x.html", "x.text", "x.txt"]),
        (("n/x.txt.gz", "n/x.text.gz"), ("n",), ["x.text.gz", "x.txt.gz"]),
        (("a/x.txt.gz", "b/x.txt"), ("a/x.txt.gz", "b/x.txt"), ["a/x", "b/x"]),
        (("x.txt", "a/x.txt"), ("x.txt", "a/x.txt"), ["x", "a/x"]),
    ],
)
def test_ids_are_the_distinct_parts_of_paths(
    names: tuple[str, ...],
    inputs: tuple[str, ...],
    ids: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, *names)
    assert paths(*inputs) == ids


def test_an_id_that_another_file_has_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "r/a/x.txt", "s/a/x.txt", "t/s/a/x.txt")
    found = paths("r/a/x.txt", "s/a/x.txt", "t")
    assert len(set(found)) == 3 and found[2] == "s/a/x"


def test_the_label_says_where_each_file_lies(tmp_path: Path) -> None:
    put(tmp_path, "one/index.txt", "two/index.txt")
    items = list(read_articles([tmp_path / "one" / "index.txt", tmp_path / "two" / "index.txt"]))
    assert [item.source for item in items] == ["one/index.txt", "two/index.txt"]
    assert [item.id for item in items] == ["index", "index"]


def test_a_file_named_twice_stays_one(tmp_path: Path) -> None:
    put(tmp_path, "news/x.txt")
    first, second = read_articles([tmp_path / "news", tmp_path / "news" / "x.txt"])
    assert isinstance(first, Article) and first.path == "x"
    assert "already taken" in getattr(second, "reason", "")


def test_members_of_an_archive_with_several_endings(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
        for name in ("x.txt", "x.text", "y.txt"):
            archive.writestr(name, TEXT.format(name))
    assert paths(tmp_path / "n.zip") == ["n/x.text", "n/x.txt", "n/y"]
