"""Read the triples of the graph model into the view's records, in one pass over the graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, PROV, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.view import styles
from kg.view.edge_labels import before_place, between, borne
from kg.view.records import ArticleRecord, EvidenceRecord, FactRecord, Story, ThingRecord
from kg.view.terms import DCTERMS, GAF, GEO, NIF, NKG, ORG, PLOVER, SCHEMA, SEM, curie
from kg.view.untrusted import clean, plain, web_address

_TOP = {SCHEMA.Person: "person", SCHEMA.Organization: "organization", SCHEMA.Place: "place"}
_GROUP = {NKG.Group, NKG.UnnamedSource}
_RELATIONS = (
    *(SCHEMA[n] for n in ("nationality", "location", "alumniOf", "spouse", "parent", "children", "sibling")),
    *(SCHEMA[n] for n in ("birthPlace", "foundingLocation")),
    *(NKG[n] for n in ("alliedWith", "opposes")),
    ORG.subOrganizationOf,
)
_SPAN = re.compile(r"#.*?char=(\d+),(\d+)$")
_KEPT = re.compile(
    r"all rights reserved|proprietary|confidential|restricted|no[ -]?redistribution|^none$", re.I
)
"""A licence that keeps a text from being handed on."""
Properties: TypeAlias = dict[Node, list[Node]]


class _Index:
    """The graph by subject, with short ways to a value."""

    def __init__(self, graph: Graph) -> None:
        self.by: dict[Node, Properties] = defaultdict(lambda: defaultdict(list))
        self.typed: dict[Node, set[Node]] = defaultdict(set)
        for s, p, o in graph.triples((None, None, None)):
            self.by[s][p].append(o)
            if p == RDF.type:
                self.typed[o].add(s)
        # of an article the longest text: a headline that is no part of it has a context of its own
        self.whole: dict[str, str] = {}
        for s, _, o in graph.triples((None, NIF.isString, None)):
            document = str(s).partition("#")[0]
            self.whole[document] = max(self.whole.get(document, ""), str(o), key=lambda t: (len(t), t))

    def all(self, subject: Node, *predicates: Node) -> list[Node]:
        """Return the values of the predicates, sorted and without doubles."""
        own = self.by.get(subject)
        return sorted({o for p in predicates for o in own.get(p, ())}, key=str) if own else []

    def text(self, subject: Node, *predicates: Node) -> str:
        """Return the first value in the order of the predicates, as clean text."""
        for predicate in predicates:
            for value in self.all(subject, predicate):
                return clean(str(value))
        return ""

    def texts(self, subject: Node, *predicates: Node) -> tuple[str, ...]:
        """Return every value as clean text."""
        return tuple(clean(str(v)) for v in self.all(subject, *predicates))

    def number(self, subject: Node, *predicates: Node) -> float | None:
        """Return the first value that is a number."""
        for value in self.all(subject, *predicates):
            try:
                return float(str(value))
            except ValueError:
                continue
        return None


def read(graph: Graph) -> Story:
    """Read the whole story of a graph; the same triples give the same records in the same order."""
    index = _Index(graph)
    articles = {str(a): _article(index, a) for a in index.typed[SCHEMA.NewsArticle]}
    own = _own_classes(index)
    facts = [
        *(_event(index, s, own) for s in index.typed[SEM.Event]),
        *(_statement(index, s) for s in index.typed[NKG.Statement]),
        *(_role(index, s) for s in index.typed[ORG.Membership]),
        *_relations(index),
    ]
    used = {iri for fact in facts for _, iri in fact.parts}
    named = {s for top in (*_TOP, *_GROUP) for s in index.typed[top]}
    things = [_thing(index, s) for s in named | {URIRef(iri) for iri in used}]
    for fact in facts:  # a sentence can come from an article that the graph does not describe
        for piece in fact.evidence:
            articles.setdefault(
                piece.article, ArticleRecord(piece.article, _tail(piece.article), _tail(piece.article))
            )
    return Story(
        tuple(sorted(things, key=lambda t: t.iri)),
        tuple(sorted(facts, key=lambda f: f.iri)),
        tuple(sorted(articles.values(), key=lambda a: (a.date, a.iri))),
        tuple(sorted(own.items(), key=lambda pair: pair[0])),
    )


def _tail(iri: str) -> str:
    return clean(re.split(r"[/#]", iri.rstrip("/"))[-1]) or iri


def _article(index: _Index, node: Node) -> ArticleRecord:
    identifier = index.text(node, DCTERMS.identifier) or _tail(str(node))
    return ArticleRecord(
        iri=str(node),
        identifier=identifier,
        headline=index.text(node, SCHEMA.headline) or identifier,
        date=index.text(node, SCHEMA.datePublished)[:10],
        authors=index.texts(node, SCHEMA.author),
        publisher=index.text(node, SCHEMA.publisher) or _source(index.text(node, DCTERMS.source), identifier),
        url=web_address(index.text(node, SCHEMA.url)),
        language=index.text(node, SCHEMA.inLanguage),
        text=plain(index.whole.get(str(node), "")),
        free=not any(map(_KEPT.search, index.texts(node, SCHEMA.license, DCTERMS.license, DCTERMS.rights))),
    )


def _source(name: str, identifier: str) -> str:
    """Return who an article is from; the name of the very file that it was read from tells nothing."""
    return "" if name.rpartition(".")[0] == identifier else name


def _thing(index: _Index, node: Node) -> ThingRecord:
    types = set(index.by[node].get(RDF.type, ())) if node in index.by else set()
    kind = next((name for top, name in _TOP.items() if top in types), "group")
    label = index.text(node, RDFS.label) or _tail(str(node))
    spans = index.all(node, GAF.denotedBy)
    places = [node, *index.all(node, SCHEMA.geo)]
    lat = next((v for p in places if (v := index.number(p, SCHEMA.latitude, GEO.lat)) is not None), None)
    lon = next((v for p in places if (v := index.number(p, SCHEMA.longitude, GEO.long)) is not None), None)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        lat = lon = None
    return ThingRecord(
        iri=str(node),
        kind=kind,
        label=label,
        aliases=tuple(a for a in index.texts(node, SKOS.altLabel, NKG.formerName) if a != label),
        classes=tuple(sorted(curie(str(t)) for t in types - set(_TOP) - _GROUP)),
        same_as=tuple(u for u in index.texts(node, OWL.sameAs) if web_address(u)),
        latitude=lat,
        longitude=lon,
        mentions=len(spans),
        articles=tuple(sorted({str(s).partition("#")[0] for s in spans})),
    )


def _parts(index: _Index, node: Node, **predicates: URIRef) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(o)) for name, p in predicates.items() for o in index.all(node, p) if isinstance(o, URIRef)
    )


def _confidence(index: _Index, node: Node) -> float:
    value = index.number(node, NKG.confidence)
    return 1.0 if value is None else round(min(max(value, 0.0), 1.0), 3)


def _own_classes(index: _Index) -> dict[str, dict[str, Any]]:
    """Return how the page calls and draws the classes of the user's own that the graph declares, by their IRIs."""
    found: dict[str, dict[str, Any]] = {}
    for node in sorted(index.typed[OWL.Class], key=str):
        above = [curie(str(o)) for o in index.all(node, RDFS.subClassOf)]
        stance = curie(index.text(node, NKG.stance))
        entry = styles.own_event(above, index.text(node, RDFS.label), stance)
        if entry is not None and isinstance(node, URIRef):
            found[str(node)] = entry
    return found


