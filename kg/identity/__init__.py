"""One node over many articles: records of entities in, nodes and the judgements behind them out."""

from kg.identity.identify import identify
from kg.identity.model import Identity, Judgement, Known, Node, Position, Record, Verdict
from kg.identity.overrides import Overrides
from kg.identity.records import records_of
from kg.identity.triples import identity_graph, identity_triples
from kg.identity.unify import Unified, unify

__all__ = [
    "Identity",
    "Judgement",
    "Known",
    "Node",
    "Overrides",
    "Position",
    "Record",
    "Unified",
    "Verdict",
    "identify",
    "identity_graph",
    "identity_triples",
    "records_of",
    "unify",
]
