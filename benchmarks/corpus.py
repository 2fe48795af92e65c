"""Measures builds of a generated corpus: speed, processes, memory, writing, identity. Renews benchmarks/corpus.md.

    python benchmarks/corpus.py [--articles 1000] [--large 100000] [--only NAME...] [--write]

Every measurement runs in a process of its own, so that the most memory it used is its own. The parts:

speed      bare `nlp.pipe` against the whole build to graph.ttl and graph.trig, one process, taking turns
jobs       the same corpus by one and by two processes, taking turns
memory     the whole build of 1,000 articles and of all (100,000 take an hour)
large      the steps after annotation (who is who, triples, files) at 1,000 and at `--large` articles, whose
           facts are those of a small corpus with the names changed from copy to copy
identity   the identity step by itself at 1,000, 10,000 and 100,000 records
quality    pairs of mentions in different articles: one thing or not, against the generator's truth
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

from memory import peak, watched
from newsmaker import news

JOBS_ROUNDS = 3

PARTS = ("speed", "jobs", "memory", "large", "identity", "quality")


def shard(folder: Path, count: int) -> Path:
    """Write a corpus as one file."""
    path = folder / f"news-{count}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for record, _ in news(count):
            out.write(json.dumps(record) + "\n")
    return path


def built(path: Path, folder: Path, jobs: int) -> dict[str, Any]:
    """Build, and return when each step began."""
    from kg.builder import build

    steps: dict[str, float] = {}
    begun = time.perf_counter()

    def told(step: str, done: int) -> None:
        steps.setdefault(step, time.perf_counter() - begun)

    result = build(path, out=folder, jobs=jobs, view=False, apart=True, on_progress=told)
    steps["end"] = time.perf_counter() - begun
    return {"articles": len(result.facts), "rejects": len(result.rejects), "steps": steps}


def used(path: Path, folder: Path) -> dict[str, Any]:
    """Build, and return the most memory; not while a build is timed, as looking takes a part of a core."""
    with watched() as memory:
        built(path, folder, 1)
    return {"mib": round(memory["together"])}


def speed(work: Path, articles: int) -> dict[str, Any]:
    """Time the bare pipeline and the whole build, taking turns over the same articles in memory."""
    from kg.annotate import load_bare
    from kg.builder import load_resources
    from kg.corpus import Run
    from kg.identity import Overrides
    from kg.model import Article
    from kg.options import BuildOptions
    from kg.read import read_articles
    from kg.run.journal import Journal
    from kg.run.outputs import is_small
    from kg.run.processes import Here

    resources, nlp = load_resources(), load_bare()
    some = [a for a in read_articles(shard(work, min(articles, 300))) if isinstance(a, Article)]
    words = sum(len(a.text.split()) for a in some)
    bares, wholes, tokens = [], [], 0
    for turn in range(6):
        begun = time.perf_counter()
        tokens = sum(len(doc) for doc in nlp.pipe(a.text for a in some))
        middle = time.perf_counter()
        out = work / f"turn-{turn}"
        journal = Journal(out)
        options = BuildOptions(on_warning=print)
        run = Run(journal, Here(resources), options, options.base)
        run.articles(some, "version")
        corpus = run.corpus(resources.world, Overrides())
        stretches = run.gathered(corpus, out)
        before = time.perf_counter()
        assert is_small(stretches) in (True, False)
        write(stretches, out)
        end = time.perf_counter()
        journal.close()
        if turn:  # the first is for warmth
            bares.append(middle - begun)
            wholes.append(end - middle)
            last = {"write": end - before, "triples": sum(s.triples for s in stretches)}
    ratios = [w / b for w, b in zip(wholes, bares, strict=True)]
    return {
        "articles": len(some),
        "words": words,
        "tokens": tokens,
        "bare": statistics.median(bares),
        "whole": statistics.median(wholes),
        "ratio": statistics.median(ratios),
        "low": min(ratios),
        "high": max(ratios),
        **last,
    }


def write(stretches: list[Any], out: Path) -> None:
    """Write graph.ttl alone."""
    from kg.run.gather import turtle, write_turtle

    with (out / "graph.ttl").open("w", encoding="utf-8") as file:
        write_turtle(turtle(stretches), file, "https://example.org/newskg/")


def jobs(work: Path, articles: int) -> dict[str, Any]:
    """Time one and two processes, in turns as machines are faster and slower by the hour; compare what they write."""
    path = shard(work, articles)
    rounds: list[dict[str, float]] = []
    same = True
    for turn in range(JOBS_ROUNDS):
        seconds = {}
        for count in (1, 2) if turn % 2 == 0 else (2, 1):
            out = work / f"jobs-{turn}-{count}"
            seconds[str(count)] = apart("build", str(path), str(out), str(count))["steps"]["end"]
        rounds.append(seconds)
        one, two = (work / f"jobs-{turn}-{count}" for count in (1, 2))
        same &= all(
            (one / name).read_bytes() == (two / name).read_bytes() for name in ("graph.ttl", "graph.trig")
        )
        shutil.rmtree(one)
        shutil.rmtree(two)
    return {"articles": articles, "rounds": rounds, "same": same}


def memory(work: Path, articles: int) -> dict[str, Any]:
    """Return the most memory of builds of 1,000 articles and of all."""
    found = {}
    for count in sorted({1_000, articles}):
        out = work / f"memory-{count}"
        found[str(count)] = apart("memory", str(shard(work, count)), str(out))
    return found


def clones(facts: list[Any], count: int) -> Iterator[Any]:
    """Yield facts of `count` articles: copies whose people and bodies have other names from copy to copy."""
    from kg.model import Kind

    for number in range(count):
        one, copy = facts[number % len(facts)], number // len(facts)
        if copy:
            entities = tuple(
                replace(
                    e, name=f"{e.name}{_word(copy)}", aliases=tuple(f"{a}{_word(copy)}" for a in e.aliases)
                )
                if e.kind in (Kind.PERSON, Kind.ORGANIZATION)
                else e
                for e in one.entities
            )
            path = f"{one.article.path}-{copy}"
            one = replace(one, article=replace(one.article, path=path, id=path), entities=entities)
        yield one


def _word(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[rest % 5]
    return letters


def large(work: Path, articles: int) -> dict[str, Any]:
    """Return time and memory of the steps after annotation, small and large."""
    out = work / "base"
    built(shard(work, 500), out, 1)
    found = {}
    for count in (1_000, articles):
        found[str(count)] = apart("after", str(out), str(work / f"large-{count}"), str(count))
    return found


def after(base: Path, out: Path, count: int) -> dict[str, Any]:
    """Fill a manifest with clones and do what comes after annotation."""
    from kg.corpus import Run
    from kg.identity import Overrides
    from kg.options import BuildOptions
    from kg.pipeline import Task, _outcome
    from kg.run.journal import Journal, Reader
    from kg.run.processes import Here
    from kg.world import load_world

    reader = Reader(base / ".kg" / "manifest.sqlite")
    facts = [one for _, one in reader.articles()]
    reader.close()
    journal = Journal(out)
    journal.begin()
    batch = []
    for seq, one in enumerate(clones(facts, count)):
        batch.append(_outcome(Task(seq, "1", one.article), one))
        if len(batch) == 500:
            journal.add(batch)
            batch = []
    journal.add(batch)
    steps: dict[str, float] = {}
    filled = round(peak())
    begun = time.perf_counter()
    marks: dict[str, int] = {}

    def told(step: str, done: int) -> None:
        if step not in steps:
            steps[step] = time.perf_counter() - begun
            marks[step] = round(peak())

    options = BuildOptions(view=False, on_progress=told)
    run = Run(journal, Here(None), options, options.base)
    corpus = run.corpus(load_world(), Overrides())
    run.files(out, corpus)
    steps["end"] = time.perf_counter() - begun
    journal.close()
    size = (out / "graph.ttl").stat().st_size
    return {"steps": steps, "filled": filled, "marks": marks, "mib": round(peak()), "bytes": size, "manifest":
            (out / ".kg" / "manifest.sqlite").stat().st_size, "nodes": len(corpus.identity.nodes)}  # fmt: skip


def identity(work: Path, articles: int) -> dict[str, Any]:
    """Time the identity step by itself on records of the generator's truth."""
    found = {}
    for count in (1_000, 10_000, 100_000):
        found[str(count)] = apart("records", str(count))
    return found


