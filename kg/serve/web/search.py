"""Find things by words in their names, through the index beside the snapshot, or list those of a kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.serve.web.desk import Desk
from kg.serve.web.records import Link
from kg.serve.web.words import short
from kg.store.labels import Hit
from kg.view.reading import clean

KINDS = {
    "person": ("schema:Person", "People"),
    "organization": ("schema:Organization", "Organisations"),
    "place": ("schema:Place", "Places"),
    "group": ("nkg:Group", "Unnamed groups"),
    "event": ("sem:Event", "Events"),
    "statement": ("nkg:Statement", "Statements"),
    "article": ("schema:NewsArticle", "Articles"),
    "role": ("org:Role", "Roles"),
}
"""The kinds that can be searched and listed: their class, and what many of them are called."""
_KIND = {cls.partition(":")[2]: kind for kind, (cls, _) in KINDS.items()}
_AT_A_TIME, _SUGGESTED = 50, 10


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: things, each with the name by which it was found if that is not its usual one."""

    kind: str
    title: str
    hits: tuple[tuple[Link, str], ...]
    start: int
    more: bool

    @property
    def stop(self) -> int:
        """The number of the last one shown."""
        return self.start + len(self.hits)


async def find(desk: Desk, words: str, kind: str, start: int) -> Hits:
    """Return the things whose names have these words; without words, those of the kind, by their names.

    Raises:
        KGError: as `Engine.search` and `Engine.ask` do.
    """
    cls, title = KINDS.get(kind, ("", "Everything"))
    kind = kind if cls else ""
    found = await desk.engine.search(words, start + _AT_A_TIME + 1, cls.partition(":")[2])
    found = found[start:]
    hits = await _named(desk, found[:_AT_A_TIME])
    return Hits(kind, title, hits, start, len(found) > _AT_A_TIME)


async def suggestions(desk: Desk, words: str) -> tuple[tuple[Link, str], ...]:
    """Return a few things, for words that may not be finished.

    Raises:
        KGError: as `find` does.
    """
    return await _named(desk, await desk.engine.search(words, _SUGGESTED))


async def _named(desk: Desk, hits: list[Hit]) -> tuple[tuple[Link, str], ...]:
    links = await desk.links(hit.iri for hit in hits)
    found = []
    for hit in hits:
        link = links.get(hit.iri, Link(hit.iri, hit.name, _KIND.get(hit.kind, "")))
        name = short(clean(hit.name), 140)
        if link.kind == "statement":
            link, name = replace(link, label=name or link.label), ""
        found.append((link, name if name != link.label else ""))
    return tuple(found)
