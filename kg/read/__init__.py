"""Bytes to articles: every input format, page furniture, dates, and what is rejected and why."""

from kg.read.articles import read_articles
from kg.read.options import ReadOptions

__all__ = ["ReadOptions", "read_articles"]
