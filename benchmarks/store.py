"""Times the store: five million triples written, each named query asked, what follows inferred; beside rdflib.

    python benchmarks/store.py [--articles N] [--small N] [--limit S] [--folder DIR] [--write]

Synthetic news (benchmarks/synthetic.py) goes into a store article by article, as a build writes it. Each named
query runs in a process of its own that is ended at the limit, on the large store, on a small one, and on the
same small graph in rdflib; in the latter with the loading not counted. The reasoners get a graph that the
slowest can take. A store that is in the folder already is used as it is. `--write` renews benchmarks/store.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from memory import peak
from rdflib import Graph
from synthetic import Cast, stories

from kg.export import export
from kg.graph import DEFAULT_BASE, facts_to_graph, facts_to_triples, ontology
from kg.graph.iris import article_iri
from kg.query import NamedQuery, list_queries, run_query
from kg.store import ArticleStore, Put, StoreReader, inferred_triples, stats
from kg.store.infer import consequences

BATCH = 50
_KEPT = "## The merge"
"""The part of the report that this script does not measure."""
ASKED = {"name": "Ana Babababa", "title": "mayor"}
"""The best known of the cast; asked about wherever a query takes a name."""


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long something took, and what it gave."""
    begin = time.perf_counter()
    done = work()
    return time.perf_counter() - begin, done


def fill(folder: Path, articles: int, cast: Cast) -> dict[str, float]:
    """Write so many articles into a new store; return the times of making and of writing them."""
    making = writing = 0.0
    made = stories(articles, cast)
    with ArticleStore(folder) as store:
        while True:
            begin = time.perf_counter()
            batch = [
                Put(str(article_iri(DEFAULT_BASE, facts.article.path)), "1", facts_to_triples(facts))
                for facts, _ in zip(made, range(BATCH), strict=False)
            ]
            between = time.perf_counter()
            making += between - begin
            if not batch:
                break
            store.put(batch)
            writing += time.perf_counter() - between
        triples = stats(store.ox).triples
        stated = len(store.ox) - triples
    size = sum(file.stat().st_size for file in (folder / "graphs").iterdir())
    return {
        "articles": articles,
        "triples": triples,
        "stated": stated,
        "making": making,
        "writing": writing,
        "bytes": size,
    }


def boxed(work: Callable[[], int], limit: float) -> tuple[float, int] | None:
    """Run work in a process of its own; return its time and what it counted, or None at the limit."""
    ours, theirs = multiprocessing.Pipe()

    def job() -> None:
        begin = time.perf_counter()
        count = work()
        theirs.send((time.perf_counter() - begin, count))

    process = multiprocessing.get_context("fork").Process(target=job)
    process.start()
    done = ours.recv() if ours.poll(limit) else None
    process.kill()
    process.join()
    return done


def asked(query: NamedQuery) -> Iterator[dict[str, str]]:
    """Yield the parameters to ask a query with: none where it can be, and a name where it takes one."""
    if not any(param.required for param in query.params):
        yield {}
    if "name" in {param.name for param in query.params}:
        yield {"name": ASKED["name"]}


def queries(large: Path, small: Path, graph: Graph, limit: float) -> Iterator[str]:
    """Yield a row of the table for each named query."""

    def store(folder: Path, name: str, params: dict[str, str]) -> int:
        with StoreReader(folder) as reader:
            return len(run_query(reader, name, params))

    for query in list_queries():
        for params in asked(query):
            name = query.name + (" *name*" if params else "")
            found = [
                boxed(lambda q=query, p=params: store(large, q.name, p), limit),
                boxed(lambda q=query, p=params: store(small, q.name, p), limit),
                boxed(lambda q=query, p=params: len(run_query(graph, q.name, p)), limit),
            ]
            rows = [f"{one[1]:,}" if one else "" for one in found]
            assert not (found[1] and found[2]) or found[1][1] == found[2][1], name
            told = [f"{one[0]:.2f}" if one else f"> {limit:.0f}" for one in found]
            ratio = f"{(found[2][0] if found[2] else limit) / found[1][0]:.0f}" if found[1] else ""
            ratio = f"> {ratio}" if ratio and not found[2] else ratio
            yield f"| {name} | {rows[0]} | {told[0]} | {rows[1]} | {told[1]} | {told[2]} | {ratio} |"


