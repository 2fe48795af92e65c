"""Decides who is who in one article: names, descriptions and pronouns become entities."""

from kg.resolve.coreference import resolve

__all__ = ["resolve"]
