"""Why a fact is in a graph: its article is read again, and every head and rule that spoke is named."""

from kg.explain.find import GraphFact, find_fact
from kg.explain.reread import Explanation, FactInArticle, explain
from kg.explain.shown import as_json, as_text

__all__ = ["Explanation", "FactInArticle", "GraphFact", "as_json", "as_text", "explain", "find_fact"]
