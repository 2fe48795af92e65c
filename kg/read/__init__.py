"""Bytes to articles: every input format, page furniture, dates, and what is rejected and why."""

from kg.read.articles import read_articles
from kg.read.options import ReadOptions
from kg.read.progress import is_large

__all__ = ["ReadOptions", "is_large", "read_articles"]
