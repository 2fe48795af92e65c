"""Which classes of the user's own a graph declares, and how pages call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.serve.web.desk import Desk, listed
from kg.serve.web.words import full
from kg.view import styles
from kg.view.terms import curie
from kg.view.untrusted import clean

_DECLARED = """
SELECT DISTINCT ?class ?p ?o WHERE {
  VALUES ?class { %s }
  VALUES ?p { rdfs:subClassOf rdfs:label nkg:stance }
  ?class a owl:Class ; ?p ?o
}"""
_MODEL = tuple(full(f"{prefix}:") for prefix in ("nkg", "plover", "sem", "org"))


async def own_classes(desk: Desk, types: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    """Return those of some classes that are of the user's own and of events, with name and stance, by their IRIs."""
    strange = listed(sorted({iri for iri in types if not iri.startswith(_MODEL)}))
    if not strange:
        return {}
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in await desk.rows(_DECLARED % strange):
        told[row["class"]][row["p"]].add(row["o"])
    found: dict[str, dict[str, Any]] = {}
    for iri, own in sorted(told.items()):
        label, stance = (min(own[full(name)], default="") for name in ("rdfs:label", "nkg:stance"))
        above = sorted(map(curie, own[full("rdfs:subClassOf")]))
        entry = styles.own_event(above, clean(label), curie(stance) if stance else "")
        if entry is not None:
            found[iri] = entry
    return found
