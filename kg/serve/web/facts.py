"""Read facts with all that pages tell of them: who takes part, when, how sure, and the sentences behind them."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.graph.evidence import place_of
from kg.serve.web.classes import own_classes
from kg.serve.web.desk import Desk, Row, listed
from kg.serve.web.records import EvidenceSentence, Fact, PageLink
from kg.serve.web.words import event_word, full, kind_of, local, relation_words, short
from kg.view.untrusted import clean, plain

_PARTS = {
    "nkg:agent": "agent",
    "nkg:patient": "patient",
    "sem:hasPlace": "place",
    "nkg:speaker": "speaker",
    "nkg:addressee": "addressee",
    "schema:about": "about",
    "org:member": "member",
    "org:organization": "organization",
    "org:role": "role",
    "rdf:subject": "subject",
    "rdf:object": "object",
}
PARTS = {full(name): part for name, part in _PARTS.items()}
"""The properties that tie things to facts, in the order in which a page names them."""
TIED = "|".join(_PARTS)
"""All of them, as SPARQL has a path."""
_ORDER = {part: number for number, part in enumerate(PARTS.values())}
_FACTS = """
SELECT DISTINCT ?fact ?p ?o WHERE {
  VALUES ?fact { %s }
  ?fact ?p ?o
  FILTER (?p NOT IN (gaf:denotedBy, prov:wasDerivedFrom))
}"""
_EVIDENCE = """
SELECT DISTINCT ?fact ?how ?span ?text ?article ?headline ?date ?page WHERE {
  VALUES ?fact { %s }
  ?fact ?how ?span
  FILTER (?how IN (gaf:denotedBy, prov:wasDerivedFrom))
  OPTIONAL { ?span nif:anchorOf ?text }
  BIND (COALESCE(IRI(STRBEFORE(STR(?span), "#")), ?span) AS ?article)
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?date }
  OPTIONAL { ?span nkg:page ?page }
}"""
Properties = Mapping[str, list[str]]


async def read_facts(desk: Desk, iris: Iterable[str]) -> list[Fact]:
    """Return the facts with these IRIs, in their order; an IRI that is no fact is left out."""
    wanted = list(dict.fromkeys(iris))
    if not wanted:
        return []
    told, found = await asyncio.gather(
        desk.rows(_FACTS % listed(wanted)), desk.rows(_EVIDENCE % listed(wanted))
    )
    properties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in told:
        properties[row["fact"]][row["p"]].append(row["o"])
    evidence = _evidence(found)
    things = {o for own in properties.values() for p, values in own.items() if p in PARTS for o in values}
    types = {o for own in properties.values() for o in own.get(full("rdf:type"), ())}
    links, classes = await asyncio.gather(desk.links(things), own_classes(desk, types))
    facts = (
        _fact(iri, properties[iri], links, classes, evidence.get(iri, ()))
        for iri in wanted
        if iri in properties
    )
    return [fact for fact in facts if fact is not None]


def _fact(
    iri: str,
    own: Properties,
    links: Mapping[str, PageLink],
    classes: Mapping[str, dict[str, Any]],
    evidence: tuple[EvidenceSentence, ...],
) -> Fact | None:
    types = own.get(full("rdf:type"), [])
    kind = kind_of(types)

    def one(name: str) -> str:
        return clean(min(own.get(full(name), [""])))

    parts = tuple(
        sorted(
            (
                (PARTS[p], links.get(o, PageLink(o, local(o))))
                for p, values in own.items()
                if p in PARTS
                for o in values
            ),
            key=lambda pair: (_ORDER[pair[0]], pair[1].label, pair[1].iri),
        )
    )
    label, word, stance = one("rdfs:label"), "", "neutral"
    if kind == "event":
        word, stance, mutual = event_word(types, classes)
        if mutual:  # all do the same to one another: they are named once
            sides = dict.fromkeys(link for part, link in parts if part in {"agent", "patient"})
            parts = (
                *(("agent", link) for link in sides),
                *(p for p in parts if p[0] not in {"agent", "patient"}),
            )
    elif kind == "statement":
        word, label = "Statement", short(one("schema:text"))
    elif kind == "membership":
        word, label = "Role", next((link.label for part, link in parts if part == "role"), "role")
    elif kind == "relation":
        word, (label, stance) = "Relation", relation_words(one("rdf:predicate"))
    else:
        return None
    return Fact(
        iri=iri,
        kind=kind,
        label=label or local(iri),
        word=word,
        stance=stance,
        modality=local(one("nkg:modality")) if one("nkg:modality") else "",
        when=one("sem:hasTimeStamp")[:10],
        until=one("sem:hasEndTimeStamp")[:10],
        confidence=number(one("nkg:confidence")),
        parts=parts,
        according_to=min(own.get(full("nkg:accordingTo"), [""])),
        text=one("schema:text"),
        direct=one("nkg:direct") == "true",
        cue=one("nkg:cue"),
        former=one("nkg:former") == "true",
        themes=tuple(sorted(t for o in own.get(full("nkg:theme"), []) if (t := clean(o).strip()))),
        evidence=evidence,
    )


def number(text: str) -> float | None:
    """Return a number as the graph writes it, None where it is none."""
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def _evidence(rows: list[Row]) -> dict[str, tuple[EvidenceSentence, ...]]:
    """Return the sentences of each fact, each with the stretches in it that denote the fact."""
    sentences: dict[str, dict[str, Row]] = defaultdict(dict)
    marks: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for row in rows:
        place = place_of(row["span"])
        if place is None:
            continue
        if row["how"] == full("prov:wasDerivedFrom"):
            sentences[row["fact"]].setdefault(row["span"], row)
        else:
            marks[row["fact"]].add((place.doc, place.begin, place.end))
    return {
        fact: tuple(
            sorted(
                (_sentence(row, marks[fact]) for row in own.values()),
                key=lambda piece: (piece.date, piece.article.iri, piece.begin),
            )
        )
        for fact, own in sentences.items()
    }


def _sentence(row: Row, marks: set[tuple[str, int, int]]) -> EvidenceSentence:
    place = place_of(row["span"])
    assert place is not None
    begin, end = place.begin, place.end
    inside = {
        (max(b, begin) - begin, min(e, end) - begin)
        for article, b, e in marks
        if article == row["article"] and b < end and e > begin
    }
    headline = clean(row.get("headline", "")) or local(row["article"])
    return EvidenceSentence(
        span=row["span"],
        article=PageLink(row["article"], headline, "article"),
        date=row.get("date", "")[:10],
        begin=begin,
        text=plain(row.get("text", "")),
        marks=tuple(sorted(inside)),
        page=int(row["page"]) if row.get("page", "").isdigit() else None,
    )
