"""The embedded store: Oxigraph on disk, a named graph an article, transactions, sorted exports."""

from pyoxigraph import Store as GraphStore

from kg.store.articles import find_article, restore, withdraw
from kg.store.folder import is_store, settings
from kg.store.ftm import to_ftm
from kg.store.inference import forget_inferred, has_inferred, infer, inferred_only, inferred_triples
from kg.store.loading import check_file, declared_base, load_graph, memory_of
from kg.store.ordered import FORMS, write
from kg.store.reader import FileReader, StoreReader, as_dataset, reader_of
from kg.store.shelf import Shelf
from kg.store.stamps import stamp_of, version_of
from kg.store.statistics import graph_sizes, stats
from kg.store.store import ArticleStore, Put
from kg.store.withdrawn import withdraw_facts

__all__ = [
    "FORMS",
    "ArticleStore",
    "FileReader",
    "GraphStore",
    "Put",
    "Shelf",
    "StoreReader",
    "as_dataset",
    "check_file",
    "declared_base",
    "find_article",
    "forget_inferred",
    "graph_sizes",
    "has_inferred",
    "infer",
    "inferred_only",
    "inferred_triples",
    "is_store",
    "load_graph",
    "memory_of",
    "reader_of",
    "restore",
    "settings",
    "stamp_of",
    "stats",
    "to_ftm",
    "version_of",
    "withdraw",
    "withdraw_facts",
    "write",
]