def _event(index: _Index, node: Node, own: Mapping[str, dict[str, Any]]) -> FactRecord:
    types = [str(t) for t in index.all(node, RDF.type)]
    classes = (curie(t) for t in types if t.startswith((str(PLOVER), str(NKG))))
    cls = next((t for t in types if t in own), next((c for c in classes if c != "nkg:Fact"), "nkg:Other"))
    entry = own.get(cls) or styles.event(cls)
    trigger = index.text(node, NKG.trigger)
    label = index.text(node, RDFS.label) or trigger or entry["name"]
    act = trigger or entry["name"].lower()
    words, at = _words(index, node, label, act)
    if entry.get("mutual"):
        words = either_way(words, act)
    return FactRecord(
        iri=str(node),
        kind="event",
        cls=cls,
        label=label,
        words=words,
        at=at,
        stance=entry["stance"],
        mutual=bool(entry.get("mutual")),
        parts=_parts(index, node, agent=NKG.agent, patient=NKG.patient, place=SEM.hasPlace),
        trigger=trigger,
        date=index.text(node, SEM.hasTimeStamp, SEM.hasBeginTimeStamp)[:10],
        end=index.text(node, SEM.hasEndTimeStamp)[:10],
        modality=_modality(index, node),
        according_to=index.text(node, NKG.accordingTo),
        confidence=_confidence(index, node),
        themes=tuple(t for t in index.texts(node, NKG.theme) if t.strip()),
        evidence=_evidence(index, node),
    )


def _words(index: _Index, node: Node, label: str, trigger: str) -> tuple[str, str]:
    """Return what the label says between who and whom, and before the place: its own words, never the class's."""

    def names(*predicates: Node) -> list[tuple[str, ...]]:
        return [index.texts(o, RDFS.label, SKOS.altLabel) for o in index.all(node, *predicates)]

    agents, patients, places = names(NKG.agent), names(NKG.patient), names(SEM.hasPlace)
    words = between(label, agents, patients, trigger) or trigger
    # who did it is not told: what stands before the place is what was done
    act = words if agents else borne(label, patients, trigger)
    return words, before_place(label, agents or patients, places, trigger, act)


