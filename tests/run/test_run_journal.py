"""The manifest: batches whole or not at all, newer and locked ones refused, damage and a full disk one line."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import facts
from graph_facts import both

from kg.errors import OutputError, UsageError
from kg.model import Facts, Reject
from kg.run.codec import decode, encode
from kg.run.journal import Journal, Outcome, check_free
from kg.run.kept import kept_facts, kept_rejects

ALL = (*both(), facts("Ann met Bob.", "met", "Ann", "Bob"))


def outcome(seq: int, one: Facts, stamp: str = "1") -> Outcome:
    return Outcome(seq, one.article.path, stamp, encode(one), b'{"a":1}\n{"b":2}')


def story(number: int) -> Facts:
    one = facts(f"Ann met Bob {number} times.", "met", "Ann", "Bob")
    return replace(one, article=replace(one.article, path=f"p{number}"))


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.article.path)
def test_facts_come_back_equal(one: Facts) -> None:
    assert decode(encode(one)) == one
    assert encode(decode(encode(one))) == encode(one)


def test_lone_surrogates_and_line_ends_survive() -> None:
    plain = facts("Ann met Bob.", "met", "Ann", "Bob")
    odd = replace(plain, article=replace(plain.article, text="Ann met Bob\u2028\ud800\x1e."))
    assert decode(encode(odd)) == odd


def test_a_run_is_read_in_the_order_of_its_input(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin()
    journal.add([outcome(2, story(1)), Outcome(1, reject=Reject("x:1", "why", "id"))])
    journal.add([outcome(0, story(2))])
    assert [facts.article.path for _, facts in journal.articles()] == ["p2", "p1"]
    assert [line for _, lines in journal.records() for line in lines] == ['{"a":1}', '{"b":2}'] * 2
    assert journal.places(1) == [(0, 2), (2, 3)]
    assert journal.places(10**6) == [(0, 3)]
    assert kept_facts(journal) == [story(2), story(1)]
    assert kept_facts(journal)[-1] == story(1)
    assert kept_rejects(journal) == (Reject("x:1", "why", "id"),)
    journal.close()


def test_a_second_run_keeps_what_is_done_until_it_is_swept(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin()
    journal.add([outcome(0, story(1)), outcome(1, story(2)), outcome(2, story(3))])
    journal.close()
    journal = Journal(tmp_path)
    journal.begin()
    assert len(journal) == 0
    assert journal.stamp("p1") == "1"
    journal.add([Outcome(0, "p1", "1")])
    journal.adopt(lambda path: path == "p3")
    assert [facts.article.path for _, facts in journal.articles()] == ["p1", "p3"]
    journal.sweep()
    assert journal.stamp("p2") is None
    journal.close()


def test_large_results_are_read_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.run.kept.FEW", 1)
    for journal in (Journal(tmp_path), Journal()):
        journal.begin()
        journal.add([outcome(seq, story(seq)) for seq in range(4)])
        journal.add([Outcome(seq, reject=Reject(str(seq), "why")) for seq in range(4, 7)])
        kept, rejects = kept_facts(journal), kept_rejects(journal)
        journal.close()
        assert [one.article.path for one in kept] == ["p0", "p1", "p2", "p3"]
        assert kept[1:3] == [story(1), story(2)]
        assert (len(rejects), rejects[1].source, rejects[-1].source) == (3, "5", "6")
        with pytest.raises(IndexError):
            rejects[3]


def test_a_manifest_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    with sqlite3.connect(tmp_path / ".kg" / "manifest.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match=r"newer version of kg \(format 99, this one knows 1\); update kg"):
        Journal(tmp_path)


def test_two_builds_in_one_folder_are_refused(tmp_path: Path) -> None:
    first = Journal(tmp_path)
    with pytest.raises(UsageError, match="another build is at work there"):
        Journal(tmp_path)
    with pytest.raises(UsageError, match="another build is at work there"):
        check_free(tmp_path)  # asked before the model is loaded
    first.close()
    check_free(tmp_path)
    Journal(tmp_path).close()


def test_a_damaged_manifest_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".kg").mkdir()
    (tmp_path / ".kg" / "manifest.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match="take it away to build everything anew"):
        Journal(tmp_path)


def test_undoing_takes_only_away_what_opening_made(tmp_path: Path) -> None:
    Journal(tmp_path / "new" / "out").close(undo=True)
    assert not (tmp_path / "new" / "out").exists()
    (tmp_path / "old").mkdir()
    Journal(tmp_path / "old").close(undo=True)
    assert list((tmp_path / "old").iterdir()) == []


def test_a_full_disk_is_one_line_and_what_was_noted_is_safe(tmp_path: Path) -> None:
    code = f"""
import resource, signal, sys
sys.path[:0] = {[str(Path(__file__).parents[1]), str(Path(__file__).parent)]!r}
from pathlib import Path
from kg.errors import OutputError
from kg.run.journal import Journal, Outcome
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal = Journal(Path({str(tmp_path)!r}))
journal.begin()
journal.add([Outcome(0, "safe", "1", b"x" * 1000)])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    for seq in range(1, 1000):
        journal.add([Outcome(seq, f"p{{seq}}", "1", b"x" * 10_000)])
except OutputError as error:
    print(seq, error)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, _, line = ended.stdout.partition(" ")
    assert "make room and run the same command again: it goes on where it was" in line
    journal = Journal(tmp_path)
    assert journal.stamp("safe") == "1"
    assert len(journal) == int(count)
    journal.close()


def test_the_limit_of_the_test_above_does_not_reach_here() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
