"""Run a query, named or written out, on a graph or a store."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.graph.answer import Answer, Term
from kg.graph.terms import Graph
from kg.graph.vocabulary import PREFIXES
from kg.querying.binding import TYPED, bind, with_values
from kg.querying.library import get_query
from kg.store import FileReader, StoreReader
from kg.store.answers import answer
from kg.store.first import without
from kg.store.loading import copied
from kg.store.refuse import blanked

Result = Answer
"""What a query gives; see `kg.graph.answer.Answer`."""
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def prepare(query: str, params: Mapping[str, str | Term] | None = None, given_as: str = TYPED) -> str:
    """Return the SPARQL of a named query, or of one written out, with its parameters bound.

    `given_as` is how a message says that a parameter is to be given, {} its name: `?{}=…` in an address.

    It uses the model's prefixes without declaring them: the engine takes them beside the text.

    Raises:
        QueryError: there is no such query, or a parameter is wrong.
    """
    named = get_query(query) if _NAME.fullmatch(query) else None
    bindings = bind(named, params or {}, given_as)
    return with_values(without(named.text, bindings) if named else query, bindings)


def written_out(query: str, params: Mapping[str, str | Term] | None = None) -> str:
    """Return a query as any engine of SPARQL 1.1 takes it: with its parameters bound, and its prefixes declared.

    Raises:
        QueryError: there is no such query, or a parameter is wrong.

    Example:
        >>> print(written_out("ASK { ?who a schema:Person }"))
        PREFIX schema: <https://schema.org/>
        ASK { ?who a schema:Person }
    """
    text = prepare(query, params)
    bare = blanked(text)
    used = set(re.findall(r"(?<![\w?$:.-])([A-Za-z][\w-]*):", bare))
    told = set(re.findall(r"\bPREFIX\s+([\w-]+):", bare, re.IGNORECASE))
    head = [f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items() if name in used - told]
    return "".join(head) + text


def run_query(
    graph: Graph | StoreReader | FileReader,
    query: str,
    params: Mapping[str, str | Term] | None = None,
    base: str | None = None,
) -> Result:
    """Run the named query `query`, or else SPARQL as it is written, with the model's prefixes declared.

    All are asked in Oxigraph, an rdflib graph in a copy that lasts for the question. On a dataset or a store the
    default graph is the union of all named graphs, unless the query says FROM. `base` is what relative IRIs in the
    query are relative to.

    Raises:
        QueryError: there is no such query, a parameter is wrong, or the query can't be parsed or run.
        StoreError: the rdflib graph holds a term that is no RDF.
    """
    text = prepare(query, params)
    if isinstance(graph, StoreReader | FileReader):
        return graph.answer(text, base)
    return answer(copied(graph), text, base)
