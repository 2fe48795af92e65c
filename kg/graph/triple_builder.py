"""Gathers the triples of one article, with the IRIs and spans that its facts share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TypeAlias

from rdflib import Literal, URIRef

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.evidence import Evidence, outside
from kg.graph.vocabulary import GAF, NIF, NKG, PROV, RDF, SEM
from kg.model import Facts, Kind, Span, TimeRef

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]

_TYPE = RDF.type
_DENOTED, _DERIVED, _CONFIDENCE = GAF.denotedBy, PROV.wasDerivedFrom, NKG.confidence
_TIME, _BEGIN, _END = SEM.hasTimeStamp, SEM.hasBeginTimeStamp, SEM.hasEndTimeStamp
_PHRASE, _SENTENCE = NIF.Phrase, NIF.Sentence
_FROM, _TO, _ANCHOR, _IN = NIF.beginIndex, NIF.endIndex, NIF.anchorOf, NIF.referenceContext


class TripleBuilder:
    """The triples of one article under way.

    `facts` is what is written, `base` the checked base IRI, `doc` the article's IRI, `triples` what
    stands so far (doubles are left to the writers). Two facts may name one span; it is described once, as far
    as `evidence` asks for it.
    """

    def __init__(
        self,
        facts: Facts,
        base: str,
        segments: Mapping[str, str] | None = None,
        events: Mapping[str, str] | None = None,
        evidence: Evidence = Evidence.LEAN,
    ) -> None:
        self.facts = facts
        self.evidence = evidence
        self.base = base
        self.path = facts.article.path or facts.article.id
        self.doc = iris.article_iri(base, self.path)
        self.triples: list[Triple] = []
        self.iris = iris.entity_iris(facts.entities, base, self.path, segments)
        self._events = events or {}
        self.kinds: dict[str, Kind] = {entity.id: entity.kind for entity in facts.entities}
        if len(self.kinds) != len(facts.entities):
            raise GraphError(f"{self.path}: two entities have one id")
        self.text = literals.whole(facts.article.text)
        self.context = iris.span_iri(self.doc, Span(0, len(self.text)))
        self._spans: dict[Span, URIRef] = {}
        self._sentences: set[Span] = set()

    def add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        """Add one triple."""
        self.triples.append((subject, predicate, value))

    def entity(self, identifier: str, user: str) -> URIRef:
        """Return the IRI of an entity that `user` (a fact, for the message) names.

        Raises:
            GraphError: the article has no such entity.
        """
        try:
            return self.iris[identifier]
        except KeyError:
            raise GraphError(f"{self.path}: {user} names the unknown entity '{identifier}'") from None

    def fact(self, kind: str, local: str) -> URIRef:
        """Return the IRI of a fact of this article; `local` is one finished segment."""
        return iris.fact_iri(self.base, kind, self.path, local)

    def event(self, identifier: str) -> URIRef:
        """Return the IRI of an event: this article's own, or the one that several articles report."""
        given = self._events.get(identifier)
        return iris.absolute(self.base, given) if given else self.fact("event", iris.id_slug(identifier))

    def denoted(self, subject: URIRef, span: Span) -> None:
        """State that a span speaks of the subject."""
        self.triples.append((subject, _DENOTED, self._span(span)))

    def derived(self, subject: URIRef, sentence: Span) -> None:
        """State which sentence a fact was taken from."""
        node = self._span(sentence)
        if sentence not in self._sentences:
            self._sentences.add(sentence)
            self.triples.append((node, _TYPE, _SENTENCE))
            if self.evidence is Evidence.LEAN:
                self._quote(node, sentence)
            if self.facts.article.pages:
                page = bisect_right(self.facts.article.pages, sentence.begin)
                self.triples.append((node, NKG.page, literals.index(max(1, page))))
        self.triples.append((subject, _DERIVED, node))

    def confident(self, subject: URIRef, value: float) -> None:
        """State how sure a fact is."""
        self.triples.append((subject, _CONFIDENCE, literals.confidence(value)))

    def finish(self) -> list[Triple]:
        """Return the triples, with the words of what stands in no sentence that is described."""
        if self.evidence is Evidence.LEAN:
            for span in outside(self._spans, self._sentences):
                self._quote(self._spans[span], span)
        return self.triples

    def timed(self, subject: URIRef, time: TimeRef | None) -> None:
        """State when something was; a span of time has its begin as its time stamp too."""
        if time is None:
            return
        begin = literals.moment(time.begin)
        self.triples.append((subject, _TIME, begin))
        if time.end is not None:
            self.triples.append((subject, _BEGIN, begin))
            self.triples.append((subject, _END, literals.moment(time.end)))

    def _span(self, span: Span) -> URIRef:
        node = self._spans.get(span)
        if node is None:
            if not 0 <= span.begin < span.end <= len(self.text):
                raise GraphError(f"{self.path}: there is no text from {span.begin} to {span.end}")
            node = self._spans[span] = iris.span_iri(self.doc, span)
            if self.evidence is Evidence.FULL:
                self.triples += (
                    (node, _TYPE, _PHRASE),
                    (node, _FROM, literals.index(span.begin)),
                    (node, _TO, literals.index(span.end)),
                    (node, _IN, self.context),
                )
                self._quote(node, span)
        return node

    def _quote(self, node: URIRef, span: Span) -> None:
        self.triples.append((node, _ANCHOR, literals.text(span.of(self.text))))
