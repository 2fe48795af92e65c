"""`kg export`: a graph file or a store in another form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from kg.cli.console import Meter, say
from kg.cli.options import Data, Quiet, Store, source_of

_FORMS = "ttl|trig|nq|nt|jsonld|graphml|gexf|csv|neo4j|parquet|ftm"


def export(
    form: Annotated[
        str | None,
        Option("--format", "-f", metavar=_FORMS, help="The form; else the ending of --out tells it."),
    ] = None,
    out: Annotated[
        Path | None,
        Option("--out", "-o", metavar="FILE", help="The file, or the folder of two; else standard output."),
    ] = None,
    data: Data = None,
    store: Store = None,
    quiet: Quiet = False,
) -> None:
    """Write a graph file or a store in another form, the same bytes on each run.

    RDF: ttl and nt hold all graphs as one, trig, nq and jsonld keep them apart. Networks: graphml and gexf
    for Gephi and yEd, csv as a list of edges whose cells no spreadsheet takes for formulas. Tables of nodes
    and edges, two files in a folder: neo4j (CSV for neo4j-admin database import) and parquet, which needs
    pip install 'newskg[cluster]'. Entities: ftm (FollowTheMoney, a JSON line each) for Aleph and its kind;
    needs pip install 'newskg[ftm]'.

    \b
    Examples:
      kg export --store news.db --out graph.ttl
      kg export --data output/graph.trig --format gexf --out graph.gexf
      kg export --store news.db --format nq | gzip > news.nq.gz
      kg export --store news.db --format neo4j --out tables/
    """
    from kg.errors import UsageError
    from kg.export import export as run

    source = source_of(data, store)
    if form is None:
        form = out.suffix.removeprefix(".").lower() if out is not None else ""
        if not form:
            raise UsageError(f"which form? give --format {_FORMS}")
    with Meter(quiet) as meter:
        meter(str(out or form), 0)
        run(source, form, out)
    if out is not None and not quiet:
        say(f"Written: {out}")
