"""The embedded store: Oxigraph on disk, a named graph an article, transactions, sorted exports."""

from kg.store.ordered import FORMS, write
from kg.store.stamps import stamp_of, version_of
from kg.store.stats import Stats, stats
from kg.store.store import ArticleStore, Put, is_store, settings

__all__ = [
    "FORMS",
    "ArticleStore",
    "Put",
    "Stats",
    "is_store",
    "settings",
    "stamp_of",
    "stats",
    "version_of",
    "write",
]
