"""The Ray engine gives the same triples as one machine, also when a worker is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("ray", reason="needs newskg[ray]")
pytest.importorskip("zstandard", reason="needs newskg[ray]")
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import pyarrow.parquet as pq
import ray
import zstandard
from newsmaker import news

from kg.builder import Resources, build
from kg.cluster.engine import build_on_ray
from kg.cluster.ray_dataset import Shuffled
from kg.errors import UsageError
from kg.options import BuildOptions
from kg.store import load_graph

SHARDS, EACH = 3, 5


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers can't import tests
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards")
    made = [record for record, _ in news(SHARDS * EACH, seed=5, words=30)]
    made[7] = {
        **made[1],
        "text": made[1]["text"] + "One more line.\n",
    }  # an id that comes again, with another text
    for shard in range(SHARDS):
        lines = [json.dumps(record) + "\n" for record in made[shard * EACH : (shard + 1) * EACH]]
        (folder / f"news-{shard}.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "broken.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    return folder


def quads(folder: Path) -> set[str]:
    found: set[str] = set()
    for file in (folder / "quads").iterdir():
        text = zstandard.ZstdDecompressor().decompress(file.read_bytes()).decode()
        lines = text.splitlines()
        assert not found & set(lines), "a quad stands in two shards"
        found |= set(lines)
    return found


@pytest.fixture(scope="module")
def local(
    resources: Resources, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[set[str], list[str]]:
    """The quads and the reasons of rejects of a build on one machine."""
    folder = tmp_path_factory.mktemp("local")
    built = build(corpus, out=folder, view=False, resources=resources)
    dataset = load_graph(folder / "graph.trig")
    lines = {line for line in dataset.serialize(format="nquads").splitlines() if line.strip()}
    return lines, [reject.reason for reject in built.rejects]


def killer(stop: threading.Event, killed: list[int]) -> None:
    """Kill one process that annotates, once it is at work."""
    while not stop.is_set() and not killed:
        time.sleep(0.1)
        for process in Path("/proc").iterdir():
            if not process.name.isdigit():
                continue
            try:
                words = (process / "cmdline").read_bytes()
                size = int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            except (OSError, ValueError):
                continue
            if b"MapWorker(MapBatches(Annotate))" in words and size > 400_000_000:
                os.kill(int(process.name), signal.SIGKILL)
                killed.append(int(process.name))
                return


@pytest.mark.parametrize("kill", [False, True], ids=["undisturbed", "a worker killed"])
@pytest.mark.usefixtures("cluster")
def test_the_same_triples_as_one_machine(
    local: tuple[set[str], list[str]], corpus: Path, tmp_path: Path, kill: bool
) -> None:
    lines, reasons = local
    stop, killed = threading.Event(), list[int]()
    watcher = threading.Thread(target=killer, args=(stop, killed), daemon=True)
    if kill:
        watcher.start()
    # as many actors as cores: what feeds them still runs
    built = build_on_ray(corpus, tmp_path / "ray", BuildOptions(jobs=1 if kill else 2))
    stop.set()
    assert not kill or killed, "no worker was caught"
    found = quads(tmp_path / "ray")
    assert {normal(line) for line in found} == {normal(line) for line in lines}
    assert built.quads == len(found)
    assert built.articles == SHARDS * EACH - 1
    assert sorted(reject.reason for reject in built.rejects) == sorted(reasons)
    tables = [pq.read_table(file) for file in (tmp_path / "ray" / "parquet").iterdir()]
    assert sum(table.num_rows for table in tables) == len(found)
    with pytest.raises(UsageError, match="an earlier build's facts are there"):
        build_on_ray(corpus, tmp_path / "ray")


def deadly(mark: Path, number: int) -> Iterator[tuple[int, int]]:
    """Give a number by its rest; the first process that sees 5 dies of it."""
    if number == 5 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    yield number % 3, number


def total(key: int, numbers: list[int]) -> Iterator[tuple[int, int]]:
    yield key, sum(numbers)


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("parts", [1, 4])
def test_a_round_whose_worker_is_lost_gives_what_it_would_have_given(tmp_path: Path, parts: int) -> None:
    numbers: Shuffled[int] = Shuffled([ray.put(list(range(n, 30, 4))) for n in range(4)], parts)
    made = numbers.grouped(partial(deadly, tmp_path / "mark"), total)
    assert sorted(made.collect()) == [(0, 135), (1, 145), (2, 155)]
    assert (tmp_path / "mark").exists()
    assert sorted(numbers.flat(partial(deadly, tmp_path / "mark")).also(made).collect())[:2] == [
        (0, 0),
        (0, 3),
    ]


def normal(line: str) -> str:
    """rdflib escapes fewer characters than we do."""
    return line.encode().decode("unicode_escape", "backslashreplace").rstrip(" .")
