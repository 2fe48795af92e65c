"""Where an article speaks of what, as the heads over a whole article ask."""

from __future__ import annotations

from collections import defaultdict

from kg.heads.narrative import TokenMention
from kg.parsed import Resolved


def mentioned(resolved: Resolved) -> dict[str, tuple[TokenMention, ...]]:
    """Return where each entity is spoken of, by its id, in order."""
    found: defaultdict[str, list[TokenMention]] = defaultdict(list)
    for link in resolved.links:
        for entity in link.entities:
            found[entity].append(TokenMention(resolved.parsed.tokens[link.head].sent, link.head))
    return {entity: tuple(sorted(where)) for entity, where in found.items()}
