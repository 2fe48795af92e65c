"""Ask the graph: SPARQL with the model's prefixes, a library of named queries, and the formats of answers."""

from kg.query.formats import FORMATS, render
from kg.query.library import NamedQuery, Param, get_query, list_queries
from kg.query.run import Result, prepare, run_query

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
]
