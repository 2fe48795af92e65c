"""`kg explain`: why a fact is in a graph."""

from __future__ import annotations

import json
import sys
from typing import Annotated

from typer import Argument, Option

from kg.cli.options import Component, Data, LexiconFolder, Model, Store, components, source_of


def explain(
    fact: Annotated[
        str,
        Argument(
            metavar="FACT",
            help="The IRI of an event, statement, role or relation, or words that name one.",
        ),
    ],
    data: Data = None,
    store: Store = None,
    source: Annotated[
        list[str] | None,
        Option(
            "--source",
            metavar="PATH",
            help="Read the article from the file that it was built from, not from the graph.",
        ),
    ] = None,
    model: Model = None,
    lexicon: LexiconFolder = None,
    component: Component = None,
    as_json_: Annotated[bool, Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell why a fact is in a graph: its sentence, and every head and rule that spoke for or against a part of it.

    The article is read again, from the text in the graph, with the model, lexicon and components that are named: those
    that the graph was built with. A graph does not hold the scores of the learned heads, but
    the same text gives the same ones. Words name a fact by its label or by its sentence; where they could mean
    several, all are named.

    \b
    Examples:
      kg explain event/strike/v3
      kg explain 'https://example.org/newskg/membership/strike/ann-lee--mayor'
      kg explain "Lee resigned" --store news.db
      kg explain event/strike/v3 --json
    """
    from kg.explain import as_json, as_text, find_fact
    from kg.explain import explain as why
    from kg.pipeline import load_resources
    from kg.store import reader_of

    chosen = components(component or [])
    with reader_of(source_of(data, store)) as graph:
        found = find_fact(graph, fact)  # before the model is loaded
        told = why(graph, found.iri, load_resources(model, lexicon, chosen), source or ())
    if as_json_:
        sys.stdout.write(json.dumps(as_json(told), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(as_text(told))