def either_way(words: str, trigger: str) -> str:
    """Return words that hold whoever of two is named first: "agreed to sell its line to" does not, "agreed with"
    does.
    """
    before, found, after = words.partition(trigger)
    if not after.strip() or words.rpartition(" ")[2] in ("with", "and"):
        return words
    return f"{before if found else ''}{trigger} with"


def _modality(index: _Index, node: Node) -> str:
    found = _tail(index.text(node, NKG.modality)) or "Asserted"
    return found if found in styles.load()["modalities"] else "Asserted"


def _statement(index: _Index, node: Node) -> FactRecord:
    text = index.text(node, SCHEMA.text)
    return FactRecord(
        iri=str(node),
        kind="statement",
        cls="nkg:Statement",
        label=text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …",
        words="spoke about",
        stance="neutral",
        parts=_parts(index, node, speaker=NKG.speaker, addressee=NKG.addressee, about=SCHEMA.about),
        date=index.text(node, SEM.hasTimeStamp)[:10],
        confidence=_confidence(index, node),
        text=text,
        direct=_true(index, node, NKG.direct),
        cue=index.text(node, NKG.cue),
        evidence=_evidence(index, node),
    )


def _role(index: _Index, node: Node) -> FactRecord:
    posts = index.all(node, ORG.role)
    titles = (index.text(r, SKOS.prefLabel) or index.text(r, RDFS.label) for r in posts)
    title = next(titles, "") or "holds a role"
    former = _true(index, node, NKG.former)
    words = f"former {title}" if former else title
    organizations = index.all(node, ORG.organization)
    return FactRecord(
        iri=str(node),
        kind="role",
        cls="org:Membership",
        label=words,
        words=f"{words} of" if organizations else words,
        stance="neutral",
        parts=_parts(index, node, member=ORG.member, organization=ORG.organization),
        former=former,
        post=next(map(str, posts), ""),
        modality=_modality(index, node),
        confidence=_confidence(index, node),
        evidence=_evidence(index, node),
    )


def _true(index: _Index, node: Node, predicate: Node) -> bool:
    return any(isinstance(v, Literal) and v.toPython() is True for v in index.all(node, predicate))


def _relations(index: _Index) -> Iterable[FactRecord]:
    """Read the stated relations, then the plain triples that no `nkg:Relation` states."""
    stated: set[tuple[Node, Node, Node]] = set()
    for node in sorted(index.typed[NKG.Relation], key=str):
        own = [index.all(node, p) for p in (RDF.subject, RDF.predicate, RDF.object)]
        if all(own) and isinstance(own[2][0], URIRef):
            s, p, o = (values[0] for values in own)
            stated.add((s, p, o))
            yield _relation(index, str(node), s, p, o, node)
    for subject in sorted(index.by, key=str):
        for p in _RELATIONS:
            for o in index.all(subject, p):
                if isinstance(o, URIRef) and (subject, p, o) not in stated:
                    yield _relation(index, f"{subject} {curie(p)} {o}", subject, p, o, None)


def _relation(index: _Index, iri: str, s: Node, p: Node, o: Node, node: Node | None) -> FactRecord:
    name = curie(str(p))
    entry = styles.relation(name)
    return FactRecord(
        iri=iri,
        kind="relation",
        cls=name,
        label=entry["words"],
        words=entry["words"],
        stance=entry["stance"],
        mutual=bool(entry.get("mutual")),
        parts=(("subject", str(s)), ("object", str(o))),
        confidence=_confidence(index, node) if node else 1.0,
        evidence=_evidence(index, node) if node else (),
    )


def _span(iri: str) -> tuple[str, int, int] | None:
    match = _SPAN.search(iri)
    return (iri[: match.start()], int(match[1]), int(match[2])) if match else None


def _evidence(index: _Index, node: Node) -> tuple[EvidenceRecord, ...]:
    """Return the sentences that a fact was derived from, each with the stretches that denote it."""
    marks = [m for s in index.all(node, GAF.denotedBy) if (m := _span(str(s)))]
    found = []
    for sentence in index.all(node, PROV.wasDerivedFrom):
        place = _span(str(sentence))
        if place is None:
            continue
        article, begin, end = place
        text = "".join(str(v) for v in index.all(sentence, NIF.anchorOf)[:1])
        if not text:
            context = next(iter(index.all(sentence, NIF.referenceContext)), None)
            whole = index.all(context, NIF.isString) if context is not None else []
            text = (str(whole[0]) if whole else index.whole.get(article, ""))[begin:end]
        inside = {
            (max(b, begin) - begin, min(e, end) - begin)
            for a, b, e in marks
            if a == article and b < end and e > begin
        }
        found.append(EvidenceRecord(article, begin, text, tuple(sorted(inside))))
    return tuple(sorted(found, key=lambda e: (e.article, e.begin)))
