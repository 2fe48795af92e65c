"""Reads facts off one resolved article: roles, events, statements, relations."""

from kg.extract.extract import extract

__all__ = ["extract"]