def made_records(count: int) -> list[Any]:
    """Return records of the generator's truth."""
    from kg.identity import IdentityRecord
    from kg.model import Kind

    made: list[IdentityRecord] = []
    for record, truth in news(count):
        names: dict[str, list[str]] = defaultdict(list)
        kinds = {}
        for mention in truth["mentions"]:
            begin, end = mention["span"]
            names[mention["entity"]].append(record["text"][begin:end])
            kinds[mention["entity"]] = Kind(mention["type"])
        first = {entity: max(words, key=len) for entity, words in names.items()}
        for entity, words in names.items():
            beside = tuple(first[other] for other in first if other != entity)
            aliases = tuple(sorted({*words} - {first[entity]}))
            made.append(
                IdentityRecord(
                    record["id"],
                    entity,
                    kinds[entity],
                    first[entity],
                    aliases,
                    neighbours=beside,
                    date=record["date"],
                )
            )
        if len(made) >= count:
            break
    return made[:count]


def records(count: int) -> dict[str, Any]:
    """Time one size, in one process and, where Ray is installed, by two workers."""
    from kg.identity import identify
    from kg.world import load_world

    made, world = made_records(count), load_world()
    before = round(peak())
    begun = time.perf_counter()
    nodes = len(identify(made, world).nodes)
    seconds, mib = time.perf_counter() - begun, round(peak()) - before
    return {"seconds": seconds, "nodes": nodes, "mib": mib, "ray": by_ray(made, world, nodes)}


