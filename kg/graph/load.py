"""Read a graph file into rdflib: Turtle, TriG, N-Triples, N-Quads and JSON-LD; one line for a bad one."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rdflib import Dataset, Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from kg.errors import GraphError
from kg.graph.assemble import bind_prefixes

FORMATS = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".trig": "trig",
    ".nt": "nt",
    ".nq": "nquads",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
QUADS = frozenset({"trig", "nquads", "json-ld"})
_LINE = re.compile(r"\bline (\d+)")


def load_graph(path: Path) -> Graph:
    """Return the graph in a file; the ending of its name tells the format.

    Of a file with named graphs comes a dataset whose default graph is the union of all. JSON-LD is read only
    where its context stands in the file: nothing is fetched.

    Raises:
        GraphError: the file can't be read, has an unknown ending or bad syntax; the message says where.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise GraphError(f"{path}: the ending tells no format; known are {', '.join(FORMATS)}")
    try:
        data = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise GraphError(f"{path}: it is not UTF-8 (byte {error.start})") from error
    return parse_graph(data, kind, str(path))


def parse_graph(data: str, kind: str = "turtle", name: str = "the graph") -> Graph:
    """Return the graph in a text; `kind` is rdflib's name of the format, `name` what a message calls it.

    Raises:
        GraphError: bad syntax, or a JSON-LD context that lies elsewhere.
    """
    graph: Graph = Dataset(default_union=True) if kind in QUADS else Graph(bind_namespaces="none")
    bind_prefixes(graph)
    try:
        if kind == "json-ld":
            _refuse_remote(json.loads(data), name)
        graph.parse(data=data, format=kind)
    except BadSyntax as error:
        reason = " ".join(str(error._why).split()) or "bad syntax"
        raise GraphError(f"{name}, line {error.lines + 1}: {reason}") from error
    except json.JSONDecodeError as error:
        raise GraphError(f"{name}, line {error.lineno}: {error.msg}") from error
    except (ParserError, ValueError, KeyError, TypeError, IndexError, AssertionError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise GraphError(f"{name}: {reason[:200]}") from error
    return graph


def _refuse_remote(value: object, name: str) -> None:
    """Refuse a JSON-LD context or import that would be fetched from somewhere."""
    if isinstance(value, dict):
        for key, inner in value.items():
            listed = inner if isinstance(inner, list) else [inner]
            if key == "@import" or (key == "@context" and any(isinstance(item, str) for item in listed)):
                raise GraphError(f"{name}: its JSON-LD context lies elsewhere and is not fetched")
            _refuse_remote(inner, name)
    elif isinstance(value, list):
        for inner in value:
            _refuse_remote(inner, name)
