"""Reads facts off one resolved article: roles, events, statements, relations."""

from kg.extract.article_facts import extract

__all__ = ["extract"]
