"""Times the store: articles written, each named query asked, one article and one triple changed; before and after.

    python benchmarks/store.py [--articles N] [--before TREE] [--limit S] [--folder DIR] [--rdflib N] [--write]

Synthetic news (benchmarks/synthetic.py) goes into a store in batches, as a build writes it. Each named query runs in
a process of its own, which is ended when it has used up its limit. With `--before` the same is measured with the code
of another checkout, such as `git worktree add TREE COMMIT`, on the same articles in the same run, and the numbers of
rows must agree. Times are those of the processor, so that other work on the machine changes them little; the clock's
stand beside them. `--write` renews benchmarks/store.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from synthetic import Cast, stories

from kg.graph import DEFAULT_BASE, facts_to_triples, triples_to_graph
from kg.graph.iris import article_iri
from kg.querying import NamedQuery, list_queries, run_query
from kg.store import ArticleStore, Put, StoreReader, infer, stats, write

BATCH = 300
CAST = 11_000
"""So many people are there to be spoken of: those of 2,750 articles."""
_KEPT = "## The merge"
"""The part of the report that this script does not measure."""
ASKED = {"name": "Ana Babababa", "title": "mayor"}
"""The best known of the cast; asked about wherever a query takes a name."""
Found = dict[str, Any]


def clocks() -> tuple[float, float]:
    """Return the seconds of the processor that this process has used, all its threads', and those of the clock."""
    return time.process_time(), time.perf_counter()


def timed(work: Callable[[], Any]) -> list[float]:
    """Return how many seconds something took, of the processor and by the clock."""
    begin = clocks()
    work()
    return [after - before for before, after in zip(begin, clocks(), strict=True)]


def fill(folder: Path, articles: int) -> Found:
    """Write so many articles into a new store; return what it holds and how long writing took."""
    spent = [0.0, 0.0]
    stated = 0
    made = stories(articles, Cast(CAST))
    with ArticleStore(folder) as store:
        while batch := [
            Put(str(article_iri(DEFAULT_BASE, facts.article.path)), "1", facts_to_triples(facts))
            for facts, _ in zip(made, range(BATCH), strict=False)
        ]:
            stated += sum(len(set(one.triples)) for one in batch)
            spent = [a + b for a, b in zip(spent, timed(lambda b=batch: store.put(b)), strict=True)]
        triples = stats(store.ox).triples
    kept = [folder / "articles.sqlite", *(folder / "graphs").iterdir()]
    return {
        "triples": triples,
        "stated": stated,
        "writing": spent,
        "bytes": sum(file.stat().st_size for file in kept),
    }


