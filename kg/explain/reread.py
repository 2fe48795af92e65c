"""Reads the article of a fact again, and finds the fact in what it says, with all that spoke for it.

A graph does not hold the scores of the heads. The analysis gives the same for the same text and date, so that reading
again tells what was read when the graph was built, if the same version of everything is at hand; if not, that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import GraphError, ReadError, UsageError
from kg.explain.find import Graph, GraphArticle, GraphFact, article_at, find_fact
from kg.graph.iris import article_iri, slug
from kg.graph.vocabulary import expand
from kg.model import Article, Entity, Event, Facts, Reject, Relation, Role, Span, Statement
from kg.pipeline import Resources, facts_of
from kg.read import ReadOptions, read_articles
from kg.read.articles import article_of
from kg.read.record import Record

Fact = Event | Statement | Role | Relation
OTHERWISE = "built by another version, with another model, lexicon or component, or corrected by hand"


@dataclass(frozen=True, slots=True)
class FactInArticle:
    """A fact as one article tells it: the fact with its grounds, all facts of the article, and what the graph has
    otherwise.
    """

    fact: Fact
    facts: Facts
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a fact is in a graph, article by article."""

    fact: GraphFact
    tellings: tuple[FactInArticle, ...]


def explain(graph: Graph, fact: str, resources: Resources, sources: Sequence[str | Path] = ()) -> Explanation:
    """Return why a fact of a graph is what it is, from its articles, which are read again.

    The text comes from `sources` (files as they were built from), or else from the graph itself. `fact` is an IRI or
    words, see `find_fact`; `resources` should be those that the graph was built with.

    Raises:
        UsageError: there is no such fact, or the sources do not hold its article.
        GraphError: the text is nowhere, or read again the article does not say it.

    Example:
        >>> explain(graph, "event/strike/v3", load_resources())  # doctest: +SKIP
    """
    found = find_fact(graph, fact)
    tellings: list[FactInArticle] = []
    for doc in found.docs:
        told = article_at(graph, doc)
        candidates = _from_sources(sources, told, graph.base) if sources else _from_graph(told)
        telling = next((t for one in candidates if (t := _telling(one, doc, found, resources))), None)
        if telling is None:
            raise GraphError(f"{found.iri}: read again, {told.id} does not say it: it was {OTHERWISE}")
        tellings.append(telling)
    if not tellings:
        raise GraphError(f"{found.iri}: it has no evidence in the graph")
    return Explanation(found, tuple(tellings))


def _from_graph(told: GraphArticle) -> Iterator[Article]:
    """Yield the article that a graph holds, as it was read: whether its title was given apart is tried out."""
    seen: list[Article] = []
    for title in (None, told.title or ""):
        record = Record(told.iri, told.iri, told.id, told.id, told.text, title)
        try:
            made = replace(article_of(record, ReadOptions(check_language=False)), date=told.date)
        except ReadError as error:
            raise GraphError(str(error)) from error
        if (made.title == told.title or title is not None) and made not in seen:
            seen.append(made)
            yield made


def _from_sources(sources: Iterable[str | Path], told: GraphArticle, base: str) -> Iterator[Article]:
    """Yield the article of the graph among those of files.

    Raises:
        UsageError: it is not there, or has another text.
    """
    other = False
    for item in read_articles(list(sources), ReadOptions(check_language=False)):
        if isinstance(item, Reject):
            continue
        same = item.sha256 == told.sha256 if told.sha256 else item.text == told.text
        if same:
            yield replace(item, date=told.date)
            return
        other = other or str(article_iri(base, item.path)) == told.iri or item.id == told.id
    how = "holds the article with another text than the graph was built from" if other else "has no such text"
    raise UsageError(f"{', '.join(map(str, sources))}: {how}: {told.id}")


def _telling(article: Article, doc: str, found: GraphFact, resources: Resources) -> FactInArticle | None:
    (facts,) = facts_of([article], resources, threshold=0.0)
    if isinstance(facts, Reject):
        raise GraphError(f"{article.id}: {facts.reason}")
    spans = {Span(p.begin, p.end) for p in found.spans if p.doc == doc}
    sentences = {Span(p.begin, p.end) for p in found.sentences if p.doc == doc}
    match = _match(facts, found, spans, sentences)
    return None if match is None else FactInArticle(match, facts, tuple(_differences(match, found, facts)))


def _match(facts: Facts, found: GraphFact, spans: set[Span], sentences: set[Span]) -> Fact | None:
    if found.kind == "event":
        return next((e for e in facts.events if spans & set(e.spans)), None)
    if found.kind == "statement":
        return next((s for s in facts.statements if s.span in spans), None)
    entities = {entity.id: entity for entity in facts.entities}

    def is_one(identifier: str, prefixed: str) -> bool:
        return _is_named(entities[identifier], found.names.get(found.value(prefixed) or "", frozenset()))

    if found.kind == "role":
        here = [r for r in facts.roles if r.span in spans]
        title = (found.value("org:role") or "").rpartition("/")[2]
        here = [r for r in here if slug(r.words) == title] or here
        return next((r for r in here if is_one(r.person, "org:member")), here[0] if len(here) == 1 else None)
    predicate = found.value("rdf:predicate")
    told = [r for r in facts.relations if r.sentence in sentences and str(expand(r.predicate)) == predicate]
    both = (r for r in told if is_one(r.subject, "rdf:subject") and is_one(r.object, "rdf:object"))
    return next(both, told[0] if len(told) == 1 else None)


def _is_named(entity: Entity, names: frozenset[str]) -> bool:
    """Tell whether a thing of the graph has one of an entity's names: over all articles it may be called otherwise."""
    return bool(names & {name.casefold() for name in (entity.name, *entity.aliases)})


def _differences(fact: Fact, found: GraphFact, facts: Facts) -> Iterator[str]:
    """Yield what the graph says otherwise than the article, read again."""
    if isinstance(fact, Event):
        classes = found.all("rdf:type")
        parents = {one.curie: one.parent for one in facts.classes}  # of the user's own
        if str(expand(parents.get(fact.event_class, fact.event_class))) not in classes:
            others = sorted(iri.rpartition("#")[2] for iri in classes if not iri.endswith("/sem/Event"))
            yield f"the graph has the class {', '.join(others)}: it was {OTHERWISE}"
    if isinstance(fact, Event | Role):
        modality = (found.value("nkg:modality") or "").rpartition("#")[2]
        if modality and modality != fact.modality.value:
            yield f"the graph has the modality {modality}: it was {OTHERWISE}"
    sure = found.value("nkg:confidence")
    # several tellings of a role or relation are one fact, as sure as the surest
    if (
        sure is not None
        and abs(float(sure) - fact.confidence) > 0.005
        and isinstance(fact, Event | Statement)
    ):
        yield f"the graph has the confidence {float(sure):.2f}: it was {OTHERWISE}"
