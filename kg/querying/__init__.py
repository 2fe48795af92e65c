"""Ask the graph: SPARQL with the model's prefixes, a library of named queries, and the formats of answers."""

from kg.querying.formats import FORMATS, render
from kg.querying.library import NamedQuery, Param, get_query, list_queries
from kg.querying.run import Result, prepare, run_query, written_out

__all__ = [
    "FORMATS",
    "NamedQuery",
    "Param",
    "Result",
    "get_query",
    "list_queries",
    "prepare",
    "render",
    "run_query",
    "written_out",
]
