"""One node over many articles: records of entities in, nodes and the judgements behind them out."""

from kg.identity.canonicalization import Unified, unify
from kg.identity.cross_document_events import EventRecord, event_records, merged_events, retold
from kg.identity.entity_resolution import identify
from kg.identity.lookup import fact_of, facts_meant, find_node
from kg.identity.model import Identity, IdentityRecord, Node, Position, Verdict
from kg.identity.overrides import (
    DecisionProvenance,
    Merge,
    Overrides,
    Ref,
    Split,
    load_overrides,
    save_overrides,
)
from kg.identity.records import records_of
from kg.identity.triples import identity_graph, identity_triples

__all__ = [
    "DecisionProvenance",
    "EventRecord",
    "Identity",
    "IdentityRecord",
    "Merge",
    "Node",
    "Overrides",
    "Position",
    "Ref",
    "Split",
    "Unified",
    "Verdict",
    "event_records",
    "fact_of",
    "facts_meant",
    "find_node",
    "identify",
    "identity_graph",
    "identity_triples",
    "load_overrides",
    "merged_events",
    "records_of",
    "retold",
    "save_overrides",
    "unify",
]