def reasoners(graph: Graph, limit: float) -> Iterator[str]:
    """Yield a row for each way to work out what follows from a graph."""

    def owlrl() -> int:
        from owlrl import DeductiveClosure, OWLRL_Semantics

        whole = Graph() + graph + ontology.ontology()
        before = len(whole)
        DeductiveClosure(OWLRL_Semantics).expand(whole)
        return len(whole) - before

    def reasonable() -> int:
        import reasonable

        reasoner = reasonable.PyReasoner()
        reasoner.from_graph(Graph() + graph + ontology.ontology())
        return len(reasoner.reason()) - len(graph)

    for name, work in (
        ("this one", lambda: len(inferred_triples(graph))),
        ("reasonable", reasonable),
        ("owlrl", owlrl),
    ):
        if name != "this one" and find_spec(name) is None:
            yield f"| {name} | not installed | |"
            continue
        done = boxed(work, limit)
        yield f"| {name} | {f'{done[0]:.2f}' if done else f'> {limit:.0f}'} | {f'{done[1]:,}' if done else ''} |"


def measure(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Yield the lines of benchmarks/store.md."""
    cast = Cast(options.articles * 4)
    places = {}
    for name, count in (("large", options.articles), ("small", options.small)):
        places[name] = place = folder / f"{name}.db"
        notes = place.with_suffix(".json")
        if not notes.exists():
            notes.write_text(json.dumps(fill(place, count, cast)), encoding="utf-8")
    large = json.loads(places["large"].with_suffix(".json").read_text(encoding="utf-8"))
    small = json.loads(places["small"].with_suffix(".json").read_text(encoding="utf-8"))
    cores = len(os.sched_getaffinity(0))
    yield "# The store: size and speed\n"
    yield (
        f"One run of `python benchmarks/store.py`: pyoxigraph {version('pyoxigraph')}, rdflib "
        f"{version('rdflib')}, Python {platform.python_version()}, {cores} cores. "
        f"Synthetic news: {large['articles']:,} articles with {large['triples']:,} triples, and for the sake of "
        f"rdflib {small['articles']:,} articles with {small['triples']:,}.\n"
    )
    yield "| | large | small |\n|---|---:|---:|"
    yield f"| triples | {large['triples']:,} | {small['triples']:,} |"
    yield f"| in the articles' graphs | {large['stated']:,} | {small['stated']:,} |"
    rates = [one["stated"] / one["writing"] for one in (large, small)]
    yield f"| written, triples/s | {rates[0]:,.0f} | {rates[1]:,.0f} |"
    sizes = [one["bytes"] / one["triples"] for one in (large, small)]
    yield f"| on disk, bytes a triple | {sizes[0]:.0f} | {sizes[1]:.0f} |"
    yield "\n## Named queries\n"
    yield (
        f"In seconds, each in a fresh process that opens the store; over {options.limit:.0f} s it is ended. "
        f"*name*: asked about {ASKED['name']}, the best known of the cast. rdflib has its graph in memory already; the "
        "last column is its time on the small graph by the store's.\n"
    )
    yield "| query | rows | store, large | rows | store, small | rdflib, small | ratio |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    graph = facts_to_graph(list(stories(options.small, cast)))
    yield from queries(places["large"], places["small"], graph, options.limit)
    yield "\n## Inference\n"
    with StoreReader(places["large"]) as reader:
        seconds, count = clock(lambda: sum(1 for _ in consequences(reader.ox)))
    yield (
        f"What follows from the {large['triples']:,} triples by the ontology, {count:,} more (some twice), is "
        f"worked out in {seconds:.0f} s. For {options.reasoned} articles, beside general reasoners, which also "
        "work out what holds of every term there is:\n"
    )
    yield "| reasoner | s | triples |\n|---|---:|---:|"
    yield from reasoners(facts_to_graph(list(stories(options.reasoned, cast))), options.limit)
    target = folder / "out.ttl"
    seconds = clock(lambda: export(places["large"], "ttl", target))[0]
    yield "\n## Export\n"
    yield (
        f"The large store as sorted Turtle: {seconds:.0f} s, {large['triples'] / seconds:,.0f} triples/s, "
        f"{target.stat().st_size / 1e6:,.0f} MB. Peak memory of this whole run, with the mapped files of the "
        f"store: {peak():,.0f} MB."
    )


def run() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2750, help="in the large store; 1,820 triples each")
    parser.add_argument("--small", type=int, default=60, help="articles that rdflib gets too")
    parser.add_argument("--reasoned", type=int, default=4, help="articles that the reasoners get")
    parser.add_argument("--limit", type=float, default=60, help="seconds for a query")
    parser.add_argument("--folder", type=Path, help="where the stores are made and kept")
    parser.add_argument("--write", action="store_true", help="renew benchmarks/store.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for line in measure(options, folder):
            lines.append(line)
            print(line, flush=True)
    if options.write:
        report = Path(__file__).with_suffix(".md")
        _, head, kept = report.read_text(encoding="utf-8").partition(_KEPT)
        report.write_text("\n".join(lines) + "\n" + (f"\n{head}{kept}" if head else ""), encoding="utf-8")


if __name__ == "__main__":
    run()
