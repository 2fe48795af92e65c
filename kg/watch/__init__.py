"""Watches a store: what is new about some names and classes goes to a file or a webhook, each fact once."""

from kg.watch.news import News, Watched, find_news, watched
from kg.watch.report import Report, report_to
from kg.watch.told import Told

__all__ = ["News", "Report", "Told", "Watched", "find_news", "report_to", "watched"]