def by_ray(made: list[Any], world: Any, nodes: int) -> float | None:
    """Return the seconds that the same takes by two workers of Ray, None where it is not installed."""
    if find_spec("ray") is None:
        return None
    import ray

    from kg.cluster.ray_dataset import Shuffled
    from kg.identity import Overrides
    from kg.identity.entity_resolution import decided

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    articles = [tuple(some) for _, some in groupby(made, key=lambda one: one.doc)]
    blocks: Shuffled[Any] = Shuffled([ray.put(articles[n::8]) for n in range(8)], 8)
    begun = time.perf_counter()
    found = decided(blocks, world, Overrides(), None)
    assert len(found.nodes.collect()) == nodes
    return time.perf_counter() - begun


def quality(work: Path, articles: int) -> dict[str, Any]:
    """Score cross-article pairs of mentions: same thing or not, over the mentions that a node has."""
    from kg.builder import build

    result = build(shard(work, articles), out=work / "quality", view=False)
    nodes: dict[tuple[str, int, int], str] = {}
    for facts in result.facts:
        path = facts.article.path
        for entity in facts.entities:
            node = result.corpus.identity.node(path, entity.id)
            if node is not None:
                for mention in entity.mentions:
                    nodes[path, mention.span.begin, mention.span.end] = node.segment
    both: Counter[tuple[str, str, str]] = Counter()
    total = 0
    for record, truth in news(articles):
        for mention in truth["mentions"]:
            if mention["type"] == "Place":
                continue
            total += 1
            node = nodes.get((record["id"], *mention["span"]))
            if node is not None:
                both[record["id"], mention["entity"], node] += 1
    return {"mentions": total, "found": sum(both.values()) / total, **pairs(both)}


def pairs(both: Counter[tuple[str, str, str]]) -> dict[str, float]:
    """Return precision and recall over pairs of mentions in different articles."""

    def count(key: Callable[[tuple[str, str, str]], Any]) -> int:
        groups: dict[Any, Counter[str]] = defaultdict(Counter)
        for row, times in both.items():
            groups[key(row)][row[0]] += times
        return sum(
            (sum(docs.values()) ** 2 - sum(n * n for n in docs.values())) // 2 for docs in groups.values()
        )

    right = count(lambda row: row[1:])
    return {"precision": right / count(lambda row: row[2]), "recall": right / count(lambda row: row[1])}


def apart(*words: str) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--inside", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def inside(words: list[str]) -> dict[str, Any]:
    """Do one measurement here."""
    name, *rest = words
    if name == "build":
        return built(Path(rest[0]), Path(rest[1]), int(rest[2]))
    if name == "memory":
        return used(Path(rest[0]), Path(rest[1]))
    if name == "after":
        return after(Path(rest[0]), Path(rest[1]), int(rest[2]))
    return records(int(rest[0]))


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--inside"]:
        print(json.dumps(inside(sys.argv[2:])))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument(
        "--results", type=Path, help="keep the numbers in this file, and take those of earlier runs from it"
    )
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    results: dict[str, Any] = {}
    if given.results and given.results.exists():
        results = json.loads(given.results.read_text(encoding="utf-8"))
    measures: dict[str, Callable[[Path, int], dict[str, Any]]] = {
        "speed": speed, "jobs": jobs, "memory": memory, "large": large, "identity": identity, "quality": quality,
    }  # fmt: skip
    for name in given.only:
        with tempfile.TemporaryDirectory() as folder:
            results[name] = measures[name](Path(folder), given.large if name == "large" else given.articles)
        print(name, json.dumps(results[name]), flush=True)
        if given.results:
            given.results.write_text(json.dumps(results, indent=1), encoding="utf-8")
    if given.write:
        from corpus_report import report

        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, spaCy {version('spacy')}"
        Path(__file__).with_suffix(".md").write_text(report(results, machine), encoding="utf-8")


if __name__ == "__main__":
    main()
