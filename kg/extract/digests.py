"""Tells a digest, whose paragraphs are items of their own, from an article that goes on from one to the next."""

from __future__ import annotations

from kg.model import Entity
from kg.parsed import Parsed, Resolved, is_scattered


def is_digest(resolved: Resolved) -> bool:
    """Return whether next to nothing but countries comes back from one paragraph in another.

    An article comes back to its people and organisations; the items of "World in brief" do not, so what one of them
    tells says nothing of the next.
    """
    blocks = [
        paragraphs(resolved.parsed, entity)
        for entity in resolved.entities
        if "schema:Country" not in entity.classes
    ]
    return is_scattered(blocks)


def paragraphs(parsed: Parsed, entity: Entity) -> frozenset[int]:
    """Return the numbers of the paragraphs that name an entity or speak of it."""
    tokens = (parsed.tokens_in(mention.span) for mention in entity.mentions)
    return frozenset(found[0].block for found in tokens if found)
