"""`kill -9` at any moment of a build: nothing done is lost or doubled, a second run ends with the same bytes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsmaker import news

from kg.builder import Resources, build
from kg.errors import OutputError
from kg.store import ArticleStore

ARTICLES, KILLS = 24, 20


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "shard.jsonl"
    path.write_text(
        "".join(json.dumps(r) + "\n" for r, _ in news(ARTICLES, seed=3, words=40)), encoding="utf-8"
    )
    return path


class Forking:
    """Does things in forks of a process that has the model, and kills them."""

    def __init__(self) -> None:
        program = Path(__file__).with_name("forking.py")
        paths = os.pathsep.join(filter(None, sys.path))
        environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, str(program)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self, *words: object) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([str(word) for word in words]) + "\n")
        self.process.stdin.flush()
        return int(self.answer())

    def do(self, *words: object) -> float:
        """Do it to the end; return how long that took."""
        begun = time.monotonic()
        self.start(*words)
        assert self.answer() == "0"
        return time.monotonic() - begun

    def kill(self, after: float, *words: object) -> bool:
        """Begin it and kill it; tell whether it was still under way."""
        process = self.start(*words)
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        return self.answer() == str(-signal.SIGKILL)


@pytest.fixture(scope="module")
def forks() -> Iterator[Forking]:
    made = Forking()
    yield made
    assert made.process.stdin is not None
    made.process.stdin.close()
    made.process.wait()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def done(folder: Path) -> list[str]:
    manifest = folder / ".kg" / "manifest.sqlite"
    if not manifest.exists():
        return []
    with sqlite3.connect(manifest) as db:
        try:
            return [path for (path,) in db.execute("SELECT path FROM done")]
        except sqlite3.OperationalError:
            return []


def test_twenty_kills_of_a_build_into_files(forks: Forking, shard: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    spent = forks.do("files", shard, whole)
    hits, before = 0, 0
    for kill in range(KILLS):
        if not forks.kill(chance.uniform(0.02, spent * 0.8), "files", shard, folder):
            folder, before = tmp_path / f"killed-{kill}", 0  # it had ended; from the beginning again
            continue
        hits += 1
        paths = done(folder)
        assert len(paths) == len(set(paths)) >= before, "what was done is lost"
        before = len(paths)
        left = {name for name in files(folder) if not name.startswith(".")} if folder.exists() else set()
        assert left <= set(files(whole))
    assert hits >= KILLS // 4, "the builds ended before they could be killed"
    forks.do("files", shard, folder)
    assert files(folder) == files(whole)


def dump(forks: Forking, store: Path, how: str = "dump") -> bytes:
    """Return the named graphs, those of packed articles too, or with "merge" the default graph that queries read."""
    file = store.with_suffix(f".{how}")
    forks.do(how, store, file)
    return file.read_bytes()


def test_twenty_kills_of_a_build_into_a_store(forks: Forking, shard: Path, tmp_path: Path) -> None:
    chance = random.Random(12)
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    spent = forks.do("store", shard, whole)
    undisturbed, merge = dump(forks, whole), dump(forks, whole, "merge")
    sizes: dict[str, int] = {}
    for line in undisturbed.decode().splitlines():
        graph = line.rsplit(" ", 2)[1]
        sizes[graph] = sizes.get(graph, 0) + 1
    hits = 0
    for kill in range(KILLS):
        if not forks.kill(chance.uniform(0.02, spent * 0.8), "store", shard, folder):
            folder = tmp_path / f"killed-{kill}"  # it had ended; from the beginning again
            continue
        hits += 1
        if not (folder / "graphs" / "CURRENT").exists():
            continue
        found: dict[str, int] = {}
        for line in dump(forks, folder).decode().splitlines():
            graph = line.rsplit(" ", 2)[1]
            found[graph] = found.get(graph, 0) + 1
        assert found.items() <= sizes.items(), "an article is there in part"
    assert hits >= KILLS // 4, "the builds ended before they could be killed"
    forks.do("store", shard, folder)
    assert (dump(forks, folder), dump(forks, folder, "merge")) == (undisturbed, merge)


def test_a_second_build_does_only_what_is_new(resources: Resources, shard: Path, tmp_path: Path) -> None:
    lines = shard.read_text(encoding="utf-8").splitlines(keepends=True)
    part, out = tmp_path / "part.jsonl", tmp_path / "out"
    part.write_text("".join(lines[:10]), encoding="utf-8")
    build(part, out=out, view=False, resources=resources)
    first = dict.fromkeys(done(out))
    changed = json.loads(lines[3])
    changed["text"] += "Nothing more was said.\n"
    part.write_text("".join([*lines[:3], json.dumps(changed) + "\n", *lines[4:12]]), encoding="utf-8")
    worked: list[str] = []

    class Counting:
        """The resources, with a pipeline that tells what it is given."""

        def __init__(self) -> None:
            self.lexicon, self.world, self.nlp = resources.lexicon, resources.world, self
            self.reader, self.components = resources.reader, resources.components
            self.meta = resources.nlp.meta

        def pipe(self, texts: object, **options: object) -> object:
            given = list(texts)  # type: ignore[call-overload]
            worked.extend(given)
            return resources.nlp.pipe(given, **options)

    built = build(part, out=out, view=False, resources=Counting())  # type: ignore[arg-type]
    assert len(built.facts) == 12
    assert set(first) < set(done(out))
    texts = {text for text in worked if "Nothing more was said" in text}
    assert texts and len(worked) < len(build(part, resources=resources).facts) * 4
    fresh = tmp_path / "fresh"
    build(part, out=fresh, view=False, resources=resources)
    assert files(out) == files(fresh)


def test_articles_that_are_gone_from_the_input_are_gone_from_files_and_stay_in_a_store(
    forks: Forking, resources: Resources, shard: Path, tmp_path: Path
) -> None:
    lines = shard.read_text(encoding="utf-8").splitlines(keepends=True)
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text("".join(lines[:4]), encoding="utf-8")
    two.write_text("".join(lines[2:6]), encoding="utf-8")
    for name in (one, two):
        out = build(name, out=tmp_path / "out", view=False, resources=resources)
        stored = build(name, store=tmp_path / "store", resources=resources)
    assert sorted(done(tmp_path / "out")) == [json.loads(line)["id"] for line in lines[2:6]]
    assert len(out.facts) == 4
    assert stored.summary.articles == 6
    both = tmp_path / "both.jsonl"
    both.write_text("".join(lines[:6]), encoding="utf-8")
    for name in (one, both):  # in a store a thing keeps the IRI of its first name
        build(name, store=tmp_path / "at-once", resources=resources)

    def known(store: str) -> list[bytes]:
        lines = dump(forks, tmp_path / store).splitlines()
        return [line for line in lines if b"terms/source>" not in line]  # the file and line it was read from

    assert known("store") == known("at-once")
    with ArticleStore(tmp_path / "store") as store:
        store.forget(next(store.graphs()))
    assert build(two, store=tmp_path / "store", resources=resources).summary.articles == 5


def test_a_disk_that_fills_up_is_one_line_and_with_more_room_the_build_goes_on(
    resources: Resources, shard: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        with pytest.raises(OutputError, match=r"No space left on device|disk is full"):
            build(shard, out=disk / "out", view=False, resources=resources)
        assert files(disk / "out") == {}
        assert done(disk / "out")
        subprocess.run(["mount", "-o", "remount,size=60m", disk], check=True)
        build(shard, out=disk / "out", view=False, resources=resources)
        build(shard, out=tmp_path / "whole", view=False, resources=resources)
        assert files(disk / "out") == files(tmp_path / "whole")
    finally:
        subprocess.run(["umount", disk], check=True)
