"""`kg query`: SPARQL and named questions over a graph file or a store."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from kg.cli.console import say, tell, typed
from kg.cli.options import Data, Store, pairs, source_of
from kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    from kg.store import FileReader, StoreReader

_ENDINGS = (".rq", ".sparql")
_NAME = re.compile(r"[\w-]+")
_CLASS = """ASK {
  { ?class a owl:Class } UNION { ?event a sem:Event, ?class }
  OPTIONAL { ?class rdfs:label ?label }
  FILTER (?asked IN (LCASE(STR(?label)), LCASE(REPLACE(STR(?class), "^.*[/#]", ""))))
}"""
"""Whether a graph has a class of some name."""
_ITSELF = "sparql"
"""The format that shows the query, as another engine takes it."""


def _names(incomplete: str) -> list[tuple[str, str]]:
    from kg.querying import list_queries

    return [(q.name, q.description) for q in list_queries() if q.name.startswith(incomplete)]


def query(
    query: Annotated[
        str | None,
        Argument(
            metavar="NAME|FILE|SPARQL",
            help="A named query, a file of SPARQL (- for standard input), or SPARQL itself.",
            autocompletion=_names,
        ),
    ] = None,
    data: Data = None,
    store: Store = None,
    format: Annotated[  # noqa: A002 - named as the option is
        str,
        Option(
            "--format",
            "-f",
            metavar="table|csv|tsv|json|turtle|sparql",
            help="How the answer is written; or sparql: nothing is asked, and the query itself shown, whole.",
        ),
    ] = "table",
    param: Annotated[
        list[str] | None,
        Option("--param", "-p", metavar="NAME=VALUE", help="A parameter's value; <...> makes it an IRI."),
    ] = None,
    list_: Annotated[bool, Option("--list", "-l", help="List the named queries and what they take.")] = False,
) -> None:
    """Ask a graph: a ready-made question by its name, or any SPARQL.

    The prefixes of the model are declared, so that a query needs none. Of named graphs the default graph is
    the union, unless the query says FROM.

    \b
    Examples:
      kg query --list
      kg query actors
      kg query quotes-by --param name="Amina Yusuf"
      kg query 'SELECT ?name { ?p a schema:Person ; rdfs:label ?name }' --format csv
      kg query question.rq --data out/graph.ttl
      kg query timeline --store news.db
      kg query evidence --param name="Amina Yusuf" --format sparql
    """
    if list_:
        _list()
        return
    if query is None:
        raise UsageError(f"nothing is asked: give a named query ({typed()} query --list), a file, or SPARQL")
    from kg.querying import FORMATS

    if format not in {*FORMATS, _ITSELF}:  # before the graph is read
        raise UsageError(f"'{format}' is no format; there are {', '.join((*FORMATS, _ITSELF))}")
    params = pairs("--param", param or (), "NAME=VALUE", empty=True)
    text = _asked(query)
    from kg.querying import render, run_query, written_out

    if format == _ITSELF:
        sys.stdout.write(written_out(text, params))
        return
    from kg.store import reader_of

    with reader_of(source_of(data, store)) as graph:
        answer = run_query(graph, text, params)
        if not answer and answer.truth is None:
            _say_why_nothing(graph, text, params)
        sys.stdout.write(render(answer, format))


def _say_why_nothing(graph: StoreReader | FileReader, text: str, params: dict[str, str]) -> None:
    """Say what is behind an answer of nothing: an empty graph.

    Raises:
        QueryError: the class of events that a named query was asked for is none of the model's or the graph's.
    """
    from kg.event_classes import event_classes
    from kg.querying import run_query

    if not run_query(graph, "ASK { ?s ?p ?o }"):
        tell("the graph is empty")
        return
    known = [one.local for one in event_classes().values()]
    asked = re.split(r"[/#:]", params.get("class", "").strip("<>"))[-1].lower()
    if not asked or not _NAME.fullmatch(text) or asked in map(str.lower, known):
        return
    if not run_query(graph, _CLASS, {"asked": asked}):
        raise QueryError(
            f"the parameter 'class': '{params['class']}' is no class of the model or of this graph; "
            f"there are {', '.join(sorted(known))}"
        )


def _list() -> None:
    from kg.querying import list_queries

    found = list_queries()
    width = max(len(each.name) for each in found)
    for each in found:
        say(f"{each.name:<{width}}  {each.description}")
        for param in each.params:
            use = "required" if param.required else f"default: {param.default or 'any'}"
            say(f"{'':<{width}}    --param {param.name}=...  {param.description} ({use})")


def _asked(query: str) -> str:
    """Return the name of a named query, or SPARQL: what stands in a file, or the argument itself."""
    from kg.querying import get_query

    if query == "-":
        return sys.stdin.read()
    path = Path(query)
    if _NAME.fullmatch(query) and not path.is_file():
        return get_query(query).name
    try:
        if query.endswith(_ENDINGS) or path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # a name too long or with a NUL is SPARQL, not a file
        if query.endswith(_ENDINGS):
            raise QueryError(f"{query}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    return query
