"""`kg eval`: how right the graph is, on articles annotated by hand."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from kg.cli.console import Meter, say
from kg.cli.options import Component, LexiconFolder, MinConfidence, Model, Quiet, components, pairs

if TYPE_CHECKING:
    from kg.evaluate import Evaluation


def evaluate(
    gold: Annotated[
        Path, Argument(metavar="GOLD_DIR", help="A folder of NAME.txt, each with its NAME.gold.json.")
    ],
    out: Annotated[
        Path, Option("--out", "-o", metavar="FOLDER", help="Where report.html and scores.json go.")
    ] = Path("evaluation"),
    plover: Annotated[
        Path | None,
        Option("--plover", metavar="FILE", help="Score events on these coded sentences (JSONL), too."),
    ] = None,
    date: Annotated[
        list[str] | None,
        Option("--date", metavar="NAME=YYYY-MM-DD", help="The date of an article that has none of its own."),
    ] = None,
    model: Model = None,
    lexicon: LexiconFolder = None,
    component: Component = None,
    min_confidence: MinConfidence = None,
    graphs: Annotated[
        bool, Option("--graphs", help="Write each article's graph, too, as NAME/graph.ttl.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Print the figures as JSON.")] = False,
    quiet: Quiet = False,
) -> None:
    """Score the builder on annotated articles, and show every error.

    Each article is built alone and compared with its annotation. The report opens in a browser: annotation
    and graph side by side, filtered by kind of error and by article.

    \b
    Examples:
      kg eval gold/ --date strait=2016-09-28
      kg eval gold/ --plover sentences.jsonl --out evaluation/
      kg eval gold/ --json --quiet > figures.json
    """
    from kg.evaluate import evaluate as run
    from kg.evaluate import render_report
    from kg.options import BuildOptions
    from kg.run.files import File, check_out, write_files

    options = BuildOptions(
        dates=pairs("--date", date or (), "NAME=YYYY-MM-DD"),
        model=model,
        lexicon=lexicon,
        components=components(component or []),
        min_confidence=min_confidence,
    )
    check_out(out, [gold])
    with Meter(quiet) as meter:
        found = run(
            gold,
            coded=plover,
            graphs=graphs,
            options=replace(options, on_progress=meter),
        )
        figures = json.dumps(scores(found), indent=1) + "\n"
        page = render_report(found)
        written = write_files(
            out,
            [
                File("report.html", lambda stream: stream.write(page.encode("utf-8"))),
                File("scores.json", lambda stream: stream.write(figures.encode("utf-8"))),
            ],
        )
        for name, turtle in found.turtle.items():
            data = turtle.encode("utf-8", "backslashreplace")
            write_files(out / name, [File("graph.ttl", lambda stream, data=data: stream.write(data))])  # type: ignore[misc]
    if as_json:
        sys.stdout.write(figures)
    elif not quiet:
        _table(found)
        say("Written: " + ", ".join(str(path) for path in written))


def scores(found: Evaluation) -> dict[str, Any]:
    """Return the figures as they are written to scores.json: over all, by article, errors by kind, coded sentences."""
    from kg.evaluate import Fault
    from kg.evaluate.measures import rows

    out: dict[str, Any] = {
        "measures": {name: asdict(row) for name, row in found.rows.items()},
        "articles": {
            article.name: {name: asdict(row) for name, row in rows(article.counts).items()}
            for article in found.articles
        },
    }
    out["errors"] = {
        fault: sum(finding.fault is fault for article in found.articles for finding in article.findings)
        for fault in Fault
    }
    if found.coded:
        out["coded"] = {
            name: {"share": share.share, "right": share.right, "of": share.of}
            for name, share in found.coded.items()
        }
    return out


def _table(found: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    shown.add_column(f"{len(found.articles)} article{'' if len(found.articles) == 1 else 's'}")
    for name in ("P", "R", "F", "right", "system", "gold"):
        shown.add_column(name, justify="right", style="bold" if name == "F" else "")
    for name, row in found.rows.items():
        figures = (f"{value:.3f}" for value in (row.precision, row.recall, row.f))
        shown.add_row(name, *figures, str(row.right), str(row.system), str(row.gold))
    console = Console(highlight=False)
    console.print(shown)
    if found.coded:
        coded = Table(box=None, pad_edge=False)
        coded.add_column("coded sentences", min_width=15)
        for name in ("share", "right", "of"):
            coded.add_column(name, justify="right", style="bold" if name == "share" else "")
        for name, share in found.coded.items():
            coded.add_row(name, f"{share.share:.3f}", str(share.right), str(share.of))
        console.print()
        console.print(coded)