def change(folder: Path, cast: Cast) -> Found:
    """Replace one article, insert one triple, withdraw one article; return how long each takes."""
    facts = next(stories(1, cast))
    doc = str(article_iri(DEFAULT_BASE, facts.article.path))
    triples = facts_to_triples(facts)
    insert = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    found = {}
    with ArticleStore(folder) as store:
        found["an article replaced"] = timed(lambda: store.put([Put(doc, "2", triples[: len(triples) // 2])]))
    with ArticleStore(folder) as store:
        if hasattr(store, "change"):
            found["a triple inserted"] = timed(lambda: store.change(insert))
        else:
            from kg.store.ask import change as run

            def changing() -> None:
                with store.changing(insert):  # type: ignore[attr-defined]
                    run(store.ox, insert, None)

            found["a triple inserted"] = timed(changing)
    with ArticleStore(folder) as store:
        found["an article withdrawn"] = timed(lambda: store.forget(doc))
    return found


def boxed(work: Callable[[], int], limit: float) -> Found | None:
    """Run work in a process of its own; return its times and what it counted, or None if it uses up its limit."""
    ours, theirs = os.pipe()
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
        with suppress(BaseException):
            os.write(theirs, str(work()).encode())
        os._exit(0)
    _, _, used = os.wait4(child, 0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        said = pipe.read()
    spent = [used.ru_utime + used.ru_stime, time.perf_counter() - begin]
    return {"rows": int(said), "spent": spent} if said else None


def asked(query: NamedQuery) -> Iterator[dict[str, str]]:
    """Yield the parameters to ask a query with: none where it can be, and a name where it takes one."""
    if not any(param.required for param in query.params):
        yield {}
    if "name" in {param.name for param in query.params}:
        yield {"name": ASKED["name"]}


def queries(limit: float, source: Callable[[str, dict[str, str]], int]) -> dict[str, Found | None]:
    """Return what asking each named query gives and takes."""
    return {
        query.name + (" *name*" if params else ""): boxed(lambda q=query, p=params: source(q.name, p), limit)
        for query in list_queries()
        for params in asked(query)
    }


def measure(folder: Path, articles: int, limit: float, small: int) -> Found:
    """Measure the code that this process has imported."""
    place = folder / "store"
    found = fill(place, articles)

    def stored(name: str, params: dict[str, str]) -> int:
        with StoreReader(place) as reader:
            return len(run_query(reader, name, params))

    found["queries"] = queries(limit, stored)
    if small:
        graph = triples_to_graph(t for f in stories(small, Cast(CAST)) for t in facts_to_triples(f))
        found["rdflib"] = queries(limit, lambda name, params: len(run_query(graph, name, params)))
    with StoreReader(place) as reader, (folder / "out.ttl").open("wb") as out:
        found["export"] = timed(lambda: write(reader.ox, "ttl", out, reader.base))
    found["changes"] = change(place, Cast(CAST))
    with ArticleStore(place) as store:
        found["inferring"] = timed(lambda: infer(store))
    return found


def apart(tree: Path, folder: Path, options: argparse.Namespace, small: int) -> Found:
    """Measure the code of a checkout in a process of its own."""
    target = folder / "found.json"
    folder.mkdir(parents=True, exist_ok=True)
    words = ["--measure", str(target), "--articles", str(options.articles), "--limit", str(options.limit)]
    command = [sys.executable, __file__, *words, "--folder", str(folder), "--rdflib", str(small)]
    paths = os.pathsep.join([str(tree), str(Path(__file__).parent)])
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": paths})
    read: Found = json.loads(target.read_text(encoding="utf-8"))
    return read


def report(now: Found, before: Found | None, options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of benchmarks/store.md."""
    both = [before, now] if before is not None else [now]
    wanted = before["stated"] if before is not None else now["stated"]
    cores = len(os.sched_getaffinity(0))
    yield "# The store: size and speed\n"
    yield (
        f"One run of `python benchmarks/store.py`: pyoxigraph {version('pyoxigraph')}, rdflib {version('rdflib')}, "
        f"Python {platform.python_version()}, {cores} cores that other work shared. Synthetic news: "
        f"{options.articles:,} articles about a cast of {CAST:,} people. *Before* is the same, in the same run, with "
        "the code before lean evidence and packed articles. Seconds are those of the processor, in brackets those of "
        "the clock.\n"
    )
    heads = ["before", "after"] if before is not None else ["now"]
    yield f"| | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}"

    def row(name: str, cell: Callable[[Found], str]) -> str:
        return f"| {name} | {' | '.join(cell(one) for one in both)} |"

    yield row("triples of the articles' graphs", lambda f: f"{f['stated']:,}")
    yield row("triples of all together", lambda f: f"{f['triples']:,}")
    yield row("written, s", lambda f: told(f["writing"]))
    yield row("written, triples/s", lambda f: f"{f['stated'] / f['writing'][0]:,.0f}")
    yield row("the same, in triples of before", lambda f: f"{wanted / f['writing'][0]:,.0f}")
    yield row("on disk, bytes a triple", lambda f: f"{f['bytes'] / f['stated']:.0f}")
    yield row("the same, a triple of before", lambda f: f"{f['bytes'] / wanted:.0f}")
    for name in now["changes"]:
        yield row(f"{name}, s", lambda f, n=name: told(f["changes"][n]))
    yield row("sorted Turtle of all, s", lambda f: told(f["export"]))
    yield row("what follows worked out and kept, s", lambda f: told(f["inferring"]))
    yield "\n## Named queries\n"
    yield (
        f"In seconds, each in a process that opens the store anew; beyond {options.limit:.0f} s of the processor it is "
        f"ended. *name*: asked about {ASKED['name']}, the best known of the cast.\n"
    )
    small = "rdflib" in now
    more = [f"rdflib, {options.rdflib} articles"] if small else []
    yield f"| query | rows | {' | '.join([*heads, *more])} |\n|---|---:|{'---:|' * (len(heads) + len(more))}"
    for name, found in now["queries"].items():
        others = [one["queries"][name] for one in both]
        counts = {one["rows"] for one in others if one is not None}
        assert len(counts) <= 1, f"{name}: {counts}"
        cells = [told(one["spent"]) if one is not None else f"> {options.limit:.0f}" for one in others]
        if small:
            one = now["rdflib"][name]
            cells.append(told(one["spent"]) if one is not None else f"> {options.limit:.0f}")
        yield f"| {name} | {'' if found is None else format(found['rows'], ',')} | {' | '.join(cells)} |"


def told(spent: list[float]) -> str:
    """Return seconds of the processor, and in brackets those of the clock."""
    return f"{spent[0]:.2f} ({spent[1]:.1f})"


def run() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--articles", type=int, default=2750, help="in the store; 1,820 triples each with full evidence"
    )
    parser.add_argument("--before", type=Path, help="a checkout whose code is measured too")
    parser.add_argument("--limit", type=float, default=60, help="seconds of the processor for a query")
    parser.add_argument("--rdflib", type=int, default=0, help="so many articles are asked in rdflib, too")
    parser.add_argument("--folder", type=Path, help="where the stores are made")
    parser.add_argument("--write", action="store_true", help="renew benchmarks/store.md")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        found = measure(options.folder, options.articles, options.limit, options.rdflib)
        options.measure.write_text(json.dumps(found), encoding="utf-8")
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as made:
        here = Path(__file__).parents[1]
        before = (
            apart(options.before.resolve(), Path(made) / "before", options, 0) if options.before else None
        )
        now = apart(here, Path(made) / "now", options, options.rdflib)
    lines = list(report(now, before, options))
    print("\n".join(lines))
    if options.write:
        target = Path(__file__).with_suffix(".md")
        _, head, kept = target.read_text(encoding="utf-8").partition(_KEPT)
        target.write_text("\n".join(lines) + "\n" + (f"\n{head}{kept}" if head else ""), encoding="utf-8")


if __name__ == "__main__":
    run()
