"""What people withdrew by hand from a graph that was built before they did: it is not served."""

from __future__ import annotations

from pathlib import Path

from kg.graph.terms import Graph
from kg.graph.turtle import quoted
from kg.identity import facts_meant, load_overrides
from kg.identity.corrections import Withdraw, corrections_of
from kg.store import ArticleStore, withdraw_facts
from kg.store.ask import Asked, ask

_TOLD = """
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  VALUES ?sentence {{ {sentences} }}
  ?span nif:anchorOf ?sentence . ?fact prov:wasDerivedFrom ?span ; nkg:confidence ?sure .
  {{ ?fact ?p ?o BIND (?fact AS ?s) }}
  UNION {{ ?fact ?how ?s . ?s ?p ?o FILTER (?p IN (rdfs:label, nif:anchorOf)) }}
}}"""


def without_withdrawn(store: ArticleStore, decisions: Path) -> list[str]:
    """Take out of a store what a file of decisions withdraws; return the IRIs of what is gone.

    Raises:
        IdentityError: the file can't be read.
        StoreError: the disk refuses.
    """
    corrections = corrections_of(load_overrides(decisions))
    refs = [one.fact for one in corrections if isinstance(one, Withdraw)]
    if not refs:
        return []
    query = _TOLD.format(sentences=" ".join(sorted({quoted(ref.sentence) for ref in refs})))
    told = ask(store.ox, Asked(query, graph="ntriples", most=1_000_000, size=1 << 30)).body
    # a graph of its own: rdflib's way to read a store would keep it open
    return withdraw_facts(
        store, facts_meant(Graph(bind_namespaces="none").parse(data=told, format="nt"), refs)
    )
