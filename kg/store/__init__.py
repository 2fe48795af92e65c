"""The embedded store: Oxigraph on disk, a named graph an article, transactions, sorted exports."""

from kg.store.infer import forget_inferred, has_inferred, infer, inferred_triples
from kg.store.loading import memory_of
from kg.store.ordered import FORMS, write
from kg.store.reader import StoreReader, as_dataset
from kg.store.stamps import stamp_of, version_of
from kg.store.stats import Stats, stats
from kg.store.store import ArticleStore, Put, is_store, settings

__all__ = [
    "FORMS",
    "ArticleStore",
    "Put",
    "Stats",
    "StoreReader",
    "as_dataset",
    "forget_inferred",
    "has_inferred",
    "infer",
    "inferred_triples",
    "is_store",
    "memory_of",
    "settings",
    "stamp_of",
    "stats",
    "version_of",
    "write",
]
