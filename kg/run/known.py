"""What a store's articles were in earlier builds, kept in the manifest, so that IRIs stay when articles join."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kg.run.batches import batches
from kg.run.journal import Journal

_AT_ONCE = 1000
Named = tuple[str, str, str]
"""An article's path, and the kind and name of an entity there."""


class Known:
    """The paths that entities had, and the paths that nodes lost when two became one.

    Raises (all methods):
        OutputError: the manifest can't be read or written.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def paths(self, doc: str) -> Mapping[str, str]:
        """Return the path of the node of each entity of an article, by `known_key`; empty for a new article."""
        for (names,) in self._journal.rows("SELECT names FROM node WHERE path = ?", doc):
            return dict(json.loads(names))
        return {}

    def retired(self) -> dict[str, str]:
        """Return by each path that a node lost the path of the node that it became."""
        return {str(old): str(new) for old, new in self._journal.rows("SELECT old, new FROM retired")}

    def note(self, entities: Iterable[tuple[Named, str]], retired: Mapping[str, str]) -> None:
        """Keep what the entities of all articles are now, article by article, and the paths that were lost."""

        def changed() -> Iterator[tuple[str, str]]:
            for doc, some in groupby(entities, key=lambda pair: pair[0][0]):
                names = {known_key(kind, name): path for (_, kind, name), path in some}
                if names != self.paths(doc):
                    yield doc, json.dumps(names, ensure_ascii=False, sort_keys=True)

        for some in batches(changed(), lambda pair: 1, _AT_ONCE):
            self._journal.write(("INSERT OR REPLACE INTO node VALUES (?, ?)", some))
        self._journal.write(("INSERT OR REPLACE INTO retired VALUES (?, ?)", sorted(retired.items())))


def known_key(kind: str, name: str) -> str:
    """Return what an entity of an article is found by again when the article was built anew."""
    return f"{kind} {name}"
