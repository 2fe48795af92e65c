"""Finds the fact that a user means in a graph or store: by its IRI, a path below the base, a CURIE, or its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import GraphError, UsageError
from kg.graph.evidence import TextPlace, place_of
from kg.graph.vocabulary import PREFIXES
from kg.querying import run_query
from kg.store import FileReader, StoreReader

Graph = FileReader | StoreReader
KINDS: Mapping[str, str] = {
    "http://semanticweb.cs.vu.nl/2009/11/sem/Event": "event",
    "https://w3id.org/newskg#Statement": "statement",
    "http://www.w3.org/ns/org#Membership": "role",
    "https://w3id.org/newskg#Relation": "relation",
}
_SHOWN = 5
_WORDS = re.compile(r"\s")
_PATH = re.compile(r"(?:event|statement|membership|relation)/\S+")
_ILLEGAL = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_ABOUT = "SELECT ?p ?o WHERE { VALUES ?fact { UNDEF } ?fact ?p ?o }"
_NAMES = "SELECT ?name WHERE { VALUES ?thing { UNDEF } ?thing rdfs:label|skos:altLabel|schema:name ?name }"
_TEXT = """
SELECT ?context ?text WHERE { VALUES ?doc { UNDEF } ?context nif:sourceUrl ?doc ; nif:isString ?text }"""
_SAID = """
SELECT DISTINCT ?fact ?words WHERE {
  VALUES ?said { UNDEF }
  ?fact nkg:confidence ?sure .
  { ?fact rdfs:label ?words } UNION { ?fact schema:text ?words } UNION { ?fact org:role/rdfs:label ?words }
  FILTER (CONTAINS(LCASE(STR(?words)), LCASE(?said)))
} ORDER BY ?fact"""
_SENTENCE = """
SELECT DISTINCT ?fact ?words WHERE {
  VALUES ?said { UNDEF }
  ?fact nkg:confidence ?sure ; prov:wasDerivedFrom/nif:anchorOf ?words .
  FILTER (CONTAINS(LCASE(STR(?words)), LCASE(?said)) || CONTAINS(LCASE(?said), LCASE(STR(?words))))
} ORDER BY ?fact"""


@dataclass(frozen=True, slots=True)
class GraphFact:
    """A fact as a graph has it.

    `values` are the values of its properties by the IRI of the property; `spans` and `sentences` where it stands,
    `names` all names of each thing among its values.
    """

    iri: str
    kind: str
    values: Mapping[str, tuple[str, ...]]
    spans: tuple[TextPlace, ...]
    sentences: tuple[TextPlace, ...]
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def docs(self) -> tuple[str, ...]:
        """The IRIs of the articles that tell it."""
        return tuple(dict.fromkeys(place.doc for place in (*self.spans, *self.sentences)))

    def value(self, prefixed: str) -> str | None:
        """Return the first value of a property, such as `nkg:modality`."""
        return next(iter(self.all(prefixed)), None)

    def all(self, prefixed: str) -> tuple[str, ...]:
        """Return all values of a property."""
        prefix, _, local = prefixed.partition(":")
        return self.values.get(f"{PREFIXES[prefix]}{local}", ())


@dataclass(frozen=True, slots=True)
class GraphArticle:
    """What a graph holds of an article: what the analysis of it depends on."""

    iri: str
    id: str
    text: str
    title: str | None
    date: str | None
    sha256: str | None


def find_fact(graph: Graph, fact: str) -> GraphFact:
    """Return the fact that a user means.

    `fact` is an IRI, with `<>` or without, a path below the base (`event/strike/v3`), a CURIE with a prefix of the
    model, or words: of the fact's own label, or else of its sentence, where they name one fact only.

    Raises:
        UsageError: nothing is that, or words could mean several.
        GraphError: it is no event, statement, role or relation.
    """
    fact = fact.strip()
    if not fact:
        raise UsageError("name a fact: its IRI, or words of it")
    for iri in _iris(fact, graph.base):
        found = _at(graph, iri)
        if found is not None:
            return found
    if fact.startswith("<") or "://" in fact.partition(" ")[0] or _PATH.fullmatch(fact):
        raise UsageError(f"{fact}: there is no such fact in the graph")
    return _by_words(graph, fact)


def _iris(fact: str, base: str) -> Iterable[str]:
    if fact.startswith("<") and fact.endswith(">"):
        fact = fact[1:-1]
    if _WORDS.search(fact) or _ILLEGAL.search(fact):
        return
    prefix, colon, local = fact.partition(":")
    if "://" in fact:
        yield fact
    elif colon and prefix in PREFIXES:
        yield f"{PREFIXES[prefix]}{local}"
    else:
        yield base + fact.lstrip("/")


def _at(graph: Graph, iri: str) -> GraphFact | None:
    values: dict[str, list[str]] = {}
    for predicate, value in run_query(graph, _ABOUT, {"fact": f"<{iri}>"}):
        values.setdefault(str(predicate), []).append(str(value))
    if not values:
        return None
    types = values.get(f"{PREFIXES['rdf']}type", [])
    kind = next((KINDS[one] for one in types if one in KINDS), None)
    if kind is None:
        raise GraphError(f"{iri}: is no event, statement, role or relation")
    things = {one for some in values.values() for one in some if one.startswith(graph.base)}
    names = {
        thing: frozenset(str(row[0]).casefold() for row in run_query(graph, _NAMES, {"thing": f"<{thing}>"}))
        for thing in sorted(things)
        if "#" not in thing
    }
    return GraphFact(
        iri,
        kind,
        {name: tuple(sorted(some)) for name, some in values.items()},
        _places(values.get(f"{PREFIXES['gaf']}denotedBy", ())),
        _places(values.get(f"{PREFIXES['prov']}wasDerivedFrom", ())),
        names,
    )


def _places(iris: Iterable[str]) -> tuple[TextPlace, ...]:
    found = (place_of(iri) for iri in iris)
    return tuple(sorted((p for p in found if p is not None), key=lambda p: (p.doc, p.begin, p.end)))


def _by_words(graph: Graph, words: str) -> GraphFact:
    for query in (_SAID, _SENTENCE):
        rows = [(str(fact), str(text)) for fact, text in run_query(graph, query, {"said": words})]
        exact = {fact for fact, text in rows if text.casefold() == words.casefold()}
        facts = sorted(exact or {fact for fact, _ in rows})
        if len(facts) == 1:
            found = _at(graph, facts[0])
            if found is not None:
                return found
        if facts:
            shown = ", ".join(facts[:_SHOWN]) + (", …" if len(facts) > _SHOWN else "")
            raise UsageError(f"{words!r} could mean {len(facts)} facts; name one by its IRI: {shown}")
    raise UsageError(f"{words!r}: no fact and no sentence behind one has these words")


def article_at(graph: Graph, doc: str) -> GraphArticle:
    """Return what the graph holds of an article.

    Raises:
        GraphError: it has not its text.
    """
    values: dict[str, str] = {}
    for predicate, value in run_query(graph, _ABOUT, {"fact": f"<{doc}>"}):
        values.setdefault(str(predicate), str(value))
    texts = {str(context): str(text) for context, text in run_query(graph, _TEXT, {"doc": f"<{doc}>"})}
    text = next((text for context, text in texts.items() if context.startswith(f"{doc}#char=")), None)
    if text is None:
        raise GraphError(f"{doc}: the graph does not hold its text; name its file with --source")
    return GraphArticle(
        doc,
        values.get(f"{PREFIXES['dcterms']}identifier", doc),
        text,
        values.get(f"{PREFIXES['schema']}headline"),
        values.get(f"{PREFIXES['schema']}datePublished"),
        values.get(f"{PREFIXES['nkg']}sha256"),
    )
