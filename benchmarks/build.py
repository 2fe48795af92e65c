"""Times the whole build, from articles in memory to graph.ttl on the disk, against the bare spaCy pipeline.

    python benchmarks/build.py [PATH...] [--rounds N] [--write]

Both run over the same articles in one process with the model loaded, taking turns, on one thread; what counts is
the processor time of the process, and of it the median of the ratios, so that a busy machine tells little. Garbage is
looked for as `kg build` does, and as Python does by itself while the bare pipeline runs, which never has to look
through what the build has loaded. What else `kg build` writes is timed apart. Without PATH the articles are the
samples. `--write` renews benchmarks/build.md.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.language import Language

from kg.annotate import load_bare
from kg.builder import SAMPLES
from kg.graph import DEFAULT_BASE, facts_to_triples, triples_to_graph
from kg.identity import identify, records_of
from kg.model import Article, Facts
from kg.pipeline import Corpus, Resources, facts_of, load_resources, triples_of
from kg.read import read_articles
from kg.run.files import File, write_files
from kg.run.gather import gather
from kg.run.memory import seldom_collected
from kg.run.outputs import outputs
from kg.run.summary import Tally
from kg.run.worker import one_thread

BOUND = 2.5


def whole(articles: list[Article], resources: Resources, folder: Path) -> list[File]:
    """Annotate, resolve, extract, tell who is who, write graph.ttl; return what is left to be written."""
    with seldom_collected():
        return _whole(articles, resources, folder)


def _whole(articles: list[Article], resources: Resources, folder: Path) -> list[File]:
    facts = [item for item in facts_of(articles, resources) if isinstance(item, Facts)]
    assert len(facts) == len(articles)
    corpus = Corpus(identify((record for one in facts for record in records_of(one)), resources.world))
    stretch = gather(enumerate(facts), partial(triples_of, corpus=corpus, base=DEFAULT_BASE), DEFAULT_BASE)
    turtle, *others = outputs(
        [stretch],
        lambda: triples_to_graph(t for f in facts for t in facts_to_triples(f)),
        None,
        Tally(DEFAULT_BASE),
    )
    assert turtle.name == "graph.ttl"
    write_files(folder, [turtle])
    return others


def timed(work: Callable[..., Any], *args: object) -> tuple[float, Any]:
    """Return how many seconds of processor time the work takes, and what it gives."""
    begin = time.process_time()
    made = work(*args)
    return time.process_time() - begin, made


def bare(articles: list[Article], nlp: Language) -> int:
    """Only run the spaCy pipeline, as its makers give it."""
    return sum(len(doc) for doc in nlp.pipe(article.text for article in articles))


def report(articles: list[Article], rounds: int) -> tuple[str, float]:
    """Measure, and return the report with the median ratio."""
    resources, nlp = load_resources(), load_bare()
    gc.freeze()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare(articles, nlp)  # once for warmth
        others = whole(articles, resources, folder)
        bares, wholes = [], []
        for _ in range(rounds):
            bares.append(timed(bare, articles, nlp)[0])
            wholes.append(timed(whole, articles, resources, folder)[0])
        apart = {file.name: timed(write_files, folder, [file])[0] for file in others if file.write}
    ratios = [w / b for w, b in zip(wholes, bares, strict=True)]
    ratio = statistics.median(ratios)
    words = sum(len(article.text.split()) for article in articles)
    model = "{lang}_{name}-{version}".format_map(resources.nlp.meta)
    lines = [
        "# Whole build against bare `nlp.pipe`",
        "",
        f"{len(articles)} articles, {words:,} words; {rounds} rounds, taking turns in one process, on one thread; "
        f"{model}, spaCy {version('spacy')}, Python {platform.python_version()}.",
        "",
        "| processor time | median seconds | fastest | slowest | words a second |",
        "|---|---:|---:|---:|---:|",
    ]
    for label, times in (("bare `nlp.pipe`", bares), ("whole build, to `graph.ttl` written", wholes)):
        middle = statistics.median(times)
        lines.append(
            f"| {label} | {middle:.2f} | {min(times):.2f} | {max(times):.2f} | {words / middle:,.0f} |"
        )
    lines += [
        "",
        f"Median ratio: **{ratio:.2f}** (from {min(ratios):.2f} to {max(ratios):.2f}); aim: {BOUND} at most.",
        "",
        "Written after that, once a build: "
        + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in apart.items())
        + ".",
        "",
    ]
    return "\n".join(lines), ratio


def main() -> None:
    """Measure and print; with --write renew the report beside this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=[str(SAMPLES)])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":  # the libraries of numbers ask for it as they are loaded
        with one_thread():
            sys.exit(subprocess.call([sys.executable, *sys.argv]))
    articles = [item for item in read_articles(given.paths) if isinstance(item, Article)]
    text, _ = report(articles, given.rounds)
    print(text)
    if given.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
